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
const H = memory.data<f32>([
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
 * comes out is (f(gain·x + bias) − f(bias)) / (gain·f′(bias)): 1 for 1 where x is small. All of it is 32-bit float,
 * four samples to a vector: its rounding lies 140 dB below what is driven.
 *
 * @param input - f32 of `channels` channels, from REACH samples before the first output to REACH behind the last.
 * @param mono - Room for count + 2·REACH f32, and 16 bytes more.
 * @param even - Room for as many.
 * @param odd - Room for as many.
 * @param target - Room for count f32, and 16 bytes more.
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
  const gains = f32x4.splat(<f32>(channels == 1 ? gain : gain * 0.5));
  const biases = f32x4.splat(<f32>bias);
  for (let n = 0; n < samples; n += 4) {
    const at = <usize>n << 2;
    let values: v128;
    if (channels == 1) {
      values = v128.load(input + at);
    } else {
      const first = v128.load(input + 2 * at);
      const second = v128.load(input + 2 * at, 16);
      values = f32x4.add(
        v128.shuffle<f32>(first, second, 0, 2, 4, 6),
        v128.shuffle<f32>(first, second, 1, 3, 5, 7),
      );
    }
    v128.store(mono + at, f32x4.mul(values, gains));
  }
  // What silence is limited to is taken away at once: it comes out as zeros.
  const rest = limit(biases);
  // A few samples more than needed at the end of each, so that whole vectors may be made: they are not used.
  for (let n = TAPS; n < samples - TAPS; n += 4) {
    const at = <usize>n << 2;
    v128.store(even + at, f32x4.sub(limit(f32x4.add(v128.load(mono + at), biases)), rest));
  }
  for (let n = TAPS; n < samples - TAPS - 1; n += 4) {
    const at = mono + (<usize>n << 2);
    let sum = f32x4.splat(0);
    for (let k = 0; k < TAPS; k++) {
      const near = <usize>k << 2;
      const pair = f32x4.add(v128.load(at - near), v128.load(at + near + 4));
      sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(H + near), pair));
    }
    // Twice, for the zeros between the samples.
    v128.store(odd + (<usize>n << 2), f32x4.sub(limit(f32x4.add(f32x4.add(sum, sum), biases)), rest));
  }
  const half = f32x4.splat(0.5);
  const square = bias * bias;
  const below = 27 + 9 * square;
  const slope = ((27 + 3 * square) * below - 18 * square * (27 + square)) / (below * below);
  const scale = f32x4.splat(<f32>(1 / (gain * slope)));
  for (let n = 0; n < count; n += 4) {
    const at = <usize>(n + REACH) << 2;
    let sum = f32x4.mul(half, v128.load(even + at));
    for (let k = 0; k < TAPS; k++) {
      const near = <usize>k << 2;
      const pair = f32x4.add(v128.load(odd + at - near - 4), v128.load(odd + at + near));
      sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(H + near), pair));
    }
    v128.store(target + (<usize>n << 2), f32x4.mul(sum, scale));
  }
}

/** The limit, of four. */
// @ts-ignore: decorator
@inline
function limit(values: v128): v128 {
  const u = f32x4.max(f32x4.min(values, f32x4.splat(3)), f32x4.splat(-3));
  const square = f32x4.mul(u, u);
  const above = f32x4.mul(u, f32x4.add(f32x4.splat(27), square));
  return f32x4.div(above, f32x4.add(f32x4.splat(27), f32x4.mul(f32x4.splat(9), square)));
}
