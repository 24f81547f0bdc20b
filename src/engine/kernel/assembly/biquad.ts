// Filters of second order in a row, on pairs of 64-bit floats (L R), in place.
//
//   x ─▶ [ b0 b1 b2 / 1 a1 a2 ] ─▶ [ … ] ─▶ y        each in transposed direct form II
//
// with y = b0·x + s put into what the states become, so that they wait for the states before them and not for y:
//
//   s ◀── (b1 − a1·b0)·x + t − a1·s        t ◀── (b2 − a2·b0)·x − a2·s
//
// Filters carry state, so whoever runs them begins each run at a place that does not depend on what was asked
// for: then the bits do not either.

/** f64 values of one stage: b0, b1, b2, a1, a2. */
const STAGE_BYTES: usize = 40;
/** Two pairs of f64. */
const STATE_BYTES: usize = 32;

/** Samples after which states are looked at for values that have become too small to matter. */
const TILE: i32 = 64;
/** −600 dB: far below what a sum can hold, far above the subnormal numbers, which are slow. */
const SMALLEST: f64 = 1e-30;

const HIGH_PASS: i32 = 0;
const LOW_PASS: i32 = 1;
const LOW_SHELF: i32 = 2;
const HIGH_SHELF: i32 = 3;

/**
 * Writes the five coefficients of a stage.
 *
 * @param type - 0 high-pass, 1 low-pass, 2 low shelf, 3 high shelf, 4 bell.
 * @param turn - Frequency in parts of the sample rate, between 0 and ½.
 * @see R. Bristow-Johnson, "Cookbook formulae for audio equalizer biquad filter coefficients"
 */
export function designBiquad(stage: usize, type: i32, turn: f64, q: f64, gainDb: f64): void {
  const angle = 2.0 * Math.PI * turn;
  const sine = Math.sin(angle);
  const cosine = Math.cos(angle);
  // 1 − cos without the cancellation at low frequencies.
  const half = Math.sin(angle * 0.5);
  const rest = 2.0 * half * half;
  const alpha = sine / (2.0 * q);
  if (type == HIGH_PASS) {
    const b = (1.0 + cosine) * 0.5;
    put(stage, b, -2.0 * b, b, 1.0 + alpha, -2.0 * cosine, 1.0 - alpha);
  } else if (type == LOW_PASS) {
    put(stage, rest * 0.5, rest, rest * 0.5, 1.0 + alpha, -2.0 * cosine, 1.0 - alpha);
  } else if (type == LOW_SHELF || type == HIGH_SHELF) {
    const a = 10.0 ** (gainDb / 40.0);
    const slope = 2.0 * Math.sqrt(a) * alpha;
    const sum = a + 1.0;
    const difference = a - 1.0;
    // A high shelf is a low one seen from the other end of the spectrum: the cosine changes its sign.
    const sign = type == LOW_SHELF ? 1.0 : -1.0;
    const c = sign * cosine;
    put(
      stage,
      a * (sum - difference * c + slope),
      sign * 2.0 * a * (difference - sum * c),
      a * (sum - difference * c - slope),
      sum + difference * c + slope,
      sign * -2.0 * (difference + sum * c),
      sum + difference * c - slope,
    );
  } else {
    const a = 10.0 ** (gainDb / 40.0);
    put(stage, 1.0 + alpha * a, -2.0 * cosine, 1.0 - alpha * a, 1.0 + alpha / a, -2.0 * cosine, 1.0 - alpha / a);
  }
}

function put(stage: usize, b0: f64, b1: f64, b2: f64, a0: f64, a1: f64, a2: f64): void {
  store<f64>(stage, b0 / a0, 0);
  store<f64>(stage, b1 / a0, 8);
  store<f64>(stage, b2 / a0, 16);
  store<f64>(stage, a1 / a0, 24);
  store<f64>(stage, a2 / a0, 32);
}

/**
 * Filters `count` pairs in place, one stage after another.
 *
 * @param states - Two pairs a stage: zero where a run begins, kept from call to call of one run, whose calls but
 *   the last have a multiple of 64 pairs.
 */
export function filterPairs(stages: usize, states: usize, stageCount: i32, pairs: usize, count: i32): void {
  for (let from = 0; from < count; from += TILE) {
    const some = min(TILE, count - from);
    const tile = pairs + (<usize>from << 4);
    let index: usize = 0;
    for (; index + 1 < <usize>stageCount; index += 2) {
      filterTwice(stages + index * STAGE_BYTES, states + index * STATE_BYTES, tile, some);
    }
    if (index < <usize>stageCount) {
      filterOnce(stages + index * STAGE_BYTES, states + index * STATE_BYTES, tile, some);
    }
  }
}

