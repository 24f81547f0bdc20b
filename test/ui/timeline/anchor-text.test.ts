import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFrameRate } from '../../../src/engine/index.ts';
import { sampleOfFrame } from '../../../src/ui/film-clock.ts';
import { moveAnchor, tieToShot } from '../../../src/ui/timeline/anchor-text.ts';
import { durationOf, lengthenDuration } from '../../../src/ui/timeline/duration-text.ts';

const writingAt = (rate: string, sampleRate = 48000) => ({
  clock: { sampleRate, frameRate: parseFrameRate(rate)!, startFrame: 86400 },
  revolution: (sampleRate * 60 * 3) / 100,
});
const AT_24 = writingAt('24');
const FRAME = 2000;

describe('an anchor that is moved', () => {
  it.each([
    ['shot:1-3.start + 12f', 8 * FRAME, 'shot:1-3.start + 20f'],
    ['shot:1-3.start', 8 * FRAME, 'shot:1-3.start + 8f'],
    ['shot:1-3.start', -4 * FRAME, 'shot:1-3.start - 4f'],
    ['shot:1-3.start + 12f', -12 * FRAME, 'shot:1-3.start'],
    ['shot:1-3.start + 12f', -16 * FRAME, 'shot:1-3.start - 4f'],
    ['shot:1-3', 1, 'shot:1-3 + 0.0005f'],
    ['scene:8.start - 3.3s', 12 * FRAME, 'scene:8.start - 2.8s'],
    ['shot:5-2.start + 2s', FRAME, 'shot:5-2.start + 49f'],
    ['shot:2-4.start + 2s', 4 * FRAME, 'shot:2-4.start + 52f'],
    ['shot:5-2.start + 2s', 3 * FRAME, 'shot:5-2.start + 2.125s'],
    ['shot:5-2.start + 2s', 2001, 'shot:5-2.start + 2.04169s'],
    ['shot:5-2.start - 1s', FRAME, 'shot:5-2.start - 23f'],
    ['shot:5-2.start + 2.04167s', FRAME, 'shot:5-2.start + 50f'],
    ['shot:5-2.start + 2s', -96000, 'shot:5-2.start + 0s'],
    ['shot:5-2.start + 80ms', 480, 'shot:5-2.start + 90ms'],
    ['cue:drop.music + 1rev', 43200, 'cue:drop.music + 1.5rev'],
    ['cue:drop + 4800smp', 7, 'cue:drop + 4807smp'],
    ['start', FRAME, 'start + 1f'],
    ['end - 7.5s', -24000, 'end - 8s'],
    ['01:00:12:05', 8 * FRAME, '01:00:12:13'],
    ['01:00:12:23', FRAME, '01:00:13:00'],
    ['01:00:12:05', 1000, '01:00:12:05 + 0.5f'],
    ['marker:"door slams" + 3f', FRAME, 'marker:"door slams" + 4f'],
    ['marker:"a + 3f"', FRAME, 'marker:"a + 3f" + 1f'],
    ['shot:7-2.end + 1s - 2f', -FRAME, 'shot:7-2.end + 1s - 3f'],
  ])('%s by %i samples is %s', (text, samples, moved) => {
    expect(moveAnchor(text, samples, AT_24)).toBe(moved);
  });

  it('keeps the signs of a drop-frame timecode and skips the labels that are not there', () => {
    const writing = writingAt('29.97DF');
    const frame = sampleOfFrame(1, writing.clock);
    expect(moveAnchor('01:00:59;29', frame, writing)).toBe('01:01:00;02');
    expect(moveAnchor('01:00:59:29', frame, writing)).toBe('01:01:00:02');
  });

  it('is not moved where it is no anchor, or counts revolutions of no player', () => {
    expect(moveAnchor('nowhere at all', FRAME, AT_24)).toBeUndefined();
    expect(moveAnchor('start + 1rev', FRAME, { clock: AT_24.clock })).toBeUndefined();
  });

  it('is written no finer than it is seen', () => {
    expect(moveAnchor('start + 2s', 12345, { ...AT_24, tolerance: 500 })).toBe('start + 2.26s');
  });

  const PLACES = ['shot:1-3.start', 'scene:7.end', 'cue:lift.end', 'marker:"a b"', 'start', 'end'];
  const digits = (places: number) => fc.integer({ min: 1, max: 99_999 }).map((n) => n / 10 ** places);
  const offset = fc.oneof(
    fc.integer({ min: 1, max: 5000 }).map((n) => `${n}f`),
    fc
      .integer({ min: 0, max: 4 })
      .chain(digits)
      .map((n) => `${n}s`),
    fc
      .integer({ min: 0, max: 2 })
      .chain(digits)
      .map((n) => `${n}ms`),
    fc.integer({ min: 1, max: 9_000_000 }).map((n) => `${n}smp`),
    fc
      .integer({ min: 0, max: 4 })
      .chain(digits)
      .map((n) => `${n}rev`),
  );
  const anchor = fc.oneof(
    fc.constantFrom(...PLACES, '01:00:12:05', '00:59:00:00'),
    fc
      .tuple(fc.constantFrom(...PLACES), fc.constantFrom('+', '-'), offset)
      .map(([place, sign, length]) => `${place} ${sign} ${length}`),
  );
  const writing = fc.constantFrom(
    AT_24,
    writingAt('25'),
    writingAt('23.976'),
    writingAt('29.97DF'),
    writingAt('30', 44100),
    writingAt('24', 96000),
  );

  /** What an anchor's offset is tied to, and the offset in samples; a timecode has none. */
  const placeOf = (text: string, { clock, revolution }: typeof AT_24) => {
    const [, tied, sign, number, unit] = /^(.*) ([+-]) ([\d.]+)([a-z]+)$/.exec(text) ?? [];
    if (unit === undefined) return { tied: text, samples: 0, unit: 'f' };
    const frame = (clock.sampleRate * clock.frameRate.den) / clock.frameRate.num;
    const { sampleRate } = clock;
    const perUnit = { f: frame, s: sampleRate, ms: sampleRate / 1000, smp: 1, rev: revolution }[unit]!;
    return { tied, samples: Number(`${sign}${number}`) * perUnit, unit };
  };
  /** Half a sample: as long as no more is lost, it is the same one. */
  const SAME_SAMPLE = 0.5;
  /** The same text; where seconds have come to frames on the way, the same sample in frames. */
  const expectBack = (back: string, text: string, how: typeof AT_24) => {
    if (back === text) return;
    const [is, was] = [placeOf(back, how), placeOf(text, how)];
    expect([is.tied, is.unit, was.unit], `${text} came back as ${back}`).toEqual([was.tied, 'f', 's']);
    expect(Math.abs(is.samples - was.samples)).toBeLessThan(SAME_SAMPLE);
  };

  it('moved by any number of samples and back, is at the same place, in the same words but for frames', () => {
    fc.assert(
      fc.property(anchor, fc.integer({ min: -9_000_000, max: 9_000_000 }), writing, (text, samples, how) => {
        const there = moveAnchor(text, samples, how)!;
        expectBack(moveAnchor(there, -samples, how)!, text, how);
      }),
      { numRuns: 3000 },
    );
  });

  it('lands on the sample that is meant, where frames are whole numbers of samples', () => {
    // A quarter: less than what is rounded to another sample.
    const NEARLY = 0.25;
    const perUnit = (unit: string, rate: number) =>
      ({ f: rate / 24, s: rate, ms: rate / 1000, smp: 1, rev: rate * 1.8 })[unit]!;
    const samplesOf = (text: string, rate: number) => {
      const [, sign, number, unit] = /([+-]) ([\d.]+)([a-z]+)$/.exec(text) ?? [];
      return unit === undefined ? 0 : Number(`${sign}${number}`) * perUnit(unit, rate);
    };
    const tied = anchor.filter((text) => !/^\d/.test(text));
    const rates = fc.constantFrom(48000, 96000, 192000);
    fc.assert(
      fc.property(tied, fc.integer({ min: -9_000_000, max: 9_000_000 }), rates, (text, samples, rate) => {
        const moved = moveAnchor(text, samples, writingAt('24', rate))!;
        expect(Math.abs(samplesOf(moved, rate) - samplesOf(text, rate) - samples)).toBeLessThan(NEARLY);
      }),
      { numRuns: 2000 },
    );
  });

  it('moved by any number of frames and back, is at the same place, in the same words but for frames', () => {
    fc.assert(
      fc.property(anchor, fc.integer({ min: -9000, max: 9000 }), writing, (text, frames, how) => {
        const samples = sampleOfFrame(frames, how.clock);
        const there = moveAnchor(text, samples, how)!;
        expectBack(moveAnchor(there, -samples, how)!, text, how);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('a duration that is lengthened', () => {
  it.each([
    ['3s', 24000, '3.5s'],
    ['72f', FRAME, '73f'],
    ['17.5rev', 86400, '18.5rev'],
    ['3s', -144000, undefined],
    ['3s', -200000, undefined],
  ])('%s by %i samples is %s', (text, samples, longer) => {
    expect(lengthenDuration(text, samples, AT_24)).toBe(longer);
  });

  it('is written in frames where it is some, else in seconds', () => {
    expect(durationOf(24000, AT_24)).toBe('12f');
    expect(durationOf(24001, AT_24)).toBe('0.50002s');
  });
});

describe('a cue that is tied to a shot', () => {
  it('says how far from its start', () => {
    expect(tieToShot('1-3', 8 * FRAME, AT_24)).toBe('shot:1-3.start + 8f');
    expect(tieToShot('a.b c', 0, AT_24)).toBe('shot:"a.b c".start');
    expect(tieToShot('1-3', 24000, AT_24, 's')).toBe('shot:1-3.start + 0.5s');
    expect(tieToShot('1-3', 52 * FRAME, AT_24, 's')).toBe('shot:1-3.start + 52f');
  });
});
