import type { Kernel, Pointer } from '../../kernel/kernel.ts';
import type { Sound } from '../sound.ts';

/** Terms of the four-term Blackman–Harris window, whose lobe is ±4 bins wide and all else 92 dB below it. */
const WINDOW = [0.35875, 0.48829, 0.14128, 0.01168] as const;
/** Bins from the middle of a steady tone to where its window ends. */
export const LOBE = 4;
/** Windows that a spectrum is the mean of, at most: those of a long sound lie further apart. */
const MOST_WINDOWS = 128;
/** f64 values of a bin while they are summed. */
const SUMS = 5;

/**
 * What a sound is made of on average: powers of the bins 0 … `size`/2 − 1 of a windowed transform, scaled so that
 * the powers of all bins are the mean square of the sound. A mono sound has nothing right.
 */
export interface Spectrum {
  /** Samples of a window: a bin is the sample rate over it wide. */
  readonly size: number;
  readonly left: Float64Array;
  readonly right: Float64Array;
  /** Mean of left times the conjugate of right: what they have in common, with its phase. */
  readonly crossRe: Float64Array;
  readonly crossIm: Float64Array;
  /**
   * Mean of the square of a bin's power over the square of its mean: 1 for a tone that stays as it is, 1.5 to 2
   * for noise.
   */
  readonly unrest: Float64Array;
}

/** Samples of a window for a sound: a power of two, a second or more where the sound has four of them. */
export function windowSamples(samples: number, sampleRate: number): number {
  let size = 64;
  while (size < sampleRate) size *= 2;
  while (size > 64 && size * 4 > samples) size /= 2;
  return size;
}

/**
 * Measures a sound from its beginning to its end. Only sums, products and roots decide, so that it is the same on
 * every machine.
 *
 * @param size - Of the window: see {@link windowSamples}.
 */
export function measureSpectrum(sound: Sound, size: number, kernel: Kernel): Spectrum {
  const { exports } = kernel;
  const mark = kernel.mark();
  const factors = kernel.allocate(exports.factorBytes(size));
  const data = kernel.allocate(size * 16);
  const sums = kernel.allocate((size / 2) * SUMS * 8);
  const window = kernel.allocate(size * 8);
  const floats = kernel.allocate(size * sound.channels * 4);
  exports.fillFactors(factors, size);
  fillWindow(kernel, window, data, size);
  kernel.bytes(sums, (size / 2) * SUMS * 8).fill(0);
  const starts = windowStarts(sound.samples, size);
  const values = new Float32Array(size * sound.channels);
  for (const start of starts) {
    sound.read(start, size, values);
    kernel.float32(floats, values.length).set(values);
    exports.loadWindow(floats, sound.channels, window, data, size);
    exports.transform(data, size, factors);
    exports.addPowers(data, size, sums);
  }
  const spectrum = inOrder(
    kernel.float64(sums, (size / 2) * SUMS),
    size,
    starts.length,
    kernel.float64(window, size),
  );
  kernel.release(mark);
  return spectrum;
}

/** First samples of the windows: a quarter of a window apart, or as far as {@link MOST_WINDOWS} reach. */
function windowStarts(samples: number, size: number): number[] {
  const room = samples - size;
  const count = Math.min(MOST_WINDOWS, Math.floor(room / (size / 4)) + 1);
  return Array.from({ length: count }, (_, index) =>
    count === 1 ? 0 : Math.floor((room * index) / (count - 1)),
  );
}

function fillWindow(kernel: Kernel, window: Pointer, room: Pointer, size: number): void {
  // Sine over half a turn; cos 2θ = 1 − 2 sin²θ, and so on from there.
  kernel.exports.rampGains(room, size / 2, 0, size / 2, 2, false);
  const rise = kernel.float64(room, size / 2);
  const gains = kernel.float64(window, size);
  const [a, b, c, d] = WINDOW;
  for (let n = 0; n < size; n++) {
    const sine = n < size / 2 ? rise[n]! : n === size / 2 ? 1 : rise[size - n]!;
    const one = 1 - 2 * sine * sine;
    const two = 2 * one * one - 1;
    const three = one * (2 * two - 1);
    gains[n] = a - b * one + c * two - d * three;
  }
}

/** Sums in the transform's order as means in the order of frequency. */
function inOrder(sums: Float64Array, size: number, windows: number, window: Float64Array): Spectrum {
  const half = size / 2;
  const spectrum = {
    size,
    left: new Float64Array(half),
    right: new Float64Array(half),
    crossRe: new Float64Array(half),
    crossIm: new Float64Array(half),
    unrest: new Float64Array(half),
  };
  const energy = window.reduce((sum, gain) => sum + gain * gain, 0);
  // The sides are doubled in the sums, and half of a real signal lies below zero.
  const scale = 1 / (2 * windows * size * energy);
  for (let bin = 1; bin < half; bin++) {
    const at = pairOf(bin, size) * SUMS;
    const left = sums[at]!;
    const right = sums[at + 1]!;
    spectrum.left[bin] = left * scale;
    spectrum.right[bin] = right * scale;
    spectrum.crossRe[bin] = sums[at + 2]! * scale;
    spectrum.crossIm[bin] = sums[at + 3]! * scale;
    const both = left + right;
    spectrum.unrest[bin] = both === 0 ? 0 : (sums[at + 4]! * windows) / (both * both);
  }
  return spectrum;
}

/** Where a bin lies among the positive frequencies of a transform in bit-reversed order. */
export function pairOf(bin: number, size: number): number {
  let place = 0;
  for (let bit = 1, rest = bin; bit < size / 2; bit *= 2, rest >>= 1) place = 2 * place + (rest & 1);
  return place;
}
