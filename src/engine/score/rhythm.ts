import { error } from '../issue/issue.ts';
import { seedOf } from '../random/random.ts';
import type { PracticalCue } from '../sheet/schema.ts';
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
} from '../time/rational.ts';
import { lengthOf } from './place.ts';
import { type Placed, type Setting, sampleAt } from './setting.ts';
import { drawJitter } from './takes.ts';

/** A hit more than this often is a slip of the finger (`1ms` for `1s`), not a rhythm. */
const MOST_HITS = 1_000_000;

/** Where a hit begins: exact but for its jitter, which is drawn in whole samples. */
export interface HitStart {
  readonly at: Rational;
  /** Samples that the hit is moved by. */
  readonly jitter: number;
}

/** Durations that go round: hit k lies at the sum of the first k of them. */
export interface Rhythm {
  /** Where in one round each hit lies; the first at 0. */
  readonly steps: readonly Rational[];
  /** From one round to the next. */
  readonly round: Rational;
}

/** Where the hits of a practical begin; undefined, with an issue, where there is no telling. */
export function startsOf(
  setting: Setting,
  placed: Placed<PracticalCue>,
  start: Rational,
  until: Rational | undefined,
): HitStart[] | undefined {
  const { cue, pointer } = placed;
  const { repeat } = cue;
  if (!repeat) return [{ at: start, jitter: 0 }];
  const rhythm = rhythmOf(setting, placed);
  const range = lengthOf(setting, repeat.jitter, placed, `${pointer}/repeat/jitter`);
  if (!rhythm || !range) return undefined;
  const count =
    repeat.count ?? (until === undefined ? undefined : countBefore(rhythm, subtract(until, start)));
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
    const at = add(start, hitAt(rhythm, hit));
    let jitter = hit === 0 ? 0 : drawJitter(seed, hit, jitterSamples);
    // `until` bounds starts: a hit that jitter would carry over it goes as far the other way.
    if (limit !== undefined && sampleAt(setting, at) + jitter >= limit) jitter = -Math.abs(jitter);
    return { at, jitter };
  });
}

/** The rhythm of a repeat; undefined, with an issue, where hits would fall on one sample. */
export function rhythmOf(setting: Setting, placed: Placed<PracticalCue>): Rhythm | undefined {
  const every = placed.cue.repeat?.every ?? [];
  const pointer = `${placed.pointer}/repeat/every`;
  const texts = typeof every === 'string' ? [every] : every;
  const steps: Rational[] = [];
  let round = ZERO;
  for (const [index, text] of texts.entries()) {
    const place = typeof every === 'string' ? pointer : `${pointer}/${index}`;
    const step = lengthOf(setting, text, placed, place);
    if (!step) return undefined;
    if (sampleAt(setting, step) < 1) {
      setting.report(error('repeat-every', place, `repeats must be at least a sample apart (got ${text})`));
      return undefined;
    }
    steps.push(round);
    round = add(round, step);
  }
  return steps.length > 0 ? { steps, round } : undefined;
}

/** How many hits of a rhythm lie in the first `room` seconds of it. */
export function countBefore({ steps, round }: Rhythm, room: Rational): number {
  if (compare(room, ZERO) <= 0) return 0;
  const rounds = floor(divide(room, round));
  const rest = subtract(room, multiply(round, rational(rounds)));
  return Number(rounds) * steps.length + steps.filter((step) => compare(step, rest) < 0).length;
}

function hitAt({ steps, round }: Rhythm, hit: number): Rational {
  const place = hit % steps.length;
  return add(multiply(round, rational((hit - place) / steps.length)), steps[place]!);
}
