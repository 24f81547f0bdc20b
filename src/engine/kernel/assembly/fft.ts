// A complex Fourier transform of 64-bit floats, in place, for sizes that are powers of two.
//
// It splits polynomials: a block of n numbers is a polynomial modulo xⁿ − c, and a radix-4 step makes of it four
// blocks, modulo x^(n/4) less each fourth root of c, until what is left of each is its value at a root. Each
// block so has one set of factors for all its butterflies, one table serves every level, and the parts of a
// large transform are done one after the other in the nearest cache.
//
//   x^N − 1 ─▶ x^(N/4) − 1, x^(N/4) + 1, x^(N/4) + i, x^(N/4) − i ─▶ … ─▶ x − c₀, x − c₁, …
//
// Values come out in bit-reversed order, which convolution does not mind: place p holds the frequency whose bits
// are those of p backwards, and its negative lies at 3·2^m − 1 − p, where 2^m is the highest bit of p (places 0
// and 1, frequencies 0 and N/2, are their own). A complex number is one vector.

import { quarterSine } from './mix';

/** A block of so many numbers is transformed level by level, a larger one part by part. */
const LEAF: i32 = 1024;
/** Bytes of a complex number, and of a block's factors: c^(1/4), c^(1/2), c^(3/4). */
const NUMBER: usize = 16;
const FACTORS: usize = 48;

// What loops need over and over is loaded: what follows from values alone V8 works out anew in every round of them.
/** What changes the sign of the first and of the second number of two. */
const FIRST_SIGN: usize = memory.data<f64>([-0.0, 0.0], 16);
const SECOND_SIGN: usize = memory.data<f64>([0.0, -0.0], 16);
/** Where {@link turnFactors} leaves a block's factors. */
const TURNED: usize = memory.data(48, 16);

/** Bytes of the factors of transforms of up to `size` numbers. */
export function factorBytes(size: i32): i32 {
  return (size >> 2) * <i32>FACTORS;
}

/** Writes the factors of transforms of up to `size` numbers, a power of two of 16 at least. */
export function fillFactors(factors: usize, size: i32): void {
  const count = size >> 2;
  const bits = ctz(count);
  for (let block = 0; block < count; block++) {
    // The block's c is e^(−2πi·β), β its number's bits backwards behind the point.
    const reversed = bits == 0 ? 0 : bitsBackwards(block) >>> (32 - bits);
    const turn = <f64>reversed / <f64>count;
    const one = f64x2(quarterSine(1.0 - turn), -quarterSine(turn));
    const two = product(one, one);
    const place = factors + <usize>block * FACTORS;
    v128.store(place, one);
    v128.store(place, two, 16);
    v128.store(place, product(two, one), 32);
  }
}

function bitsBackwards(value: u32): u32 {
  let v = value;
  v = ((v >> 1) & 0x55555555) | ((v & 0x55555555) << 1);
  v = ((v >> 2) & 0x33333333) | ((v & 0x33333333) << 2);
  v = ((v >> 4) & 0x0f0f0f0f) | ((v & 0x0f0f0f0f) << 4);
  return bswap(v);
}

/**
 * Transforms `size` complex numbers in place: X[k] = Σ x[t]·e^(−2πi·kt/N), in bit-reversed order.
 *
 * @param factors - Of a transform of this size or a larger one.
 */
export function transform(data: usize, size: i32, factors: usize): void {
  if (!isPowerOfFour(size)) {
    const half = <usize>(size >> 1) * NUMBER;
    for (let at = data; at < data + half; at += NUMBER) {
      const a = v128.load(at);
      const b = v128.load(at + half);
      v128.store(at, f64x2.add(a, b));
      v128.store(at + half, f64x2.sub(a, b));
    }
    split(data, size >> 1, 0, factors);
    split(data + half, size >> 1, 1, factors);
  } else {
    split(data, size, 0, factors);
  }
}

/** The same of `size`/2 numbers, followed by as many zeros that need not be there. */
export function transformHalf(data: usize, size: i32, factors: usize): void {
  const half = <usize>(size >> 1) * NUMBER;
  const quarter = half >> 1;
  if (isPowerOfFour(size)) {
    for (let at = data; at < data + quarter; at += NUMBER) {
      const a = v128.load(at);
      const b = v128.load(at + quarter);
      const turnedB = timesMinusI(b);
      v128.store(at, f64x2.add(a, b));
      v128.store(at + quarter, f64x2.sub(a, b));
      v128.store(at + half, f64x2.add(a, turnedB));
      v128.store(at + half + quarter, f64x2.sub(a, turnedB));
    }
    for (let part = 0; part < 4; part++) split(data + quarter * part, size >> 2, part, factors);
    return;
  }
  // The zeros make both halves of the first step the same, so that the next one splits both at once.
  splitCopy(data, half >> 2, half, factors + FACTORS);
  for (let part = 0; part < 8; part++) split(data + (half >> 2) * part, size >> 3, part, factors);
}

