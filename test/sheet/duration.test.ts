import { test as property } from '@fast-check/vitest';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Duration,
  type DurationUnit,
  formatDuration,
  parseDuration,
} from '../../src/engine/sheet/duration.ts';
import { rational } from '../../src/engine/time/rational.ts';

function read(text: string): Duration {
  const duration = parseDuration(text);
  if ('error' in duration) throw new Error(`${text}: ${duration.message}`);
  return duration;
}

function refusal(text: string) {
  const duration = parseDuration(text);
  if (!('error' in duration)) throw new Error(`${text} was read`);
  return duration;
}

describe('a duration', () => {
  test.each<[string, bigint, bigint, DurationUnit]>([
    ['12f', 12n, 1n, 'f'],
    ['1.4s', 7n, 5n, 's'],
    ['.5s', 1n, 2n, 's'],
    ['80ms', 80n, 1n, 'ms'],
    ['4800smp', 4800n, 1n, 'smp'],
    ['2rev', 2n, 1n, 'rev'],
    ['0.25rev', 1n, 4n, 'rev'],
    ['0s', 0n, 1n, 's'],
    ['007f', 7n, 1n, 'f'],
    ['48.000smp', 48n, 1n, 'smp'],
  ])('%s is read exactly', (text, numerator, denominator, unit) => {
    expect(read(text)).toEqual({ value: { numerator, denominator }, unit });
  });

  test('is exact where a double is not', () => {
    expect(read('0.1s').value).toEqual(rational(1, 10));
    expect(read('3.300000000000001s').value).toEqual(rational(3300000000000001n, 1000000000000000n));
  });

  test.each([
    ['48 hours of seconds', '172800s', '172800.1s'],
    ['48 hours of frames at 60 a second', '10368000f', '10368001f'],
    ['48 hours of samples at 192 kHz', '33177600000smp', '33177600001smp'],
  ])('may be %s long, and no longer', (_, longest, longer) => {
    expect(read(longest).value.denominator).toBe(1n);
    expect(refusal(longer).message).toContain('longer than 48 hours');
  });

  test.each([
    ['', 1, 'is empty'],
    ['s', 1, 'does not begin with a number'],
    ['3', 2, 'has no unit'],
    ['3 s', 2, 'has a space in it'],
    ['3sec', 2, 'which is written s'],
    ['3S', 2, 'which is written s'],
    ['12 frames', 3, 'has a space in it'],
    ['12frames', 3, 'which is written f'],
    ['1,4s', 2, 'decimals take a point'],
    ['-3s', 1, 'never negative'],
    ['+3s', 1, 'never negative'],
    ['1e3s', 2, 'goes on with "e3s"'],
    ['100/3s', 4, 'goes on with "/3s"'],
    ['1.s', 2, 'goes on with ".s"'],
    ['1.5smp', 1, 'not a whole number of samples'],
    ['00:00:01:00', 3, 'is a timecode'],
    ['Infinitys', 1, 'does not begin with a number'],
    ['NaNs', 1, 'does not begin with a number'],
    ['0x10s', 2, 'goes on with "x10s"'],
    ['٣s', 1, 'does not begin with a number'],
    [`${'9'.repeat(400)}s`, 1, 'more than 17 digits'],
    ['3s3s', 2, 'goes on with "s3s"'],
  ])('%j is refused at column %i: %s', (text, column, message) => {
    expect(refusal(text)).toMatchObject({ error: 'grammar', column });
    expect(refusal(text).message).toContain(message);
  });

  test.each([
    ['00:00:02:00', '2s'],
    ['00:01:30', '90s'],
    ['2:00', '120s'],
    ['00:00:00:12', '12f'],
    ['00:00:00:00', '36f'],
    ['1:2x', '36f'],
    ['72:00:00:00', '36f'],
  ])('%j, which is a timecode, is %s as a duration', (text, example) => {
    expect(refusal(text).example).toBe(example);
  });

  test('a timecode of seconds and frames is two durations', () => {
    expect(refusal('00:00:02:12').message).toBe(
      '"00:00:02:12" is a timecode where a duration should be: a number and a unit, or two after a place: + 2s + 12f',
    );
  });

  test('suggests a duration that would do', () => {
    for (const text of [
      '',
      's',
      '3',
      '3 s',
      '3sec',
      '1,4s',
      '-3s',
      '1.5smp',
      '1e3s',
      '10:00',
      '999999999s',
    ]) {
      expect(parseDuration(refusal(text).example), text).not.toHaveProperty('error');
    }
  });

  const durations = fc.record({
    value: fc
      .tuple(fc.bigInt(0n, 10n ** 9n), fc.integer({ min: 0, max: 6 }))
      .map(([digits, places]) => rational(digits, 10n ** BigInt(places))),
    unit: fc.constantFrom<DurationUnit>('f', 's', 'ms', 'rev'),
  });

  property.prop([durations])('reads back as it was printed', (duration) => {
    const text = formatDuration(duration);
    const again = parseDuration(text);
    if ('error' in again) expect(again.message).toContain('48 hours');
    else expect(again).toEqual(duration);
  });

  property.prop([fc.string({ unit: 'binary' })])('is read or refused, never thrown at', (text) => {
    const duration = parseDuration(text);
    if ('error' in duration) expect(duration.column).toBeGreaterThanOrEqual(1);
    else expect(read(formatDuration(duration))).toEqual(duration);
  });

  test('that has no end as a decimal cannot be printed', () => {
    expect(() => formatDuration({ value: rational(1, 3), unit: 's' })).toThrow(RangeError);
  });
});
