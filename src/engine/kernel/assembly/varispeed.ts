// Sounds read at places between their samples, each place on its own: a polyphase windowed sinc whose rows are
// joined by a straight line.
//
//   place ─▶ whole ──────────────▶ x[whole − T/2 + 1 …] ──▶ ×, + ──▶ × gain ──▶ value
//        └─▶ fraction ─▶ two rows ─▶ joined row of T taps ──┘
//
// A value depends on its own place and gain alone, so its bits are the same whatever is read beside it. Taps and
// sums are 32-bit floats, in four lanes and more sums: their rounding lies 140 dB down, below what the joined
// rows and the window leave.

/**
 * Reads a sound of one channel at `count` places.
 *
 * @param rows - `phases` + 1 rows of `taps` f32, row p for p/phases of a sample late; `taps` is a multiple of 8.
 * @param input - f32; its first value is the sound's sample `first`. It must have all that the taps reach.
 * @param places - f64, in samples of the sound.
 * @param gains - f32, one a place; 0 where all are 1.
 * @param values - f32, written, or added to if `add`.
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
  const reach = <usize>taps << 2;
  const origin = first + <f64>(taps / 2 - 1);
  for (let i: usize = 0; i < <usize>count; i++) {
    const place = load<f64>(places + (i << 3));
    const whole = Math.floor(place);
    const phase = (place - whole) * <f64>phases;
    const index = min(<i32>phase, phases - 1);
    const fraction = f32x4.splat(<f32>(phase - <f64>index));
    let row = rows + <usize>index * reach;
    const end = row + reach;
    let x = input + (<usize>(<i32>(whole - origin)) << 2);
    let a = f32x4.splat(0);
    let b = a;
    for (; row < end; row += 32) {
      const next = row + reach;
      a = f32x4.add(a, f32x4.mul(joined(row, next, 0, fraction), v128.load(x, 0)));
      b = f32x4.add(b, f32x4.mul(joined(row, next, 16, fraction), v128.load(x, 16)));
      x += 32;
    }
    const sums = f32x4.add(a, b);
    const pair = f32x4.add(sums, v128.shuffle<f32>(sums, sums, 2, 3, 0, 1));
    let value = f32x4.extract_lane(pair, 0) + f32x4.extract_lane(pair, 1);
    if (gains != 0) value *= load<f32>(gains + (i << 2));
    const at = values + (i << 2);
    store<f32>(at, add ? load<f32>(at) + value : value);
  }
}

/**
 * The same for two channels, L and R each in a plane of its own, which share their joined rows.
 *
 * @param right - Bytes from left's plane to right's.
 * @param values - Pairs of f32, L R.
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
  const reach = <usize>taps << 2;
  const origin = first + <f64>(taps / 2 - 1);
  for (let i: usize = 0; i < <usize>count; i++) {
    const place = load<f64>(places + (i << 3));
    const whole = Math.floor(place);
    const phase = (place - whole) * <f64>phases;
    const index = min(<i32>phase, phases - 1);
    const fraction = f32x4.splat(<f32>(phase - <f64>index));
    let row = rows + <usize>index * reach;
    const end = row + reach;
    let x = input + (<usize>(<i32>(whole - origin)) << 2);
    let y = x + <usize>right;
    let a = f32x4.splat(0);
    let b = a;
    let c = a;
    let d = a;
    for (; row < end; row += 32) {
      const next = row + reach;
      const near = joined(row, next, 0, fraction);
      a = f32x4.add(a, f32x4.mul(near, v128.load(x, 0)));
      b = f32x4.add(b, f32x4.mul(near, v128.load(y, 0)));
      const far = joined(row, next, 16, fraction);
      c = f32x4.add(c, f32x4.mul(far, v128.load(x, 16)));
      d = f32x4.add(d, f32x4.mul(far, v128.load(y, 16)));
      x += 32;
      y += 32;
    }
    const l = f32x4.add(a, c);
    const r = f32x4.add(b, d);
    // L R L R, half of the lanes' sum in each pair.
    const pairs = f32x4.add(v128.shuffle<f32>(l, r, 0, 4, 1, 5), v128.shuffle<f32>(l, r, 2, 6, 3, 7));
    let value = f32x4.add(pairs, v128.shuffle<f32>(pairs, pairs, 2, 3, 0, 1));
    if (gains != 0) value = f32x4.mul(value, v128.load32_splat(gains + (i << 2)));
    const at = values + (i << 3);
    if (add) value = f32x4.add(value, v128.load64_zero(at));
    v128.store64_lane(at, value, 0);
  }
}

/** Four taps, `fraction` of the way from one row to the next. */
// @ts-ignore: decorator
@inline
function joined(row: usize, next: usize, offset: usize, fraction: v128): v128 {
  const taps = v128.load(row + offset);
  return f32x4.add(taps, f32x4.mul(fraction, f32x4.sub(v128.load(next + offset), taps)));
}

/** Brings L R L R … into two planes of f32, `samples` each. The last ones are read and written four at a time. */
export function separatePairs(pairs: usize, left: usize, right: usize, samples: i32): void {
  const end = left + (<usize>samples << 2);
  for (; left < end; left += 16) {
    const a = v128.load(pairs, 0);
    const b = v128.load(pairs, 16);
    v128.store(left, v128.shuffle<f32>(a, b, 0, 2, 4, 6));
    v128.store(right, v128.shuffle<f32>(a, b, 1, 3, 5, 7));
    pairs += 32;
    right += 16;
  }
}
