import { fc, test as property } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { CELL_SAMPLES, CHUNK_SAMPLES, peaksOf } from '../../../src/ui/studio/peak-cells.ts';
import { columnsOf, PeakStore } from '../../../src/ui/studio/peak-store.ts';
import { noiseAt } from '../../mix/make.ts';

const SAMPLES = 2 * CHUNK_SAMPLES + 555;
const NOISE = Float32Array.from({ length: SAMPLES }, (_, index) => noiseAt(1, index) * (index / SAMPLES));

function filledStore(): PeakStore {
  const store = new PeakStore(SAMPLES);
  for (let from = 0; from < SAMPLES; from += CHUNK_SAMPLES) {
    store.write(from / CELL_SAMPLES, peaksOf(NOISE.subarray(from, from + CHUNK_SAMPLES), 1, CELL_SAMPLES));
  }
  return store;
}

/** Lowest and highest of [from, to). */
function extremes(from: number, to: number): [number, number] {
  const part = NOISE.subarray(Math.max(0, from), Math.max(0, to));
  return part.length === 0
    ? [0, 0]
    : [part.reduce((a, b) => Math.min(a, b)), part.reduce((a, b) => Math.max(a, b))];
}

property.prop(
  [
    fc.integer({ min: -1000, max: SAMPLES }),
    fc.integer({ min: 1, max: SAMPLES }),
    fc.integer({ min: 1, max: 300 }),
  ],
  { numRuns: 60 },
)(
  'a column shows all of its samples, and none that are more than four cells away',
  (from, length, columns) => {
    const found = filledStore().read(from, from + length, columns);
    if (!found) return;
    const perColumn = length / columns;
    const reach = Math.max(CELL_SAMPLES, 4 * perColumn);
    for (let column = 0; column < columns; column++) {
      const [start, end] = [from + column * perColumn, from + (column + 1) * perColumn];
      const [low, high] = [found[2 * column]!, found[2 * column + 1]!];
      const [leastLow, leastHigh] = extremes(Math.ceil(start), Math.floor(end));
      const [mostLow, mostHigh] = extremes(Math.floor(start - reach), Math.ceil(end + reach));
      if (start >= 0 && end <= SAMPLES && Math.ceil(start) < Math.floor(end)) {
        expect([low <= leastLow, high >= leastHigh]).toEqual([true, true]);
      }
      expect([low >= Math.min(0, mostLow), high <= Math.max(0, mostHigh)]).toEqual([true, true]);
    }
  },
);

test('nothing is known before it is made, and then only where', () => {
  const store = new PeakStore(SAMPLES);
  expect(store.read(0, SAMPLES, 10)).toBeUndefined();
  store.write(
    CHUNK_SAMPLES / CELL_SAMPLES,
    peaksOf(NOISE.subarray(CHUNK_SAMPLES, 2 * CHUNK_SAMPLES), 1, CELL_SAMPLES),
  );
  expect(store.read(0, CHUNK_SAMPLES, 10)).toBeUndefined();
  expect(store.read(0, SAMPLES, 10)).toBeDefined();
});

test('what is made again shows in every zoom', () => {
  const store = filledStore();
  store.write(0, new Float32Array(2 * 128).fill(0.875));
  for (const length of [CHUNK_SAMPLES, CHUNK_SAMPLES / 4, 4096]) {
    expect([...store.read(0, length, 1)!]).toEqual([0.875, 0.875]);
  }
});

test('cells hold all channels, and the last one what is left', () => {
  expect([...peaksOf(Float32Array.of(0.5, -0.25, 0.25, 0.125, -1, 0), 2, 2)]).toEqual([-0.25, 0.5, -1, 0]);
});

test('columns outside of the cells are silent', () => {
  expect([...columnsOf(Float32Array.of(-1, 1), 256, 256, 0, 256, 3)]).toEqual([0, 0, -1, 1, 0, 0]);
});
