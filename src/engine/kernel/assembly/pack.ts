/**
 * From 32-bit float to the integers of a file and back. A value is a number of one channel; `values` counts
 * them over all channels. Integers wait as 32-bit until they are packed, so that stems can be added up.
 */

/**
 * Rounds values × `scale` to integers, ties to even, no dither.
 *
 * @param scale - 2²³ or 2¹⁵: a power of two, so that the product is exact.
 * @param limit - Results are held within ±limit, far outside the file's range, so that sums cannot wrap.
 * @returns Their {@link magnitude}.
 */
export function quantise(input: usize, output: usize, values: i32, scale: f32, limit: i32): f64 {
  const scales = f32x4.splat(scale);
  const most = i32x4.splat(limit);
  const least = i32x4.splat(-limit);
  let greatest = i32x4.splat(0);
  let n = 0;
  for (; n + 4 <= values; n += 4) {
    const rounded = f32x4.nearest(f32x4.mul(v128.load(input), scales));
    const held = i32x4.max_s(least, i32x4.min_s(most, i32x4.trunc_sat_f32x4_s(rounded)));
    v128.store(output, held);
    greatest = i32x4.max_u(greatest, i32x4.abs(held));
    input += 16;
    output += 16;
  }
  let result = greatestOf(greatest);
  for (; n < values; n++) {
    const held = max(-limit, min(limit, <i32>nearest(load<f32>(input) * scale)));
    store<i32>(output, held);
    result = max(result, <u32>abs(held));
    input += 4;
    output += 4;
  }
  return <f64>result;
}

/**
 * Rounds interleaved stereo to 16-bit integers with triangular dither of two steps peak to peak.
 *
 * The dither of a channel at absolute sample n is (high − low)/65536 steps, where high and low are the
 * halves of the 32-bit number that `random/random.ts` calls `integerAt(seed, n)`: a triangle from −1 to 1
 * whose mean is exactly 0.
 *
 * @param index - Absolute sample of the first one, modulo 2³².
 * @param epoch - Absolute sample of the first one, divided by 2³² and rounded down; the same for all.
 */
export function quantiseDithered(
  input: usize,
  output: usize,
  samples: i32,
  leftSeed: i32,
  rightSeed: i32,
  index: i32,
  epoch: i32,
  limit: i32,
): void {
  const seeds = i32x4(leftSeed, rightSeed, leftSeed, rightSeed);
  const epochs = i32x4.splat(epoch);
  const scales = f64x2.splat(32768.0);
  const part = f64x2.splat(1.0 / 65536.0);
  const most = i32x4.splat(limit);
  const least = i32x4.splat(-limit);
  const two = i32x4.splat(2);
  let indexes = i32x4(index, index, index + 1, index + 1);
  for (let n = 0; n < samples; n += 2) {
    const pair = n + 2 <= samples;
    const x = pair ? v128.load(input) : v128.load64_zero(input);
    const inner = scramble(v128.xor(seeds, i32x4.mul(indexes, i32x4.splat(0x9e3779b9))));
    const random = scramble(v128.xor(inner, epochs));
    const dither = i32x4.sub(i32x4.shr_u(random, 16), v128.and(random, i32x4.splat(0xffff)));
    const low = f64x2.nearest(
      f64x2.add(
        f64x2.mul(f64x2.promote_low_f32x4(x), scales),
        f64x2.mul(f64x2.convert_low_i32x4_s(dither), part),
      ),
    );
    const high = f64x2.nearest(
      f64x2.add(
        f64x2.mul(f64x2.promote_low_f32x4(upper(x)), scales),
        f64x2.mul(f64x2.convert_low_i32x4_s(upper(dither)), part),
      ),
    );
    const rounded = v128.shuffle<i64>(
      i32x4.trunc_sat_f64x2_s_zero(low),
      i32x4.trunc_sat_f64x2_s_zero(high),
      0,
      2,
    );
    const held = i32x4.max_s(least, i32x4.min_s(most, rounded));
    if (pair) v128.store(output, held);
    else v128.store64_lane(output, held, 0);
    indexes = i32x4.add(indexes, two);
    input += 16;
    output += 16;
  }
}

/**
 * Rounds one of several interleaved channels to 16-bit integers with the dither that
 * {@link quantiseDithered} gives a side.
 *
 * @param input - The channel's first value; so is `output`.
 * @param channels - How many there are.
 */
