// Endless texture: spectra with phases from chance, and steady tones.
//
// A block of texture is a spectrum of L + iR whose bins have the strength that was measured and a phase that
// nobody chose; transformed back it is noise of that colour. After V. Välimäki et al., "Creating Endless Sounds",
// DAFx-18.

import { quarterSine } from './mix';

/** Phases that chance picks from: enough that their mean power in any direction is the same. */
const PHASES: i32 = 1024;
const GOLDEN: u32 = 0x9e3779b9;
/** Bytes of a complex number, and of a bin: left, what right shares of it (complex), right's own. */
const NUMBER: usize = 16;
const BIN: usize = 32;
/** Bytes of a tone: step, phase, left's peak, and what right has of left's sine and of its cosine. */
const LINE: usize = 40;
/** Tones that are made at the same time; their number is a multiple of it. */
const TOGETHER: i32 = 4;
/** Steps are counted in parts of a turn. */
const TURN: f64 = 4294967296.0;

/** Writes the {@link scatterPhases} circle: 1024 complex numbers of length 1. */
export function fillCircle(circle: usize): void {
  for (let phase = 0; phase < PHASES; phase++) {
    const turn = <f64>phase / <f64>PHASES;
    v128.store(circle + <usize>phase * NUMBER, f64x2(sineOfTurn(turn + 0.25), sineOfTurn(turn)));
  }
}

/**
 * Fills a spectrum of L + iR, in the transform's bit-reversed order, with strengths and phases by chance.
 *
 * @param data - `size` complex numbers.
 * @param bins - For each second place from 0 on (the positive frequencies): left's strength, the complex part of
 *   right that has left's phase, and right's strength in a phase of its own.
 */
export function scatterPhases(data: usize, size: i32, bins: usize, circle: usize, seed: u32): void {
  v128.store(data, f64x2.splat(0.0));
  v128.store(data, f64x2.splat(0.0), 16);
  for (let place = 2; place < size; place += 2) {
    const bin = bins + <usize>(place >> 1) * BIN;
    const word = scramble(seed ^ (<u32>place * GOLDEN));
    const one = circle + <usize>(word & (PHASES - 1)) * NUMBER;
    const two = circle + <usize>((word >>> 16) & (PHASES - 1)) * NUMBER;
    const oneRe = load<f64>(one);
    const oneIm = load<f64>(one, 8);
    const strength = load<f64>(bin);
    const sharedRe = load<f64>(bin, 8);
    const sharedIm = load<f64>(bin, 16);
    const own = load<f64>(bin, 24);
    const leftRe = strength * oneRe;
    const leftIm = strength * oneIm;
    const rightRe = sharedRe * oneRe - sharedIm * oneIm + own * load<f64>(two);
    const rightIm = sharedRe * oneIm + sharedIm * oneRe + own * load<f64>(two, 8);
    // The negative frequency lies at 3·2^m − 1 − place (fft.ts); both sides are real.
    const partner = (3 << (31 - clz(place))) - 1 - place;
    v128.store(data + <usize>place * NUMBER, f64x2(leftRe - rightIm, leftIm + rightRe));
    v128.store(data + <usize>partner * NUMBER, f64x2(leftRe + rightIm, rightRe - leftIm));
  }
}

/** Lets pairs of f64 rise while a tail that has fallen already sounds on under them. */
export function riseOver(pairs: usize, tail: usize, rise: usize, count: i32): void {
  for (let n: usize = 0; n < <usize>count; n++) {
    const at = pairs + (n << 4);
    const risen = f64x2.mul(v128.load(at), v128.load64_splat(rise + (n << 3)));
    v128.store(at, f64x2.add(risen, v128.load(tail + (n << 4))));
  }
}

/** Makes a tail of pairs of f64: falling as the next block rises, and whole at its own first sample. */
export function fallFrom(pairs: usize, tail: usize, rise: usize, count: i32): void {
  v128.store(tail, v128.load(pairs));
  for (let n: usize = 1; n < <usize>count; n++) {
    const gain = v128.load64_splat(rise + ((<usize>count - n) << 3));
    v128.store(tail + (n << 4), f64x2.mul(v128.load(pairs + (n << 4)), gain));
  }
}

/**
 * Puts a stretch of sound under a window, as numbers L + iR, without what it stands off from zero there.
 *
 * @param source - f32 of 1 or 2 channels; a mono sound has nothing right.
 * @param window - `count` f64.
 */
export function loadWindow(source: usize, channels: i32, window: usize, data: usize, count: i32): void {
  const bytes = <usize>channels << 2;
  let weights = 0.0;
  let sums = f64x2.splat(0.0);
  for (let n: usize = 0; n < <usize>count; n++) {
    const gain = load<f64>(window + (n << 3));
    const at = source + n * bytes;
    const left = <f64>load<f32>(at);
    const right = channels == 2 ? <f64>load<f32>(at, 4) : 0.0;
    const value = f64x2.mul(f64x2(left, right), f64x2.splat(gain));
    v128.store(data + (n << 4), value);
    weights += gain;
    sums = f64x2.add(sums, value);
  }
  const middle = f64x2.div(sums, f64x2.splat(weights));
  for (let n: usize = 0; n < <usize>count; n++) {
    const gain = v128.load64_splat(window + (n << 3));
    const at = data + (n << 4);
    v128.store(at, f64x2.sub(v128.load(at), f64x2.mul(middle, gain)));
  }
}

