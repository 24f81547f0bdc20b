import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadKernelModule } from '../../src/cli/node/kernel-file.ts';
import { Kernel } from '../../src/engine/kernel/kernel.ts';
import { integerAt } from '../../src/engine/random/random.ts';
import { convertedLength } from '../../src/engine/score/converted-length.ts';
import { Converter } from '../../src/engine/sound/converter.ts';
import { expectSameBits } from './expect-same-bits.ts';
import { makeWav } from './make-wav.ts';
import { hasTool, runTool } from './runtime.ts';

const kernel = Kernel.instantiate(loadKernelModule());
const converters = new Map<string, Converter>();

function converterOf(fromRate: number, toRate: number): Converter {
  const key = `${fromRate}:${toRate}`;
  const converter = converters.get(key) ?? new Converter(kernel, fromRate, toRate);
  converters.set(key, converter);
  return converter;
}

/** Converts output samples [from, from + count), by default all. */
function convert(
  values: Float32Array,
  channels: 1 | 2,
  fromRate: number,
  toRate: number,
  from = 0,
  count?: number,
) {
  const converter = converterOf(fromRate, toRate);
  const samples = values.length / channels;
  const length = count ?? converter.lengthOf(samples) - from;
  const out = new Float32Array(length * channels);
  converter.convert(
    (start, some, target) => {
      expect(start >= 0 && some > 0 && start + some <= samples).toBe(true);
      kernel
        .float32(target, some * channels)
        .set(values.subarray(start * channels, (start + some) * channels));
    },
    samples,
    channels,
    from,
    length,
    out,
  );
  return out;
}

const noise = (count: number) =>
  Float32Array.from({ length: count }, (_, index) => integerAt(4, index) / 2 ** 31 - 1);
const sine = (frequency: number, rate: number, samples: number, amplitude = 0.5) =>
  Float32Array.from(
    { length: samples },
    (_, index) => amplitude * Math.sin((2 * Math.PI * frequency * index) / rate),
  );

/** Level of the sine in the middle of a sound, and of all that is not it, dB; by least squares. */
function measureSine(values: Float32Array, frequency: number, rate: number) {
  const from = Math.floor(values.length / 8);
  const to = values.length - from;
  let [ss, cc, sc, ys, yc] = [0, 0, 0, 0, 0];
  const angle = (index: number) => (2 * Math.PI * frequency * index) / rate;
  for (let index = from; index < to; index++) {
    const [s, c, y] = [Math.sin(angle(index)), Math.cos(angle(index)), values[index]!];
    ss += s * s;
    cc += c * c;
    sc += s * c;
    ys += y * s;
    yc += y * c;
  }
  const determinant = ss * cc - sc * sc;
  const [a, b] = [(ys * cc - yc * sc) / determinant, (yc * ss - ys * sc) / determinant];
  let rest = 0;
  let signal = 0;
  for (let index = from; index < to; index++) {
    const fitted = a * Math.sin(angle(index)) + b * Math.cos(angle(index));
    rest += (values[index]! - fitted) ** 2;
    signal += fitted ** 2;
  }
  return {
    gainDb: 20 * Math.log10(Math.hypot(a, b) / 0.5),
    noiseDb: 10 * Math.log10(rest / signal),
    delaySamples: (-Math.atan2(b, a) / (2 * Math.PI * frequency)) * rate,
  };
}

const RATES = [
  [44100, 48000],
  [48000, 44100],
  [96000, 48000],
  [48000, 96000],
  [192000, 44100],
  [8000, 48000],
  [11025, 48000],
  [22050, 44100],
  [88200, 48000],
  [48000, 8000],
  [44100, 44101],
  [47999, 48000],
] as const;

