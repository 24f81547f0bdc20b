import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { loadKernelModule } from '../../src/cli/node/kernel-file.ts';
import { Kernel } from '../../src/engine/kernel/kernel.ts';
import { duckCurve } from '../../src/engine/mix/duck-curve.ts';
import type { GainCurve } from '../../src/engine/mix/gain-curve.ts';
import { Mixer } from '../../src/engine/mix/mixer.ts';
import type { Duck, LevelPoint } from '../../src/engine/score/score.ts';
import { expectSameBits } from './bits.ts';
import { makeNoise, makeRegion, makeScore, makeSound, mixerOptions } from './make.ts';

const module = loadKernelModule();
const SAMPLES = 4000;
const NOISE = makeNoise(SAMPLES, 2, 1);

interface Strip {
  readonly level?: readonly LevelPoint[];
  readonly ducks?: readonly Duck[];
}

/** A stem of these samples, which are 1 unless they are given. */
function mixed(strip: Strip, values: ArrayLike<number> = new Float32Array(SAMPLES).fill(1)): Float32Array {
  const score = makeScore(values.length, [makeRegion({ sound: 'one', start: 0, end: values.length })]);
  const stems = score.stems.map((stem) => ({ ...stem, channels: 1 as const, ...strip }));
  const sounds = { one: makeSound(values, 1) };
  return new Mixer(mixerOptions(module, { ...score, stems }, sounds)).read(0, values.length)[0]!;
}

function dB(gain: number): number {
  return 20 * Math.log10(gain);
}

function makeDuck(duck: Partial<Duck> = {}): Duck {
  return { start: 1000, end: 2000, attack: 100, release: 400, byDb: 12, ...duck };
}

/** What is left of a level after a gain has been rounded to a float. */
const FLOAT_DB = 1e-6;

describe('a gain', () => {
  const kernel = Kernel.instantiate(module);

  test('is 10^(dB/20), and exactly 1 at 0 dB', () => {
    for (let db = -300; db <= 60; db += 0.37) {
      const exact = 10 ** (db / 20);
      expect(Math.abs(kernel.exports.levelGain(db) / exact - 1)).toBeLessThan(1e-13);
    }
    expect(kernel.exports.levelGain(0)).toBe(1);
    expect(kernel.exports.levelGain(-0)).toBe(1);
  });

  test.each([-1e9, -1e6, 1e6, Number.NEGATIVE_INFINITY])('of %d dB is a number all the same', (db) => {
    const gain = kernel.exports.levelGain(db);
    expect(Number.isFinite(gain) && gain > 0).toBe(true);
  });

  property.prop([fc.nat({ max: 200 }), fc.integer({ min: 1, max: 57 }), fc.constantFrom(0, 2), fc.boolean()])(
    'of any part of a line has the bits of the whole',
    (from, count, shape, multiply) => {
      const mark = kernel.mark();
      const whole = kernel.allocate(257 * 8);
      const part = kernel.allocate(257 * 8);
      kernel.float64(whole, 257).fill(0.3);
      kernel.float64(part, 257).fill(0.3);
      kernel.exports.levelGains(whole, 257, 0, 257, -13, 5, shape, multiply);
      kernel.exports.levelGains(part, count, from, 257, -13, 5, shape, multiply);
      expect([...kernel.float64(part, count)]).toEqual(
        [...kernel.float64(whole, 257)].slice(from, from + count),
      );
      expect(kernel.float64(part, 257)[count]).toBe(0.3);
      kernel.release(mark);
    },
  );
});

