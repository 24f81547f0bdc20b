// Sounds read at places between their samples, each place on its own: a polyphase windowed sinc whose rows are
// joined by a straight line.
//
//   place ─▶ whole ──────────────▶ x[whole − T/2 + 1 …] ──▶ ×, + (f64) ──▶ × gain ──▶ value
//        └─▶ fraction ─▶ two rows ─▶ joined row of T taps ──┘
//
// A value depends on its own place and gain alone, so its bits are the same whatever is read beside it.

/**
 * Reads a sound of one channel at `count` places.
 *
 * @param rows - `phases` + 1 rows of `taps` f64, row p for p/phases of a sample late; `taps` is a multiple of 8.
 * @param input - f64; its first value is the sound's sample `first`. It must have all that the taps reach.
 * @param places - f64, in samples of the sound.
 * @param gains - f64, one a place; 0 where all are 1.
 * @param values - f64, written, or added to if `add`.
 */
export function readPlaces(
  rows: usize,
  taps: i32,
  phases: i32,
  input: usize,
  first: f64,
  places: usize,
  gains: usize,
  values: usize,
  count: i32,
  add: bool,
): void {
  const reach = <usize>taps << 3;
  const origin = first + <f64>(taps / 2 - 1);
  for (let i: usize = 0; i < <usize>count; i++) {
    const place = load<f64>(places + (i << 3));
    const whole = Math.floor(place);
    const phase = (place - whole) * <f64>phases;
    const index = min(<i32>phase, phases - 1);
    const fraction = f64x2.splat(phase - <f64>index);
    let row = rows + <usize>index * reach;
    const end = row + reach;
    let x = input + (<usize>(<i32>(whole - origin)) << 3);
    let a = f64x2.splat(0);
    let b = a;
    let c = a;
    let d = a;
    for (; row < end; row += 64) {
      const next = row + reach;
      a = f64x2.add(a, f64x2.mul(joined(row, next, 0, fraction), v128.load(x, 0)));
      b = f64x2.add(b, f64x2.mul(joined(row, next, 16, fraction), v128.load(x, 16)));
      c = f64x2.add(c, f64x2.mul(joined(row, next, 32, fraction), v128.load(x, 32)));
      d = f64x2.add(d, f64x2.mul(joined(row, next, 48, fraction), v128.load(x, 48)));
      x += 64;
    }
    const sum = f64x2.add(f64x2.add(a, b), f64x2.add(c, d));
    let value = f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
    if (gains != 0) value *= load<f64>(gains + (i << 3));
    const at = values + (i << 3);
    store<f64>(at, add ? load<f64>(at) + value : value);
  }
}

/**
 * The same for two channels, L and R each in a plane of its own, which share their joined rows.
 *
 * @param right - Bytes from left's plane to right's.
 * @param values - Pairs of f64, L R.
 */
export function readPlacesStereo(
  rows: usize,
  taps: i32,
  phases: i32,
  input: usize,
  right: i32,
  first: f64,
  places: usize,
  gains: usize,
  values: usize,
  count: i32,
  add: bool,
): void {
  const reach = <usize>taps << 3;
  const origin = first + <f64>(taps / 2 - 1);
  for (let i: usize = 0; i < <usize>count; i++) {
    const place = load<f64>(places + (i << 3));
    const whole = Math.floor(place);
    const phase = (place - whole) * <f64>phases;
    const index = min(<i32>phase, phases - 1);
    const fraction = f64x2.splat(phase - <f64>index);
    let row = rows + <usize>index * reach;
    const end = row + reach;
    let x = input + (<usize>(<i32>(whole - origin)) << 3);
    let y = x + <usize>right;
    let a = f64x2.splat(0);
    let b = a;
    let c = a;
    let d = a;
    for (; row < end; row += 32) {
      const next = row + reach;
      let pair = joined(row, next, 0, fraction);
      a = f64x2.add(a, f64x2.mul(pair, v128.load(x, 0)));
      b = f64x2.add(b, f64x2.mul(pair, v128.load(y, 0)));
      pair = joined(row, next, 16, fraction);
      c = f64x2.add(c, f64x2.mul(pair, v128.load(x, 16)));
      d = f64x2.add(d, f64x2.mul(pair, v128.load(y, 16)));
      x += 32;
      y += 32;
    }
    const l = f64x2.add(a, c);
    const r = f64x2.add(b, d);
    let value = f64x2.add(v128.shuffle<f64>(l, r, 0, 2), v128.shuffle<f64>(l, r, 1, 3));
    if (gains != 0) value = f64x2.mul(value, v128.load64_splat(gains + (i << 3)));
    const at = values + (i << 4);
    v128.store(at, add ? f64x2.add(v128.load(at), value) : value);
  }
}

/** Two taps, `fraction` of the way from one row to the next. */
// @ts-ignore: decorator
@inline
function joined(row: usize, next: usize, offset: usize, fraction: v128): v128 {
  const tap = v128.load(row + offset);
  return f64x2.add(tap, f64x2.mul(fraction, f64x2.sub(v128.load(next + offset), tap)));
}
