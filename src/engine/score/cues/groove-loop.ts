import { error } from '../../issue/issue.ts';
import type { GrooveLoopCue } from '../../sheet/schema.ts';
import {
  add,
  compare,
  divide,
  floor,
  multiply,
  parseRational,
  type Rational,
  rational,
  subtract,
  ZERO,
} from '../../time/rational.ts';
import type { EdgeRules } from '../edges.ts';
import { revolutionSeconds } from '../place.ts';
import type { Placed, Setting } from '../setting.ts';

/** The edges of a run-out: it ends after its revolutions, or at `until`, or at the last whole turn before it. */
export function grooveLoopEdges(setting: Setting, placed: Placed<GrooveLoopCue>): EdgeRules {
  const { cue, pointer } = placed;
  const at = { text: cue.at, pointer: `${pointer}/at` };
  const start = { anchors: [at], place: ([position]: readonly Rational[]) => position };
  if (cue.until === undefined) {
    return {
      start,
      end: { anchors: [at], place: ([position]) => afterRevolutions(setting, placed, position!) },
    };
  }
  const until = { text: cue.until, pointer: `${pointer}/until` };
  return {
    start,
    end: {
      anchors: [at, until],
      place: ([position, limit]) => endBefore(setting, placed, position!, limit!),
    },
  };
}

function afterRevolutions(
  setting: Setting,
  { cue }: Placed<GrooveLoopCue>,
  start: Rational,
): Rational | undefined {
  const revolution = revolutionSeconds(setting, cue.player);
  const turns = cue.revolutions === undefined ? undefined : parseRational(String(cue.revolutions));
  return revolution && turns && add(start, multiply(turns, revolution));
}

function endBefore(
  setting: Setting,
  { cue, pointer }: Placed<GrooveLoopCue>,
  start: Rational,
  until: Rational,
): Rational | undefined {
  const room = subtract(until, start);
  if (compare(room, ZERO) <= 0) {
    setting.report(
      error(
        'empty-cue',
        `${pointer}/until`,
        `run-out "${cue.id}" ends (until) before or where it starts (at)`,
        'move one of them',
      ),
    );
    return undefined;
  }
  if (cue.exit !== 'revolution') return until;
  const revolution = revolutionSeconds(setting, cue.player);
  if (!revolution) return undefined;
  const turns = floor(divide(room, revolution));
  if (turns > 0n) return add(start, multiply(rational(turns), revolution));
  setting.report(
    error(
      'empty-cue',
      `${pointer}/exit`,
      `there is no whole revolution between the start of run-out "${cue.id}" and its \`until\``,
      'leave more time, or use "exit": "now"',
    ),
  );
  return undefined;
}
