import { fc, test as property } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { loadKernelModule } from '../../../src/cli/node/kernel-file.ts';
import { Mixer, type Score } from '../../../src/engine/index.ts';
import { changedStems } from '../../../src/ui/studio/changed-ranges.ts';
import { MIXED_SAMPLES, MixedFilm } from '../../../src/ui/studio/mixed-film.ts';
import { makeNoise, makeRegion, makeScore, mixerOptions } from '../../mix/make.ts';
import { SCORE_SAMPLES, SOUNDS } from '../../mix/random-score.ts';
import { RESPONSES, randomSpaceScore } from '../../mix/random-spaces.ts';
import { expectSameBits } from '../../sound/expect-same-bits.ts';
import { anyPicks, edited, RESPONSE_FILES } from './edited-score.ts';

const kernel = loadKernelModule();
const PLENTY = 2 ** 24;
/** The random films are short. */
const BLOCK = 64;

function mixerOf(score: Score): Mixer {
  const responses = new Map(Object.entries(RESPONSES));
  return new Mixer({ ...mixerOptions(kernel, score, SOUNDS), responses });
}

function readStem(
  mixed: MixedFilm,
  mixer: Mixer,
  score: Score,
  stem: number,
  from = 0,
  count = score.samples,
  use: 'heard' | 'drawn' = 'heard',
) {
  const out = new Float32Array(count * score.stems[stem]!.channels);
  mixed.mixStem(mixer, stem, from, count, out, use);
  return out;
}

const anyReads = fc.array(
  fc.tuple(fc.nat({ max: SCORE_SAMPLES }), fc.nat({ max: 900 }), fc.constantFrom('heard', 'drawn')),
  { maxLength: 12 },
);

property.prop(
  [randomSpaceScore, fc.array(anyPicks, { minLength: 1, maxLength: 3 }), anyReads, fc.nat(100_000)],
  {
    numRuns: 25,
  },
)(
  'whatever was read and edited before, and however little is kept, a film is the mixer’s to the bit',
  (first, edits, reads, mostBytes) => {
    let score: Score = { ...first, sounds: RESPONSE_FILES };
    let mixed = new MixedFilm(score, mostBytes, BLOCK);
    for (const picks of edits) {
      const mixer = mixerOf(score);
      for (const [from, count, use] of reads) {
        const some = Math.min(count, score.samples - from);
        score.stems.forEach((_, stem) => void readStem(mixed, mixer, score, stem, from, some, use));
      }
      const after = edited(score, picks);
      mixed = mixed.after(after, changedStems(score, after));
      score = after;
    }
    const mixer = mixerOf(score);
    const whole = mixer.read(0, score.samples);
    for (const [stem, samples] of whole.entries())
      expectSameBits(readStem(mixed, mixer, score, stem), samples);
  },
);

const NOISE = makeNoise(1000, 2, 1);
const scoreOf = (gainDb: number): Score => ({
  ...makeScore(10 * MIXED_SAMPLES, {
    music: [makeRegion({ sound: 'noise', start: 0, end: NOISE.samples })],
    sfx: [
      makeRegion({ sound: 'noise', start: 0, end: NOISE.samples }),
      makeRegion({ sound: 'noise', start: 40_000, end: 40_000 + NOISE.samples, gainDb }),
    ],
  }),
  sounds: { noise: { kind: 'file', file: 'noise.wav', channels: 2, samples: NOISE.samples } },
});

function played(score: Score, mostBytes = PLENTY): MixedFilm {
  const mixed = new MixedFilm(score, mostBytes);
  const mixer = new Mixer(mixerOptions(kernel, score, { noise: NOISE }));
  score.stems.forEach((_, stem) => void readStem(mixed, mixer, score, stem));
  return mixed;
}

test('an edit leaves other stems, and the rest of its own, as they are', () => {
  const [before, after] = [scoreOf(0), scoreOf(-3)];
  const mixed = played(before).after(after, changedStems(before, after));
  expect(mixed.missing(0, 0, before.samples)).toBeUndefined();
  expect(mixed.missing(1, 0, before.samples)).toEqual({ from: 4 * MIXED_SAMPLES, count: 2 * MIXED_SAMPLES });
  expect(mixed.missing(1, 40_000, 5)).toEqual({ from: 40_000, count: 5 });
  expect(mixed.missing(1, 0, 4 * MIXED_SAMPLES)).toBeUndefined();
});

test('silence takes no room, and what was used last is kept', () => {
  const score = scoreOf(0);
  const blockBytes = MIXED_SAMPLES * 2 * 4;
  const mixed = played(score, 4 * blockBytes);
  // One block of the music, three of the effects: the rest is silent.
  expect(mixed.missing(0, 0, score.samples)).toBeUndefined();
  expect(mixed.missing(1, 0, score.samples)).toBeUndefined();
  expect(played(score, 2 * blockBytes).missing(1, 40_000, 2000)).toBeUndefined();
  expect(played(score, 2 * blockBytes).missing(0, 0, 1)).toEqual({
    from: 0,
    count: MIXED_SAMPLES,
  });
});

test('what is drawn pushes out nothing', () => {
  const score = scoreOf(0);
  const mixed = new MixedFilm(score, MIXED_SAMPLES * 2 * 4);
  const mixer = new Mixer(mixerOptions(kernel, score, { noise: NOISE }));
  readStem(mixed, mixer, score, 0, 0, 1);
  readStem(mixed, mixer, score, 1, 0, score.samples, 'drawn');
  expect(mixed.missing(0, 0, 1)).toBeUndefined();
  expect(mixed.missing(1, 0, 1)).toBeDefined();
  readStem(mixed, mixer, score, 1, 0, 1);
  expect(mixed.missing(0, 0, 1)).toBeDefined();
});

test('of a stem that no room rings on, what is drawn takes half the room at most', () => {
  const rings = { space: 'hall', gainDb: 0 };
  const hall = { sound: 'impulse', gainDb: 0, normalize: true };
  const score = {
    samples: 4 * MIXED_SAMPLES,
    spaces: { hall },
    stems: makeScore(4 * MIXED_SAMPLES, {
      dry: [makeRegion({ sound: 'noise', start: 0, end: 1 })],
      wet: [makeRegion({ sound: 'noise', start: 0, end: 1, send: rings })],
    }).stems,
  };
  const mixer = {
    readStem: (_: number, __: number, out: Float32Array) => out.fill(0.5),
  } as Pick<Mixer, 'readStem'> as Mixer;
  const mixed = new MixedFilm(score, 4 * MIXED_SAMPLES * 2 * 4);
  const out = new Float32Array(2 * score.samples);
  mixed.mixStem(mixer, 0, 0, score.samples, out, 'drawn');
  expect(mixed.missing(0, 0, score.samples)?.from).toBe(2 * MIXED_SAMPLES);
  mixed.mixStem(mixer, 1, 0, score.samples, out, 'drawn');
  expect(mixed.missing(1, 0, score.samples)?.from).toBe(2 * MIXED_SAMPLES);
});

test('of a block that a range begins in, only what is wanted is mixed; of the next, all', () => {
  const mixed = new MixedFilm(scoreOf(0), PLENTY);
  expect(mixed.missing(0, 100, 200)).toEqual({ from: 100, count: 200 });
  expect(mixed.missing(0, MIXED_SAMPLES - 1, 2)).toEqual({
    from: MIXED_SAMPLES - 1,
    count: MIXED_SAMPLES + 1,
  });
});
