import { signal } from '@preact/signals';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ToMixer } from '../../../src/ui/studio/messages.ts';
import { createPeaks } from '../../../src/ui/studio/peaks.ts';
import type { Film } from '../../../src/ui/workspace.ts';

const RATE = 48000;
const SAMPLES = 300 * RATE;
const STEMS = ['room', 'sfx', 'record'];

/** Runs what was to be drawn with the next picture. */
let pictures: ((milliseconds: number) => void)[] = [];
let time = 0;
const nextPicture = () => {
  time += 100;
  for (const draw of pictures.splice(0)) draw(time);
};

beforeEach(() => {
  pictures = [];
  vi.stubGlobal('requestAnimationFrame', (draw: (milliseconds: number) => void) => pictures.push(draw));
});
afterEach(() => {
  vi.unstubAllGlobals();
});

type Asked = Extract<ToMixer, { kind: 'detail' }>;

/** Lanes that are drawn in a range whenever there are new peaks, and a worker that answers what it is asked. */
function open({ stems = STEMS }: { stems?: readonly string[] } = {}) {
  const asked: Asked[] = [];
  const waiting: Asked[] = [];
  const film = signal({ revision: 0, score: { samples: SAMPLES } } as Film);
  const playing = signal({ revision: 0, readMilliseconds: 0, openMilliseconds: 0 });
  const peaks = createPeaks(film, playing, (message) => {
    if (message.kind !== 'detail') return;
    asked.push(message);
    waiting.push(message);
  });
  const answer = (revision = playing.value.revision) => {
    for (const request of waiting.splice(0)) {
      const to = Math.min(request.to, SAMPLES);
      const cells = Math.ceil((to - request.from) / request.cell);
      peaks.takeDetail({ ...request, to, revision, peaks: new Float32Array(2 * cells).fill(revision + 1) });
    }
  };
  const draw = (from: number, to: number, columns: number) =>
    stems.map((stem) => peaks.peaks(stem, from, to, columns)?.[0]);
  return { asked, film, playing, answer, draw, peaks };
}

test('what is seen is asked for once, however wide the window is', () => {
  for (const columns of [300, 1280, 2400, 3700, 7500]) {
    const { asked, answer, draw } = open();
    // As coarse as details get.
    const to = 20 * RATE + columns * 255;
    for (let turn = 0; turn < 5; turn++) {
      draw(20 * RATE, to, columns);
      answer();
      nextPicture();
    }
    expect(draw(20 * RATE, to, columns)).toEqual([1, 1, 1]);
    expect([columns, asked.length]).toEqual([columns, STEMS.length]);
  }
});

test('forty lanes are asked for once each', () => {
  const stems = Array.from({ length: 40 }, (_, index) => `stem-${index}`);
  const { asked, answer, draw } = open({ stems });
  for (let turn = 0; turn < 5; turn++) {
    draw(0, RATE, 1000);
    answer();
    nextPicture();
  }
  expect(asked).toHaveLength(40);
});

test('of an edit that cannot be mixed yet nothing is asked; when it can, what is seen is asked for anew', () => {
  const { asked, film, playing, answer, draw, peaks } = open();
  draw(0, RATE, 1000);
  answer();
  nextPicture();
  film.value = { ...film.value, revision: 1 };
  for (let turn = 0; turn < 5; turn++) {
    expect(draw(0, RATE, 1000)).toEqual([1, 1, 1]);
    nextPicture();
  }
  expect(asked).toHaveLength(3);
  const before = peaks.revision.value;
  playing.value = { ...playing.value, revision: 1 };
  nextPicture();
  expect(peaks.revision.value).toBe(before + 1);
  draw(0, RATE, 1000);
  answer();
  expect(draw(0, RATE, 1000)).toEqual([2, 2, 2]);
  expect(asked).toHaveLength(6);
});

test('what was made of the score before is shown until it is there anew', () => {
  const { asked, playing, answer, draw } = open();
  draw(0, RATE, 1000);
  playing.value = { ...playing.value, revision: 1 };
  answer(0);
  expect(draw(0, RATE, 1000)).toEqual([1, 1, 1]);
  answer(1);
  expect(draw(0, RATE, 1000)).toEqual([2, 2, 2]);
  expect(asked).toHaveLength(6);
});
