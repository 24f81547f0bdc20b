// Convolution of stereo blocks with a long response, in windows of it.
//
//   block b, P samples ─▶ L + iR ─▶ FFT of 2P ─▶ spectra of both sides ─┐ block b     × window 0 of the response
//                                                block b − 1 ───────────┼ block b − 1 × window 1 …
//                                                block b − 2 ───────────┘ …
//                                                   + ─▶ YL + iYR ─▶ inverse FFT ─▶ its second half: block b
//
// Window i holds what the response answers i blocks later: its samples from (i − 1)·P on, 2P of them. A block is
// as zeros after it, so that nothing of the second half has come round from the end.
//
// Both sides are the real and the imaginary part of one transform, out of which their spectra are taken:
// L(k) = (Z(k) + Z*(−k))/2, R(k) = (Z(k) − Z*(−k))/2i. A spectrum has size/2 bins of two complex numbers, L and
// R, both doubled: bin 0 holds the real numbers of frequency 0 and size/2 as if they were one complex one; bin
// 2^(m−1) + j the frequency of place 2^m + j, 0 ≤ j < 2^(m−1).
//
// Spectra that are multiplied together are far larger than a cache, so what counts is how they come out of memory.
// They lie in tiles of bins, the tiles of the same bins side by side:
//
//   spectrum 0, tile 0 │ spectrum 1, tile 0 │ … │ spectrum 0, tile 1 │ spectrum 1, tile 1 │ …
//
// A tile is whole pages, so that all spectra come to the end of a page at once: memory then answers for all of them
// at once what else it is asked for one after the other.

import { swapped } from './fft';

const NUMBER: usize = 16;
const BIN: usize = 32;
/** Bins of a tile, a power of two. */
const TILE: i32 = 256;

/** Bytes of a tile: from a spectrum to the next that lies beside it. */
export function tileBytes(): i32 {
  return TILE * <i32>BIN;
}

/** The bin after those that lie in one row with `bin` in a tile, and whose places do so in the transform. */
// @ts-ignore: decorator
@inline
function endOfRow(bin: i32): i32 {
  return min(octaveOf(bin) << 1, (bin | (TILE - 1)) + 1);
}

/** The first bin of an octave, whose frequencies are at places from twice as many on. */
// @ts-ignore: decorator
@inline
function octaveOf(bin: i32): i32 {
  return 1 << (31 - clz(bin));
}

/** Where a bin lies in a spectrum, whose tiles are `stride` bytes apart. */
// @ts-ignore: decorator
@inline
function offsetOf(bin: i32, stride: i32): usize {
  return <usize>(bin / TILE) * stride + <usize>(bin % TILE) * BIN;
}

/** Where a bin's frequency lies in a transform. */
// @ts-ignore: decorator
@inline
function placeOf(bin: i32): usize {
  return <usize>(octaveOf(bin) + bin) * NUMBER;
}

/** Where the frequency below a bin's negative lies. */
// @ts-ignore: decorator
@inline
function mirrorOf(bin: i32): usize {
  return <usize>(5 * octaveOf(bin) - bin) * NUMBER;
}

/**
 * Takes the spectra of both sides out of the transform of `size` numbers L + iR.
 *
 * @param stride - Bytes from one tile of the spectrum to the next.
 */
export function separateSides(data: usize, size: i32, spectrum: usize, stride: i32): void {
  const conjugate = f64x2(0.0, -0.0);
  const first = v128.load(data);
  const second = v128.load(data, 16);
  v128.store(spectrum, doubled(v128.shuffle<f64>(first, second, 0, 2)));
  v128.store(spectrum, doubled(v128.shuffle<f64>(first, second, 1, 3)), 16);
  for (let bin = 1; bin < size >> 1; ) {
    const end = endOfRow(bin);
    let out = spectrum + offsetOf(bin, stride);
    let at = data + placeOf(bin);
    let mirror = data + mirrorOf(bin);
    for (const last = at + <usize>(end - bin) * NUMBER; at < last; at += NUMBER) {
      mirror -= NUMBER;
      const z = v128.load(at);
      const w = v128.xor(v128.load(mirror), conjugate);
      v128.store(out, f64x2.add(z, w));
      v128.store(out, v128.xor(swapped(f64x2.sub(z, w)), conjugate), 16);
      out += BIN;
    }
    bin = end;
  }
}

