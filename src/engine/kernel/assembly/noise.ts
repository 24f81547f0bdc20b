// The parts of coloured noise that has no memory: white noise as a function of a key and an index, brought up octave
// by octave (see the engine's octave-noise.ts). Left and right each have a plane of 64-bit floats.

const GOLDEN: i32 = 0x9e3779b9;

/**
 * Adds white noise: the words of the indexes from `index` on, the low half of each to left, the high half to right.
 *
 * @param scale - Of a 16-bit integer.
 * @see C. Wellons, "Hash Prospector": lowbias32
 */
export function addWhite(key: i32, index: i32, scale: f64, left: usize, right: usize, count: i32): void {
  const scales = f64x2.splat(scale);
  const keys = i32x4.splat(key);
  const step = i32x4.splat(4 * GOLDEN);
  const first = index * GOLDEN;
  let spread = i32x4(first, first + GOLDEN, first + 2 * GOLDEN, first + 3 * GOLDEN);
  let n = 0;
  for (; n + 4 <= count; n += 4) {
    const words = scrambled(v128.xor(keys, spread));
    const low = i32x4.shr_s(i32x4.shl(words, 16), 16);
    const high = i32x4.shr_s(words, 16);
    addPair(left, low, scales);
    addPair(left + 16, v128.shuffle<i32>(low, low, 2, 3, 2, 3), scales);
    addPair(right, high, scales);
    addPair(right + 16, v128.shuffle<i32>(high, high, 2, 3, 2, 3), scales);
    left += 32;
    right += 32;
    spread = i32x4.add(spread, step);
  }
  for (; n < count; n++) {
    const word = i32x4.extract_lane(scrambled(i32x4.splat(key ^ ((index + n) * GOLDEN))), 0);
    store<f64>(left, load<f64>(left) + <f64>((word << 16) >> 16) * scale);
    store<f64>(right, load<f64>(right) + <f64>(word >> 16) * scale);
    left += 8;
    right += 8;
  }
}

/** Unrelated words of words that are alike. */
// @ts-ignore: decorator
@inline
function scrambled(words: v128): v128 {
  let x = i32x4.mul(v128.xor(words, i32x4.shr_u(words, 16)), i32x4.splat(0x7feb352d));
  x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 15)), i32x4.splat(0x846ca68b));
  return v128.xor(x, i32x4.shr_u(x, 16));
}

// @ts-ignore: decorator
@inline
function addPair(at: usize, halves: v128, scales: v128): void {
  v128.store(at, f64x2.add(v128.load(at), f64x2.mul(f64x2.convert_low_i32x4_s(halves), scales)));
}

/**
 * Brings one channel up to twice its rate by cutting corners: ¾ of the nearer sample and ¼ of the other.
 *
 * @param offset - Index of the first sample above, less twice that of the second below: 0 or 1.
 * @see G. Chaikin, "An algorithm for high-speed curve generation", 1974
 */
export function doubleRate(below: usize, above: usize, offset: i32, count: i32): void {
  const near = f64x2.splat(0.75);
  const far = f64x2.splat(0.25);
  let n = 0;
  if (offset == 1) {
    store<f64>(above, 0.75 * load<f64>(below, 8) + 0.25 * load<f64>(below, 16));
    below += 8;
    above += 8;
    n = 1;
  }
  for (; n + 1 < count; n += 2) {
    const others = f64x2(load<f64>(below), load<f64>(below, 16));
    const here = v128.load64_splat(below, 8);
    v128.store(above, f64x2.add(f64x2.mul(near, here), f64x2.mul(far, others)));
    below += 8;
    above += 16;
  }
  if (n < count) store<f64>(above, 0.75 * load<f64>(below, 8) + 0.25 * load<f64>(below));
}

/** Makes right 0.8 of left and 0.6 of itself, which keeps its power. */
export function shareLeft(left: usize, right: usize, count: i32): void {
  for (let n: usize = 0; n < <usize>count; n++) {
    const at = right + (n << 3);
    store<f64>(at, 0.8 * load<f64>(left + (n << 3)) + 0.6 * load<f64>(at));
  }
}

/** Weaves left and right into pairs, L R L R …, times `gain`. */
export function weavePairs(left: usize, right: usize, gain: f64, pairs: usize, count: i32): void {
  const gains = f64x2.splat(gain);
  for (let n: usize = 0; n < <usize>count; n++) {
    const pair = f64x2(load<f64>(left + (n << 3)), load<f64>(right + (n << 3)));
    v128.store(pairs + (n << 4), f64x2.mul(pair, gains));
  }
}