describe('a level', () => {
  const points: LevelPoint[] = [
    { at: 500, gainDb: -6, curve: 'linear' },
    { at: 1500, gainDb: -26, curve: 'linear' },
    { at: 2500, gainDb: 0, curve: 'equal-power' },
  ];
  const gains = mixed({ level: points });

  test('is the first point’s before it and the last one’s after it', () => {
    expect(dB(gains[0]!)).toBeCloseTo(-6, 5);
    expect(gains[499]).toBe(gains[0]);
    expect(gains[500]).toBe(gains[0]);
    expect(gains.slice(2500).every((gain) => gain === 1)).toBe(true);
  });

  test('goes in a straight line in dB, sample by sample', () => {
    for (let k = 0; k <= 1000; k++) {
      expect(Math.abs(dB(gains[500 + k]!) - (-6 - 0.02 * k))).toBeLessThan(FLOAT_DB);
    }
  });

  test('goes in a straight line in power where it is equal-power', () => {
    const low = 10 ** (-26 / 10);
    for (let k = 0; k <= 1000; k++) {
      const power = low + ((1 - low) * k) / 1000;
      expect(Math.abs(gains[1500 + k]! ** 2 - power)).toBeLessThan(1e-7);
    }
  });

  test('of two stems that cross with equal power adds up to the same power all the way', () => {
    const way = (from: number, to: number): LevelPoint[] => [
      { at: 1000, gainDb: from, curve: 'linear' },
      { at: 2000, gainDb: to, curve: 'equal-power' },
    ];
    const fallen = mixed({ level: way(0, -80) });
    const risen = mixed({ level: way(-80, 0) });
    for (let t = 0; t < SAMPLES; t++) {
      expect(Math.abs(fallen[t]! ** 2 + risen[t]! ** 2 - 1 - 1e-8)).toBeLessThan(1e-6);
    }
  });

  test('with two points at one sample makes a step there', () => {
    const step = mixed({
      level: [
        { at: 700, gainDb: 0, curve: 'linear' },
        { at: 700, gainDb: -20, curve: 'linear' },
      ],
    });
    expect(step[699]).toBe(1);
    expect(step[700]).toBe(Math.fround(10 ** -1));
  });

  test('of 0 dB leaves every bit as it is', () => {
    const level = [{ at: 0, gainDb: 0, curve: 'linear' } as const];
    expectSameBits(mixed({ level, ducks: [] }, NOISE.resident!), mixed({}, NOISE.resident!));
  });
});

describe('a duck', () => {
  const gains = mixed({ ducks: [makeDuck()] });

  test('is all the way down from start to end, and not at all outside of attack and release', () => {
    expect(gains.slice(0, 901).every((gain) => gain === 1)).toBe(true);
    expect(gains.slice(1000, 2001).every((gain) => gain === Math.fround(10 ** (-12 / 20)))).toBe(true);
    expect(gains.slice(2400).every((gain) => gain === 1)).toBe(true);
  });

  test('falls and rises in straight lines in dB', () => {
    for (let k = 0; k < 100; k++) {
      expect(Math.abs(dB(gains[900 + k]!) + 0.12 * k)).toBeLessThan(FLOAT_DB);
    }
    for (let k = 0; k < 400; k++) {
      expect(Math.abs(dB(gains[2000 + k]!) + 12 - 0.03 * k)).toBeLessThan(FLOAT_DB);
    }
  });

  test('among others counts where it is the deepest', () => {
    const both = mixed({ ducks: [makeDuck(), makeDuck({ start: 1800, end: 2200, byDb: 20 })] });
    const other = mixed({ ducks: [makeDuck({ start: 1800, end: 2200, byDb: 20 })] });
    both.forEach((gain, t) => {
      expect(gain).toBe(Math.min(gains[t]!, other[t]!));
    });
  });

  test('adds to the level', () => {
    const level = [{ at: 0, gainDb: -6, curve: 'linear' } as const];
    const sum = mixed({ level, ducks: [makeDuck()] });
    sum.forEach((gain, t) => {
      expect(Math.abs(dB(gain) - dB(gains[t]!) + 6)).toBeLessThan(FLOAT_DB);
    });
  });

  property.prop(
    [
      fc.array(
        fc.record({
          start: fc.integer({ min: 0, max: 900 }),
          length: fc.nat({ max: 300 }),
          attack: fc.nat({ max: 300 }),
          release: fc.nat({ max: 300 }),
          byDb: fc.oneof(fc.integer({ min: 0, max: 24 }), fc.double({ min: 0, max: 60, noNaN: true })),
        }),
        { maxLength: 20 },
      ),
    ],
    { numRuns: 200 },
  )('is found at any sample, of however many that overlap', (made) => {
    const ducks = made.map(({ length, ...duck }): Duck => ({ ...duck, end: duck.start + length }));
    const curve = duckCurve(ducks);
    for (let t = -350; t < 1600; t++) {
      const deepest = Math.max(0, ...ducks.map((duck) => depthAt(duck, t)));
      if (Math.abs(levelAt(curve, t) + deepest) > 1e-12)
        expect([t, levelAt(curve, t)]).toEqual([t, -deepest]);
    }
  });

  test('one of a hundred thousand is found as quickly, and they are worked out in a moment', () => {
    const ducks = Array.from({ length: 100_000 }, (_, index) =>
      makeDuck({ start: 50 * index, end: 50 * index + 20, release: 5000, byDb: 6 + (index % 7) }),
    );
    const curve = duckCurve(ducks);
    // In the middle of the last duck that is as deep as they get.
    expect(curve.at(50 * 99_994 + 10).level).toBe(-(6 + (99_994 % 7)));
  });
});