// @ts-ignore: decorator
@inline
function doubled(x: v128): v128 {
  return f64x2.add(x, x);
}

/**
 * Multiplies spectra of blocks by windows of the response, adds the products up in the order of the table, and
 * puts the sides together again: YL + iYR, ready to be transformed back. Blocks that come back in a row are made
 * together, row by row of their tiles: most of what they are made of is the same.
 *
 * @param returns - For each of `count` blocks that come back four 32-bit integers: where its transform of `size`
 * numbers goes, where the table of what it is made of lies, and how many `straight` and `crossed` pairs there are
 * in that: two pointers each to the spectra of a block and of a window. Straight ones are L × L, R × R; of the
 * windows of crossed ones the first side is what R answers on L, the second what L answers on R.
 * @param sentStride - Bytes from one tile of a block to the next.
 * @param windowStride - The same of a window.
 */
export function convolveSides(
  returns: usize,
  count: i32,
  size: i32,
  sentStride: i32,
  windowStride: i32,
): void {
  const end = returns + (<usize>count << 4);
  for (let entry = returns; entry < end; entry += 16) {
    const pairs = <usize>load<u32>(entry, 4);
    const middle = pairs + (<usize>load<u32>(entry, 8) << 3);
    firstBin(pairs, middle, middle + (<usize>load<u32>(entry, 12) << 3), <usize>load<u32>(entry));
  }
  for (let bin = 1; bin < size >> 1; ) {
    const next = endOfRow(bin);
    const sent = offsetOf(bin, sentStride);
    const window = offsetOf(bin, windowStride);
    for (let entry = returns; entry < end; entry += 16) convolveRow(entry, bin, next, sent, window);
    bin = next;
  }
}

/** Bins [from, to) of one block that comes back: they lie in one row, from `sent` and `window` on. */
function convolveRow(entry: usize, from: i32, to: i32, sent: usize, window: usize): void {
  const data = <usize>load<u32>(entry);
  const pairs = <usize>load<u32>(entry, 4);
  const middle = pairs + (<usize>load<u32>(entry, 8) << 3);
  const last = middle + (<usize>load<u32>(entry, 12) << 3);
  const conjugate = f64x2(0.0, -0.0);
  let at = data + placeOf(from);
  let mirror = data + mirrorOf(from);
  const end = at + <usize>(to - from) * NUMBER;
  for (; at < end; at += NUMBER) {
    // Sums of x·Re h and of x·Im h, for each side.
    let leftReal = f64x2.splat(0.0);
    let leftImaginary = f64x2.splat(0.0);
    let rightReal = f64x2.splat(0.0);
    let rightImaginary = f64x2.splat(0.0);
    let pair = pairs;
    for (; pair < middle; pair += 8) {
      const x = <usize>load<u32>(pair) + sent;
      const h = <usize>load<u32>(pair, 4) + window;
      const left = v128.load(x);
      const right = v128.load(x, 16);
      leftReal = f64x2.add(leftReal, f64x2.mul(left, v128.load64_splat(h)));
      leftImaginary = f64x2.add(leftImaginary, f64x2.mul(left, v128.load64_splat(h, 8)));
      rightReal = f64x2.add(rightReal, f64x2.mul(right, v128.load64_splat(h, 16)));
      rightImaginary = f64x2.add(rightImaginary, f64x2.mul(right, v128.load64_splat(h, 24)));
    }
    for (; pair < last; pair += 8) {
      const x = <usize>load<u32>(pair) + sent;
      const h = <usize>load<u32>(pair, 4) + window;
      const left = v128.load(x);
      const right = v128.load(x, 16);
      leftReal = f64x2.add(leftReal, f64x2.mul(right, v128.load64_splat(h)));
      leftImaginary = f64x2.add(leftImaginary, f64x2.mul(right, v128.load64_splat(h, 8)));
      rightReal = f64x2.add(rightReal, f64x2.mul(left, v128.load64_splat(h, 16)));
      rightImaginary = f64x2.add(rightImaginary, f64x2.mul(left, v128.load64_splat(h, 24)));
    }
    const left = f64x2.add(leftReal, timesI(leftImaginary));
    const turnedRight = timesI(f64x2.add(rightReal, timesI(rightImaginary)));
    mirror -= NUMBER;
    v128.store(at, f64x2.add(left, turnedRight));
    v128.store(mirror, v128.xor(f64x2.sub(left, turnedRight), conjugate));
    sent += BIN;
    window += BIN;
  }
}