describe('conversion between rates', () => {
  // The gates that the film's sound is held to; what is measured lies 15 dB and more beyond them.
  const PASS_BAND_DB = 0.01;
  const NOISE_DB = -130;
  const ALIAS_DB = -120;
  const DELAY_SAMPLES = 1e-6;
  /** The pass band ends at 20 kHz of 44.1 kHz, and in proportion at other rates. */
  const PASS_BAND = 20000 / 44100;

  it.each(RATES)('%i to %i Hz keeps what can be heard as it is, and in its place', (fromRate, toRate) => {
    const low = Math.min(fromRate, toRate);
    for (const part of [20 / low, 997 / low, 0.2268, 0.4, PASS_BAND]) {
      const frequency = part * low;
      const converted = convert(sine(frequency, fromRate, fromRate / 2), 1, fromRate, toRate);
      const { gainDb, noiseDb, delaySamples } = measureSine(converted, frequency, toRate);
      expect(Math.abs(gainDb)).toBeLessThan(PASS_BAND_DB);
      expect(noiseDb).toBeLessThan(NOISE_DB);
      expect(Math.abs(delaySamples)).toBeLessThan(DELAY_SAMPLES);
    }
  });

  it('to a lower rate leaves nothing of what that cannot hold', () => {
    for (const frequency of [22100, 22500, 23000, 23900]) {
      const converted = convert(sine(frequency, 48000, 24000), 1, 48000, 44100).subarray(3000, 19000);
      const power = converted.reduce((sum, value) => sum + value * value, 0) / converted.length;
      expect(10 * Math.log10(power / 0.125)).toBeLessThan(ALIAS_DB);
    }
  });

  it('to a higher rate makes no images', () => {
    for (const frequency of [20500, 21500, 22000]) {
      const converted = convert(sine(frequency, 44100, 22050), 1, 44100, 48000);
      const { gainDb, noiseDb } = measureSine(converted, frequency, 48000);
      expect(gainDb + noiseDb).toBeLessThan(ALIAS_DB);
    }
  });

  it('an impulse at 22,050 of 44.1 kHz arrives at 24,000 of 48 kHz, the same on both sides', () => {
    const impulse = new Float32Array(44100);
    impulse[22050] = 1;
    const converted = convert(impulse, 1, 44100, 48000);
    const peak = converted.reduce((best, value, index) => (value > converted[best]! ? index : best), 0);
    expect(peak).toBe(24000);
    for (let away = 1; away < 300; away++) expect(converted[24000 - away]).toBe(converted[24000 + away]);
  });

  it('a constant stays what it is', () => {
    for (const [fromRate, toRate] of RATES) {
      const samples = 40 * Math.ceil((300 * fromRate) / toRate);
      const converted = convert(new Float32Array(samples).fill(0.7), 1, fromRate, toRate);
      const middle = converted.subarray(converted.length * 0.4, converted.length * 0.6);
      expect(new Set(middle)).toEqual(new Set([Math.fround(0.7)]));
    }
  });

  it('gives as many samples as the contract says', () => {
    for (const [fromRate, toRate] of RATES) {
      for (const samples of [1, 2, 146, 147, 148, 4801]) {
        const converted = convert(noise(samples), 1, fromRate, toRate);
        expect(converted.length).toBe(convertedLength(samples, fromRate, toRate));
        expect(converted.every(Number.isFinite)).toBe(true);
      }
    }
  });

  it.each([
    [44100, 48000],
    [96000, 44100],
    [47999, 48000],
  ])('%i to %i Hz: any range has the bits of the whole', (fromRate, toRate) => {
    const values = noise(6000);
    for (const channels of [1, 2] as const) {
      const whole = convert(values, channels, fromRate, toRate);
      const length = whole.length / channels;
      fc.assert(
        fc.property(fc.nat(length - 1), fc.integer({ min: 1, max: 3000 }), (from, wanted) => {
          const count = Math.min(wanted, length - from);
          const part = convert(values, channels, fromRate, toRate, from, count);
          expectSameBits(part, whole.subarray(from * channels, (from + count) * channels));
        }),
        { numRuns: 60 },
      );
    }
  });

  it('the channels of a stereo sound do not touch each other', () => {
    const [left, right] = [noise(3000), sine(440, 44100, 3000)];
    const stereo = Float32Array.from(
      { length: 6000 },
      (_, index) => (index % 2 === 0 ? left : right)[index >> 1]!,
    );
    const converted = convert(stereo, 2, 44100, 48000);
    expect(converted.filter((_, index) => index % 2 === 0)).toEqual(convert(left, 1, 44100, 48000));
    expect(converted.filter((_, index) => index % 2 === 1)).toEqual(convert(right, 1, 44100, 48000));
  });
});

it.skipIf(!hasTool('sox'))('agrees with the converter of sox in the pass band', () => {
  // −120 dB of full scale: the pass band of sox is flat to within 0.00001 dB.
  const TOLERANCE = 1e-6;
  const high = sine(15000, 44100, 44100, 0.3);
  const values = sine(200, 44100, 44100, 0.3).map((value, index) => value + high[index]!);
  const wav = makeWav({
    tag: 3,
    channels: 1,
    bits: 32,
    sampleRate: 44100,
    data: new Uint8Array(values.buffer),
  });
  const raw = runTool(['sox', 'a.wav', 'a.f32', 'rate', '-v', '48000'], { 'a.wav': wav }, 'a.f32');
  const expected = new Float32Array(raw.buffer, raw.byteOffset, raw.length / 4);
  const converted = convert(values, 1, 44100, 48000);
  expect(expected.length).toBe(converted.length);
  let largest = 0;
  for (let index = 5000; index < 43000; index++) {
    largest = Math.max(largest, Math.abs(converted[index]! - expected[index]!));
  }
  expect(largest).toBeLessThan(TOLERANCE);
});
