// Conversion between sample rates by a windowed sinc, one row of taps for each place between two input samples
// that an output sample can fall on (a polyphase filter).
//
//   input x ─▶ y[m] = Σ x[i − T/2 + 1 + k] · row[p][k],  m·M/L = i + p/L,  k = 0 … T − 1
//
// L/M is the ratio of the rates in lowest terms. All sums are made in 64-bit float, each in one fixed order, so
// that an output sample has the same bits whatever is computed beside it.

/** Terms of I₀ beyond which nothing changes at the windows that are used. */
const BESSEL_TERMS: usize = 64;
/** 1/n², for n from 0. */
const inverseSquares: usize = memory.data(512, 16);

/**
 * Fills one row: a sinc of `cutoff` cycles per half an input sample under a Kaiser window of `taps` input
 * samples, `phase` (0 … 1) of a sample late. Its sum is made 1.
 *
 * @see J. F. Kaiser, "Nonrecursive digital filter design using the I0-sinh window function", 1974
 */
export function fillTaps(row: usize, taps: i32, phase: f64, cutoff: f64, beta: f64): void {
  const half = <f64>taps * 0.5;
  let sum: f64 = 0;
  for (let k = 0; k < taps; k++) {
    const distance = <f64>k - half + 1.0 - phase;
    const x = distance / half;
    let tap: f64 = 0;
    if (abs(x) < 1.0) {
      const angle = Math.PI * cutoff * distance;
      const sinc = angle == 0 ? 1.0 : Math.sin(angle) / angle;
      tap = sinc * bessel(beta * Math.sqrt(1.0 - x * x));
    }
    store<f64>(row + (<usize>k << 3), tap);
    sum += tap;
  }
  for (let k = 0; k < taps; k++) {
    const place = row + (<usize>k << 3);
    store<f64>(place, load<f64>(place) / sum);
  }
}

/** Modified Bessel function of the first kind and order 0, by its power series. */
function bessel(x: f64): f64 {
  if (load<f64>(inverseSquares, 8) == 0) {
    for (let n: usize = 1; n < BESSEL_TERMS; n++) store<f64>(inverseSquares + (n << 3), 1.0 / <f64>(n * n));
  }
  const quarter = x * x * 0.25;
  let term: f64 = 1;
  let sum: f64 = 1;
  for (let n: usize = 1; n < BESSEL_TERMS; n++) {
    term *= quarter * load<f64>(inverseSquares + (n << 3));
    sum += term;
    if (term < sum * 1e-17) break;
  }
  return sum;
}

/** One channel of interleaved 32-bit floats as 64-bit ones. `source` is its first value. */
export function widen(source: usize, target: usize, channels: i32, samples: i32): void {
  const stride = <usize>channels << 2;
  for (let i = 0; i < samples; i++) {
    store<f64>(target + (<usize>i << 3), <f64>load<f32>(source + <usize>i * stride));
  }
}

/**
 * Output samples of one channel. `input` is the sample under the first tap of output 0; outputs that share a
 * row are computed four at a time, so that its taps are loaded once for four.
 *
 * @param rows - `up` rows (L) of `taps` f64 each.
 * @param phase - p of output 0, of L.
 * @param input - f64.
 * @param output - f32, `stride` bytes apart.
 */
export function resample(
  rows: usize,
  taps: i32,
  up: i32,
  down: i32,
  phase: i32,
  input: usize,
  output: usize,
  stride: i32,
  count: i32,
): void {
  const step = <usize>down << 3;
  const reach = <usize>taps << 3;
  for (let first = 0; first < up && first < count; first++) {
    const ahead = <i64>phase + <i64>first * <i64>down;
    const row = rows + <usize>(ahead % up) * reach;
    const end = row + reach;
    let x = input + (<usize>(ahead / up) << 3);
    let m = first;
    for (; m + 3 * up < count; m += 4 * up) {
      let a = f64x2.splat(0);
      let b = f64x2.splat(0);
      let c = f64x2.splat(0);
      let d = f64x2.splat(0);
      let xa = x;
      let xb = xa + step;
      let xc = xb + step;
      let xd = xc + step;
      for (let tap = row; tap < end; tap += 32) {
        let pair = v128.load(tap);
        a = f64x2.add(a, f64x2.mul(pair, v128.load(xa)));
        b = f64x2.add(b, f64x2.mul(pair, v128.load(xb)));
        c = f64x2.add(c, f64x2.mul(pair, v128.load(xc)));
        d = f64x2.add(d, f64x2.mul(pair, v128.load(xd)));
        pair = v128.load(tap, 16);
        a = f64x2.add(a, f64x2.mul(pair, v128.load(xa, 16)));
        b = f64x2.add(b, f64x2.mul(pair, v128.load(xb, 16)));
        c = f64x2.add(c, f64x2.mul(pair, v128.load(xc, 16)));
        d = f64x2.add(d, f64x2.mul(pair, v128.load(xd, 16)));
        xa += 32;
        xb += 32;
        xc += 32;
        xd += 32;
      }
      put(output, m, stride, a);
      put(output, m + up, stride, b);
      put(output, m + 2 * up, stride, c);
      put(output, m + 3 * up, stride, d);
      x += 4 * step;
    }
    for (; m < count; m += up) {
      let sum = f64x2.splat(0);
      let place = x;
      for (let tap = row; tap < end; tap += 16) {
        sum = f64x2.add(sum, f64x2.mul(v128.load(tap), v128.load(place)));
        place += 16;
      }
      put(output, m, stride, sum);
      x += step;
    }
  }
}

/**
 * One output sample whose place lies between two rows: they are joined by a cubic through four of them, into
 * `row`, which then serves every channel.
 *
 * @param rows - The row before the place's own, and the three that follow it.
 * @param fraction - Of the way from the second row to the third, 0 … 1.
 */
export function joinTaps(rows: usize, taps: i32, fraction: f64, row: usize): void {
  // Lagrange's weights for points at −1, 0, 1 and 2. They add up to 1, and so do the taps.
  const f = fraction;
  const before = f64x2.splat((-f * (f - 1.0) * (f - 2.0)) / 6.0);
  const here = f64x2.splat(((f + 1.0) * (f - 1.0) * (f - 2.0)) / 2.0);
  const next = f64x2.splat((-(f + 1.0) * f * (f - 2.0)) / 2.0);
  const after = f64x2.splat(((f + 1.0) * f * (f - 1.0)) / 6.0);
  const reach = <usize>taps << 3;
  for (let k: usize = 0; k < reach; k += 16) {
    const place = rows + k;
    let sum = f64x2.mul(before, v128.load(place));
    sum = f64x2.add(sum, f64x2.mul(here, v128.load(place + reach)));
    sum = f64x2.add(sum, f64x2.mul(next, v128.load(place + 2 * reach)));
    sum = f64x2.add(sum, f64x2.mul(after, v128.load(place + 3 * reach)));
    v128.store(row + k, sum);
  }
}

/** Rounds and stores the output whose even and odd taps have been summed. */
// @ts-ignore: decorator
@inline
function put(output: usize, sample: i32, stride: i32, sum: v128): void {
  const place = output + <usize>sample * <usize>stride;
  store<f32>(place, <f32>(f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1)));
}
