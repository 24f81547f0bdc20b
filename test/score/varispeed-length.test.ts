import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it, test } from 'vitest';
import type { SpeedCurve } from '../../src/engine/score/score.ts';
import { SpeedPlace } from '../../src/engine/score/speed-place.ts';
import { turnCosine } from '../../src/engine/score/turn-cosine.ts';
import { varispeedLength } from '../../src/engine/score/varispeed-length.ts';

const steady = (rate: number, from = 0): SpeedCurve => ({ from, points: [{ at: 0, rate }], waves: [] });

/** Lines of any rate, and waves that never turn them back. */
const forwards: fc.Arbitrary<SpeedCurve> = fc
  .record({
    from: fc.double({ min: -500, max: 500, noNaN: true }),
    steps: fc.array(fc.record({ after: fc.integer({ min: 0, max: 9000 }), rate: rate(0.01) }), {
      minLength: 1,
      maxLength: 6,
    }),
    start: fc.integer({ min: -4000, max: 4000 }),
    waves: fc.array(
      fc.record({
        period: fc.double({ min: 10, max: 1e5, noNaN: true }),
        peak: fc.double({ min: -0.003, max: 0.003, noNaN: true }),
        phase: fc.double({ min: -1e5, max: 1e5, noNaN: true }),
      }),
      { maxLength: 3 },
    ),
  })
  .map(({ from, steps, start, waves }) => {
    let at = start;
    const points = steps.map(({ after, rate: stepRate }) => {
      at += after;
      return { at, rate: stepRate };
    });
    return { from, points, waves };
  });

function rate(min: number): fc.Arbitrary<number> {
  return fc.oneof(fc.constantFrom(min, 1, 8), fc.double({ min, max: 8, noNaN: true }));
}

/** The rate of a curve at any time, as its definition says it. */
function rateAt({ points, waves }: SpeedCurve, k: number): number {
  const after = points.findIndex((point) => point.at > k);
  const [a, b] = after < 0 ? [points.at(-1)!, undefined] : [points[after - 1], points[after]!];
  const line =
    a === undefined || b === undefined
      ? (a ?? b)!.rate
      : a.rate + ((b.rate - a.rate) * (k - a.at)) / (b.at - a.at);
  return waves.reduce(
    (sum, { period, peak, phase }) => sum + peak * Math.sin((2 * Math.PI * (k + phase)) / period),
    line,
  );
}

describe('the place that a speed has come to', () => {
  // Two points of Gauss in each sample, none of which has a corner inside: exact for lines, and for waves of
  // more than 100 samples to 1e-6.
  property.prop([forwards.filter(({ waves }) => waves.every(({ period }) => period > 100))], { numRuns: 30 })(
    'is the integral of the rate',
    (curve) => {
      const place = new SpeedPlace(curve);
      let sum = curve.from;
      expect(place.at(0)).toBe(curve.from + 0);
      for (let k = 0; k < 6000; k++) {
        const half = 0.5 / Math.sqrt(3);
        sum += (rateAt(curve, k + 0.5 - half) + rateAt(curve, k + 0.5 + half)) / 2;
        if (k % 1000 === 999 && Math.abs(place.at(k + 1) - sum) > 1e-6) expect(place.at(k + 1)).toBe(sum);
      }
    },
  );

  test('is a whole number of samples further after each turn of a wave', () => {
    const place = new SpeedPlace({ ...steady(1), waves: [{ period: 86_400, peak: 0.01, phase: 1234 }] });
    for (const k of [0, 1, 777, 40_000]) {
      for (const turns of [1, 2, 100]) {
        // A place of nine million samples is held to 2e-9.
        expect(Math.abs(place.at(k + turns * 86_400) - place.at(k) - turns * 86_400)).toBeLessThan(1e-8);
      }
    }
  });

  test('keeps to the first rate before the first point, and to the last after the last', () => {
    const place = new SpeedPlace({
      from: 0,
      points: [
        { at: 10, rate: 2 },
        { at: 20, rate: 4 },
      ],
      waves: [],
    });
    expect([-5, 0, 10, 15, 20, 30].map((k) => place.at(k))).toEqual([-10, 0, 20, 32.5, 50, 90]);
  });

  it.each([
    [{ from: 0, points: [], waves: [] }, /a point/],
    [steady(-0.1), /within \[0, 8\] \(got -0\.1\)/],
    [steady(8.1), /within \[0, 8\]/],
    [steady(Number.NaN), /within \[0, 8\]/],
    [steady(1, Number.POSITIVE_INFINITY), /place/],
    [
      {
        from: 0,
        points: [
          { at: 5, rate: 1 },
          { at: 4, rate: 1 },
        ],
        waves: [],
      },
      /in order \(got 4 after 5\)/,
    ],
    [{ ...steady(1), waves: [{ period: 0, peak: 0, phase: 0 }] }, /period above 0/],
    [{ ...steady(1), waves: [{ period: 10, peak: 2, phase: 0 }] }, /peak within/],
  ])('refuses what is no speed (%#)', (curve, message) => {
    expect(() => new SpeedPlace(curve)).toThrow(message);
  });
});

describe('the length of a sound at a speed', () => {
  property.prop([forwards, fc.integer({ min: 1, max: 50_000 })])(
    'is the first sample at which it has been used up',
    (curve, samples) => {
      const place = new SpeedPlace(curve);
      const length = varispeedLength(curve, samples)!;
      expect(place.at(length)).toBeGreaterThanOrEqual(samples);
      if (length > 0) expect(place.at(length - 1)).toBeLessThan(samples);
    },
  );

  test('is its own at rate 1, less what is left out in front', () => {
    expect(varispeedLength(steady(1), 48_000)).toBe(48_000);
    expect(varispeedLength(steady(1, 1000), 48_000)).toBe(47_000);
    expect(varispeedLength(steady(2), 47_999)).toBe(24_000);
    expect(varispeedLength(steady(1, 48_000), 48_000)).toBe(0);
  });

  test('is unknown where the sound stops before its end, or has none', () => {
    const stopping = (samples: number) =>
      varispeedLength(
        {
          from: 0,
          points: [
            { at: 0, rate: 1 },
            { at: 1000, rate: 0 },
          ],
          waves: [],
        },
        samples,
      );
    // It comes to exactly 500.
    expect(stopping(500)).toBe(1000);
    expect(stopping(501)).toBeUndefined();
    expect(varispeedLength(steady(1), Number.POSITIVE_INFINITY)).toBeUndefined();
  });

  test('is found at once however long it is', () => {
    expect(varispeedLength(steady(1e-9), 1e6)).toBeGreaterThan(9e14);
    expect(varispeedLength(steady(1e-300), 48_000)).toBeUndefined();
  });
});

test('the cosine of a turn is right to its last bits, and exact at each quarter', () => {
  expect([0, 0.25, 0.5, 0.75, 1, -0.25, -3].map((turns) => turnCosine(turns) + 0)).toEqual([
    1, 0, -1, 0, 1, 0, 1,
  ]);
  for (let n = 0; n < 10_000; n++) {
    const turns = n / 8192;
    // Math.cos works on a rounded angle, which is wrong by up to 4e-16 itself.
    expect(Math.abs(turnCosine(turns) - Math.cos(2 * Math.PI * turns))).toBeLessThan(2e-15);
  }
});