export function quantiseChannelDithered(
  input: usize,
  output: usize,
  channels: i32,
  samples: i32,
  seed: i32,
  index: i32,
  epoch: i32,
  limit: i32,
): void {
  const stride = (<usize>channels) << 2;
  for (let n = 0; n < samples; n++) {
    const inner = scrambleOne(seed ^ ((index + n) * 0x9e3779b9));
    const random = scrambleOne(inner ^ epoch);
    const dither = <i32>(random >>> 16) - <i32>(random & 0xffff);
    const rounded = nearest(<f64>load<f32>(input) * 32768.0 + <f64>dither * (1.0 / 65536.0));
    store<i32>(output, max(-limit, min(limit, <i32>rounded)));
    input += stride;
    output += stride;
  }
}

/** `scramble` of random/random.ts. */
function scrambleOne(value: i32): u32 {
  let x = <u32>value;
  x = (x ^ (x >>> 16)) * 0x7feb352d;
  x = (x ^ (x >>> 15)) * 0x846ca68b;
  return x ^ (x >>> 16);
}

/** The same, four at once. */
function scramble(value: v128): v128 {
  let x = i32x4.mul(v128.xor(value, i32x4.shr_u(value, 16)), i32x4.splat(0x7feb352d));
  x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 15)), i32x4.splat(0x846ca68b));
  return v128.xor(x, i32x4.shr_u(x, 16));
}

function upper(x: v128): v128 {
  return v128.shuffle<i64>(x, x, 1, 1);
}

/** Adds integers to a sum. */
export function addIntegers(sum: usize, addend: usize, values: i32): void {
  let n = 0;
  for (; n + 4 <= values; n += 4) {
    v128.store(sum, i32x4.add(v128.load(sum), v128.load(addend)));
    sum += 16;
    addend += 16;
  }
  for (; n < values; n++) {
    store<i32>(sum, load<i32>(sum) + load<i32>(addend));
    sum += 4;
    addend += 4;
  }
}

/** Adds one channel of interleaved integers to one channel of a sum; both pointers are to its first value. */
export function addIntegerChannel(
  sum: usize,
  sumChannels: i32,
  addend: usize,
  addendChannels: i32,
  samples: i32,
): void {
  for (let n = 0; n < samples; n++) {
    store<i32>(sum, load<i32>(sum) + load<i32>(addend));
    sum += (<usize>sumChannels) << 2;
    addend += (<usize>addendChannels) << 2;
  }
}

/** Takes integers from a sum. */
export function subtractIntegers(sum: usize, subtrahend: usize, values: i32): void {
  let n = 0;
  for (; n + 4 <= values; n += 4) {
    v128.store(sum, i32x4.sub(v128.load(sum), v128.load(subtrahend)));
    sum += 16;
    subtrahend += 16;
  }
  for (; n < values; n++) {
    store<i32>(sum, load<i32>(sum) - load<i32>(subtrahend));
    sum += 4;
    subtrahend += 4;
  }
}

/** The largest magnitude of integers; 0 where there are none. */
export function magnitude(input: usize, values: i32): f64 {
  let greatest = i32x4.splat(0);
  let n = 0;
  for (; n + 4 <= values; n += 4) {
    // As unsigned, even the least integer has one.
    greatest = i32x4.max_u(greatest, i32x4.abs(v128.load(input)));
    input += 16;
  }
  let result = greatestOf(greatest);
  for (; n < values; n++) {
    result = max(result, <u32>abs(load<i32>(input)));
    input += 4;
  }
  return <f64>result;
}

function greatestOf(four: v128): u32 {
  return max(
    max(<u32>i32x4.extract_lane(four, 0), <u32>i32x4.extract_lane(four, 1)),
    max(<u32>i32x4.extract_lane(four, 2), <u32>i32x4.extract_lane(four, 3)),
  );
}

