import { add, compare, parseRational, type Rational, rational } from '../time/rational.ts';

/** The slowest and the fastest that a turntable may be said to turn. */
export const SLOWEST_RPM = 1;
export const FASTEST_RPM = 200;

/**
 * Reads revolutions per minute: `45`, `33.33`, `100/3`, `33 1/3`, `33⅓`. Undefined for anything else, and
 * outside {@link SLOWEST_RPM} … {@link FASTEST_RPM}.
 */
export function parseRpm(written: string | number): Rational | undefined {
  const text = String(written).trim().replace('⅓', ' 1/3').replace('⅔', ' 2/3').replace('½', ' 1/2');
  const mixed = /^(\d{1,4}) +(\d{1,4}\/\d{1,4})$/.exec(text);
  const rpm = mixed
    ? sum(parseRational(mixed[1]!), parseRational(mixed[2]!))
    : /^[\d./]{1,20}$/.test(text)
      ? parseRational(text)
      : undefined;
  if (rpm === undefined) return undefined;
  const inRange = compare(rpm, rational(SLOWEST_RPM)) >= 0 && compare(rpm, rational(FASTEST_RPM)) <= 0;
  return inRange ? rpm : undefined;
}

function sum(a: Rational | undefined, b: Rational | undefined): Rational | undefined {
  return a && b && add(a, b);
}
