import { error, warning } from '../issue/issue.ts';
import type { PracticalCue } from '../sheet/schema.ts';
import { compare, type Rational, subtract, ZERO } from '../time/rational.ts';
import { varispeedSound } from './derived-sounds.ts';
import { lengthOf } from './place.ts';
import {
  lengthText,
  type Placed,
  type Setting,
  sampleAt,
  samplesToSeconds,
  soundSamples,
} from './setting.ts';
import { varispeedLength } from './varispeed-length.ts';

/** The fastest that a sound is read. */
const FASTEST = 8;

/** What is played of a sound: the name that regions use, the first sample of it that is heard, and how long. */
export interface Piece {
  readonly sound: string;
  readonly from: number;
  readonly length: Rational;
}

/** Whether a cue plays its sounds as they are, to the bit, where its speed is taken times a rate. */
export function isAsRecorded({ cue: { speed = 1 } }: Placed<PracticalCue>, rate: number): boolean {
  return speed === 1 && rate === 1;
}

/**
 * A piece of a file at the cue's speed, times a rate; undefined, with an issue, where it never ends.
 *
 * @param factor - 1 for the cue's own pitch.
 */
export function pieceAtSpeed(
  setting: Setting,
  placed: Placed<PracticalCue>,
  { sound: tag, from, length }: Piece,
  factor: number,
): Piece | undefined {
  const { cue, pointer } = placed;
  const { speed: asked = 1 } = cue;
  const written = typeof asked === 'number' ? [{ at: '0s', rate: asked }] : asked;
  const points: { at: number; rate: number }[] = [];
  for (const [index, { at, rate }] of written.entries()) {
    const position = lengthOf(setting, at, placed, `${pointer}/speed/${index}/at`);
    if (!position) return undefined;
    points.push({ at: sampleAt(setting, position), rate: rate * factor });
  }
  const backwards = points.findIndex((point, index) => index > 0 && point.at <= points[index - 1]!.at);
  if (backwards > 0) {
    setting.report(
      error(
        'speed-order',
        `${pointer}/speed/${backwards}/at`,
        `this point of the speed of "${cue.id}" does not come after the one above it`,
        'list the points in order of time',
      ),
    );
    return undefined;
  }
  if (points.some(({ rate }) => rate > FASTEST)) {
    setting.report(
      error(
        'speed-range',
        `${pointer}/vary/pitchPercent`,
        `with its variation some hits of "${cue.id}" would be played more than ${FASTEST} times as fast as recorded`,
        'lower its "speed" or let its pitch vary less',
      ),
    );
    return undefined;
  }
  const speed = { from, points, waves: [] };
  const used = varispeedLength(speed, from + sampleAt(setting, length));
  if (used === undefined) {
    setting.report(
      warning(
        'speed-stops',
        `${pointer}/speed`,
        `at this speed sound "${tag}" comes to a stop before it is over, and "${cue.id}" ends there`,
        'leave it, if that is meant; else let the last rate be more than 0',
      ),
    );
  }
  // A speed that ends at 0 holds the sound still from its last point on, so nothing is left to hear.
  const samples = used ?? points.at(-1)!.at;
  if (samples < 1) {
    setting.report(
      error('empty-cue', `${pointer}/speed`, `"${cue.id}" never moves`, 'give it a rate above 0'),
    );
    return undefined;
  }
  return {
    sound: varispeedSound(setting, tag, speed, samples),
    from: 0,
    length: samplesToSeconds(setting, samples),
  };
}

/** The piece of a file that a cue asks for, before its speed; undefined, with an issue, where the file is too short. */
export function trimOf(
  setting: Setting,
  placed: Placed<PracticalCue>,
  sound: string,
  soundPointer: string,
): Piece | undefined {
  const { cue, pointer } = placed;
  const samples = soundSamples(setting, sound);
  if (samples === undefined) return undefined;
  const whole = samplesToSeconds(setting, samples);
  const trim = cue.trim;
  if (!trim) return { sound, from: 0, length: whole };
  const from = lengthOf(setting, trim.from, placed, `${pointer}/trim/from`);
  const asked =
    trim.for === undefined ? undefined : lengthOf(setting, trim.for, placed, `${pointer}/trim/for`);
  if (!from || (trim.for !== undefined && !asked)) return undefined;
  const left = subtract(whole, from);
  const length = asked ?? left;
  if (compare(left, ZERO) <= 0 || compare(length, left) > 0) {
    setting.report(
      error(
        'short-sound',
        `${pointer}/trim`,
        `the trim begins at ${trim.from}${trim.for === undefined ? '' : ` and asks for ${trim.for} from there`}, but sound "${sound}" (${soundPointer}) is only ${lengthText(setting, samples)} long`,
        'trim less, or use a longer sound',
      ),
    );
    return undefined;
  }
  return { sound, from: sampleAt(setting, from), length };
}