/** Packs integers as 24-bit little endian. @returns Their {@link magnitude}. */
export function pack24(input: usize, output: usize, values: i32): f64 {
  let greatest = i32x4.splat(0);
  let n = 0;
  // A vector of 12 bytes is stored as 16 and the next one laid over its end, so the last must be left out.
  for (; n + 8 <= values; n += 4) {
    const x = v128.load(input);
    v128.store(output, i8x16.shuffle(x, x, 0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 0, 0, 0, 0));
    greatest = i32x4.max_u(greatest, i32x4.abs(x));
    input += 16;
    output += 12;
  }
  let result = greatestOf(greatest);
  for (; n < values; n++) {
    const x = load<i32>(input);
    store<u16>(output, <u16>x);
    store<u8>(output, <u8>(x >> 16), 2);
    result = max(result, <u32>abs(x));
    input += 4;
    output += 3;
  }
  return <f64>result;
}

/** Reads 24-bit little endian as integers. */
export function unpack24(input: usize, output: usize, values: i32): void {
  let n = 0;
  // 16 bytes are loaded for every 12, so the last vector must be left out.
  for (; n + 8 <= values; n += 4) {
    const x = v128.load(input);
    const high = i8x16.shuffle(x, x, 0, 0, 1, 2, 0, 3, 4, 5, 0, 6, 7, 8, 0, 9, 10, 11);
    v128.store(output, i32x4.shr_s(high, 8));
    input += 12;
    output += 16;
  }
  for (; n < values; n++) {
    store<i32>(output, ((<i32>load<i8>(input, 2)) << 16) | <i32>load<u16>(input));
    input += 3;
    output += 4;
  }
}

/** Packs integers as 16-bit little endian. @returns Their {@link magnitude}. */
export function pack16(input: usize, output: usize, values: i32): f64 {
  let result: u32 = 0;
  for (let n = 0; n < values; n++) {
    const x = load<i32>(input);
    store<i16>(output, <i16>x);
    result = max(result, <u32>abs(x));
    input += 4;
    output += 2;
  }
  return <f64>result;
}

/** Reads 16-bit little endian as integers. */
export function unpack16(input: usize, output: usize, values: i32): void {
  for (let n = 0; n < values; n++) {
    store<i32>(output, <i32>load<i16>(input));
    input += 2;
    output += 4;
  }
}

/** Integers × `step` as 32-bit float; exact for a power of two and up to 24 bits. */
export function toFloats(input: usize, output: usize, values: i32, step: f32): void {
  const steps = f32x4.splat(step);
  let n = 0;
  for (; n + 4 <= values; n += 4) {
    v128.store(output, f32x4.mul(f32x4.convert_i32x4_s(v128.load(input)), steps));
    input += 16;
    output += 16;
  }
  for (; n < values; n++) {
    store<f32>(output, <f32>load<i32>(input) * step);
    input += 4;
    output += 4;
  }
}

/** Adds 32-bit floats to a 64-bit sum. */
export function addFloats(sum: usize, addend: usize, values: i32): void {
  let n = 0;
  for (; n + 2 <= values; n += 2) {
    v128.store(sum, f64x2.add(v128.load(sum), f64x2.promote_low_f32x4(v128.load64_zero(addend))));
    sum += 16;
    addend += 8;
  }
  for (; n < values; n++) {
    store<f64>(sum, load<f64>(sum) + <f64>load<f32>(addend));
    sum += 8;
    addend += 4;
  }
}

/** Adds one channel of interleaved 32-bit floats to one channel of a 64-bit sum. */
export function addFloatChannel(
  sum: usize,
  sumChannels: i32,
  addend: usize,
  addendChannels: i32,
  samples: i32,
): void {
  for (let n = 0; n < samples; n++) {
    store<f64>(sum, load<f64>(sum) + <f64>load<f32>(addend));
    sum += (<usize>sumChannels) << 3;
    addend += (<usize>addendChannels) << 2;
  }
}

/** Rounds a 64-bit sum to 32-bit floats. */
export function roundSum(sum: usize, output: usize, values: i32): void {
  for (let n = 0; n < values; n++) {
    store<f32>(output, <f32>load<f64>(sum));
    sum += 8;
    output += 4;
  }
}

/** The largest magnitude of the differences between two runs of 32-bit floats. */
export function greatestDifference(a: usize, b: usize, values: i32): f64 {
  let most: f64 = 0.0;
  for (let n = 0; n < values; n++) {
    most = max(most, Math.abs(<f64>load<f32>(a) - <f64>load<f32>(b)));
    a += 4;
    b += 4;
  }
  return most;
}
