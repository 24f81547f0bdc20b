import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { loadKernelModule } from '../../src/cli/node/kernel-file.ts';
import { Kernel } from '../../src/engine/kernel/kernel.ts';
import { noiseAt } from '../mix/make.ts';

const kernel = Kernel.instantiate(loadKernelModule());
const { exports } = kernel;

const LARGEST = 2 ** 17;
const factors = kernel.allocate(exports.factorBytes(LARGEST));
exports.fillFactors(factors, LARGEST);
const data = kernel.allocate(LARGEST * 16);
/** Two spectra, each at a multiple of 64 bytes. */
const spectrum = Math.ceil(kernel.allocate(2 * LARGEST * 16 + 64) / 64) * 64;
const impulse = spectrum + LARGEST * 16;

/** Of a value, in parts of what all values come to together: a few roundings a level. */
const TOLERANCE = 1e-15;

const sizes = fc.integer({ min: 4, max: 12 }).map((bits) => 2 ** bits);

function noise(size: number, seed: number): Float64Array {
  return Float64Array.from({ length: 2 * size }, (_, index) => noiseAt(seed, index));
}

/** The place in bit-reversed order of frequency k; it is its own inverse. */
function placeOf(k: number, size: number): number {
  let place = 0;
  for (let bit = 1; bit < size; bit *= 2) place = 2 * place + (k & bit ? 1 : 0);
  return place;
}

/** X[k] by its definition, with angles that are reduced before they are rounded. */
function valueAt(numbers: Float64Array, k: number): [re: number, im: number] {
  const size = numbers.length / 2;
  let [re, im] = [0, 0];
  for (let t = 0; t < size; t++) {
    const angle = (-2 * Math.PI * ((k * t) % size)) / size;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    re += numbers[2 * t]! * cos - numbers[2 * t + 1]! * sin;
    im += numbers[2 * t]! * sin + numbers[2 * t + 1]! * cos;
  }
  return [re, im];
}

function transformed(numbers: Float64Array): Float64Array {
  kernel.float64(data, numbers.length).set(numbers);
  exports.transform(data, numbers.length / 2, factors);
  return kernel.float64(data, numbers.length).slice();
}

function greatestDifference(a: Float64Array, b: Float64Array): number {
  return a.reduce((most, value, index) => Math.max(most, Math.abs(value - b[index]!)), 0);
}

describe('the transform', () => {
  property.prop([sizes, fc.nat(), fc.nat()], { numRuns: 60 })(
    'is the sum that defines it, in bit-reversed order',
    (size, seed, frequency) => {
      const numbers = noise(size, seed);
      const k = frequency % size;
      const [re, im] = valueAt(numbers, k);
      const place = placeOf(k, size);
      const values = transformed(numbers);
      const bound = TOLERANCE * size;
      expect(Math.abs(values[2 * place]! - re)).toBeLessThan(bound);
      expect(Math.abs(values[2 * place + 1]! - im)).toBeLessThan(bound);
    },
  );

  test.each([2 ** 16, LARGEST])('of %i numbers is as exact as a small one', (size) => {
    const numbers = noise(size, 1);
    const values = transformed(numbers);
    for (const k of [0, 1, 2, 3, 12345, size / 2 - 1, size / 2, size - 1]) {
      const [re, im] = valueAt(numbers, k);
      const place = placeOf(k, size);
      // The sum by definition is what is less exact here.
      expect(Math.hypot(values[2 * place]! - re, values[2 * place + 1]! - im)).toBeLessThan(1e-10);
    }
    exports.invertToHalf(data, size, factors);
    const back = kernel.float64(data, 2 * size).map((value) => value / size);
    expect(greatestDifference(back.slice(size), numbers.slice(size))).toBeLessThan(2 * TOLERANCE);
  });

  property.prop([sizes, fc.nat()], { numRuns: 30 })(
    'of a block with silence after it needs no zeros there',
    (size, seed) => {
      const numbers = noise(size, seed).fill(0, size);
      const whole = transformed(numbers);
      kernel.float64(data, 2 * size).set(numbers.fill(Number.NaN, size));
      exports.transformHalf(data, size, factors);
      expect(greatestDifference(kernel.float64(data, 2 * size), whole)).toBe(0);
    },
  );

  property.prop([sizes, fc.nat()], { numRuns: 30 })(
    'back gives the second half of what there was',
    (size, seed) => {
      const numbers = noise(size, seed);
      transformed(numbers);
      exports.invertToHalf(data, size, factors);
      const back = kernel.float64(data, 2 * size).map((value) => value / size);
      expect(greatestDifference(back.slice(size), numbers.slice(size))).toBeLessThan(2 * TOLERANCE);
    },
  );

  property.prop([sizes, fc.nat()], { numRuns: 30 })('back gives all that there was', (size, seed) => {
    const numbers = noise(size, seed);
    transformed(numbers);
    exports.invert(data, size, factors);
    const back = kernel.float64(data, 2 * size).map((value) => value / size);
    expect(greatestDifference(back, numbers)).toBeLessThan(2 * TOLERANCE);
  });

  test('needs the factors of its own size or of any larger one', () => {
    const own = kernel.allocate(exports.factorBytes(512));
    exports.fillFactors(own, 512);
    const numbers = noise(512, 3);
    const values = transformed(numbers);
    kernel.float64(data, 1024).set(numbers);
    exports.transform(data, 512, own);
    expect(kernel.float64(data, 1024)).toEqual(values);
  });
});

