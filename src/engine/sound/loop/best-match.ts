import type { Kernel } from '../../kernel/kernel.ts';
import type { Sound } from '../sound.ts';

const PAIR_BYTES = 16;

/**
 * Where a sound should come round: the start, within [first, last], of the `length` samples that are most like the
 * sound's first ones. Alike is the cosine between the two, both sides together, so that neither loud nor soft
 * stretches are preferred.
 *
 * Only sums, products and roots decide, so it is the same on every machine.
 */
export function bestMatch(sound: Sound, first: number, last: number, length: number, kernel: Kernel): number {
  const { channels } = sound;
  const reach = last - first + length;
  const head = readSides(sound, 0, length);
  const end = readSides(sound, first, reach);
  const likeness = correlate(kernel, head, end, last - first + 1, channels);
  let energy = 0;
  for (let n = 0; n < length * channels; n++) energy += end[n]! * end[n]!;
  let best = first;
  let most = Number.NEGATIVE_INFINITY;
  for (let lag = 0; lag <= last - first; lag++) {
    const alike = energy > 0 ? likeness[lag]! / Math.sqrt(energy) : 0;
    if (alike > most) {
      most = alike;
      best = first + lag;
    }
    for (let side = 0; side < channels; side++) {
      const gone = end[lag * channels + side]!;
      const come = end[(lag + length) * channels + side] ?? 0;
      energy += come * come - gone * gone;
    }
  }
  return best;
}

function readSides(sound: Sound, from: number, count: number): Float32Array {
  const values = new Float32Array(count * sound.channels);
  sound.read(from, count, values);
  return values;
}

/** Σ head[n]·end[n + lag] over both sides, for lags 0 … count − 1, by way of their spectra. */
function correlate(
  kernel: Kernel,
  head: Float32Array,
  end: Float32Array,
  count: number,
  channels: 1 | 2,
): Float64Array {
  const { exports } = kernel;
  let size = 16;
  while (size < end.length / channels) size *= 2;
  const mark = kernel.mark();
  const factors = kernel.allocate(exports.factorBytes(size));
  const one = kernel.allocate(size * PAIR_BYTES);
  const two = kernel.allocate(size * PAIR_BYTES);
  exports.fillFactors(factors, size);
  for (const [place, values] of [
    [one, head],
    [two, end],
  ] as const) {
    const pairs = kernel.float64(place, 2 * size).fill(0);
    for (let n = 0; n < values.length / channels; n++) {
      pairs[2 * n] = values[n * channels]!;
      if (channels === 2) pairs[2 * n + 1] = values[2 * n + 1]!;
    }
    exports.transform(place, size, factors);
  }
  // As complex numbers L + iR: the real part of Σ conj(head)·end is what both sides have in common.
  const [a, b] = [kernel.float64(one, 2 * size), kernel.float64(two, 2 * size)];
  for (let n = 0; n < 2 * size; n += 2) {
    const [re, im, otherRe, otherIm] = [a[n]!, a[n + 1]!, b[n]!, b[n + 1]!];
    b[n] = re * otherRe + im * otherIm;
    b[n + 1] = re * otherIm - im * otherRe;
  }
  exports.invert(two, size, factors);
  const sums = kernel.float64(two, 2 * size);
  const likeness = Float64Array.from({ length: count }, (_, lag) => sums[2 * lag]! / size);
  kernel.release(mark);
  return likeness;
}
