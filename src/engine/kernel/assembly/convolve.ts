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
// 2^(m−1) + j the frequency of place 2^m + j, 0 ≤ j < 2^(m−1). Two bins lie together, number by number, so that they
// are multiplied at once: Re L, Re L′, Im L, Im L′, Re R, Re R′, Im R, Im R′.
//
// Spectra that are multiplied together are far larger than a cache, so what counts is how they come out of memory.
// They lie in tiles of bins, the tiles of the same bins side by side:
//
//   spectrum 0, tile 0 │ spectrum 1, tile 0 │ … │ spectrum 0, tile 1 │ spectrum 1, tile 1 │ …
//
// A tile is as long as two pages, so that several spectra can come to the end of a page at once: memory then answers at
// once what else it is asked for one after the other.

const NUMBER: usize = 16;
const TWO_BINS: usize = 64;
/** Bytes from the left side of two bins to the right. */
const SIDE: usize = 32;
/** Bytes of the pointers of a block that comes back. */
const RETURN: usize = 12;
/** Bins of a tile, a power of two. */
const TILE: i32 = 256;

/** Bytes of a tile: from a spectrum to the next that lies beside it. */
export function tileBytes(): i32 {
  return (TILE >> 1) * <i32>TWO_BINS;
}

/** The bin after those that lie in one row with an even `bin` in a tile, and whose places do so in the transform. */
// @ts-ignore: decorator
@inline
function endOfRow(bin: i32): i32 {
  return min(octaveOf(bin) << 1, (bin | (TILE - 1)) + 1);
}

/** The first bin of an octave, whose frequencies are at places from twice as many on; of 0 and 1 it is 1. */
// @ts-ignore: decorator
@inline
function octaveOf(bin: i32): i32 {
  return 1 << (31 - clz(bin | 1));
}