/** Bin 0, whose numbers are pairs of real ones. */
function firstBin(pairs: usize, middle: usize, last: usize, data: usize): void {
  let left = f64x2.splat(0.0);
  let right = f64x2.splat(0.0);
  for (let pair = pairs; pair < last; pair += 8) {
    const x = <usize>load<u32>(pair);
    const h = <usize>load<u32>(pair, 4);
    const isCrossed = pair >= middle;
    left = f64x2.add(left, f64x2.mul(v128.load(x + (isCrossed ? NUMBER : 0)), v128.load(h)));
    right = f64x2.add(right, f64x2.mul(v128.load(x + (isCrossed ? 0 : NUMBER)), v128.load(h, 16)));
  }
  v128.store(data, v128.shuffle<f64>(left, right, 0, 2));
  v128.store(data, v128.shuffle<f64>(left, right, 1, 3), 16);
}

// @ts-ignore: decorator
@inline
function timesI(x: v128): v128 {
  return v128.xor(swapped(x), f64x2(-0.0, 0.0));
}

/** Copies `count` stereo values, and makes zeros of those whose magnitude is below `least`. */
export function copyAudible(source: usize, target: usize, count: i32, least: f64): void {
  const limit = f64x2.splat(least);
  for (let i: usize = 0; i < <usize>count << 4; i += 16) {
    const value = v128.load(source + i);
    v128.store(target + i, v128.and(value, f64x2.ge(f64x2.abs(value), limit)));
  }
}

/**
 * Finds where one side of stereo values is not zero.
 *
 * @param values - The side's first of `count` values, 16 bytes apart.
 * @param gap - So many zeros or more part one run from the next.
 * @param runs - Where start and end of each run are written, i32; there may be (count + 1)/2 of them.
 * @returns How many runs there are.
 */
export function findRuns(values: usize, count: i32, gap: i32, runs: usize): i32 {
  let found = 0;
  let start = 0;
  while (start < count) {
    if (!isSound(values, start)) {
      start++;
      continue;
    }
    // From behind: the last value that is not zero, of those that keep the run going, makes it go on from there.
    let end = start + 1;
    let last = min(end + gap, count) - 1;
    while (last >= end) {
      if (isSound(values, last)) {
        end = last + 1;
        last = min(end + gap, count) - 1;
      } else {
        last--;
      }
    }
    const run = runs + (<usize>found << 3);
    store<i32>(run, start);
    store<i32>(run, end, 4);
    found++;
    start = end;
  }
  return found;
}

// @ts-ignore: decorator
@inline
function isSound(values: usize, place: i32): bool {
  return load<f64>(values + (<usize>place << 4)) != 0;
}

/** Adds `count` stereo 64-bit values to sums. */
export function addSums(sums: usize, addend: usize, count: i32): void {
  for (let i: usize = 0; i < <usize>count << 4; i += 16) {
    v128.store(sums + i, f64x2.add(v128.load(sums + i), v128.load(addend + i)));
  }
}
