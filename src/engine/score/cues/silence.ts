import { error, warning } from '../../issue/issue.ts';
import type { SilenceCue } from '../../sheet/schema.ts';
import { add, multiply, type Rational, rational, subtract, toNumber } from '../../time/rational.ts';
import type { Edges } from '../edges.ts';
import type { GateDraft } from '../gate-draft.ts';
import { lengthOf } from '../place.ts';
import type { Gate } from '../score.ts';
import { filmSeconds, lengthText, type Placed, type Setting, sampleAt } from '../setting.ts';
import { timecodeText } from '../timecode-text.ts';

export type { GateDraft } from '../gate-draft.ts';

/** The gate of a silence; undefined where it has no place or no length. */
export function gateOf(
  setting: Setting,
  placed: Placed<SilenceCue>,
  edges: Edges,
  filmEnd: number,
): GateDraft | undefined {
  const { cue, pointer } = placed;
  const startSeconds = edges.get('start');
  const endSeconds = edges.get('end');
  const fall = lengthOf(setting, cue.fadeOut, placed, `${pointer}/fadeOut`);
  const rise = lengthOf(setting, cue.fadeIn, placed, `${pointer}/fadeIn`);
  if (!startSeconds || !endSeconds || !fall || !rise) return undefined;
  const start = sampleAt(setting, startSeconds);
  const end = sampleAt(setting, endSeconds);
  if (start >= end) {
    setting.report(
      error('empty-cue', `${pointer}/for`, `silence "${cue.id}" has no length`, 'give it one, such as "3s"'),
    );
    return undefined;
  }
  if (end > filmEnd) {
    setting.report(
      warning(
        'cut-gate',
        `${pointer}/for`,
        `the film ends at ${timecodeText(setting, filmEnd)}, ${lengthText(setting, end - filmEnd)} before silence "${cue.id}" does, so it is shorter than the ${cue.for} asked for`,
        'start it earlier or ask for less',
      ),
    );
  }
  return {
    cue: cue.id,
    stems: cue.stems ?? Object.keys(setting.sheet.stems),
    start,
    end: Math.min(end, filmEnd),
    fadeOut: start - sampleAt(setting, subtract(startSeconds, fall)),
    fadeIn: sampleAt(setting, add(endSeconds, rise)) - end,
    curve: cue.curve,
    length: lengthInCounts(
      setting,
      end > filmEnd ? subtract(filmSeconds(setting), startSeconds) : subtract(endSeconds, startSeconds),
    ),
    pointer,
  };
}

/** Parts of a frame and of a second that a length is told in. */
const PRECISION = 1e6;

/** 3 s and 72 frames are the same at 24 frames a second, and not at 23.976. */
function lengthInCounts({ edit }: Setting, seconds: Rational): NonNullable<Gate['length']> {
  const { num, den } = edit.frameRate;
  const told = (exact: Rational) => Math.round(toNumber(exact) * PRECISION) / PRECISION;
  return { frames: told(multiply(seconds, rational(num, den))), seconds: told(seconds) };
}
