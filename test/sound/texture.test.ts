import { describe, expect, it, test } from 'vitest';
import { loadKernelModule } from '../../src/cli/node/kernel-file.ts';
import { Kernel } from '../../src/engine/kernel/kernel.ts';
import type { Sound } from '../../src/engine/sound/sound.ts';
import { takeLines } from '../../src/engine/sound/texture/lines.ts';
import { measureSpectrum, windowSamples } from '../../src/engine/sound/texture/spectrum.ts';
import { openTexture } from '../../src/engine/sound/texture/texture.ts';
import { expectSameBits } from '../mix/bits.ts';
import { HUM, makeRoomSound, RATE } from './texture-source.ts';
import { type Band, MIDDLES, thirdOctaves } from './third-octaves.ts';

const module = loadKernelModule();
const kernel = Kernel.instantiate(module);

/** What the issue asks for, per third of an octave. */
const SPECTRUM_DB = 1;
/** Chance of ten minutes of noise: far above what it comes to, far below what any repeat has. */
const NO_REPEAT = 0.02;
const TEN_MINUTES = 600 * RATE;

function open(sound: Sound, seed = 5): Sound {
  const options = { name: 'texture', sampleRate: RATE, kernel: module };
  return openTexture(sound, { kind: 'texture', of: 'room', seed }, options);
}

function read(sound: Sound, from: number, count: number): Float32Array {
  const out = new Float32Array(count * sound.channels);
  sound.read(from, count, out);
  return out;
}

const decibels = (ratio: number) => 10 * Math.log10(ratio);

describe('ten minutes of a room of eight seconds', () => {
  const room = makeRoomSound(8, HUM);
  const texture = open(room);
  const source = thirdOctaves(room, room.samples, kernel);
  const woven = thirdOctaves(texture, TEN_MINUTES, kernel);

  it('have its spectrum in every third of an octave from 50 Hz to 12 kHz', () => {
    for (const [index, middle] of MIDDLES.entries()) {
      for (const side of ['left', 'right'] as const) {
        const off = decibels(woven[index]![side] / source[index]![side]);
        expect({ middle, side, isOff: Math.abs(off) > SPECTRUM_DB, off }).toMatchObject({ isOff: false });
      }
    }
  });

  it('are as wide as it is, band by band, and their phase between the sides is its', () => {
    const likeness = ({ left, right, re, im }: Band) => {
      const both = Math.sqrt(left * right);
      return [re / both, im / both] as const;
    };
    for (const [index, middle] of MIDDLES.entries()) {
      const [re, im] = likeness(source[index]!);
      const [wovenRe, wovenIm] = likeness(woven[index]!);
      // What eight seconds leave to chance in a band of 11 Hz.
      const limit = middle < 200 ? 0.15 : 0.08;
      expect({ middle, off: Math.hypot(re - wovenRe, im - wovenIm) < limit }).toEqual({ middle, off: true });
    }
  });

  it('are level from second to second', () => {
    const levels = Array.from({ length: 600 }, (_, second) => {
      const values = read(texture, second * RATE, RATE);
      return decibels(values.reduce((sum, value) => sum + value * value, 0));
    });
    expect(Math.max(...levels) - Math.min(...levels)).toBeLessThan(1.5);
  });
});

describe('a repeat', () => {
  it('is nowhere in ten minutes of texture', { timeout: 120_000 }, () => {
    expect(greatestRepeat(open(makeRoomSound(8, [])), TEN_MINUTES)).toBeLessThan(NO_REPEAT);
  });

  it('would be seen: a loop of the same eight seconds is all repeat', () => {
    const room = makeRoomSound(8, []);
    const loop: Sound = {
      ...room,
      channels: 2,
      read(from, count, out) {
        for (let n = 0; n < count; n++) {
          const at = 2 * ((from + n) % room.samples);
          out[2 * n] = room.resident[at]!;
          out[2 * n + 1] = room.resident[at + 1]!;
        }
      },
    };
    expect(greatestRepeat(loop, 60 * RATE)).toBeGreaterThan(0.8);
  });
});

describe('the steady tones of a room', () => {
  it('are found: their frequency, and their level on both sides', () => {
    const room = makeRoomSound(12, HUM);
    const lines = takeLines(measureSpectrum(room, windowSamples(room.samples, RATE), kernel), 1);
    const byPitch = [...lines].sort((a, b) => a.step - b.step);
    expect(byPitch).toHaveLength(HUM.length);
    for (const [index, { hz, left, right }] of HUM.entries()) {
      const line = byPitch[index]!;
      expect((line.step / 2 ** 32) * RATE).toBeCloseTo(hz, 1);
      expect(Math.abs(decibels((line.left / left) ** 2))).toBeLessThan(0.3);
      const found = line.rightSine ** 2 + line.rightCosine ** 2;
      expect(Math.abs(decibels(found / right ** 2))).toBeLessThan(0.3);
    }
  });

  it('do not beat: a hum keeps its level to a tenth of a decibel, where the noise lets it', () => {
    const hum = [{ hz: 100, left: 0.2, right: 0.2 }];
    const texture = open(makeRoomSound(8, hum));
    const levels = Array.from({ length: 100 }, (_, index) => toneLevel(texture, index * RATE, 100));
    expect(Math.max(...levels) - Math.min(...levels)).toBeLessThan(0.1);
  });

  it('are exact however far away: seven weeks in, they are as loud as at the start', () => {
    const texture = open(makeRoomSound(8, [{ hz: 1000, left: 0.5, right: 0.5 }]));
    const period = 4_294_967_296;
    const [near, far] = [0, 48 * period].map((from) => toneLevel(texture, from, 1000));
    expect(Math.abs(near! - far!)).toBeLessThan(0.1);
  });

  it('noise has none: no band of it is taken for a tone', () => {
    const room = makeRoomSound(12, []);
    expect(takeLines(measureSpectrum(room, windowSamples(room.samples, RATE), kernel), 1)).toEqual([]);
  });
});

