import type { GrooveLoopCue } from '../sheet/schema.ts';
import { divide, multiply, type Rational, rational, subtract, toNumber } from '../time/rational.ts';
import { revolutionSeconds } from './place.ts';
import type { RunOutLength } from './score.ts';
import type { Setting } from './setting.ts';

/** Places behind the point that a length is told with: a millionth of a revolution is a tenth of a sample. */
const PRECISION = 1e6;

/** How long a run-out is, in every count that it is decided by. */
export function runOutLength(
  setting: Setting,
  cue: GrooveLoopCue,
  start: Rational,
  end: Rational,
): { readonly runOut?: RunOutLength } {
  const revolution = revolutionSeconds(setting, cue.player);
  if (!revolution) return {};
  const seconds = subtract(end, start);
  const { num, den } = setting.edit.frameRate;
  const told = (exact: Rational) => Math.round(toNumber(exact) * PRECISION) / PRECISION;
  return {
    runOut: {
      revolutions: told(divide(seconds, revolution)),
      frames: told(multiply(seconds, rational(num, den))),
      seconds: told(seconds),
    },
  };
}
