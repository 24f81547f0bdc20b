import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  compare,
  divide,
  floor,
  multiply,
  negate,
  parseRational,
  type Rational,
  rational,
  roundHalfUp,
  subtract,
  toNumber,
  ZERO,
} from '../../src/engine/time/rational.ts';

const integer = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });
const positive = fc.bigInt({ min: 1n, max: 10n ** 20n });
const fraction = fc
  .tuple(integer, positive)
  .map(([numerator, denominator]) => rational(numerator, denominator));
const nonZero = fraction.filter((value) => value.numerator !== 0n);

/** Independent of the code under test: cross multiplication. */
function isEqual(a: Rational, b: Rational): boolean {
  return a.numerator * b.denominator === b.numerator * a.denominator;
}

function commonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : commonDivisor(b, a % b);
}

describe('a rational', () => {
  it('is kept in lowest terms with a positive denominator', () => {
    expect(rational(6, -4)).toEqual({ numerator: -3n, denominator: 2n });
    expect(rational(0, -7)).toEqual(ZERO);
    fc.assert(
      fc.property(integer, positive, fc.boolean(), (numerator, denominator, isNegative) => {
        const value = rational(numerator, isNegative ? -denominator : denominator);
        const size = value.numerator < 0n ? -value.numerator : value.numerator;
        expect(value.denominator > 0n).toBe(true);
        expect(commonDivisor(size, value.denominator)).toBe(1n);
        expect(value.numerator * (isNegative ? -denominator : denominator)).toBe(
          numerator * value.denominator,
        );
      }),
    );
  });

  it('refuses a denominator of 0 and numbers that are not integers', () => {
    expect(() => rational(1, 0)).toThrow(RangeError);
    expect(() => divide(rational(1), ZERO)).toThrow(RangeError);
    expect(() => rational(1.5)).toThrow(RangeError);
    expect(() => rational(Number.NaN)).toThrow(RangeError);
  });

  it('adds, multiplies and compares like fractions on paper', () => {
    fc.assert(
      fc.property(fraction, fraction, fraction, (a, b, c) => {
        expect(isEqual(add(a, b), add(b, a))).toBe(true);
        expect(isEqual(add(add(a, b), c), add(a, add(b, c)))).toBe(true);
        expect(isEqual(multiply(a, add(b, c)), add(multiply(a, b), multiply(a, c)))).toBe(true);
        expect(add(a, negate(a))).toEqual(ZERO);
        expect(subtract(a, b)).toEqual(add(a, negate(b)));
        expect(Math.sign(compare(a, b))).toBe(-Math.sign(compare(b, a)) + 0);
        expect(compare(a, b) === 0).toBe(isEqual(a, b));
        expect(compare(add(a, c), add(b, c))).toBe(compare(a, b));
      }),
    );
  });

  it('is divided by what it was multiplied with and is itself again', () => {
    fc.assert(
      fc.property(fraction, nonZero, (a, b) => {
        expect(divide(multiply(a, b), b)).toEqual(a);
      }),
    );
  });
});

describe('rounding', () => {
  it('goes to the nearest integer, a half up, below zero too', () => {
    const cases = [
      [1, 2, 1n],
      [-1, 2, 0n],
      [3, 2, 2n],
      [-3, 2, -1n],
      [5, 3, 2n],
      [-5, 3, -2n],
      [499999, 1000000, 0n],
      [-500001, 1000000, -1n],
    ] as const;
    for (const [numerator, denominator, rounded] of cases) {
      expect(roundHalfUp(rational(numerator, denominator))).toBe(rounded);
    }
  });

  it('lies within half of the value, and only at exactly half goes up', () => {
    fc.assert(
      fc.property(fraction, (value) => {
        const error = subtract(rational(roundHalfUp(value)), value);
        expect(compare(error, rational(-1, 2)) > 0).toBe(true);
        expect(compare(error, rational(1, 2)) <= 0).toBe(true);
      }),
    );
  });

  it('moves with whole steps, so that a shift by a frame of whole samples shifts every sample alike', () => {
    fc.assert(
      fc.property(fraction, integer, (value, step) => {
        expect(roundHalfUp(add(value, rational(step)))).toBe(roundHalfUp(value) + step);
      }),
    );
  });

  it('floors towards negative infinity', () => {
    fc.assert(
      fc.property(fraction, (value) => {
        const rest = subtract(value, rational(floor(value)));
        expect(compare(rest, ZERO) >= 0 && compare(rest, rational(1)) < 0).toBe(true);
      }),
    );
  });
});

describe('reading a number', () => {
  it('takes decimals and fractions exactly', () => {
    expect(parseRational('1.4')).toEqual(rational(7, 5));
    expect(parseRational('.5')).toEqual(rational(1, 2));
    expect(parseRational('-.25')).toEqual(rational(-1, 4));
    expect(parseRational('100/3')).toEqual(rational(100, 3));
    expect(parseRational('9007199254740993')).toEqual(rational(9007199254740993n));
  });

  it('refuses everything else', () => {
    for (const text of [
      '',
      '.',
      '1/0',
      '1e3',
      'NaN',
      'Infinity',
      '0x10',
      '1,5',
      ' 1',
      '1 ',
      '--1',
      '1/-2',
      '1.2.3',
    ]) {
      expect(parseRational(text), text).toBeUndefined();
    }
    expect(parseRational('9'.repeat(101))).toBeUndefined();
  });

  it('reads back every decimal that it is given', () => {
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.nat(),
        fc.array(fc.nat(9), { maxLength: 12 }),
        (isNegative, whole, places) => {
          const text = `${isNegative ? '-' : ''}${whole}${places.length > 0 ? `.${places.join('')}` : ''}`;
          const scale = 10n ** BigInt(places.length);
          const size = BigInt(whole) * scale + BigInt(places.join('') || '0');
          expect(parseRational(text)).toEqual(rational(isNegative ? -size : size, scale));
        },
      ),
    );
  });

  it('is shown as the double that stands for it', () => {
    expect(toNumber(rational(-1, 3))).toBe(-1 / 3);
    expect(toNumber(rational(1, 10n ** 90n))).toBe(1e-90);
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1 }), (numerator, denominator) => {
        // Two roundings: of the fraction and of the sum.
        const allowed = 2 * Number.EPSILON * Math.abs(numerator / denominator);
        const shown = toNumber(rational(numerator, denominator));
        expect(Math.abs(shown - numerator / denominator)).toBeLessThanOrEqual(allowed);
      }),
    );
  });
});