/** dB below 0 that a duck asks for. */
function depthAt({ start, end, attack, release, byDb }: Duck, t: number): number {
  if (t < start) return t >= start - attack ? (byDb * (t - start + attack)) / attack : 0;
  if (t < end) return byDb;
  return t < end + release ? (byDb * (end + release - t)) / release : 0;
}

function levelAt(curve: GainCurve, t: number): number {
  const { level } = curve.at(t);
  if (typeof level === 'number') return level;
  return level.fromDb + ((level.toDb - level.fromDb) * (t - level.start)) / level.length;
}

describe('zippers', () => {
  const RATE = 48_000;
  const HZ = 1000;

  /** Level of a frequency in a stretch, dB, under a Blackman–Harris window (side lobes at −92 dB). */
  function levelOf(samples: Float32Array, from: number, count: number, hz: number): number {
    let [re, im, weight] = [0, 0, 0];
    for (let n = 0; n < count; n++) {
      const turn = (2 * Math.PI * n) / count;
      const window =
        0.35875 - 0.48829 * Math.cos(turn) + 0.14128 * Math.cos(2 * turn) - 0.01168 * Math.cos(3 * turn);
      const angle = (2 * Math.PI * hz * n) / RATE;
      re += window * samples[from + n]! * Math.cos(angle);
      im += window * samples[from + n]! * Math.sin(angle);
      weight += window;
    }
    return dB((2 * Math.hypot(re, im)) / weight);
  }

  test('are not heard: a duck of −12 dB in 50 ms leaves a sine nothing but itself away from its own pitch', () => {
    const sine = Float32Array.from({ length: RATE / 2 }, (_, t) => Math.sin((2 * Math.PI * HZ * t) / RATE));
    const duck = makeDuck({ start: 12_000, end: 14_400, attack: 2400, release: 9600 });
    const ducked = mixed({ ducks: [duck] }, sine);
    const [from, count] = [4800, 19_200];
    expect(levelOf(ducked, from, count, HZ)).toBeGreaterThan(-10);
    // A staircase of blocks of 128 samples, as automation once had, has its steps 375 Hz apart, at −50 dB.
    const staircase = sine.map((value, t) => value * gainAtBlock(duck, t));
    expect(levelOf(staircase, from, count, HZ + 375)).toBeGreaterThan(-75);
    for (const hz of [HZ + 375, HZ - 375, HZ + 750, 3000, 5000, 10_000, 20_000]) {
      expect(levelOf(ducked, from, count, hz)).toBeLessThan(-85);
    }
  });

  function gainAtBlock(duck: Duck, t: number): number {
    return 10 ** (-depthAt(duck, t - (t % 128)) / 20);
  }

  test('are impossible: no two neighbours differ by more than a sample’s share of the way', () => {
    const gains = mixed({ ducks: [makeDuck({ attack: 480, release: 480 })] });
    const most = 1 - 10 ** (-12 / 480 / 20);
    for (let t = 1; t < SAMPLES; t++) {
      expect(Math.abs(gains[t]! - gains[t - 1]!)).toBeLessThanOrEqual(most + 2 ** -23);
    }
  });
});
