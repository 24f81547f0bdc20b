import { expect, test } from 'vitest';
import type { Score } from '../../../src/engine/index.ts';
import type { DetailRequest } from '../../../src/ui/studio/messages.ts';
import { PeakMaker } from '../../../src/ui/studio/peak-maker.ts';
import { makeScore } from '../../mix/make.ts';

const SAMPLES = 4_000_000;

/** A maker of the peaks of stems that are their own place in the score everywhere, as tenths. */
function open(score: Score) {
  const told: { request: DetailRequest; revision: number; peaks: Float32Array }[] = [];
  const mixed = new Set<number>();
  let chunks = 0;
  const maker = new PeakMaker({
    tell: () => {
      chunks += 1;
    },
    tellDetail: (request, revision, peaks) => told.push({ request, revision, peaks }),
    open: () => ({
      score,
      mixer: {
        prepare: () => undefined,
        prefetch: () => undefined,
        mixStem: (stem, _from, _count, out) => {
          if (chunks === 0) mixed.add(stem);
          out.fill((stem + 1) / 8);
        },
      },
    }),
    onProblem: (problem) => {
      throw problem;
    },
    breathe: () => new Promise((resolve) => setTimeout(resolve, 0)),
  });
  return { maker, told, mixed };
}

const until = async (isThere: () => boolean) => {
  while (!isThere()) await new Promise((resolve) => setTimeout(resolve, 1));
};

test('a detail is as long as was asked for, up to the end of the film, and only its stem is mixed for it', async () => {
  const score = makeScore(SAMPLES, { room: [], sfx: [], record: [] });
  const { maker, told, mixed } = open(score);
  maker.askDetail({ stem: 'sfx', from: 1000, to: 2_001_000, cell: 128 });
  maker.setFilm({ revision: 7, score }, 'all');
  await until(() => told.length === 1);
  expect(told[0]!.request).toEqual({ stem: 'sfx', from: 1000, to: 2_001_000, cell: 128 });
  expect(told[0]!.revision).toBe(7);
  expect(told[0]!.peaks).toEqual(new Float32Array(2 * 15_625).fill(2 / 8));
  expect([...mixed]).toEqual([1]);

  maker.askDetail({ stem: 'mix', from: 3_990_000, to: 5_000_000, cell: 1 });
  await until(() => told.length === 2);
  expect(told[1]!.request.to).toBe(SAMPLES);
  expect(told[1]!.peaks.every((value) => value === 6 / 8)).toBe(true);
});

test('of a stem that is gone nothing is told, and of the others what was asked for last', async () => {
  const score = makeScore(SAMPLES, { room: [] });
  const { maker, told } = open(score);
  for (const stem of ['gone', 'room']) {
    maker.askDetail({ stem, from: 0, to: 4800, cell: 1 });
    maker.askDetail({ stem, from: 4800, to: 9600, cell: 1 });
  }
  maker.setFilm({ revision: 0, score }, 'all');
  await until(() => told.length > 0);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(told.map(({ request }) => [request.stem, request.from])).toEqual([['room', 4800]]);
});
