import { test as property } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { loadKernelModule } from '../../../src/cli/node/kernel-file.ts';
import { Mixer, type Score } from '../../../src/engine/index.ts';
import { changedStems } from '../../../src/ui/studio/changed-ranges.ts';
import type { FilmRange } from '../../../src/ui/studio/mix-ahead.ts';
import { makeGate, makeNoise, makeRegion, makeScore, mixerOptions } from '../../mix/make.ts';
import { randomScore, SCORE_SAMPLES, SOUNDS } from '../../mix/random-score.ts';
import { RESPONSES, randomSpaceScore } from '../../mix/random-spaces.ts';
import { anyPicks, edited, RESPONSE_FILES } from './edited-score.ts';

const kernel = loadKernelModule();

property.prop([randomScore, anyPicks], { numRuns: 50 })(
  'where two scores are said to be alike they give the same bits',
  (before, chosen) => {
    expectAlikeOutside(before, edited(before, chosen));
  },
);

property.prop([randomSpaceScore, anyPicks], { numRuns: 25 })('with rooms, too', (score, chosen) => {
  const before = { ...score, sounds: RESPONSE_FILES };
  expectAlikeOutside(before, edited(before, chosen));
});

function expectAlikeOutside(before: Score, after: Score): void {
  const changed = changedStems(before, after);
  const [first, second] = [before, after].map((score) => mixerOf(score).read(0, SCORE_SAMPLES));
  first!.forEach((samples, stem) => {
    const ranges = changed[stem]!;
    if (ranges === 'all') return;
    const channels = samples.length / SCORE_SAMPLES;
    const wrong = samples.findIndex((value, index) => {
      const sample = Math.floor(index / channels);
      const isAlike = Object.is(value, second![stem]![index]);
      return !isAlike && !ranges.some(({ from, to }) => sample >= from && sample < to);
    });
    expect(wrong).toBe(-1);
  });
}

function mixerOf(score: Score): Mixer {
  const responses = new Map(Object.entries(RESPONSES));
  return new Mixer({ ...mixerOptions(kernel, score, SOUNDS), responses });
}

test('with filters, too: the block that one runs in and the next as far as it reaches back', () => {
  const samples = 500_000;
  const filters = [{ type: 'high-pass', hz: 80, q: 0.7, gainDb: 0 }] as const;
  const noise = makeNoise(1000, 2, 1);
  const at = (gainDb: number): Score => {
    const regions = [100, 60_000, 70_000, 200_000, 270_000].map((start) =>
      makeRegion({ sound: 'noise', start, end: start + 1000, ...(start === 60_000 && { gainDb }) }),
    );
    const score = makeScore(samples, regions);
    return { ...score, stems: score.stems.map((stem) => ({ ...stem, filters })) };
  };
  const [first, second] = [at(0), at(-3)];
  const [ranges] = changedStems(first, second) as (readonly FilmRange[])[];
  expect(ranges!.map(({ from }) => from)).toEqual([60_000, 60_000]);
  expect(ranges![0]!.to).toBeLessThan(samples);
  const [before, after] = [first, second].map(
    (score) => new Mixer(mixerOptions(kernel, score, { noise })).read(0, samples)[0]!,
  );
  const differs = before!.findLastIndex((value, index) => !Object.is(value, after![index]));
  expect(differs / 2).toBeGreaterThan(61_000);
  expect(differs / 2).toBeLessThan(ranges![0]!.to);
});

const SOUND = makeNoise(1000, 2, 1);
const scoreOf = (start: number, gates = [makeGate({ start: 5000, end: 6000 })]) => ({
  ...makeScore(20_000, [makeRegion({ sound: 'noise', start, end: start + SOUND.samples })], gates),
  sounds: { noise: { kind: 'file' as const, file: 'noise.wav', channels: 2 as const, samples: 1000 } },
});

/** What changes of the only stem. */
const changedRanges = (...scores: Parameters<typeof changedStems>) => changedStems(...scores)[0];

test('a cue that moves changes where it was and where it is', () => {
  expect(changedRanges(scoreOf(100), scoreOf(10_000))).toEqual([
    { from: 10_000, to: 11_000 },
    { from: 100, to: 1100 },
  ]);
});

test('nothing changes for nothing', () => {
  expect(changedRanges(scoreOf(100), scoreOf(100))).toEqual([]);
});

test('a file that holds something else changes what plays it', () => {
  expect(changedRanges(scoreOf(100), scoreOf(100), (sound) => sound === 'noise')).toEqual([
    { from: 100, to: 1100 },
  ]);
});

test('another length, other stems, or nothing before: all of it', () => {
  const score = scoreOf(100);
  expect(changedRanges(undefined, score)).toBe('all');
  expect(changedRanges(score, { ...score, samples: 1 })).toBe('all');
  expect(changedRanges(score, { ...score, stems: [{ ...score.stems[0]!, id: 'other' }] })).toBe('all');
});

test('a gate that goes changes the gate and its fall', () => {
  expect(
    changedRanges(scoreOf(100, [makeGate({ start: 5000, end: 6000, fadeOut: 480 })]), scoreOf(100, [])),
  ).toEqual([{ from: 4520, to: 6000 }]);
});
