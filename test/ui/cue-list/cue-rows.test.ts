import { describe, expect, it } from 'vitest';
import { arrange, type CueRow, formatLength } from '../../../src/ui/cue-list/cue-rows.ts';
import { offsetOf } from '../../../src/ui/go-to.ts';

const row = (index: number, id: string, start?: number, note = ''): CueRow => ({
  index,
  id,
  type: 'practical',
  start,
  timecode: '01:00:00:00',
  length: '',
  anchor: 'start',
  note,
  isOff: false,
});

describe('the order of the list', () => {
  const rows = [row(0, 'late', 900), row(1, 'early', 100), row(2, 'new'), row(3, 'middle', 500)];

  it('is that of time, and a cue without one stays behind the one that it is written after', () => {
    expect(arrange(rows, '', 'time').map(({ id }) => id)).toEqual(['early', 'new', 'middle', 'late']);
  });

  it('is that of the sheet', () => {
    expect(arrange(rows, '', 'sheet')).toEqual(rows);
  });

  it('has the rows that hold every word, in any column', () => {
    const found = arrange([row(0, 'mop', 1, 'Wet and slow'), row(1, 'mop-again', 2)], 'MOP wet', 'time');
    expect(found.map(({ id }) => id)).toEqual(['mop']);
  });
});

it('a length is printed in seconds, then in minutes', () => {
  expect([0, 1.4, 59.994, 59.996, 61.4, 283].map(formatLength)).toEqual([
    '0.00 s',
    '1.40 s',
    '59.99 s',
    '1:00.00',
    '1:01.40',
    '4:43.00',
  ]);
});

it('a line and a column are an offset, never one beyond the text', () => {
  expect(offsetOf('ab\ncd\n', 2, 2)).toBe(4);
  expect(offsetOf('ab\ncd\n', 9, 9)).toBe(6);
});