/** Where an even bin lies in a spectrum, whose tiles are `stride` bytes apart. */
// @ts-ignore: decorator
@inline
function offsetOf(bin: i32, stride: i32): usize {
  return <usize>(bin / TILE) * stride + <usize>((bin % TILE) >> 1) * TWO_BINS;
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

/** The first and the second numbers of two vectors. */
// @ts-ignore: decorator
@inline
function firsts(x: v128, y: v128): v128 {
  return v128.shuffle<f64>(x, y, 0, 2);
}

// @ts-ignore: decorator
@inline
function seconds(x: v128, y: v128): v128 {
  return v128.shuffle<f64>(x, y, 1, 3);
}

/**
 * Takes the spectra of both sides out of the transform of `size` numbers L + iR.
 *
 * @param stride - Bytes from one tile of the spectrum to the next.
 */
export function separateSides(data: usize, size: i32, spectrum: usize, stride: i32): void {
  separateFirst(data, spectrum);
  for (let bin = 2; bin < size >> 1; ) {
    const end = endOfRow(bin);
    let out = spectrum + offsetOf(bin, stride);
    let at = data + placeOf(bin);
    let mirror = data + mirrorOf(bin);
    for (const last = at + <usize>(end - bin) * NUMBER; at < last; at += 2 * NUMBER) {
      mirror -= 2 * NUMBER;
      const z = v128.load(at);
      const nextZ = v128.load(at, 16);
      const w = v128.load(mirror, 16);
      const nextW = v128.load(mirror);
      separate(out, firsts(z, nextZ), seconds(z, nextZ), firsts(w, nextW), seconds(w, nextW));
      out += TWO_BINS;
    }
    bin = end;
  }
}

/** Bins 0 and 1: of frequency 0 and size/2 L is the real part, R the imaginary. */
function separateFirst(data: usize, spectrum: usize): void {
  const zero = v128.load(data);
  const half = v128.load(data, 16);
  const z = v128.load(data, 32);
  const w = v128.load(data, 48);
  const left = f64x2.add(firsts(zero, half), firsts(zero, half));
  const right = f64x2.add(seconds(zero, half), seconds(zero, half));
  separate(spectrum, firsts(z, z), seconds(z, z), firsts(w, w), seconds(w, w));
  v128.store64_lane(spectrum, left, 0);
  v128.store64_lane(spectrum, left, 1, 16);
  v128.store64_lane(spectrum, right, 0, 32);
  v128.store64_lane(spectrum, right, 1, 48);
}

/** Writes two bins of both sides, of real and imaginary parts of two frequencies and of their negatives. */
// @ts-ignore: decorator
@inline
function separate(out: usize, real: v128, imaginary: v128, otherReal: v128, otherImaginary: v128): void {
  v128.store(out, f64x2.add(real, otherReal));
  v128.store(out, f64x2.sub(imaginary, otherImaginary), 16);
  v128.store(out, f64x2.add(imaginary, otherImaginary), 32);
  v128.store(out, f64x2.sub(otherReal, real), 48);
}

/**
 * Multiplies spectra of blocks by windows of the response, adds the products up in the order of the table, and
 * puts the sides together again: YL + iYR, ready to be transformed back. Blocks that come back in a row are made
 * together, row by row of their tiles: most of what they are made of is the same.
 *
 * @param returns - For each of `count` blocks that come back three pointers: where its transform of `size` numbers
 * goes, and where the table of what it is made of begins and ends: two pointers each, to the spectra of a block and of
 * a window, L × L and R × R. A pointer to the right side of a block makes it R × L, which is heard on L, and L × R.
 * Spectra lie at multiples of 64 bytes.
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
  const end = returns + <usize>count * RETURN;
  for (let bin = 0; bin < size >> 1; ) {
    const next = endOfRow(bin);
    const sent = offsetOf(bin, sentStride);
    const window = offsetOf(bin, windowStride);
    for (let entry = returns; entry < end; entry += RETURN) convolveRow(entry, bin, next, sent, window);
    bin = next;
  }
}

/** Bins [from, to) of one block that comes back: they lie in one row, from `sent` and `window` on. */
function convolveRow(entry: usize, from: i32, to: i32, sent: usize, window: usize): void {
  const data = <usize>load<u32>(entry);
  const pairs = <usize>load<u32>(entry, 4);
  const last = <usize>load<u32>(entry, 8);
  let at = data + placeOf(from);
  let mirror = data + mirrorOf(from);
  const end = sent + <usize>((to - from) >> 1) * TWO_BINS;
  for (; sent < end; sent += TWO_BINS) {
    // Sums of Re x·Re h, Im x·Re h, Re x·Im h and Im x·Im h, for each side.
    let leftRR = f64x2.splat(0.0);
    let leftIR = f64x2.splat(0.0);
    let leftRI = f64x2.splat(0.0);
    let leftII = f64x2.splat(0.0);
    let rightRR = f64x2.splat(0.0);
    let rightIR = f64x2.splat(0.0);
    let rightRI = f64x2.splat(0.0);
    let rightII = f64x2.splat(0.0);
    for (let pair = pairs; pair < last; pair += 8) {
      const x = <usize>load<u32>(pair) + sent;
      const h = <usize>load<u32>(pair, 4) + window;
      const real = v128.load(x);
      const imaginary = v128.load(x, 16);
      const hReal = v128.load(h);
      const hImaginary = v128.load(h, 16);
      leftRR = f64x2.add(leftRR, f64x2.mul(real, hReal));
      leftIR = f64x2.add(leftIR, f64x2.mul(imaginary, hReal));
      leftRI = f64x2.add(leftRI, f64x2.mul(real, hImaginary));
      leftII = f64x2.add(leftII, f64x2.mul(imaginary, hImaginary));
    }
    for (let pair = pairs; pair < last; pair += 8) {
      const x = (<usize>load<u32>(pair) + sent) ^ SIDE;
      const h = <usize>load<u32>(pair, 4) + window;
      const real = v128.load(x);
      const imaginary = v128.load(x, 16);
      const hReal = v128.load(h, 32);
      const hImaginary = v128.load(h, 48);
      rightRR = f64x2.add(rightRR, f64x2.mul(real, hReal));
      rightIR = f64x2.add(rightIR, f64x2.mul(imaginary, hReal));
      rightRI = f64x2.add(rightRI, f64x2.mul(real, hImaginary));
      rightII = f64x2.add(rightII, f64x2.mul(imaginary, hImaginary));
    }
    window += TWO_BINS;
    const leftReal = f64x2.sub(leftRR, leftII);
    const leftImaginary = f64x2.add(leftIR, leftRI);
    const rightReal = f64x2.sub(rightRR, rightII);
    const rightImaginary = f64x2.add(rightIR, rightRI);
    const real = f64x2.sub(leftReal, rightImaginary);
    const imaginary = f64x2.add(leftImaginary, rightReal);
    const mirrorReal = f64x2.add(leftReal, rightImaginary);
    const mirrorImaginary = f64x2.sub(rightReal, leftImaginary);
    if (from == 0) {
      // The numbers of bin 0 are real ones.
      v128.store(data, firsts(leftRR, rightRR));
      v128.store(data, firsts(leftII, rightII), 16);
      v128.store(data, seconds(real, imaginary), 32);
      v128.store(data, seconds(mirrorReal, mirrorImaginary), 48);
      return;
    }
    v128.store(at, firsts(real, imaginary));
    v128.store(at, seconds(real, imaginary), 16);
    mirror -= 2 * NUMBER;
    v128.store(mirror, firsts(mirrorReal, mirrorImaginary), 16);
    v128.store(mirror, seconds(mirrorReal, mirrorImaginary));
    at += 2 * NUMBER;
  }
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
