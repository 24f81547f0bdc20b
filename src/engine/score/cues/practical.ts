import { error, warning } from '../../issue/issue.ts';
import { seedOf } from '../../random/random.ts';
import type { PracticalCue } from '../../sheet/schema.ts';
import {
  add,
  compare,
  divide,
  floor,
  multiply,
  type Rational,
  rational,
  subtract,
  ZERO,
} from '../../time/rational.ts';
import { filteredSound, varispeedSound } from '../derived-sounds.ts';
import { type Draft, fadesOf, placeOf, voicingOf } from '../draft.ts';
import type { EdgeRules, Edges } from '../edges.ts';
import { lengthOf } from '../place.ts';
import {
  lengthText,
  type Placed,
  type Setting,
  sampleAt,
  samplesToSeconds,
  soundSamples,
} from '../setting.ts';
import { dealTakes, drawJitter } from '../takes.ts';
import { varispeedLength } from '../varispeed-length.ts';

/** A hit more than this often is a slip of the finger (`1ms` for `1s`), not a rhythm. */
const MOST_HITS = 1_000_000;

/** One sounding of a practical: exact but for its jitter, which is drawn in whole samples. */
interface Hit {
  /** Tag of the sound in the sheet. */
  readonly tag: string;
  /** What is played of it: the sound itself, or one made from it. */
  readonly sound: string;
  readonly start: Rational;
  readonly end: Rational;
  /** Samples that the hit is moved by. */
  readonly jitter: number;
  /** First sample of the sound that is heard. */
  readonly from: number;
}

export function practicalEdges(setting: Setting, placed: Placed<PracticalCue>): EdgeRules {
  const { cue, pointer } = placed;
  const at = { text: cue.at, pointer: `${pointer}/at` };
  const until = cue.repeat?.until;
  const anchors = until === undefined ? [at] : [at, { text: until, pointer: `${pointer}/repeat/until` }];
  return {
    start: { anchors: [at], place: ([start]) => start },
    end: {
      anchors,
      place: ([start, last]) => {
        const hits = start && hitsOf(setting, placed, start, last);
        return hits
          ?.map(soundingEnd(setting))
          .reduce((latest, end) => (compare(end, latest) > 0 ? end : latest), start!);
      },
    },
  };
}

/** @param until - Where `repeat.until` lies, if there is one. */
export function practicalRegions(
  setting: Setting,
  placed: Placed<PracticalCue>,
  edges: Edges,
  until: Rational | undefined,
): Draft[] {
  const { cue } = placed;
  const start = edges.get('start');
  const hits = start && hitsOf(setting, placed, start, until);
  return (hits ?? []).map((hit) => {
    const from = sampleAt(setting, hit.start) + hit.jitter;
    return {
      cue: cue.id,
      stem: cue.stem,
      sound: hit.sound,
      start: from,
      end: sampleAt(setting, hit.end) + hit.jitter,
      origin: from - hit.from,
      ...voicingOf(setting, cue, setting.sheet.sounds[hit.tag]?.gainDb),
      ...placeOf(cue),
      ramps: fadesOf(setting, placed, hit, hit.jitter),
    };
  });
}

/** All hits of a cue; undefined, with an issue, where they cannot be known. */
function hitsOf(
  setting: Setting,
  placed: Placed<PracticalCue>,
  start: Rational,
  until: Rational | undefined,
): Hit[] | undefined {
  const { cue, pointer } = placed;
  const choices = typeof cue.sound === 'string' ? [cue.sound] : cue.sound;
  const starts = startsOf(setting, placed, start, until);
  const pieces = choices.map((tag, choice) => {
    const at = typeof cue.sound === 'string' ? `${pointer}/sound` : `${pointer}/sound/${choice}`;
    const trimmed = trimOf(setting, placed, tag, at);
    return trimmed && pieceOf(setting, placed, tag, trimmed);
  });
  if (!starts || pieces.some((piece) => piece === undefined)) return undefined;
  const seed = seedOf(setting.sheet.seed, cue.id);
  const takes = dealTakes(seedOf(seed, 'take'), choices.length, starts.length);
  return starts.map(({ at, jitter }, hit) => {
    const take = takes[hit]!;
    const { sound, from, length } = pieces[take]!;
    return { tag: choices[take]!, sound, start: at, end: add(at, length), jitter, from };
  });
}

/** What is played of a sound: the name that regions use, the first sample of it that is heard, and how long. */
interface Piece {
  readonly sound: string;
  readonly from: number;
  readonly length: Rational;
}