/** Undoes {@link transform}, but for a factor of `size`, and leaves only the second half of what comes out. */
export function invertToHalf(data: usize, size: i32, factors: usize): void {
  const half = <usize>(size >> 1) * NUMBER;
  const quarter = half >> 1;
  if (isPowerOfFour(size)) {
    for (let part = 0; part < 4; part++) join(data + quarter * part, size >> 2, part, factors);
    for (let at = data; at < data + quarter; at += NUMBER) {
      const a = v128.load(at);
      const b = v128.load(at + quarter);
      const c = v128.load(at + half);
      const d = v128.load(at + half + quarter);
      v128.store(at + half, f64x2.sub(f64x2.add(a, b), f64x2.add(c, d)));
      v128.store(at + half + quarter, f64x2.add(f64x2.sub(a, b), timesMinusI(f64x2.sub(c, d))));
    }
    return;
  }
  for (let part = 0; part < 8; part++) join(data + (half >> 2) * part, size >> 3, part, factors);
  joinDifference(data, half >> 2, half, factors + FACTORS);
}

/** Undoes {@link transform}, but for a factor of `size`. */
export function invert(data: usize, size: i32, factors: usize): void {
  if (isPowerOfFour(size)) {
    join(data, size, 0, factors);
    return;
  }
  const half = <usize>(size >> 1) * NUMBER;
  join(data, size >> 1, 0, factors);
  join(data + half, size >> 1, 1, factors);
  for (let at = data; at < data + half; at += NUMBER) {
    const a = v128.load(at);
    const b = v128.load(at + half);
    v128.store(at, f64x2.add(a, b));
    v128.store(at + half, f64x2.sub(a, b));
  }
}

function isPowerOfFour(size: i32): bool {
  return (ctz(size) & 1) == 0;
}

/** Splits block number `block` of its level, `size` numbers (a power of four), down to single values. */
function split(data: usize, size: i32, block: i32, factors: usize): void {
  if (size > LEAF) {
    splitOnce(data, <usize>(size >> 2) * NUMBER, factors + <usize>block * FACTORS);
    const quarter = size >> 2;
    for (let part = 0; part < 4; part++) {
      split(data + <usize>(part * quarter) * NUMBER, quarter, 4 * block + part, factors);
    }
    return;
  }
  const end = data + <usize>size * NUMBER;
  let first = factors + <usize>block * FACTORS;
  let start = <usize>block;
  let length = size;
  for (; length > 4; length >>= 2) {
    const bytes = <usize>length * NUMBER;
    for (let at = data; at < end; at += bytes) {
      splitOnce(at, bytes >> 2, first);
      first += FACTORS;
    }
    start <<= 2;
    first = factors + start * FACTORS;
  }
  if (length == 4) splitFours(data, end, first);
}

/** Joins what {@link split} splits. */
function join(data: usize, size: i32, block: i32, factors: usize): void {
  if (size > LEAF) {
    const quarter = size >> 2;
    for (let part = 0; part < 4; part++) {
      join(data + <usize>(part * quarter) * NUMBER, quarter, 4 * block + part, factors);
    }
    joinOnce(data, <usize>quarter * NUMBER, factors + <usize>block * FACTORS);
    return;
  }
  if (size < 4) return;
  const end = data + <usize>size * NUMBER;
  let start = <usize>(block * (size >> 2));
  joinFours(data, end, factors + start * FACTORS);
  for (let length = 16; length <= size; length <<= 2) {
    start >>= 2;
    const bytes = <usize>length * NUMBER;
    let first = factors + start * FACTORS;
    for (let at = data; at < end; at += bytes) {
      joinOnce(at, bytes >> 2, first);
      first += FACTORS;
    }
  }
}

/** One radix-4 step of one block: all its butterflies have the same factors. */
function splitOnce(data: usize, quarter: usize, place: usize): void {
  turnFactors(place);
  const one = v128.load64_splat(place);
  const oneTurned = v128.load(TURNED);
  const two = v128.load64_splat(place, 16);
  const twoTurned = v128.load(TURNED, 16);
  const three = v128.load64_splat(place, 32);
  const threeTurned = v128.load(TURNED, 32);
  const end = data + quarter;
  let at1 = data + quarter;
  let at2 = at1 + quarter;
  let at3 = at2 + quarter;
  for (let at = data; at < end; at += NUMBER) {
    const a = v128.load(at);
    const b = times(v128.load(at1), one, oneTurned);
    const c = times(v128.load(at2), two, twoTurned);
    const d = times(v128.load(at3), three, threeTurned);
    const ac = f64x2.add(a, c);
    const bd = f64x2.add(b, d);
    const dac = f64x2.sub(a, c);
    const dbd = timesMinusI(f64x2.sub(b, d));
    v128.store(at, f64x2.add(ac, bd));
    v128.store(at1, f64x2.sub(ac, bd));
    v128.store(at2, f64x2.add(dac, dbd));
    v128.store(at3, f64x2.sub(dac, dbd));
    at1 += NUMBER;
    at2 += NUMBER;
    at3 += NUMBER;
  }
}

