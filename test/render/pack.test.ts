import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadKernelModule } from '../../src/cli/node/kernel-file.ts';
import { Kernel } from '../../src/engine/kernel/kernel.ts';
import { integerAt } from '../../src/engine/random/random.ts';

const module = loadKernelModule();
const LIMIT = 2 ** 30;

/** Runs a kernel function on floats, and gives back the integers that it leaves. */
function onFloats(
  values: ArrayLike<number>,
  run: (kernel: Kernel, input: number, output: number) => void,
): number[] {
  const kernel = Kernel.instantiate(module);
  const input = kernel.allocate(4 * values.length);
  const output = kernel.allocate(4 * values.length + 16);
  kernel.float32(input, values.length).set(values);
  run(kernel, input, output);
  return [...kernel.int32(output, values.length)];
}

/** Nearest integer, ties to even, by exact arithmetic on the float's own digits. */
function roundTiesToEven(value: number): number {
  const down = Math.floor(value);
  const rest = value - down;
  if (rest !== 0.5) return rest < 0.5 ? down : down + 1;
  return down % 2 === 0 ? down : down + 1;
}

const anyFloat = fc.oneof(
  fc.float({ min: -1.5, max: 1.5, noNaN: true }),
  // Halves of a step, where ties are decided.
  fc.integer({ min: -(2 ** 22), max: 2 ** 22 }).map((half) => Math.fround((half + 0.5) / 2 ** 23)),
  fc.constantFrom(0, -0, 1, -1, 1 - 2 ** -24, 2 ** -149, 1e30, -1e30, Infinity, -Infinity),
);

test.each([2 ** 23, 2 ** 15])('floats times %i are rounded to the nearest, ties to even', (scale) => {
  fc.assert(
    fc.property(fc.array(anyFloat, { maxLength: 37 }), (values) => {
      let magnitude = 0;
      const rounded = onFloats(values, (kernel, input, output) => {
        magnitude = kernel.exports.quantise(input, output, values.length, scale, LIMIT);
      });
      const expected = values.map((value) => {
        const exact = roundTiesToEven(Math.fround(value) * scale);
        return Math.max(-LIMIT, Math.min(LIMIT, exact)) + 0;
      });
      expect(rounded).toEqual(expected);
      expect(magnitude).toBe(Math.max(0, ...expected.map(Math.abs)));
    }),
  );
});

/** What the kernel's comment promises: the halves of a seeded number, as a triangle about 0. */
function ditherAt(seed: number, sample: number): number {
  const random = integerAt(seed, sample);
  return ((random >>> 16) - (random & 0xffff)) / 65536;
}

/** Absolute samples near 0, and on both sides of where 32 bits end. */
const anyStart = fc.oneof(
  fc.nat({ max: 1e6 }),
  fc.integer({ min: 2 ** 31 - 20, max: 2 ** 31 + 20 }),
  fc.integer({ min: 2 ** 33, max: 2 ** 33 + 1e6 }),
);

test('dither is a function of the seed and the absolute sample', () => {
  fc.assert(
    fc.property(
      anyStart,
      fc.integer(),
      fc.integer(),
      fc.array(fc.float({ min: -1, max: 1, noNaN: true }), { maxLength: 19 }),
      (start, left, right, mono) => {
        const values = mono.flatMap((value) => [value, -value]);
        const dithered = onFloats(values, (kernel, input, output) =>
          kernel.exports.quantiseDithered(
            input,
            output,
            mono.length,
            left,
            right,
            start % 2 ** 32,
            Math.floor(start / 2 ** 32),
            LIMIT,
          ),
        );
        const expected = values.map((value, index) => {
          const seed = index % 2 === 0 ? left : right;
          return roundTiesToEven(value * 2 ** 15 + ditherAt(seed >>> 0, start + (index >> 1))) + 0;
        });
        expect(dithered).toEqual(expected);
      },
    ),
  );
});

test.each([
  { bits: 16, bytes: 2 },
  { bits: 24, bytes: 3 },
])('$bits-bit integers are packed little endian, and come back', ({ bits, bytes }) => {
  const most = 2 ** (bits - 1);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -most, max: most - 1 }), { maxLength: 41 }), (integers) => {
      const kernel = Kernel.instantiate(module);
      const input = kernel.allocate(4 * integers.length);
      const packed = kernel.allocate(bytes * integers.length + 1);
      const back = kernel.allocate(4 * integers.length);
      kernel.int32(input, integers.length).set(integers);
      const guard = kernel.bytes(packed, bytes * integers.length + 1).fill(0xa5);
      const { pack16, pack24, unpack16, unpack24 } = kernel.exports;
      const magnitude = (bits === 16 ? pack16 : pack24)(input, packed, integers.length);
      expect(magnitude).toBe(Math.max(0, ...integers.map(Math.abs)));
      (bits === 16 ? unpack16 : unpack24)(packed, back, integers.length);
      const expected = Buffer.alloc(bytes * integers.length);
      integers.forEach((value, index) => {
        expected.writeIntLE(value, index * bytes, bytes);
      });
      expect(Buffer.from(guard.subarray(0, -1))).toEqual(expected);
      // Vectors must not write beyond the last value.
      expect(guard.at(-1)).toBe(0xa5);
      expect([...kernel.int32(back, integers.length)]).toEqual(integers);
    }),
  );
});

