// Places in a sound that is read at a speed with waves and drifts: what each adds, sample by sample. The arithmetic
// is that of SpeedPlace.at, operation by operation, so that the bits are the same.

/** Samples whose angles a table has. */
const STEPS: usize = 64;

/**
 * Adds to places what a wave has moved them by, for samples that share an anchor, its angle turned on step by step:
 * swing · (atStart − (cosine · cos step − sine · sin step)).
 *
 * @param places - `count` f64 values.
 * @param turns - Cosines, then sines, of the first 64 samples of the wave's period, f64.
 * @param first - Samples from the anchor to the first place; first + count ≤ 64.
 * @param cosine - Of the wave's angle at the anchor; so is `sine`.
 */
export function addWave(
  places: usize,
  count: i32,
  turns: usize,
  first: i32,
  swing: f64,
  atStart: f64,
  cosine: f64,
  sine: f64,
): void {
  const swings = f64x2.splat(swing);
  const starts = f64x2.splat(atStart);
  const cosines = f64x2.splat(cosine);
  const sines = f64x2.splat(sine);
  let turn = turns + (<usize>first << 3);
  let at = places;
  const end = places + (<usize>count << 3);
  for (; at + 8 < end; at += 16) {
    const turned = f64x2.sub(
      f64x2.mul(cosines, v128.load(turn)),
      f64x2.mul(sines, v128.load(turn, STEPS * 8)),
    );
    v128.store(at, f64x2.add(v128.load(at), f64x2.mul(swings, f64x2.sub(starts, turned))));
    turn += 16;
  }
  if (at < end) {
    const turned = cosine * load<f64>(turn) - sine * load<f64>(turn, STEPS * 8);
    store<f64>(at, load<f64>(at) + swing * (atStart - turned));
  }
}

/**
 * Adds to places what a drift has moved them by, for samples between two of its knots.
 *
 * @param places - `count` f64 values, of the samples from `from` on.
 * @param step - Samples from knot to knot.
 * @param knot - Number of the knot at or before all of them.
 * @param before - Samples that it has moved the place by at the knot.
 * @param rise - How much more it is at the next one.
 */
export function addDrift(
  places: usize,
  count: i32,
  from: f64,
  step: f64,
  knot: f64,
  before: f64,
  rise: f64,
): void {
  const steps = f64x2.splat(step);
  const knots = f64x2.splat(knot);
  const befores = f64x2.splat(before);
  const rises = f64x2.splat(rise);
  let sample = f64x2(from, from + 1.0);
  let at = places;
  const end = places + (<usize>count << 3);
  for (; at + 8 < end; at += 16) {
    const moved = drifted(sample, steps, knots, befores, rises);
    v128.store(at, f64x2.add(v128.load(at), moved));
    sample = f64x2.add(sample, f64x2.splat(2.0));
  }
  if (at < end) {
    const moved = drifted(sample, steps, knots, befores, rises);
    store<f64>(at, load<f64>(at) + f64x2.extract_lane(moved, 0));
  }
}

// @ts-ignore: decorator
@inline
function drifted(sample: v128, step: v128, knot: v128, before: v128, rise: v128): v128 {
  return f64x2.add(before, f64x2.mul(rise, smooth(f64x2.sub(f64x2.div(sample, step), knot))));
}

/** Rises from 0 to 1 with no slope and no bend at its ends: u³·(10 + u·(6u − 15)). */
// @ts-ignore: decorator
@inline
function smooth(u: v128): v128 {
  const inner = f64x2.sub(f64x2.mul(f64x2.splat(6.0), u), f64x2.splat(15.0));
  return f64x2.mul(
    f64x2.mul(f64x2.mul(u, u), u),
    f64x2.add(f64x2.splat(10.0), f64x2.mul(u, inner)),
  );
}
