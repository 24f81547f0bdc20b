import { expect, test } from 'vitest';
import { createStrip, showPeaks } from '../../../src/ui/desk/strip.ts';

test('a strip holds its highest peak until it is held anew, as loud as it is heard', () => {
  const strip = createStrip('room');
  expect(strip.peakDb.value).toBe(Number.NEGATIVE_INFINITY);
  strip.peaks = [0.25, 0.5];
  showPeaks(strip, 2);
  expect(strip.levelsDb.value).toEqual([20 * Math.log10(0.5), 0]);
  strip.peaks = [0.1, 0.1];
  showPeaks(strip, 1);
  expect([strip.levelsDb.value[0], strip.peakDb.value]).toEqual([-20, 0]);
  // A frame for which nothing came shows what was.
  showPeaks(strip, 1);
  expect([strip.levelsDb.value[0], strip.peakDb.value]).toEqual([-20, 0]);
  strip.resetPeak();
  strip.peaks = [0.1];
  showPeaks(strip, 1);
  expect(strip.peakDb.value).toBe(-20);
});