test('24-bit integers are exact as floats', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -(2 ** 23), max: 2 ** 23 - 1 }), { maxLength: 23 }),
      (integers) => {
        const kernel = Kernel.instantiate(module);
        const input = kernel.allocate(4 * integers.length);
        const output = kernel.allocate(4 * integers.length);
        kernel.int32(input, integers.length).set(integers);
        kernel.exports.toFloats(input, output, integers.length, 2 ** -23);
        expect([...kernel.float32(output, integers.length)]).toEqual(
          integers.map((value) => value / 2 ** 23),
        );
      },
    ),
  );
});

test('sums, extremes and differences are those of plain arithmetic', () => {
  const some = fc.array(fc.integer({ min: -(2 ** 24), max: 2 ** 24 }), { minLength: 1, maxLength: 29 });
  fc.assert(
    fc.property(some, fc.integer(), (a, seed) => {
      const b = a.map((_, index) => (integerAt(seed, index) >>> 7) - 2 ** 24);
      const kernel = Kernel.instantiate(module);
      const [pa, pb] = [kernel.allocate(8 * a.length), kernel.allocate(4 * a.length)];
      const view = kernel.int32(pa, a.length);
      view.set(a);
      kernel.int32(pb, a.length).set(b);
      kernel.exports.addIntegers(pa, pb, a.length);
      const sums = a.map((value, index) => value + b[index]!);
      expect([...view]).toEqual(sums);
      expect(kernel.exports.magnitude(pa, a.length)).toBe(Math.max(...sums.map(Math.abs)));
      kernel.exports.subtractIntegers(pa, pb, a.length);
      expect([...view]).toEqual(a);

      const floats = b.map((value) => Math.fround(value / 3));
      kernel.float64(pa, a.length).set(a.map((value) => value / 7));
      kernel.float32(pb, a.length).set(floats);
      kernel.exports.addFloats(pa, pb, a.length);
      const rounded = a.map((value, index) => Math.fround(value / 7 + floats[index]!));
      kernel.exports.roundSum(pa, pa, a.length);
      expect([...kernel.float32(pa, a.length)]).toEqual(rounded);
      const difference = Math.max(...rounded.map((value, index) => Math.abs(value - floats[index]!)));
      expect(kernel.exports.greatestDifference(pa, pb, a.length)).toBe(difference);
    }),
  );
});

const SECONDS = 4;
const RATE = 48000;

/** A mono sound as dithered 16-bit steps of one channel. */
function dithered(sound: (n: number) => number): Float64Array {
  const samples = SECONDS * RATE;
  const values = new Float32Array(2 * samples).map((_, index) => sound(index >> 1));
  const steps = onFloats(values, (kernel, input, output) =>
    kernel.exports.quantiseDithered(input, output, samples, 11, 22, 0, 0, LIMIT),
  );
  return Float64Array.from({ length: samples }, (_, n) => steps[2 * n]!);
}

/** Amplitude of a frequency in a signal, by correlation over whole seconds. */
function amplitudeAt(hz: number, signal: Float64Array): number {
  let [real, imaginary] = [0, 0];
  signal.forEach((value, n) => {
    real += value * Math.cos((2 * Math.PI * hz * n) / RATE);
    imaginary += value * Math.sin((2 * Math.PI * hz * n) / RATE);
  });
  return (2 * Math.hypot(real, imaginary)) / signal.length;
}

/** The standard's noise of a 16-bit converter with this dither: half a step RMS, re a square of full scale. */
const NOISE_DB = -96.33;
const NOISE_TOLERANCE_DB = 0.2;

test.each([
  { level: 'silence', peak: 0 },
  { level: '−60 dBFS', peak: 1e-3 },
  { level: '0 dBFS', peak: 0.99995 },
])('the noise of 16 bits is the same under $level', ({ peak }) => {
  const sound = (n: number) => peak * Math.sin((2 * Math.PI * 997 * n) / RATE);
  const steps = dithered(sound);
  let sum = 0;
  steps.forEach((step, n) => {
    sum += (step - Math.fround(sound(n)) * 2 ** 15) ** 2;
  });
  const db = 10 * Math.log10(sum / steps.length / 2 ** 30);
  expect(Math.abs(db - NOISE_DB)).toBeLessThan(NOISE_TOLERANCE_DB);
});

test('a tone of −100 dBFS survives 16 bits without harmonics', () => {
  const steps = dithered((n) => 1e-5 * Math.sin((2 * Math.PI * 997 * n) / RATE));
  const tone = amplitudeAt(997, steps);
  expect(20 * Math.log10(tone / 2 ** 15)).toBeCloseTo(-100, 0);
  // What is left at a harmonic is what the noise has there: half a step RMS spread over the spectrum.
  const noise = 5 * (0.5 * Math.sqrt(2)) * Math.sqrt(2 / steps.length);
  for (const harmonic of [2, 3, 4, 5, 7, 9]) expect(amplitudeAt(997 * harmonic, steps)).toBeLessThan(noise);
});

test('the channels are dithered apart, without a mean', () => {
  const samples = SECONDS * RATE;
  const steps = onFloats(new Float32Array(2 * samples), (kernel, input, output) =>
    kernel.exports.quantiseDithered(input, output, samples, 11, 22, 0, 0, LIMIT),
  );
  let [mean, product] = [0, 0];
  for (let n = 0; n < samples; n++) {
    mean += steps[2 * n]! / samples;
    product += (steps[2 * n]! * steps[2 * n + 1]!) / samples;
  }
  // Five standard deviations of what independent steps of half an RMS give.
  expect(Math.abs(mean)).toBeLessThan((5 * 0.5) / Math.sqrt(samples));
  expect(Math.abs(product)).toBeLessThan((5 * 0.25) / Math.sqrt(samples));
});
