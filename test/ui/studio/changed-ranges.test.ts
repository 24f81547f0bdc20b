import { fc, test as property } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { loadKernelModule } from '../../../src/cli/node/kernel-file.ts';
import { Mixer, type Score } from '../../../src/engine/index.ts';
import { changedRanges } from '../../../src/ui/studio/changed-ranges.ts';
import { makeGate, makeNoise, makeRegion, makeScore, mixerOptions } from '../../mix/make.ts';
import { randomScore, SCORE_SAMPLES, SOUNDS } from '../../mix/random-score.ts';
import { RESPONSES, randomSpaceScore } from '../../mix/random-spaces.ts';

const kernel = loadKernelModule();

/** Takes away some regions of a score and moves others. */
function edited(score: Score, picks: readonly number[]): Score {
  let turn = 0;
  const pick = () => picks[turn++ % picks.length]!;
  return {
    ...score,
    stems: score.stems.map((stem) => ({
      ...stem,
      regions: stem.regions.flatMap((region) => {
        const choice = pick() % 5;
        if (choice === 0) return [];
        return choice === 1 ? [{ ...region, gainDb: region.gainDb - 3 }] : [region];
      }),
      ducks: (stem.ducks ?? []).filter(() => pick() % 3 > 0),
    })),
    gates: score.gates.filter(() => pick() % 4 > 0),
  };
}

const picks = fc.array(fc.nat({ max: 100 }), { minLength: 1, maxLength: 20 });

property.prop([randomScore, picks], { numRuns: 50 })(
  'where two scores are said to be alike they give the same bits',
  (before, chosen) => {
    expectAlikeOutside(before, edited(before, chosen), 0);
  },
);

/** A room's transform rounds the whole of a block anew, wherever in it something changed. */
const ROUNDING = 1e-9;

property.prop([randomSpaceScore, picks], { numRuns: 25 })('with rooms, too', (score, chosen) => {
  const before = { ...score, sounds: RESPONSE_FILES };
  expectAlikeOutside(before, edited(before, chosen), ROUNDING);
});

const RESPONSE_FILES: Score['sounds'] = Object.fromEntries(
  Object.entries(RESPONSES).map(([name, { channels }]) => [
    name,
    { kind: 'file', file: `${name}.wav`, channels: channels.length as 1, samples: channels[0]!.length },
  ]),
);

function expectAlikeOutside(before: Score, after: Score, tolerance: number): void {
  const ranges = changedRanges(before, after);
  if (ranges === 'all') return;
  const [first, second] = [before, after].map((score) => {
    const responses = new Map(Object.entries(RESPONSES));
    return new Mixer({ ...mixerOptions(kernel, score, SOUNDS), responses }).read(0, SCORE_SAMPLES);
  });
  first!.forEach((samples, stem) => {
    const channels = samples.length / SCORE_SAMPLES;
    const wrong = samples.findIndex((value, index) => {
      const sample = Math.floor(index / channels);
      const isAlike = Math.abs(value - second![stem]![index]!) <= tolerance;
      return !isAlike && !ranges.some(({ from, to }) => sample >= from && sample < to);
    });
    expect(wrong).toBe(-1);
  });
}

const SOUND = makeNoise(1000, 2, 1);
const scoreOf = (start: number, gates = [makeGate({ start: 5000, end: 6000 })]) => ({
  ...makeScore(20_000, [makeRegion({ sound: 'noise', start, end: start + SOUND.samples })], gates),
  sounds: { noise: { kind: 'file' as const, file: 'noise.wav', channels: 2 as const, samples: 1000 } },
});

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
  expect(changedRanges(score, { ...score, stems: [] })).toBe('all');
});

test('a gate that goes changes the gate and its fall', () => {
  expect(
    changedRanges(scoreOf(100, [makeGate({ start: 5000, end: 6000, fadeOut: 480 })]), scoreOf(100, [])),
  ).toEqual([{ from: 4520, to: 6000 }]);
});
