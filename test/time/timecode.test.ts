import Timecode from 'smpte-timecode';
import { describe, expect, it } from 'vitest';
import {
  FRAME_RATE_NAMES,
  type FrameRate,
  nominalFramesPerSecond,
} from '../../src/engine/time/frame-rate.ts';
import {
  formatTimecode,
  framesPerDay,
  parseEndTimecode,
  parseTimecode,
} from '../../src/engine/time/timecode.ts';
import { rateOf } from './rate-of.ts';

/**
 * Every label of a day in order, by walking: a clock with four wheels that skips what drop-frame skips. It
 * shares no formula with the code under test.
 */
function* labelsOfADay(rate: FrameRate): Generator<string> {
  const fps = nominalFramesPerSecond(rate);
  const skipped = rate.dropFrame ? fps / 15 : 0;
  const two = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, '0'));
  const before = rate.dropFrame ? ';' : ':';
  for (let hour = 0; hour < 24; hour++) {
    for (let minute = 0; minute < 60; minute++) {
      for (let second = 0; second < 60; second++) {
        const prefix = `${two[hour]}:${two[minute]}:${two[second]}${before}`;
        const first = second === 0 && minute % 10 !== 0 ? skipped : 0;
        for (let frame = first; frame < fps; frame++) yield prefix + two[frame];
      }
    }
  }
}

describe('every frame of 24 hours', () => {
  it.each(FRAME_RATE_NAMES)(
    'has the next label of the day at %s, and that label leads back to it',
    (name) => {
      const rate = rateOf(name);
      let frame = 0;
      for (const label of labelsOfADay(rate)) {
        const read = parseTimecode(label, rate);
        if (formatTimecode(frame, rate) !== label || !('frame' in read) || read.frame !== frame) {
          expect({ frame, label: formatTimecode(frame, rate), read }).toEqual({
            frame,
            label,
            read: { frame },
          });
        }
        frame += 1;
      }
      expect(framesPerDay(rate)).toBe(frame);
    },
  );
});

describe('timecode', () => {
  it('agrees with smpte-timecode at the rates that both know', () => {
    const both = [
      ['23.976', 23.976, false],
      ['24', 24, false],
      ['25', 25, false],
      ['29.97', 29.97, false],
      ['29.97DF', 29.97, true],
      ['30', 30, false],
      ['48', 48, false],
      ['50', 50, false],
      ['59.94', 59.94, false],
      ['59.94DF', 59.94, true],
      ['60', 60, false],
    ] as const;
    for (const [name, theirs, dropFrame] of both) {
      const rate = rateOf(name);
      // A prime step meets every frame, second and minute in some combination.
      for (let frame = 0; frame < framesPerDay(rate); frame += 9973) {
        const oracle = new Timecode(frame, theirs, dropFrame);
        expect(formatTimecode(frame, rate), `${name} ${frame}`).toBe(oracle.toString());
        expect(parseTimecode(oracle.toString(), rate)).toEqual({ frame });
      }
    }
  });

  it('counts the frames that standards give', () => {
    expect(parseTimecode('01:00:00:00', rateOf('24'))).toEqual({ frame: 86_400 });
    expect(parseTimecode('01:00:00;00', rateOf('29.97DF'))).toEqual({ frame: 107_892 });
    expect(parseTimecode('01:00:00;00', rateOf('59.94DF'))).toEqual({ frame: 215_784 });
    expect(framesPerDay(rateOf('29.97DF'))).toBe(2_589_408);
    expect(framesPerDay(rateOf('59.94DF'))).toBe(5_178_816);
  });

  it('refuses the labels that drop-frame skips, all of them and no others', () => {
    for (const [name, dropped] of [
      ['29.97DF', 2],
      ['59.94DF', 4],
    ] as const) {
      for (let minute = 0; minute < 60; minute++) {
        for (let frame = 0; frame < 6; frame++) {
          const label = `17:${String(minute).padStart(2, '0')}:00;0${frame}`;
          const isDropped = minute % 10 !== 0 && frame < dropped;
          const read = parseTimecode(label, rateOf(name));
          expect('error' in read ? read.error : undefined, `${name} ${label}`).toBe(
            isDropped ? 'dropped' : undefined,
          );
        }
      }
    }
    expect(parseTimecode('00:01:00:00', rateOf('29.97'))).toEqual({ frame: 1800 });
  });

  it('refuses frames at or above the rate', () => {
    for (const name of FRAME_RATE_NAMES) {
      const rate = rateOf(name);
      const fps = nominalFramesPerSecond(rate);
      expect(parseTimecode(`00:00:59:${fps - 1}`, rate)).toHaveProperty('frame');
      for (const frame of [fps, fps + 1, 99, 100]) {
        expect(parseTimecode(`00:00:59:${frame}`, rate), `${name} ${frame}`).toMatchObject({
          error: 'range',
        });
      }
    }
  });

  it('refuses a minute or a second of 60, and an hour of 24', () => {
    for (const label of ['24:00:00:00', '99:99:99:99', '00:60:00:00', '00:00:60:00']) {
      expect(parseTimecode(label, rateOf('24')), label).toMatchObject({ error: 'range' });
    }
  });

  it('refuses what is not a label', () => {
    const texts = [
      '',
      '1',
      '01:00:00',
      '01:00:00:0',
      '1:2:3:4',
      '-1:00:00:00',
      '01:00:00:00 ',
      '01:00:00:00:00',
    ];
    for (const text of [...texts, '001:00:00:00', '01-00-00-00', '１:00:00:00', '01:00:0a:00', 'NaN']) {
      expect(parseTimecode(text, rateOf('24')), text).toMatchObject({ error: 'format' });
    }
  });

  it('reads one-digit hours and the separators that programs write', () => {
    for (const label of ['1:00:00:12', '01:00:00;12', '01;00;00;12', '01:00:00.12']) {
      expect(parseTimecode(label, rateOf('24')), label).toEqual({ frame: 86_412 });
    }
  });

  it('refuses a semicolon where drop-frame would mean another frame', () => {
    for (const name of ['29.97', '59.94']) {
      expect(parseTimecode('01:00:00;12', rateOf(name))).toMatchObject({
        error: 'format',
        message: expect.stringContaining(`${name}DF`),
      });
      expect(parseTimecode('01:00:00:12', rateOf(name))).toHaveProperty('frame');
      expect(parseTimecode('01:00:00:12', rateOf(`${name}DF`))).toEqual(
        parseTimecode('01:00:00;12', rateOf(`${name}DF`)),
      );
    }
  });

  it('of 24:00:00:00 is an end, and only an end', () => {
    for (const name of FRAME_RATE_NAMES) {
      const rate = rateOf(name);
      expect(parseEndTimecode('24:00:00:00', rate)).toEqual({ frame: framesPerDay(rate) });
      expect(parseEndTimecode('24:00:00:01', rate)).toMatchObject({ error: 'range' });
      expect(parseEndTimecode('01:00:00:00', rate)).toEqual(parseTimecode('01:00:00:00', rate));
    }
  });

  it('wraps at 24 hours, and below zero', () => {
    for (const name of FRAME_RATE_NAMES) {
      const rate = rateOf(name);
      const day = framesPerDay(rate);
      expect(formatTimecode(day + 5, rate)).toBe(formatTimecode(5, rate));
      expect(formatTimecode(-1, rate)).toBe(formatTimecode(day - 1, rate));
      expect(formatTimecode(-day, rate)).toBe(formatTimecode(0, rate));
    }
  });
});