/** A trimmed sound at the cue's speed and through its filters; undefined, with an issue, where it never ends. */
function pieceOf(
  setting: Setting,
  placed: Placed<PracticalCue>,
  tag: string,
  trimmed: Trimmed,
): Piece | undefined {
  const { cue, pointer } = placed;
  // At its own speed a sound is played as it is, to the bit.
  const turned =
    cue.speed === undefined || cue.speed === 1
      ? { ...trimmed, sound: tag }
      : atSpeed(setting, placed, tag, trimmed);
  return (
    turned && { ...turned, sound: filteredSound(setting, turned.sound, cue.filters, `${pointer}/filters`) }
  );
}

function atSpeed(
  setting: Setting,
  placed: Placed<PracticalCue>,
  tag: string,
  { from, length }: Trimmed,
): Piece | undefined {
  const { cue, pointer } = placed;
  const written = typeof cue.speed === 'number' ? [{ at: '0s', rate: cue.speed }] : (cue.speed ?? []);
  const points: { at: number; rate: number }[] = [];
  for (const [index, { at, rate }] of written.entries()) {
    const position = lengthOf(setting, at, placed, `${pointer}/speed/${index}/at`);
    if (!position) return undefined;
    points.push({ at: sampleAt(setting, position), rate });
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

/** The part of a sound that a cue asks for, before its speed. */
interface Trimmed {
  readonly from: number;
  readonly length: Rational;
}

/** The part of a sound that is heard; undefined, with an issue, where the sound is too short for it. */
function trimOf(
  setting: Setting,
  placed: Placed<PracticalCue>,
  sound: string,
  soundPointer: string,
): Trimmed | undefined {
  const { cue, pointer } = placed;
  const samples = soundSamples(setting, sound);
  if (samples === undefined) return undefined;
  const whole = samplesToSeconds(setting, samples);
  const trim = cue.trim;
  if (!trim) return { from: 0, length: whole };
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
  return { from: sampleAt(setting, from), length };
}

/** Where the hits begin, with their jitter; undefined, with an issue, where there is no telling. */
function startsOf(
  setting: Setting,
  placed: Placed<PracticalCue>,
  start: Rational,
  until: Rational | undefined,
): { at: Rational; jitter: number }[] | undefined {
  const { cue, pointer } = placed;
  const { repeat } = cue;
  if (!repeat) return [{ at: start, jitter: 0 }];
  const every = lengthOf(setting, repeat.every, placed, `${pointer}/repeat/every`);
  const range = lengthOf(setting, repeat.jitter, placed, `${pointer}/repeat/jitter`);
  if (!every || !range) return undefined;
  const period = sampleAt(setting, every);
  if (period < 1) {
    setting.report(
      error(
        'repeat-every',
        `${pointer}/repeat/every`,
        `repeats must be at least a sample apart (got ${repeat.every})`,
      ),
    );
    return undefined;
  }
  const count = repeat.count ?? (until === undefined ? undefined : countBefore(start, every, until));
  if (count === undefined) return undefined;
  if (count > MOST_HITS) {
    setting.report(
      error(
        'too-many-hits',
        `${pointer}/repeat`,
        `this repeats ${count} times; more than ${MOST_HITS} is taken for a slip`,
        'make `every` longer',
      ),
    );
    return undefined;
  }
  if (count < 1) {
    setting.report(
      error(
        'empty-cue',
        `${pointer}/repeat/until`,
        '`until` is not after the first hit, so nothing would sound',
        'move `until` after `at`',
      ),
    );
    return undefined;
  }
  const seed = seedOf(setting.sheet.seed, cue.id, 'jitter');
  const jitterSamples = sampleAt(setting, range);
  const limit = until === undefined ? undefined : sampleAt(setting, until);
  return Array.from({ length: count }, (_, hit) => {
    const at = add(start, multiply(every, rational(hit)));
    let jitter = hit === 0 ? 0 : drawJitter(seed, hit, jitterSamples);
    // `until` bounds starts: a hit that jitter would carry over it goes as far the other way.
    if (limit !== undefined && sampleAt(setting, at) + jitter >= limit) jitter = -Math.abs(jitter);
    return { at, jitter };
  });
}

/** How many of start, start + every, start + 2·every … lie before `until`. */
function countBefore(start: Rational, every: Rational, until: Rational): number {
  const room = divide(subtract(until, start), every);
  if (compare(room, ZERO) <= 0) return 0;
  const whole = floor(room);
  return Number(compare(rational(whole), room) === 0 ? whole : whole + 1n);
}

function soundingEnd(setting: Setting): (hit: Hit) => Rational {
  return (hit) => add(hit.end, samplesToSeconds(setting, hit.jitter));
}
