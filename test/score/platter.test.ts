import { fc, test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { type MotorTurn, Platter } from '../../src/engine/score/platter.ts';

const ON: MotorTurn = { on: true, start: 48_000, end: 105_600 };
const OFF: MotorTurn = { on: false, start: 480_000, end: 595_200 };

/** Turns in order, on and off in turn; some begin before the one before has ended. */
const anyTurns = fc
  .record({
    first: fc.boolean(),
    steps: fc.array(fc.tuple(fc.integer({ min: 0, max: 90_000 }), fc.integer({ min: 0, max: 60_000 })), {
      maxLength: 6,
    }),
  })
  .map(({ first, steps }) => {
    let start = 0;
    return steps.map(([after, length], index) => {
      start += after;
      return { on: (index % 2 === 0) === first, start, end: start + length };
    });
  });

it('a platter without a motor is always up to speed', () => {
  const platter = new Platter([]);
  expect([0, 1, 1e9].map((at) => platter.rateAt(at))).toEqual([1, 1, 1]);
  expect(platter.turned(1000, 87_400)).toBe(86_400);
  expect(platter.upToSpeed(5)).toBe(5);
  expect(platter.slowsAfter(5)).toBe(Number.POSITIVE_INFINITY);
  expect(platter.sampleAfter(7, 86_400)).toBe(86_407);
});

it('a platter stands until its motor is on, and runs before a motor that is only switched off', () => {
  const both = new Platter([ON, OFF]);
  expect([0, 47_999, 105_600, 479_999, 595_200, 1e9].map((at) => both.rateAt(at))).toEqual([
    0, 0, 1, 1, 0, 0,
  ]);
  expect(new Platter([OFF]).rateAt(0)).toBe(1);
});

it('it comes up to speed as 1 − (1 − u)² does, and falls behind by a third of the time that it takes', () => {
  const platter = new Platter([ON]);
  expect(platter.rateAt(48_000 + 28_800)).toBe(0.75);
  // Straight lines in eight parts lie a little inside the curve: 1/384 of the way.
  expect(platter.lagAt(48_000)).toBeCloseTo(57_600 * (1 / 3 + 1 / 384), 6);
  expect(platter.lagAt(105_600)).toBe(0);
  expect(platter.upToSpeed(60_000)).toBe(105_600);
});

it('a turn of fewer samples than it has lines has its corners on samples', () => {
  const platter = new Platter([{ on: false, start: 0, end: 1 }]);
  expect(platter.turned(0, 1)).toBe(0.5);
});

test.prop([anyTurns, fc.integer({ min: 0, max: 400_000 }), fc.integer({ min: 0, max: 200_000 })], {
  numRuns: 20,
})('the place is the integral of the rate', (turns, from, length) => {
  const platter = new Platter(turns);
  // The mean of the rate at both ends of a sample is its integral, but where it jumps.
  let sum = 0;
  for (let at = from; at < from + length; at++) sum += (platter.rateAt(at) + platter.rateAt(at + 1)) / 2;
  const jumps = turns.filter(({ start, end }) => start === end).length;
  // Corners between samples are on samples; what is left is rounding, and half a sample for a jump.
  expect(Math.abs(platter.turned(from, from + length) - sum)).toBeLessThan(1e-6 * length + jumps / 2 + 1e-6);
  expect(Math.abs(platter.turned(from + length, from) + platter.turned(from, from + length))).toBe(0);
});

test.prop([anyTurns, fc.integer({ min: 0, max: 400_000 }), fc.integer({ min: 0, max: 100_000 })])(
  'where a place is reached is found to the sample',
  (turns, from, groove) => {
    const platter = new Platter(turns);
    const at = platter.sampleAfter(from, groove);
    if (at === Number.POSITIVE_INFINITY) {
      expect(platter.turned(from, 1e7)).toBeLessThan(groove);
    } else {
      expect(platter.turned(from, at)).toBeGreaterThanOrEqual(groove - 1e-6);
      if (at > from) expect(platter.turned(from, at - 1)).toBeLessThan(groove);
    }
  },
);
