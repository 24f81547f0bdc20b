import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canDropFrame,
  FRAME_RATE_NAMES,
  frameRateName,
  frameSeconds,
  frameToSample,
  nearestRate,
  nominalFramesPerSecond,
  parseFrameRate,
  sameRate,
  sampleToFrame,
  toSample,
} from '../../src/engine/time/frame-rate.ts';
import { floor, rational } from '../../src/engine/time/rational.ts';
import { parseTimecode } from '../../src/engine/time/timecode.ts';
import { rateOf } from './rate-of.ts';

const anyRate = fc.constantFrom(...FRAME_RATE_NAMES).map(rateOf);
const anySampleRate = fc.constantFrom(44100, 48000, 88200, 96000, 192000);

describe('a frame rate', () => {
  it('is read back from the name that is printed', () => {
    expect(FRAME_RATE_NAMES).toHaveLength(12);
    for (const name of FRAME_RATE_NAMES) expect(frameRateName(rateOf(name))).toBe(name);
  });

  it('is an integer pair, whatever decimal a program wrote for it', () => {
    const written = {
      '23.976': ['23.976', '23.976023976', '23.98', '23.97', '24000/1001', '23976/1000', ' 23.976 fps '],
      '24': ['24', '24.0', '24.000', '24/1', '48/2', '24fps'],
      '29.97': ['29.97', '29.97002997', '30000/1001', '2997/100', '29.97 NDF', '30000/1001NDF'],
      '29.97DF': ['29.97DF', '29.97 df', '30000/1001DF', '30000/1001 DF'],
      '47.952': ['47.952', '47.95', '48000/1001'],
      '59.94': ['59.94', '59.9400599401', '60000/1001'],
      '59.94DF': ['59.94DF', '60000/1001 DF'],
    };
    for (const [name, texts] of Object.entries(written)) {
      for (const text of texts) expect(parseFrameRate(text), text).toEqual(rateOf(name));
    }
  });

  it('is refused where there is none, and where drop-frame has no meaning', () => {
    const texts = [
      '',
      '0',
      '0/0',
      '24/0',
      '0/24',
      '-24',
      '1e3',
      'NaN',
      'Infinity',
      '24.5',
      '24.015',
      '29.985',
      '119.88',
      '12',
      '24DF',
    ];
    for (const text of [...texts, '23.976DF', '25DF', '30DF', '60DF', '29.97 drop', '24/1/1']) {
      expect(parseFrameRate(text), text).toBeUndefined();
    }
  });

  it('drops frames at 29.97 and 59.94 only', () => {
    const dropping = FRAME_RATE_NAMES.filter((name) => canDropFrame(rateOf(name)));
    expect(dropping).toEqual(['29.97', '29.97DF', '59.94', '59.94DF']);
  });

  it('is nearest to itself', () => {
    for (const name of FRAME_RATE_NAMES) {
      const rate = rateOf(name);
      expect(nearestRate(rate.num / rate.den)).toEqual({ ...rate, dropFrame: false });
    }
    for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY, 0, -24])
      expect(nearestRate(wrong)).toBeUndefined();
  });

  it('tells drop-frame from non-drop', () => {
    expect(sameRate(rateOf('29.97'), rateOf('29.97DF'))).toBe(false);
    expect(sameRate(rateOf('24'), rateOf('48'))).toBe(false);
  });
});

/** 01:00:00:00 as TimeReference at 48 kHz. */
const ONE_HOUR_SAMPLES = {
  '23.976': 172_972_800,
  '24': 172_800_000,
  '25': 172_800_000,
  '29.97': 172_972_800,
  '29.97DF': 172_799_827,
  '30': 172_800_000,
  '47.952': 172_972_800,
  '48': 172_800_000,
  '50': 172_800_000,
  '59.94': 172_972_800,
  '59.94DF': 172_799_827,
  '60': 172_800_000,
};

