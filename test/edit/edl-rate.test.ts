import { describe, expect, it } from 'vitest';
import { frameRateName } from '../../src/engine/time/frame-rate.ts';
import { editOf, event, makeEdl, readList, rulesOf } from './make-edl.ts';

const listEndingAt = (out: string, ...header: string[]) =>
  makeEdl(...header, event('001', 'A', ['01:00:00:00', out]));

function rateReadAt(list: string, asked?: string): string {
  return frameRateName(editOf(readList(list, asked)).frameRate);
}

describe('a list without a rate given', () => {
  it('is read at the slowest rate that fits its frame numbers, and says so', () => {
    const expected = {
      '01:00:01:23': '24',
      '01:00:01:24': '25',
      '01:00:01:25': '30',
      '01:00:01:29': '30',
      '01:00:01:47': '48',
      '01:00:01:49': '50',
      '01:00:01:59': '60',
    };
    for (const [out, rate] of Object.entries(expected)) {
      expect(rateReadAt(listEndingAt(out)), out).toBe(rate);
    }
    expect(readList(listEndingAt('01:00:01:23')).issues).toMatchObject([
      {
        severity: 'warning',
        rule: 'frame-rate-inferred',
        file: 'cut.edl',
        line: 1,
        hint: expect.stringContaining('--fps'),
      },
    ]);
  });

  it('is drop-frame where its FCM or its semicolons say so', () => {
    expect(rateReadAt(listEndingAt('01:00:01:10', 'FCM: DROP FRAME'))).toBe('29.97DF');
    expect(rateReadAt(listEndingAt('01:00:01;10'))).toBe('29.97DF');
    expect(rateReadAt(listEndingAt('01:00:01;55'))).toBe('59.94DF');
    expect(rateReadAt(listEndingAt('01:00:01:10', 'FCM: NON-DROP FRAME'))).toBe('24');
  });

  it('takes the first FCM for the record; later ones speak of sources', () => {
    const list = makeEdl(
      'FCM: NON-DROP FRAME',
      event('001', 'A', ['01:00:00:00', '01:00:01:00']),
      'FCM: DROP FRAME',
      event('002', 'B', ['01:00:01:00', '01:00:02:00']),
    );
    expect(rateReadAt(list)).toBe('24');
  });

  it('lets sources speak where their lengths agree with the record', () => {
    const source: [string, string] = ['11:16:51:12', '11:17:34:24'];
    const list = makeEdl(event('001', 'A', ['01:00:00:00', '01:00:43:12'], { source }));
    expect(rateReadAt(list)).toBe('25');
  });

  it('does not let a few sources of another rate make the record faster', () => {
    const list = makeEdl(
      event('001', 'A', ['01:00:00:00', '01:00:01:12'], { source: ['05:00:00:20', '05:00:02:08'] }),
      event('002', 'A', ['01:00:01:12', '01:00:03:02'], { source: ['05:00:10:20', '05:00:12:10'] }),
      event('004', 'A', ['01:00:05:04', '01:00:06:20'], { source: ['05:00:20:12', '05:00:22:04'] }),
      event('003', 'B', ['01:00:03:02', '01:00:05:04'], { source: ['02:00:00:29', '02:00:03:01'] }),
    );
    const reading = readList(list);
    expect(frameRateName(editOf(reading).frameRate)).toBe('24');
    expect(rulesOf(reading)).toEqual(['frame-rate-inferred', 'source-timecode']);
    expect(editOf(reading).shots[2]).not.toHaveProperty('sourceIn');
  });

  it('is refused where no rate has such frames', () => {
    const reading = readList(listEndingAt('01:00:01:60'));
    expect(reading.edit).toBeUndefined();
    expect(reading.issues).toMatchObject([{ severity: 'error', rule: 'bad-timecode', line: 2 }]);
  });
});

describe('a list with a rate given', () => {
  it('is read at it', () => {
    for (const rate of ['23.976', '24', '25', '29.97', '30', '47.952', '48', '50', '59.94', '60']) {
      expect(rateReadAt(listEndingAt('01:00:01:00'), rate)).toBe(rate);
      expect(readList(listEndingAt('01:00:01:00'), rate).issues).toEqual([]);
    }
  });

  it('counts in drop-frame at 29.97 where the list says so, with a warning', () => {
    const list = listEndingAt('01:01:00:02', 'FCM: DROP FRAME');
    const reading = readList(list, '29.97');
    expect(frameRateName(editOf(reading).frameRate)).toBe('29.97DF');
    expect(editOf(reading).durationFrames).toBe(1800);
    expect(reading.issues).toMatchObject([
      { severity: 'warning', rule: 'drop-frame', hint: expect.stringContaining('29.97DF') },
    ]);
    expect(readList(list, '29.97DF').issues).toEqual([]);
  });

  it('keeps a rate that has no drop-frame, with a warning', () => {
    const reading = readList(listEndingAt('01:00:01:00', 'FCM: DROP FRAME'), '25');
    expect(frameRateName(editOf(reading).frameRate)).toBe('25');
    expect(rulesOf(reading)).toEqual(['drop-frame']);
  });

  it('keeps the drop-frame that was asked for against an FCM that says non-drop, with a warning', () => {
    const reading = readList(listEndingAt('01:00:01:00', 'FCM: NON-DROP FRAME'), '29.97DF');
    expect(frameRateName(editOf(reading).frameRate)).toBe('29.97DF');
    expect(rulesOf(reading)).toEqual(['drop-frame']);
  });

  it('is refused where the sources show that another was meant', () => {
    const source: [string, string] = ['01:00:00:00', '01:00:01:24'];
    const list = makeEdl(event('001', 'A', ['00:00:17:22', '00:00:19:21'], { source }));
    expect(readList(list, '24')).toMatchObject({
      issues: [{ severity: 'error', rule: 'frame-rate', message: expect.stringContaining('at 25') }],
    });
    expect(readList(list, '25').issues).toEqual([]);
  });
});