describe('any range', () => {
  const room = makeRoomSound(3, HUM);
  const whole = read(open(room), -70_000, 300_000);

  it.each([
    [-70_000, 1],
    [-1, 2],
    [49_151, 3],
    [98_304, 98_304],
    [123_456, 100_001],
  ])('from %i on has the bits of the whole, read first', (from, count) => {
    const at = (from + 70_000) * 2;
    expectSameBits(read(open(room), from, count), whole.subarray(at, at + count * 2));
  });

  it('has them after others were read, backwards, in blocks of any size', () => {
    const texture = open(room);
    for (let end = 300_000; end > 0; ) {
      const count = Math.min(end, 1 + ((end * 7919) % 30_011));
      end -= count;
      expectSameBits(read(texture, end - 70_000, count), whole.subarray(end * 2, (end + count) * 2));
    }
  });

  it('of another seed has other bits', () => {
    expect(read(open(room, 6), 0, 100)).not.toEqual(read(open(room, 5), 0, 100));
  });
});

test('a mono room is a mono texture of the same spectrum', () => {
  const room = makeRoomSound(8, HUM, 1);
  const texture = open(room);
  expect(texture.channels).toBe(1);
  const source = thirdOctaves(room, room.samples, kernel);
  const woven = thirdOctaves(texture, 60 * RATE, kernel);
  for (const [index, middle] of MIDDLES.entries()) {
    const off = decibels(woven[index]!.left / source[index]!.left);
    expect({ middle, isOff: Math.abs(off) > SPECTRUM_DB, off }).toMatchObject({ isOff: false });
  }
});

test('a texture of silence is silence', () => {
  const silence: Sound = { channels: 2, samples: RATE * 2, read: (_, __, out) => out.fill(0) };
  expect(read(open(silence), 0, 60_000).every((value) => value === 0)).toBe(true);
});

test('what a room stands off from zero is not in its texture', () => {
  const room = makeRoomSound(3, []);
  const off = {
    ...room,
    channels: 2 as const,
    read: (from: number, count: number, out: Float32Array) => {
      room.read(from, count, out);
      for (let n = 0; n < out.length; n++) out[n]! += 0.3;
    },
  };
  const values = read(open(off), 0, 10 * RATE);
  expect(Math.abs(values.reduce((sum, value) => sum + value, 0) / values.length)).toBeLessThan(1e-4);
  expect(values.every((value) => Math.abs(value) < 0.1)).toBe(true);
});

/** Level of a tone over half a second, dB, by its sine and cosine. */
function toneLevel(sound: Sound, from: number, hz: number): number {
  const values = read(sound, from, RATE / 2);
  let [re, im] = [0, 0];
  for (let n = 0; n < RATE / 2; n++) {
    const window = 1 - Math.cos((4 * Math.PI * n) / RATE);
    re += values[2 * n]! * window * Math.cos((2 * Math.PI * hz * n) / RATE);
    im += values[2 * n]! * window * Math.sin((2 * Math.PI * hz * n) / RATE);
  }
  return decibels(re * re + im * im);
}

/** Samples of which one mean is made, so that ten minutes fit a transform. */
const COARSE = 16;

/** The greatest that the left side is like itself at any other time, beyond a quarter of a second. */
function greatestRepeat(sound: Sound, samples: number): number {
  const count = Math.floor(samples / COARSE);
  let size = 1;
  while (size < 2 * count) size *= 2;
  const mark = kernel.mark();
  const data = kernel.allocate(size * 16);
  const factors = kernel.allocate(kernel.exports.factorBytes(size));
  kernel.exports.fillFactors(factors, size);
  const pairs = kernel.float64(data, 2 * size).fill(0);
  // Differences of means: what is slow would hide the rest.
  let before = 0;
  for (let from = 0; from < count; from += 4096) {
    const some = Math.min(4096, count - from);
    const values = read(sound, from * COARSE, some * COARSE);
    for (let n = 0; n < some; n++) {
      let mean = 0;
      for (let k = 0; k < COARSE; k++) mean += values[2 * (n * COARSE + k)]!;
      pairs[2 * (from + n)] = mean - before;
      before = mean;
    }
  }
  kernel.exports.transform(data, size, factors);
  const bins = kernel.float64(data, 2 * size);
  for (let n = 0; n < 2 * size; n += 2) {
    bins[n] = bins[n]! * bins[n]! + bins[n + 1]! * bins[n + 1]!;
    bins[n + 1] = 0;
  }
  kernel.exports.invert(data, size, factors);
  const likeness = kernel.float64(data, 2 * size);
  let greatest = 0;
  for (let lag = RATE / COARSE / 4; lag < count * 0.9; lag++) {
    greatest = Math.max(greatest, Math.abs(likeness[2 * lag]! / likeness[0]!));
  }
  kernel.release(mark);
  return greatest;
}