/**
 * Adds the powers of a transform of L + iR to sums: for each second place from 0 on |L|², |R|², the parts of
 * L·conj(R), and (|L|² + |R|²)², all of the sides doubled.
 *
 * @param sums - `size`/2 times five f64.
 */
export function addPowers(data: usize, size: i32, sums: usize): void {
  for (let place = 2; place < size; place += 2) {
    const partner = (3 << (31 - clz(place))) - 1 - place;
    const here = data + <usize>place * NUMBER;
    const there = data + <usize>partner * NUMBER;
    const re = load<f64>(here);
    const im = load<f64>(here, 8);
    const backRe = load<f64>(there);
    const backIm = load<f64>(there, 8);
    const leftRe = re + backRe;
    const leftIm = im - backIm;
    const rightRe = im + backIm;
    const rightIm = backRe - re;
    const left = leftRe * leftRe + leftIm * leftIm;
    const right = rightRe * rightRe + rightIm * rightIm;
    const sum = sums + <usize>(place >> 1) * 40;
    store<f64>(sum, load<f64>(sum) + left);
    store<f64>(sum, load<f64>(sum, 8) + right, 8);
    store<f64>(sum, load<f64>(sum, 16) + (leftRe * rightRe + leftIm * rightIm), 16);
    store<f64>(sum, load<f64>(sum, 24) + (leftIm * rightRe - leftRe * rightIm), 24);
    store<f64>(sum, load<f64>(sum, 32) + (left + right) * (left + right), 32);
  }
}

/**
 * Adds steady tones to pairs of f64. A tone's phase at a sample is its step times the sample's index, in whole
 * parts of a turn, so that it is exact however far away that is.
 *
 * @param lines - A multiple of four, each five f64: step (2⁻³² turns a sample), phase (turns), left's peak, and
 *   right's peaks of the same sine and of its cosine.
 * @param from - Index of the first pair.
 * @param count - So many that a sum of two numbers a sample stays exact to −150 dB: 4096 at most.
 */
export function addLines(lines: usize, lineCount: i32, from: f64, pairs: usize, count: i32): void {
  const last = lines + <usize>lineCount * LINE;
  for (let line = lines; line < last; line += LINE * <usize>TOGETHER) {
    let a0 = valueAt(line, from);
    let a1 = valueAt(line, from + 1.0);
    const a = slopeOf(line);
    let b0 = valueAt(line + LINE, from);
    let b1 = valueAt(line + LINE, from + 1.0);
    const b = slopeOf(line + LINE);
    let c0 = valueAt(line + 2 * LINE, from);
    let c1 = valueAt(line + 2 * LINE, from + 1.0);
    const c = slopeOf(line + 2 * LINE);
    let d0 = valueAt(line + 3 * LINE, from);
    let d1 = valueAt(line + 3 * LINE, from + 1.0);
    const d = slopeOf(line + 3 * LINE);
    const end = pairs + <usize>count * NUMBER;
    for (let at = pairs; at < end; at += NUMBER) {
      const sum = f64x2.add(f64x2.add(a0, b0), f64x2.add(c0, d0));
      v128.store(at, f64x2.add(v128.load(at), sum));
      // sin((n + 1)·w) = 2·cos(w)·sin(n·w) − sin((n − 1)·w)
      const a2 = f64x2.sub(f64x2.mul(a, a1), a0);
      const b2 = f64x2.sub(f64x2.mul(b, b1), b0);
      const c2 = f64x2.sub(f64x2.mul(c, c1), c0);
      const d2 = f64x2.sub(f64x2.mul(d, d1), d0);
      a0 = a1;
      b0 = b1;
      c0 = c1;
      d0 = d1;
      a1 = a2;
      b1 = b2;
      c1 = c2;
      d1 = d2;
    }
  }
}

/** Both sides of a tone at a sample. */
function valueAt(line: usize, index: f64): v128 {
  const parts = <u64>(<i64>load<f64>(line) * <i64>index) & 0xffffffff;
  const turn = <f64>parts / TURN + load<f64>(line, 8);
  const sine = sineOfTurn(turn);
  const cosine = sineOfTurn(turn + 0.25);
  return f64x2(load<f64>(line, 16) * sine, load<f64>(line, 24) * sine + load<f64>(line, 32) * cosine);
}

/** Twice the cosine of a tone's step. */
function slopeOf(line: usize): v128 {
  return f64x2.splat(2.0 * sineOfTurn(load<f64>(line) / TURN + 0.25));
}

/** Sine of an angle in turns. */
function sineOfTurn(turns: f64): f64 {
  const turn = turns - Math.floor(turns);
  if (turn < 0.25) return quarterSine(turn * 4.0);
  if (turn < 0.5) return quarterSine((0.5 - turn) * 4.0);
  if (turn < 0.75) return -quarterSine((turn - 0.5) * 4.0);
  return -quarterSine((1.0 - turn) * 4.0);
}

/** As random/random.ts has it. */
function scramble(value: u32): u32 {
  let x = value;
  x = (x ^ (x >> 16)) * 0x7feb352d;
  x = (x ^ (x >> 15)) * 0x846ca68b;
  return x ^ (x >> 16);
}
