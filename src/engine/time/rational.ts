/**
 * An exact fraction in lowest terms. Every position and length is one, in seconds, until it is rounded to
 * a sample: once, and only by {@link roundHalfUp}.
 */
export interface Rational {
  readonly numerator: bigint;
  /** Always positive. */
  readonly denominator: bigint;
}

/** Makes a fraction in lowest terms. @throws RangeError if the denominator is 0 or a number is not an integer. */
export function rational(numerator: bigint | number, denominator: bigint | number = 1n): Rational {
  let n = BigInt(numerator);
  let d = BigInt(denominator);
  if (d === 0n) throw new RangeError('the denominator of a fraction must not be 0');
  if (d < 0n) {
    n = -n;
    d = -d;
  }
  if (d === 1n) return { numerator: n, denominator: d };
  const divisor = greatestCommonDivisor(n < 0n ? -n : n, d);
  if (divisor === 1n) return { numerator: n, denominator: d };
  return { numerator: n / divisor, denominator: d / divisor };
}

export const ZERO: Rational = { numerator: 0n, denominator: 1n };

export function add(a: Rational, b: Rational): Rational {
  if (a.numerator === 0n) return b;
  if (b.numerator === 0n) return a;
  if (a.denominator === b.denominator) return rational(a.numerator + b.numerator, a.denominator);
  return rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

export function subtract(a: Rational, b: Rational): Rational {
  return add(a, negate(b));
}

export function negate(a: Rational): Rational {
  return { numerator: -a.numerator, denominator: a.denominator };
}

export function multiply(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.numerator, a.denominator * b.denominator);
}

/** @throws RangeError if b is 0. */
export function divide(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.denominator, a.denominator * b.numerator);
}

/** Negative, zero or positive as a is less than, equal to or greater than b. */
export function compare(a: Rational, b: Rational): number {
  const isAlike = a.denominator === b.denominator;
  const difference = isAlike
    ? a.numerator - b.numerator
    : a.numerator * b.denominator - b.numerator * a.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** The greatest integer that is not greater than a. */
export function floor(a: Rational): bigint {
  const quotient = a.numerator / a.denominator;
  return a.numerator < 0n && quotient * a.denominator !== a.numerator ? quotient - 1n : quotient;
}

/** The nearest integer; a half goes up (towards positive infinity), also below zero. */
export function roundHalfUp(a: Rational): bigint {
  return floor({ numerator: 2n * a.numerator + a.denominator, denominator: 2n * a.denominator });
}

/**
 * A double within two units in the last place. For messages and for lengths that are shown, never for
 * positions that are used.
 */
export function toNumber(a: Rational): number {
  const whole = a.numerator / a.denominator;
  const rest = a.numerator % a.denominator;
  return Number(whole) + Number(rest) / Number(a.denominator);
}

const DECIMAL = /^([+-]?)(\d+)(?:\.(\d*))?$|^([+-]?)\.(\d+)$/;
const SAFE = BigInt(Number.MAX_SAFE_INTEGER);
const FRACTION = /^([+-]?\d+)\/(\d+)$/;
/** No quantity of a film needs as many; without a limit megabytes of digits would stall the reader. */
const MOST_DIGITS = 100;

/**
 * Reads `3`, `1.4`, `.5` or `100/3` exactly; undefined for anything else, `1/0` and more than 100 characters
 * included.
 */
export function parseRational(text: string): Rational | undefined {
  if (text.length > MOST_DIGITS) return undefined;
  const fraction = FRACTION.exec(text);
  if (fraction) {
    const denominator = BigInt(fraction[2]!);
    return denominator === 0n ? undefined : rational(BigInt(fraction[1]!), denominator);
  }
  const decimal = DECIMAL.exec(text);
  if (!decimal) return undefined;
  const sign = (decimal[1] ?? decimal[4]) === '-' ? -1n : 1n;
  const whole = decimal[2] ?? '0';
  const places = decimal[3] ?? decimal[5] ?? '';
  if (places === '') return rational(sign * BigInt(whole));
  return rational(sign * BigInt(whole + places), 10n ** BigInt(places.length));
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let x = a;
  let y = b;
  while (y > SAFE) [x, y] = [y, x % y];
  if (y === 0n) return x;
  // Doubles are exact from here on and several times as fast, and every position of a sheet comes by.
  let small = Number(y);
  let rest = Number(x % y);
  while (rest !== 0) [small, rest] = [rest, small % rest];
  return BigInt(small);
}