/** The last step: blocks of four numbers, each with factors of its own. */
function splitFours(data: usize, end: usize, factors: usize): void {
  const sign = v128.load(FIRST_SIGN);
  let place = factors;
  for (let at = data; at < end; at += 4 * NUMBER) {
    const a = v128.load(at);
    const b = timesFactor(v128.load(at, 16), place, sign);
    const c = timesFactor(v128.load(at, 32), place + 16, sign);
    const d = timesFactor(v128.load(at, 48), place + 32, sign);
    const ac = f64x2.add(a, c);
    const bd = f64x2.add(b, d);
    const dac = f64x2.sub(a, c);
    const dbd = timesMinusI(f64x2.sub(b, d));
    v128.store(at, f64x2.add(ac, bd));
    v128.store(at, f64x2.sub(ac, bd), 16);
    v128.store(at, f64x2.add(dac, dbd), 32);
    v128.store(at, f64x2.sub(dac, dbd), 48);
    place += FACTORS;
  }
}

function joinOnce(data: usize, quarter: usize, place: usize): void {
  turnFactors(place);
  const one = v128.load64_splat(place);
  const oneTurned = v128.load(TURNED);
  const two = v128.load64_splat(place, 16);
  const twoTurned = v128.load(TURNED, 16);
  const three = v128.load64_splat(place, 32);
  const threeTurned = v128.load(TURNED, 32);
  const end = data + quarter;
  let at1 = data + quarter;
  let at2 = at1 + quarter;
  let at3 = at2 + quarter;
  for (let at = data; at < end; at += NUMBER) {
    const a = v128.load(at);
    const b = v128.load(at1);
    const c = v128.load(at2);
    const d = v128.load(at3);
    const ab = f64x2.add(a, b);
    const cd = f64x2.add(c, d);
    const dab = f64x2.sub(a, b);
    const dcd = timesMinusI(f64x2.sub(c, d));
    v128.store(at, f64x2.add(ab, cd));
    v128.store(at1, timesConjugate(f64x2.sub(dab, dcd), one, oneTurned));
    v128.store(at2, timesConjugate(f64x2.sub(ab, cd), two, twoTurned));
    v128.store(at3, timesConjugate(f64x2.add(dab, dcd), three, threeTurned));
    at1 += NUMBER;
    at2 += NUMBER;
    at3 += NUMBER;
  }
}

/**
 * Splits block 0, whose factors are 1, in place, and `half` bytes behind it a block of the same numbers with other
 * factors.
 */
function splitCopy(data: usize, quarter: usize, half: usize, place: usize): void {
  turnFactors(place);
  const one = v128.load64_splat(place);
  const oneTurned = v128.load(TURNED);
  const two = v128.load64_splat(place, 16);
  const twoTurned = v128.load(TURNED, 16);
  const three = v128.load64_splat(place, 32);
  const threeTurned = v128.load(TURNED, 32);
  for (let at = data; at < data + quarter; at += NUMBER) {
    const at1 = at + quarter;
    const at2 = at1 + quarter;
    const at3 = at2 + quarter;
    const a = v128.load(at);
    let b = v128.load(at1);
    let c = v128.load(at2);
    let d = v128.load(at3);
    let ac = f64x2.add(a, c);
    let bd = f64x2.add(b, d);
    let dac = f64x2.sub(a, c);
    let dbd = timesMinusI(f64x2.sub(b, d));
    v128.store(at, f64x2.add(ac, bd));
    v128.store(at1, f64x2.sub(ac, bd));
    v128.store(at2, f64x2.add(dac, dbd));
    v128.store(at3, f64x2.sub(dac, dbd));
    b = times(b, one, oneTurned);
    c = times(c, two, twoTurned);
    d = times(d, three, threeTurned);
    ac = f64x2.add(a, c);
    bd = f64x2.add(b, d);
    dac = f64x2.sub(a, c);
    dbd = timesMinusI(f64x2.sub(b, d));
    v128.store(at + half, f64x2.add(ac, bd));
    v128.store(at1 + half, f64x2.sub(ac, bd));
    v128.store(at2 + half, f64x2.add(dac, dbd));
    v128.store(at3 + half, f64x2.sub(dac, dbd));
  }
}

