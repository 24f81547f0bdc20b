// A sound driven into a gentle limit, at twice its rate so that what the limit makes of it does not fold back:
//
//   x ─▶ ×2 ─┬─ even: x itself ──────────▶ f ─┬─▶ half-band ─▶ ÷2 ─▶ out
//            └─ odd: half-band between ───▶ f ─┘
//
// Every output is a sum over the same 4·TAPS inputs around it, so its bits do not depend on what is made beside it.

/** Taps of the half-band filter on each side, of those that are not zero. */
const TAPS: i32 = 10;
/** Inputs to each side of an output. */
const REACH: i32 = 20;

/**
 * Kaiser window (β 9.6) on 39 taps, the tap in the middle ½: at 96 kHz it passes up to 17 kHz within 0.005 dB, and
 * stops from 33 kHz on, 93 dB down.
 */
const H = memory.data<f64>([
  0.3143229489861033, -0.09467743833464677, 0.046232377718944735, -0.024032656804548615, 0.01201295735942129,
  -0.005463315436380874, 0.0021439193458045983, -0.0006710158067566481, 0.00014091460600624002,
  -0.000008691633947263872,
]);

/** Inputs that {@link drive} needs before its first output, and behind its last. */
export function driveReach(): i32 {
  return REACH;
}

/**
 * Writes `count` samples of one channel, f32.
 *
 * The limit is f(u) = u·(27 + u²) / (27 + 9u²) for |u| < 3 and ±1 beyond, which follows tanh and has no corner; what
 * comes out is (f(gain·x + bias) − f(bias)) / (gain·f′(bias)): 1 for 1 where x is small.
 *
 * @param input - f32 of `channels` channels, from REACH samples before the first output to REACH behind the last.
 * @param mono - Room for count + 2·REACH f64, and 8 bytes more.
 * @param even - Room for as many.
 * @param odd - Room for as many.
 */
export function drive(
  input: usize,
  channels: i32,
  mono: usize,
  even: usize,
  odd: usize,
  target: usize,
  count: i32,
  gain: f64,
  bias: f64,
): void {
  const samples = count + 2 * REACH;
  for (let n = 0; n < samples; n++) {
    const value =
      channels == 1
        ? <f64>load<f32>(input + (<usize>n << 2))
        : (<f64>load<f32>(input + (<usize>n << 3)) + <f64>load<f32>(input + (<usize>n << 3), 4)) * 0.5;
    store<f64>(mono + (<usize>n << 3), value * gain + bias);
  }
  // A sample more than needed at the end of each, so that pairs may be made: it is not used.
  for (let n = TAPS; n < samples - TAPS; n += 2) {
    const at = <usize>n << 3;
    v128.store(even + at, limit(v128.load(mono + at)));
  }
  for (let n = TAPS; n < samples - TAPS - 1; n += 2) {
    const at = mono + (<usize>n << 3);
    let sum = f64x2.splat(0);
    for (let k = 0; k < TAPS; k++) {
      const near = <usize>k << 3;
      const pair = f64x2.add(v128.load(at - near), v128.load(at + near + 8));
      sum = f64x2.add(sum, f64x2.mul(v128.load64_splat(H + near), pair));
    }
    // Twice, for the zeros between the samples.
    v128.store(odd + (<usize>n << 3), limit(f64x2.add(sum, sum)));
  }
  const half = f64x2.splat(0.5);
  const rest = f64x2.splat(value(bias));
  const square = bias * bias;
  const below = 27 + 9 * square;
  const slope = ((27 + 3 * square) * below - 18 * square * (27 + square)) / (below * below);
  const scale = f64x2.splat(1 / (gain * slope));
  for (let n = 0; n < count; n += 2) {
    const at = <usize>(n + REACH) << 3;
    let sum = f64x2.mul(half, v128.load(even + at));
    for (let k = 0; k < TAPS; k++) {
      const near = <usize>k << 3;
      const pair = f64x2.add(v128.load(odd + at - near - 8), v128.load(odd + at + near));
      sum = f64x2.add(sum, f64x2.mul(v128.load64_splat(H + near), pair));
    }
    const out = f64x2.mul(f64x2.sub(sum, rest), scale);
    store<f32>(target + (<usize>n << 2), <f32>f64x2.extract_lane(out, 0));
    if (n + 1 < count) store<f32>(target + (<usize>n << 2), <f32>f64x2.extract_lane(out, 1), 4);
  }
}

/** The limit, of a pair. */
// @ts-ignore: decorator
@inline
function limit(pair: v128): v128 {
  const u = f64x2.max(f64x2.min(pair, f64x2.splat(3)), f64x2.splat(-3));
  const square = f64x2.mul(u, u);
  const above = f64x2.mul(u, f64x2.add(f64x2.splat(27), square));
  return f64x2.div(above, f64x2.add(f64x2.splat(27), f64x2.mul(f64x2.splat(9), square)));
}

/** The limit, of one. */
// @ts-ignore: decorator
@inline
function value(u: f64): f64 {
  return (u * (27 + u * u)) / (27 + 9 * u * u);
}
