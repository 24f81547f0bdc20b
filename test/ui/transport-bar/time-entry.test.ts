import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FRAME_RATE_NAMES, formatTimecode, frameToSample, sampleToFrame } from '../../../src/engine/index.ts';
import { readTimeEntry, type TimeBase } from '../../../src/ui/transport-bar/time-entry.ts';
import { rateOf } from '../../time/rate-of.ts';

/** Ten minutes at 24 frames from 01:00:00:00; the playhead after ten seconds. */
const BASE: TimeBase = {
  frameRate: rateOf('24'),
  sampleRate: 48000,
  startFrame: 86400,
  position: 480000,
  samples: 48000 * 600,
};

const FRAME = 2000;

describe('a typed time', () => {
  it.each([
    ['01:00:12:05', 12 * 48000 + 5 * FRAME],
    ['1:00:12:05', 12 * 48000 + 5 * FRAME],
    ['12:05', 12 * 48000 + 5 * FRAME],
    ['1205', 12 * 48000 + 5 * FRAME],
    ['1:12:05', 72 * 48000 + 5 * FRAME],
    ['01000500', 5 * 48000],
    ['0', 0],
    ['48f', 48 * FRAME],
    ['1.5s', 72000],
    ['1,5 s', 72000],
    ['20ms', 960],
    ['960smp', 960],
    ['+12', 480000 + 12 * FRAME],
    ['-12f', 480000 - 12 * FRAME],
    ['−1', 480000 - FRAME],
    ['+1.5s', 480000 + 72000],
    ['+00:00:01:00', 480000 + 48000],
    ['+1:00', 480000 + 48000],
    ['+1.05', 480000 + 48000 + 5 * FRAME],
    ['-5s', 480000 - 240000],
  ])('%s is a place in the film', (text, sample) => {
    expect(readTimeEntry(text, BASE)).toEqual({ sample });
  });

  it.each(['', 'here', '01:00:12:24', '02:00:00:00', '00:59:00:00', '-11s', '+x', '1:2:3:4:5'])(
    '"%s" is refused, in words',
    (text) => {
      const entry = readTimeEntry(text, BASE);
      expect('error' in entry && entry.error.length > 10).toBe(true);
    },
  );

  it('knows which labels drop-frame leaves out', () => {
    const base = { ...BASE, frameRate: rateOf('29.97DF'), startFrame: 107892 };
    expect(readTimeEntry('01:01:00;00', base)).toHaveProperty('error');
    expect(readTimeEntry('01:01:00;02', base)).toEqual({
      sample: frameToSample(1800, base.frameRate, 48000),
    });
  });

  it('is the frame whose timecode was typed, at every rate', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...FRAME_RATE_NAMES),
        fc.integer({ min: 0, max: 14_000 }),
        (name, frame) => {
          const frameRate = rateOf(name);
          const base = { ...BASE, frameRate, startFrame: 86400 };
          const typed = formatTimecode(base.startFrame + frame, frameRate);
          const entry = readTimeEntry(typed, base);
          expect('sample' in entry && sampleToFrame(entry.sample, frameRate, 48000)).toBe(frame);
        },
      ),
    );
  });

  it('steps from the frame that the playhead is in, so that there and back is where it was', () => {
    fc.assert(
      fc.property(fc.constantFrom(...FRAME_RATE_NAMES), fc.integer({ min: 1, max: 99 }), (name, frames) => {
        const frameRate = rateOf(name);
        const position = frameToSample(400, frameRate, 48000);
        const base = { ...BASE, frameRate, position };
        const there = readTimeEntry(`+${frames}f`, base);
        expect(
          'sample' in there && readTimeEntry(`-${frames}f`, { ...base, position: there.sample }),
        ).toEqual({
          sample: position,
        });
      }),
    );
  });
});