describe('a frame as a sample', () => {
  it('is where delivery expects one hour to be', () => {
    for (const [name, sample] of Object.entries(ONE_HOUR_SAMPLES)) {
      const hour = parseTimecode('01:00:00:00', rateOf(name));
      expect('frame' in hour && frameToSample(hour.frame, rateOf(name), 48000), name).toBe(sample);
    }
  });

  it('follows the cycles of the 1001 rates at 48 kHz without drift', () => {
    expect(frameToSample(1, rateOf('23.976'), 48000)).toBe(2002);
    expect(frameToSample(1, rateOf('29.97'), 48000)).toBe(1602);
    expect(frameToSample(5, rateOf('29.97'), 48000)).toBe(8008);
    expect(frameToSample(5, rateOf('59.94'), 48000)).toBe(4004);
    expect(frameToSample(500_000, rateOf('29.97'), 48000)).toBe(800_800_000);
  });

  it('is the exact position rounded half up, in integers alone', () => {
    fc.assert(
      fc.property(
        anyRate,
        anySampleRate,
        fc.integer({ min: 0, max: 5_184_000 }),
        (rate, sampleRate, frame) => {
          const above = 2n * BigInt(frame) * BigInt(rate.den) * BigInt(sampleRate) + BigInt(rate.num);
          expect(frameToSample(frame, rate, sampleRate)).toBe(Number(above / (2n * BigInt(rate.num))));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('counts below zero too, a half still going up', () => {
    expect(toSample(rational(-1, 96000), 48000)).toBe(0);
    expect(toSample(rational(-3, 96000), 48000)).toBe(-1);
    expect(toSample(rational(1, 96000), 48000)).toBe(1);
  });

  it('is as exact at the edge of what a double holds as beyond it', () => {
    const size = fc.integer({ min: 0, max: 62 }).map((bits) => 2n ** BigInt(bits));
    const around = (middle: bigint) => fc.bigInt({ min: -3n, max: 3n }).map((near) => middle + near);
    fc.assert(
      fc.property(
        size.chain((denominator) => fc.tuple(fc.constant(denominator), around(denominator))),
        size.chain(around),
        fc.boolean(),
        anySampleRate,
        ([power, near], places, isNegative, sampleRate) => {
          const denominator = near > 0n ? near : power;
          // Next to a half, where one unit decides.
          const twice = (2n * places + 1n) * denominator;
          const numerator = (isNegative ? -twice : twice) / (2n * BigInt(sampleRate));
          const position = rational(numerator, denominator);
          const { numerator: n, denominator: d } = position;
          expect(toSample(position, sampleRate)).toBe(
            Number(floor(rational(2n * n * BigInt(sampleRate) + d, 2n * d))),
          );
        },
      ),
      { numRuns: 5000 },
    );
  });

  it('is on screen from its first sample to the last before the next, at every rate', () => {
    fc.assert(
      fc.property(
        anyRate,
        anySampleRate,
        fc.integer({ min: -5000, max: 5_184_000 }),
        (rate, sampleRate, frame) => {
          const first = frameToSample(frame, rate, sampleRate);
          const next = frameToSample(frame + 1, rate, sampleRate);
          expect(sampleToFrame(first, rate, sampleRate)).toBe(frame);
          expect(sampleToFrame(next - 1, rate, sampleRate)).toBe(frame);
          expect(sampleToFrame(next - 0.25, rate, sampleRate)).toBe(frame);
          expect(sampleToFrame(next, rate, sampleRate)).toBe(frame + 1);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('has a time that is exact', () => {
    expect(frameSeconds(24000, rateOf('23.976'))).toEqual(rational(1001));
    expect(frameSeconds(1, rateOf('29.97DF'))).toEqual(rational(1001, 30000));
  });

  it('counts as timecode does', () => {
    expect(FRAME_RATE_NAMES.map((name) => nominalFramesPerSecond(rateOf(name)))).toEqual([
      24, 24, 25, 30, 30, 30, 48, 48, 50, 60, 60, 60,
    ]);
  });
});