function filterOnce(stage: usize, state: usize, pairs: usize, count: i32): void {
  const b0 = v128.load64_splat(stage, 0);
  const b1 = v128.load64_splat(stage, 8);
  const b2 = v128.load64_splat(stage, 16);
  const a1 = v128.load64_splat(stage, 24);
  const a2 = v128.load64_splat(stage, 32);
  const f1 = f64x2.sub(b1, f64x2.mul(a1, b0));
  const f2 = f64x2.sub(b2, f64x2.mul(a2, b0));
  let s = v128.load(state, 0);
  let t = v128.load(state, 16);
  const end = pairs + (<usize>count << 4);
  for (let at = pairs; at < end; at += 16) {
    const x = v128.load(at);
    v128.store(at, f64x2.add(f64x2.mul(b0, x), s));
    const next = f64x2.sub(f64x2.add(f64x2.mul(f1, x), t), f64x2.mul(a1, s));
    t = f64x2.sub(f64x2.mul(f2, x), f64x2.mul(a2, s));
    s = next;
  }
  v128.store(state, withoutSmall(s), 0);
  v128.store(state, withoutSmall(t), 16);
}

/** Two stages at once: the second one works while the first waits for itself. */
function filterTwice(stage: usize, state: usize, pairs: usize, count: i32): void {
  const b0 = v128.load64_splat(stage, 0);
  const b1 = v128.load64_splat(stage, 8);
  const b2 = v128.load64_splat(stage, 16);
  const a1 = v128.load64_splat(stage, 24);
  const a2 = v128.load64_splat(stage, 32);
  const d0 = v128.load64_splat(stage, 40);
  const d1 = v128.load64_splat(stage, 48);
  const d2 = v128.load64_splat(stage, 56);
  const c1 = v128.load64_splat(stage, 64);
  const c2 = v128.load64_splat(stage, 72);
  const f1 = f64x2.sub(b1, f64x2.mul(a1, b0));
  const f2 = f64x2.sub(b2, f64x2.mul(a2, b0));
  const g1 = f64x2.sub(d1, f64x2.mul(c1, d0));
  const g2 = f64x2.sub(d2, f64x2.mul(c2, d0));
  let s = v128.load(state, 0);
  let t = v128.load(state, 16);
  let u = v128.load(state, 32);
  let v = v128.load(state, 48);
  const end = pairs + (<usize>count << 4);
  for (let at = pairs; at < end; at += 16) {
    const x = v128.load(at);
    const y = f64x2.add(f64x2.mul(b0, x), s);
    const nextS = f64x2.sub(f64x2.add(f64x2.mul(f1, x), t), f64x2.mul(a1, s));
    t = f64x2.sub(f64x2.mul(f2, x), f64x2.mul(a2, s));
    s = nextS;
    v128.store(at, f64x2.add(f64x2.mul(d0, y), u));
    const nextU = f64x2.sub(f64x2.add(f64x2.mul(g1, y), v), f64x2.mul(c1, u));
    v = f64x2.sub(f64x2.mul(g2, y), f64x2.mul(c2, u));
    u = nextU;
  }
  v128.store(state, withoutSmall(s), 0);
  v128.store(state, withoutSmall(t), 16);
  v128.store(state, withoutSmall(u), 32);
  v128.store(state, withoutSmall(v), 48);
}

/** Zero in place of what is smaller than SMALLEST. */
function withoutSmall(state: v128): v128 {
  return v128.and(state, f64x2.ge(f64x2.abs(state), f64x2.splat(SMALLEST)));
}

/** `count` samples of f32, of 1 or 2 channels, as pairs of f64; the right of one channel is 0. */
export function pairsFromFloats(source: usize, pairs: usize, channels: i32, count: i32): void {
  for (let i: usize = 0; i < <usize>count; i++) {
    const sample = channels == 1 ? v128.load32_zero(source + (i << 2)) : v128.load64_zero(source + (i << 3));
    v128.store(pairs + (i << 4), f64x2.promote_low_f32x4(sample));
  }
}

/** Pairs of f64, rounded to f32 of 1 (the left one) or 2 channels; −0 becomes +0. */
export function floatsFromPairs(pairs: usize, target: usize, channels: i32, count: i32): void {
  const zero = f32x4.splat(0);
  for (let i: usize = 0; i < <usize>count; i++) {
    const sample = f32x4.add(f32x4.demote_f64x2_zero(v128.load(pairs + (i << 4))), zero);
    if (channels == 1) v128.store32_lane(target + (i << 2), sample, 0);
    else v128.store64_lane(target + (i << 3), sample, 0);
  }
}
