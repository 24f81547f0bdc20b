import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { loadKernelModule } from '../../src/cli/node/kernel-file.ts';
import { Kernel } from '../../src/engine/kernel/kernel.ts';
import { exactQuarterSine } from './exact-sine.ts';

const kernel = Kernel.instantiate(loadKernelModule());
const { gainFromDb, quarterSine, rampGains } = kernel.exports;

const LINEAR_IN = 0;
const LINEAR_OUT = 1;
const POWER_IN = 2;
const POWER_OUT = 3;

/** Two units in the last place: of the angle, which is rounded, and of the polynomial. */
const CURVE_TOLERANCE = 2 * 2 ** -52;

const GAINS_MAX = 4096;
const table = kernel.allocate(GAINS_MAX * 8);

function gainsOf(shape: number, k: number, count: number, length: number): Float64Array {
  rampGains(table, count, k, length, shape, false);
  return kernel.float64(table, count).slice();
}

function relativeError(value: number, exact: number): number {
  return exact === 0 ? Math.abs(value) : Math.abs(value - exact) / exact;
}

describe('levels', () => {
  test('0 dB is exactly 1, and 20 dB are a factor of ten', () => {
    expect(gainFromDb(0)).toBe(1);
    expect(gainFromDb(-0)).toBe(1);
    for (const [db, gain] of [
      [20, 10],
      [-20, 0.1],
      [-40, 0.01],
      [-120, 1e-6],
    ] as const) {
      expect(relativeError(gainFromDb(db), gain)).toBeLessThanOrEqual(2 ** -52);
    }
  });

  test('levels in dB add as gains multiply', () => {
    for (let db = -144; db <= 24; db += 0.25) {
      // Three roundings of one unit each: two factors and their product.
      expect(relativeError(gainFromDb(db) * gainFromDb(-db), 1)).toBeLessThanOrEqual(3 * 2 ** -52);
      expect(relativeError(gainFromDb(db), 10 ** (db / 20))).toBeLessThanOrEqual(2 * 2 ** -52);
    }
  });
});

describe('curves', () => {
  test('a quarter sine is exact at both ends and right to the last bits between', () => {
    expect(quarterSine(0)).toBe(0);
    expect(quarterSine(1)).toBe(1);
    for (let k = 1; k < 1024; k++) {
      expect(relativeError(quarterSine(k / 1024), exactQuarterSine(k, 1024))).toBeLessThanOrEqual(
        CURVE_TOLERANCE,
      );
    }
  });

  test.each([1, 2, 3, 7, 480, 1555])('a ramp of %i samples is sin and cos of πk/2N, or k/N', (length) => {
    const powerIn = gainsOf(POWER_IN, 0, length, length);
    const powerOut = gainsOf(POWER_OUT, 0, length, length);
    const linearIn = gainsOf(LINEAR_IN, 0, length, length);
    const linearOut = gainsOf(LINEAR_OUT, 0, length, length);
    expect([powerIn[0], powerOut[0], linearIn[0], linearOut[0]]).toEqual([0, 1, 0, 1]);
    const exact = Array.from({ length: length + 1 }, (_, k) => exactQuarterSine(k, length));
    const errorIn = powerIn.map((gain, k) => relativeError(gain, exact[k]!));
    const errorOut = powerOut.map((gain, k) => relativeError(gain, exact[length - k]!));
    expect(Math.max(...errorIn, ...errorOut)).toBeLessThanOrEqual(CURVE_TOLERANCE);
    expect(linearIn).toEqual(Float64Array.from({ length }, (_, k) => k / length));
    expect(linearOut).toEqual(Float64Array.from({ length }, (_, k) => 1 - k / length));
  });

  test('a ramp of ten hours is as exact as a short one', () => {
    const length = 10 * 3600 * 192000;
    for (const k of [1, 2, length / 2 - 1, length / 2, length / 2 + 1, length - 2, length - 1]) {
      expect(
        relativeError(gainsOf(POWER_IN, k, 1, length)[0]!, exactQuarterSine(k, length)),
      ).toBeLessThanOrEqual(CURVE_TOLERANCE);
      expect(
        relativeError(gainsOf(POWER_OUT, k, 1, length)[0]!, exactQuarterSine(length - k, length)),
      ).toBeLessThanOrEqual(CURVE_TOLERANCE);
    }
  });

  property.prop([
    fc.constantFrom(LINEAR_IN, LINEAR_OUT, POWER_IN, POWER_OUT),
    fc.integer({ min: 1, max: GAINS_MAX }),
    fc.nat(),
    fc.nat(),
  ])('any part of a ramp has the bits of the whole', (shape, length, a, b) => {
    const from = a % length;
    const count = 1 + (b % (length - from));
    const whole = gainsOf(shape, 0, length, length);
    expect(gainsOf(shape, from, count, length)).toEqual(whole.slice(from, from + count));
  });

  test('a part that ends at an odd place leaves what lies after it alone', () => {
    const gains = kernel.float64(table, 8);
    gains.fill(7);
    rampGains(table, 3, 0, 5, LINEAR_IN, false);
    expect([...gains.subarray(3)]).toEqual([7, 7, 7, 7, 7]);
    rampGains(table, 5, 0, 5, POWER_OUT, false);
    expect([...gains.subarray(5)]).toEqual([7, 7, 7]);
  });

  test('a second ramp multiplies the first', () => {
    const first = gainsOf(POWER_IN, 3, 90, 100);
    rampGains(table, 90, 7, 300, LINEAR_OUT, true);
    expect(kernel.float64(table, 90)).toEqual(first.map((gain, i) => gain * (1 - (7 + i) / 300)));
  });
});
