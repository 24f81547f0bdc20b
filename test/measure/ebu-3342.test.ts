import { expect, test } from 'vitest';
import { rangePowers } from '../../src/engine/measure/gating.ts';
import { makeTone, measure } from './tone.ts';

/** What EBU Tech 3342 allows a meter, LU. */
const ALLOWED_LU = 1;
/** libebur128 reads these tones to the last digit; a tenth of a decimal is left for the tone's own steps. */
const NEAR_LU = 0.01;

test.each([
  { number: 1, levels: [-20, -30], wanted: 10 },
  { number: 2, levels: [-20, -15], wanted: 5 },
  { number: 3, levels: [-40, -20], wanted: 20 },
  { number: 4, levels: [-50, -35, -20, -35, -50], wanted: 15 },
])('case $number has a range of $wanted LU', ({ levels, wanted }) => {
  const { loudnessRangeLu } = measure(makeTone(levels.map((db) => ({ seconds: 20, db }))));
  expect(Math.abs(loudnessRangeLu! - wanted)).toBeLessThanOrEqual(ALLOWED_LU);
  expect(Math.abs(loudnessRangeLu! - wanted)).toBeLessThanOrEqual(NEAR_LU);
});

test('percentiles are picked, not interpolated, and a half rounds up', () => {
  // Eleven blocks: the 10th percentile is block 1 from below, the 95th is block 9.5 and so the 10th.
  const powers = Array.from({ length: 11 }, (_, index) => 1e-3 * (index + 1));
  expect(rangePowers([...powers].reverse())).toEqual([powers[1], powers[10]]);
});

test('what lies 20 LU under the mean has no part in the range', () => {
  expect(rangePowers([1e-2, 1e-2, 1e-2, 1e-5])).toEqual([1e-2, 1e-2]);
});

test('nothing above the absolute gate has no range', () => {
  expect(rangePowers([1e-8, 1e-9])).toBeUndefined();
  expect(rangePowers([])).toBeUndefined();
});
