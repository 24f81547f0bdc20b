import { expect, test } from 'vitest';
import { parseRpm } from '../../src/engine/sheet/rpm.ts';
import { rational } from '../../src/engine/time/rational.ts';

test.each<[string | number, number, number]>([
  ['100/3', 100, 3],
  ['33 1/3', 100, 3],
  ['33⅓', 100, 3],
  ['16⅔', 50, 3],
  ['45', 45, 1],
  [45, 45, 1],
  [78.26, 3913, 50],
  ['33.33', 3333, 100],
])('a speed of %s is read exactly', (written, numerator, denominator) => {
  expect(parseRpm(written)).toEqual(rational(numerator, denominator));
});

test.each([
  '',
  'fast',
  '0',
  '0.5',
  '201',
  '1/0',
  '-45',
  '33 1/0',
  '1e2',
  '1/3/3',
  'Infinity',
  `1${'0'.repeat(99)}`,
])('a speed of %j is refused', (written) => {
  expect(parseRpm(written)).toBeUndefined();
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, 0, -45, 1e-7, 1e21])(
  'a speed of %d is refused',
  (written) => {
    expect(parseRpm(written)).toBeUndefined();
  },
);
