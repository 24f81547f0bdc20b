// Uncompressed samples of files to 32-bit floats, full scale ±1. Every conversion is exact but those of 32-bit
// integers and 64-bit floats, which are rounded once. Sources may be read up to 16 bytes beyond their end.

/** Bytes, 128 at rest. */
export function floatFromU8(source: usize, target: usize, values: i32): void {
  for (let i = 0; i < values; i++) {
    store<f32>(target + (<usize>i << 2), <f32>(<i32>load<u8>(source + i) - 128) * (1.0 / 128.0));
  }
}

/** 16-bit integers. */
export function floatFromS16(source: usize, target: usize, values: i32): void {
  const step = f32x4.splat(<f32>(1.0 / 32768.0));
  let i = 0;
  for (; i + 4 <= values; i += 4) {
    const wide = i32x4.extend_low_i16x8_s(v128.load64_zero(source + (<usize>i << 1)));
    v128.store(target + (<usize>i << 2), f32x4.mul(f32x4.convert_i32x4_s(wide), step));
  }
  for (; i < values; i++) {
    store<f32>(target + (<usize>i << 2), <f32>load<i16>(source + (<usize>i << 1)) * <f32>(1.0 / 32768.0));
  }
}

/** Packed 24-bit integers. */
export function floatFromS24(source: usize, target: usize, values: i32): void {
  // Put into the upper three bytes of 32 bits, so that the sign needs no care.
  const step = f32x4.splat(<f32>(1.0 / 2147483648.0));
  const spread = i8x16(16, 0, 1, 2, 16, 3, 4, 5, 16, 6, 7, 8, 16, 9, 10, 11);
  let i = 0;
  for (; i + 4 <= values; i += 4) {
    const wide = i8x16.swizzle(v128.load(source + <usize>i * 3), spread);
    v128.store(target + (<usize>i << 2), f32x4.mul(f32x4.convert_i32x4_s(wide), step));
  }
  for (; i < values; i++) {
    const wide = load<i32>(source + <usize>i * 3) << 8;
    store<f32>(target + (<usize>i << 2), <f32>wide * <f32>(1.0 / 2147483648.0));
  }
}

/** 32-bit integers. */
export function floatFromS32(source: usize, target: usize, values: i32): void {
  for (let i = 0; i < values; i++) {
    store<f32>(target + (<usize>i << 2), <f32>load<i32>(source + (<usize>i << 2)) * <f32>(1.0 / 2147483648.0));
  }
}

/** 64-bit floats. */
export function floatFromF64(source: usize, target: usize, values: i32): void {
  for (let i = 0; i < values; i++) {
    store<f32>(target + (<usize>i << 2), <f32>load<f64>(source + (<usize>i << 3)));
  }
}

/** Index of the first value that is NaN or of a larger magnitude than `most`, −1 where there is none. */
export function firstBeyond(source: usize, values: i32, most: f32): i32 {
  const largest = f32x4.splat(most);
  let i = 0;
  for (; i + 4 <= values; i += 4) {
    // NaN compares false with everything.
    if (!v128.all_true<i32>(f32x4.le(f32x4.abs(v128.load(source + (<usize>i << 2))), largest))) break;
  }
  for (; i < values; i++) {
    if (!(abs(load<f32>(source + (<usize>i << 2))) <= most)) return i;
  }
  return -1;
}