/** Joins what {@link splitCopy} splits, and leaves in the second block the first less the second. */
function joinDifference(data: usize, quarter: usize, half: usize, place: usize): void {
  turnFactors(place);
  const one = v128.load64_splat(place);
  const oneTurned = v128.load(TURNED);
  const two = v128.load64_splat(place, 16);
  const twoTurned = v128.load(TURNED, 16);
  const three = v128.load64_splat(place, 32);
  const threeTurned = v128.load(TURNED, 32);
  for (let at = data; at < data + quarter; at += NUMBER) {
    const at1 = at + quarter;
    const at2 = at1 + quarter;
    const at3 = at2 + quarter;
    let a = v128.load(at);
    let b = v128.load(at1);
    let c = v128.load(at2);
    let d = v128.load(at3);
    const ab = f64x2.add(a, b);
    const cd = f64x2.add(c, d);
    const dab = f64x2.sub(a, b);
    const dcd = timesMinusI(f64x2.sub(c, d));
    a = v128.load(at + half);
    b = v128.load(at1 + half);
    c = v128.load(at2 + half);
    d = v128.load(at3 + half);
    const otherAb = f64x2.add(a, b);
    const otherCd = f64x2.add(c, d);
    const otherDab = f64x2.sub(a, b);
    const otherDcd = timesMinusI(f64x2.sub(c, d));
    v128.store(at + half, f64x2.sub(f64x2.add(ab, cd), f64x2.add(otherAb, otherCd)));
    v128.store(
      at1 + half,
      f64x2.sub(f64x2.sub(dab, dcd), timesConjugate(f64x2.sub(otherDab, otherDcd), one, oneTurned)),
    );
    v128.store(
      at2 + half,
      f64x2.sub(f64x2.sub(ab, cd), timesConjugate(f64x2.sub(otherAb, otherCd), two, twoTurned)),
    );
    v128.store(
      at3 + half,
      f64x2.sub(f64x2.add(dab, dcd), timesConjugate(f64x2.add(otherDab, otherDcd), three, threeTurned)),
    );
  }
}

function joinFours(data: usize, end: usize, factors: usize): void {
  // The other sign than in splitFours makes the factors' conjugates.
  const sign = v128.load(SECOND_SIGN);
  let place = factors;
  for (let at = data; at < end; at += 4 * NUMBER) {
    const a = v128.load(at);
    const b = v128.load(at, 16);
    const c = v128.load(at, 32);
    const d = v128.load(at, 48);
    const ab = f64x2.add(a, b);
    const cd = f64x2.add(c, d);
    const dab = f64x2.sub(a, b);
    const dcd = timesMinusI(f64x2.sub(c, d));
    v128.store(at, f64x2.add(ab, cd));
    v128.store(at, timesFactor(f64x2.sub(dab, dcd), place, sign), 16);
    v128.store(at, timesFactor(f64x2.sub(ab, cd), place + 16, sign), 32);
    v128.store(at, timesFactor(f64x2.add(dab, dcd), place + 32, sign), 48);
    place += FACTORS;
  }
}

/** Imaginary and real part changed over. */
// @ts-ignore: decorator
@inline
export function swapped(x: v128): v128 {
  return v128.shuffle<f64>(x, x, 1, 0);
}

// @ts-ignore: decorator
@inline
function timesMinusI(x: v128): v128 {
  return v128.xor(swapped(x), v128.load(SECOND_SIGN));
}

/** (−im, im), from (im, im). */
// @ts-ignore: decorator
@inline
function turned(imaginary: v128): v128 {
  return v128.xor(imaginary, v128.load(FIRST_SIGN));
}

/** Leaves the imaginary parts of a block's factors in {@link TURNED}, each {@link turned}. */
// @ts-ignore: decorator
@inline
function turnFactors(place: usize): void {
  v128.store(TURNED, turned(v128.load64_splat(place, 8)));
  v128.store(TURNED, turned(v128.load64_splat(place, 24)), 16);
  v128.store(TURNED, turned(v128.load64_splat(place, 40)), 32);
}

/** x times the factor whose real part is twice in `real`, and whose imaginary part is in `imaginary` as −, +. */
// @ts-ignore: decorator
@inline
function times(x: v128, real: v128, imaginary: v128): v128 {
  return f64x2.add(f64x2.mul(x, real), f64x2.mul(swapped(x), imaginary));
}

/** The same of the factor's conjugate. */
// @ts-ignore: decorator
@inline
function timesConjugate(x: v128, real: v128, imaginary: v128): v128 {
  return f64x2.sub(f64x2.mul(x, real), f64x2.mul(swapped(x), imaginary));
}

// @ts-ignore: decorator
@inline
function timesFactor(x: v128, place: usize, sign: v128): v128 {
  return times(x, v128.load64_splat(place), v128.xor(v128.load64_splat(place, 8), sign));
}

function product(x: v128, y: v128): v128 {
  return times(x, v128.shuffle<f64>(y, y, 0, 0), turned(v128.shuffle<f64>(y, y, 1, 1)));
}
