import { compare, parseRational, type Rational, rational } from '../time/rational.ts';
import { type GrammarError, grammarError } from './grammar-error.ts';
import { Remembered } from './remembered.ts';
import { shorten } from './shorten.ts';

/** A length as the sheet writes it: `12f`, `1.4s`, `80ms`, `4800smp`, `2rev`. Never negative. */
export interface Duration {
  /** Exactly the number written, in `unit`s. */
  readonly value: Rational;
  readonly unit: DurationUnit;
}

/** f: picture frames; s: seconds; ms: milliseconds; smp: samples; rev: revolutions of a record player. */
export type DurationUnit = 'f' | 's' | 'ms' | 'smp' | 'rev';

/**
 * The most of each unit that a duration may be: 48 hours, at the fastest frame rate (60), sample rate
 * (192 kHz) and turntable (200 rpm) there are. More is a slip of the finger.
 */
const LONGEST: Readonly<Record<DurationUnit, number>> = {
  f: 48 * 3600 * 60,
  s: 48 * 3600,
  ms: 48 * 3600 * 1000,
  smp: 48 * 3600 * 192000,
  rev: 48 * 60 * 200,
};

/** What people write for a unit, and what it is called here. */
const OTHER_UNIT_NAMES: ReadonlyMap<string, DurationUnit> = new Map([
  ['fr', 'f'],
  ['frame', 'f'],
  ['frames', 'f'],
  ['sec', 's'],
  ['secs', 's'],
  ['second', 's'],
  ['seconds', 's'],
  ['msec', 'ms'],
  ['millisecond', 'ms'],
  ['milliseconds', 'ms'],
  ['sample', 'smp'],
  ['samples', 'smp'],
  ['revs', 'rev'],
  ['revolution', 'rev'],
  ['revolutions', 'rev'],
]);

const UNITS = 'f (frames), s, ms, smp (samples) or rev (revolutions)';
const NUMBER = /^(?:\d+(?:\.\d+)?|\.\d+)/;
/** Digits that a double still tells apart, so that a number written by another program always fits. */
const MOST_DIGITS = 17;

/** A sheet writes few durations many times, and each is read by several checks. */
const KNOWN = new Remembered<Duration>();

/** Reads `number unit`, with nothing between the two and no sign. */
export function parseDuration(text: string): Duration | GrammarError {
  const known = KNOWN.get(text);
  if (known) return known;
  const read = readDuration(text);
  if (!('error' in read)) KNOWN.set(text, read);
  return read;
}

function readDuration(text: string): Duration | GrammarError {
  const digits = NUMBER.exec(text)?.[0];
  if (digits === undefined) return noNumber(text);
  const unitText = text.slice(digits.length);
  const unit = isDurationUnit(unitText) ? unitText : undefined;
  if (unit === undefined) return noUnit(digits, unitText);
  if (digits.replace('.', '').length > MOST_DIGITS) {
    return grammarError(1, `"${shorten(text)}" has more than ${MOST_DIGITS} digits`, `1.4${unit}`);
  }
  const value = parseRational(digits);
  if (value === undefined) return noNumber(text);
  if (unit === 'smp' && value.denominator !== 1n) {
    return grammarError(1, `"${text}" is not a whole number of samples`, `${Math.round(Number(digits))}smp`);
  }
  if (compare(value, rational(LONGEST[unit])) > 0) {
    return grammarError(1, `"${text}" is longer than 48 hours`, unit === 'f' ? '12f' : `2${unit}`);
  }
  return { value, unit };
}

/**
 * Prints a duration so that it reads back as the same.
 *
 * @throws RangeError if its value has no end as a decimal (1/3), which no duration that was read has.
 */
export function formatDuration(duration: Duration): string {
  const { numerator, denominator } = duration.value;
  let scale = 1n;
  let places = 0;
  while (scale % denominator !== 0n) {
    scale *= 10n;
    places += 1;
    if (places > 64) throw new RangeError(`${numerator}/${denominator} cannot be written as a decimal`);
  }
  const digits = String((numerator * scale) / denominator).padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  return `${whole}${places === 0 ? '' : `.${digits.slice(-places)}`}${duration.unit}`;
}

function isDurationUnit(text: string): text is DurationUnit {
  return Object.hasOwn(LONGEST, text);
}

function noNumber(text: string): GrammarError {
  if (text === '') return grammarError(1, 'is empty where a duration should be: a number and a unit', '1.4s');
  if (/^[+-]\s*[\d.]/.test(text)) {
    return grammarError(1, `"${shorten(text)}" has a sign, but a duration is never negative`, '1.4s');
  }
  return grammarError(1, `"${shorten(text)}" does not begin with a number, as a duration does`, '1.4s');
}

function noUnit(digits: string, rest: string): GrammarError {
  const text = shorten(digits + rest);
  const column = digits.length + 1;
  if (rest === '') return grammarError(column, `"${text}" has no unit; write ${UNITS}`, `${digits}s`);
  const unit = unitMeant(rest.trim());
  if (unit !== undefined && rest !== rest.trim()) {
    return grammarError(column, `"${text}" has a space in it; the unit follows the number`, digits + unit);
  }
  if (unit !== undefined) {
    return grammarError(column, `"${text}" has the unit "${rest}", which is written ${unit}`, digits + unit);
  }
  if (/^,\d/.test(rest)) {
    return grammarError(column, `"${text}" has a comma; decimals take a point`, text.replace(',', '.'));
  }
  if (/^[:;]\d/.test(rest)) return timecodeInstead(column, text, digits + rest);
  return grammarError(
    column,
    `"${text}" goes on with "${shorten(rest)}" where a unit should be: ${UNITS}`,
    `${digits}s`,
  );
}

/** What stands where a duration should be and is written as a timecode: how long it is, in one unit or in two. */
function timecodeInstead(column: number, shown: string, text: string): GrammarError {
  const message = `"${shown}" is a timecode where a duration should be: a number and a unit`;
  const fields = /^\d+(?:[:;.]\d+){1,3}$/.test(text) ? text.split(/[:;.]/).map(Number) : [];
  // Of four the last is frames; two are minutes and seconds, three hours too.
  const frames = fields.length === 4 ? fields[3]! : 0;
  const seconds = fields.slice(0, 3).reduce((sum, field) => sum * 60 + field, 0);
  if (seconds > LONGEST.s || seconds + frames === 0) return grammarError(column, message, '36f');
  if (seconds === 0) return grammarError(column, message, `${frames}f`);
  if (frames === 0) return grammarError(column, message, `${seconds}s`);
  return grammarError(column, `${message}, or two after a place: + ${seconds}s + ${frames}f`, `${seconds}s`);
}

function unitMeant(text: string): DurationUnit | undefined {
  const name = text.toLowerCase();
  return isDurationUnit(name) ? name : OTHER_UNIT_NAMES.get(name);
}