describe('spectra of both sides', () => {
  property.prop([sizes, fc.nat()], { numRuns: 20 })('are the sides’ own, doubled', (size, seed) => {
    const both = noise(size, seed);
    const left = both.map((value, index) => (index % 2 ? 0 : value));
    const right = both.map((_, index) => (index % 2 ? 0 : both[index + 1]!));
    const [ofLeft, ofRight] = [transformed(left), transformed(right)];
    transformed(both);
    exports.separateSides(data, size, spectrum, exports.tileBytes());
    const numbers = kernel.float64(spectrum, 2 * size);
    /** Real and imaginary part of a bin, which lies together with another one. */
    const bin = (index: number, side: 0 | 1) =>
      [0, 1].map((part) => numbers[8 * (index >> 1) + 4 * side + 2 * part + (index & 1)]!);
    const bound = 4 * TOLERANCE * size;
    const expectDoubled = (found: number[], own: number[]) => {
      found.forEach((value, part) => {
        expect(Math.abs(value - 2 * own[part]!)).toBeLessThan(bound);
      });
    };
    expectDoubled(bin(0, 0), [ofLeft[0]!, ofLeft[2]!]);
    expectDoubled(bin(0, 1), [ofRight[0]!, ofRight[2]!]);
    let index = 1;
    for (let start = 2; start < size; start *= 2) {
      for (let place = start; place < 1.5 * start; place++, index++) {
        expectDoubled(bin(index, 0), [ofLeft[2 * place]!, ofLeft[2 * place + 1]!]);
        expectDoubled(bin(index, 1), [ofRight[2 * place]!, ofRight[2 * place + 1]!]);
      }
    }
  });

  test('come together again to what they were taken from', () => {
    const size = 256;
    const both = noise(size, 9);
    transformed(both);
    exports.separateSides(data, size, spectrum, exports.tileBytes());
    // An impulse's spectra: 1 at every frequency, doubled; but the imaginary part of bin 0 is another frequency.
    kernel.float64(impulse, 2 * size).set(Float64Array.from({ length: 2 * size }, (_, i) => (i & 2 ? 0 : 2)));
    for (const side of [0, 4]) kernel.float64(impulse, 2 * size)[side + 2] = 2;
    const other = kernel.allocate(size * 16);
    const table = kernel.allocate(40);
    const [straight, crossed] = [table + 24, table + 32];
    kernel.int32(table, 6).set([data, straight, crossed, other, crossed, table + 40]);
    kernel.int32(straight, 2).set([spectrum, impulse]);
    // From its right side on left and right change places.
    kernel.int32(crossed, 2).set([spectrum + 32, impulse]);
    exports.convolveSides(table, 2, size, exports.tileBytes(), exports.tileBytes());
    const secondHalf = (place: number) => {
      exports.invertToHalf(place, size, factors);
      return kernel
        .float64(place, 2 * size)
        .slice(size)
        .map((value) => value / size / 4);
    };
    expect(greatestDifference(secondHalf(data), both.slice(size))).toBeLessThan(4 * TOLERANCE);
    const swapped = both.map((_, index) => both[index ^ 1]!);
    expect(greatestDifference(secondHalf(other), swapped.slice(size))).toBeLessThan(4 * TOLERANCE);
  });

  property.prop([fc.integer({ min: 10, max: 13 }), fc.nat()], { numRuns: 10 })(
    'lie in tiles, whatever lies between them',
    (bits, seed) => {
      const size = 2 ** bits;
      transformed(noise(size, seed));
      const tile = exports.tileBytes();
      const count = (16 * size) / tile;
      exports.separateSides(data, size, spectrum, tile);
      const close = Array.from({ length: count }, (_, index) =>
        kernel.float64(spectrum + index * tile, tile / 8).slice(),
      );
      exports.separateSides(data, size, spectrum, 3 * tile);
      close.forEach((values, index) => {
        expect(kernel.float64(spectrum + index * 3 * tile, tile / 8)).toEqual(values);
      });
    },
  );
});

describe('runs', () => {
  property.prop([fc.array(fc.boolean(), { minLength: 1, maxLength: 60 }), fc.integer({ min: 1, max: 8 })])(
    'are parted by so many zeros or more, and hold everything else',
    (isOn, gap) => {
      kernel.float64(data, 2 * isOn.length).set(isOn.flatMap((on) => [on ? -0.5 : 0, 1]));
      const found = exports.findRuns(data, isOn.length, gap, spectrum);
      const runs = kernel.int32(spectrum, 2 * found).slice();
      const on = [...isOn.keys()].filter((index) => isOn[index]);
      const expected: number[] = [];
      on.forEach((index, place) => {
        const before = on[place - 1];
        if (before === undefined || index - before - 1 >= gap) expected.push(index, index + 1);
        else expected[expected.length - 1] = index + 1;
      });
      expect([...runs]).toEqual(expected);
    },
  );
});
