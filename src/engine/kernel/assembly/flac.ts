// One FLAC frame to 32-bit floats. See RFC 9639; numbers in comments are its sections.
//
//   bits ─▶ residual ─▶ + prediction = subframe (one channel) ─▶ decorrelate ─▶ × 2^−(bits − 1) ─▶ floats

/** The frame goes on beyond the bytes given. */
const NEEDS_MORE: i32 = 0;
/** What lies here is no frame, or one that breaks the rules. */
const NO_FRAME: i32 = -1;
/** The frame's CRC does not hold: its bytes are damaged. */
const DAMAGED: i32 = -2;
/** The frame differs from STREAMINFO in channels or bits. */
const OTHER_FORMAT: i32 = -3;

const LONGEST_BLOCK: i32 = 65536;
const HIGHEST_ORDER: usize = 32;
/** Bits that a peek is sure to hold, wherever in a byte it begins. */
const PEEKED: u64 = 57;

let bytes: usize = 0;
/** Bit that is read next, and the one behind the last that is there. */
let at: u64 = 0;
let end: u64 = 0;
let broken: bool = false;

let samplesOfFrame: i32 = 0;
let firstOfFrame: f64 = 0;

/** Scratch: the integers of two channels, each with room before it for vectors that begin early. */
const MARGIN: usize = 128;
const CHANNEL_BYTES: usize = MARGIN + <usize>LONGEST_BLOCK * 8;
const taps: usize = memory.data(128, 16);
const crcTables: usize = memory.data(4096, 16);
let hasTables: bool = false;

/** Bytes of scratch that {@link flacDecode} needs. */
export function flacScratchBytes(): i32 {
  return 2 * <i32>CHANNEL_BYTES + <i32>MARGIN;
}

/** Samples in the frame decoded last. */
export function flacSamples(): i32 {
  return samplesOfFrame;
}

/** Where in the sound the frame decoded last begins, samples. */
export function flacFirstSample(): f64 {
  return firstOfFrame;
}

/**
 * Decodes the frame at `input` to interleaved floats at `output` (room for 65,536 samples). 16 bytes behind
 * the input may be read.
 *
 * @param blockSamples - Samples in every frame but the last, where that is fixed: frames are then numbered.
 * @returns Bytes in the frame, or one of the codes above.
 */
export function flacDecode(
  input: usize,
  length: i32,
  channels: i32,
  bitsPerSample: i32,
  blockSamples: i32,
  scratch: usize,
  output: usize,
): i32 {
  bytes = input;
  at = 0;
  end = <u64>length * 8;
  broken = false;

  if (length < 6) return NEEDS_MORE;
  if (load<u8>(input) != 0xff || (load<u8>(input + 1) & 0xfe) != 0xf8) return NO_FRAME;
  const isVariable = (load<u8>(input + 1) & 1) == 1;
  at = 16;
  const blockCode = <i32>read(4);
  const rateCode = <i32>read(4);
  const channelCode = <i32>read(4);
  const bitsCode = <i32>read(3);
  if (read(1) != 0 || blockCode == 0 || rateCode == 15 || channelCode > 10) return NO_FRAME;
  const number = readNumber();
  if (blockCode == 1) samplesOfFrame = 192;
  else if (blockCode < 6) samplesOfFrame = 144 << blockCode;
  else if (blockCode > 7) samplesOfFrame = 1 << blockCode;
  else samplesOfFrame = <i32>read(blockCode == 6 ? 8 : 16) + 1;
  if (rateCode == 12) read(8);
  else if (rateCode > 12) read(16);
  const headBytes = <usize>(at >> 3);
  const headCrc = <u8>read(8);
  if (at > end) return NEEDS_MORE;
  if (broken || crc8(input, headBytes) != headCrc) return NO_FRAME;

  const isStereoCoded = channelCode > 7;
  if ((isStereoCoded ? 2 : channelCode + 1) != channels) return OTHER_FORMAT;
  if (bitsCode != 0 && bitsOf(bitsCode) != bitsPerSample) return OTHER_FORMAT;
  firstOfFrame = <f64>number * (isVariable ? 1.0 : <f64>blockSamples);

  const count = samplesOfFrame;
  const left = scratch + MARGIN;
  const right = left + CHANNEL_BYTES;
  // The difference of two channels needs a bit more than they do, and their sum another. (4.2)
  const isWide = isStereoCoded && bitsPerSample > 30;
  const leftBits = bitsPerSample + <i32>(channelCode == 9);
  const rightBits = bitsPerSample + <i32>(channelCode == 8 || channelCode == 10);
  const step: f32 = <f32>(1.0 / <f64>(<u64>1 << (bitsPerSample - 1)));
  if (isWide) {
    readSubframe<i64>(left, count, leftBits);
    readSubframe<i64>(right, count, rightBits);
  } else {
    readSubframe<i32>(left, count, leftBits);
    if (channels == 2 && !broken) readSubframe<i32>(right, count, rightBits);
    // More than two channels are coded on their own, and need no scratch but that of one.
    if (channels > 2) writeChannel(left, count, step, output, <usize>channels << 2);
    for (let channel = 1; channel < channels && channels > 2 && !broken; channel++) {
      readSubframe<i32>(left, count, bitsPerSample);
      writeChannel(left, count, step, output + (<usize>channel << 2), <usize>channels << 2);
    }
  }
  if (at > end) return NEEDS_MORE;
  if (broken) return NO_FRAME;
  at = (at + 7) & ~7;
  const frameBytes = <usize>(at >> 3);
  const frameCrc = <u16>read(16);
  if (at > end) return NEEDS_MORE;
  if (crc16(input, frameBytes) != frameCrc) return DAMAGED;

  if (isWide) writeStereo<i64>(left, right, count, channelCode, step, output);
  else if (channels == 2) writeStereo<i32>(left, right, count, channelCode, step, output);
  else if (channels == 1) writeChannel(left, count, step, output, 4);
  return <i32>frameBytes + 2;
}

/** Bits per sample by the code of a frame's head; 0 for codes that mean nothing. (9.1.4) */
// @ts-ignore: decorator
@inline
function bitsOf(code: i32): i32 {
  if (code == 1) return 8;
  if (code == 2) return 12;
  if (code == 4) return 16;
  if (code == 5) return 20;
  if (code == 6) return 24;
  return code == 7 ? 32 : 0;
}

/** The next bits, the first of them on top; at least {@link PEEKED}. */
// @ts-ignore: decorator
@inline
function peek(place: u64): u64 {
  return bswap(load<u64>(bytes + <usize>(place >> 3))) << (place & 7);
}

/** Up to 32 bits as a number; zeros beyond the end. */
// @ts-ignore: decorator
@inline
function read(count: i32): u32 {
  if (at > end) return 0;
  // Two shifts, because a shift by 64 is one by 0.
  const value = <u32>((peek(at) >> 1) >> (63 - count));
  at += count;
  return value;
}

/** Up to 33 bits as a number with a sign. */
// @ts-ignore: decorator
@inline
function readSigned(count: i32): i64 {
  if (at > end) return 0;
  const value = <i64>peek(at) >> (64 - count);
  at += count;
  return value;
}

/** Zeros before the next one, which is taken too. */
function readUnary(): u32 {
  let zeros: u64 = 0;
  while (at <= end) {
    const run = clz(peek(at));
    if (run < PEEKED) {
      at += run + 1;
      return <u32>(zeros + run);
    }
    zeros += PEEKED;
    at += PEEKED;
  }
  return 0;
}

/** A frame's or sample's number, coded as UTF-8 is. (9.1.5) */
function readNumber(): u64 {
  const first = read(8);
  if (first < 0x80) return first;
  const length = clz<u32>(~(first << 24));
  if (length < 2 || length > 7) {
    broken = true;
    return 0;
  }
  let number: u64 = first & (0x7f >> length);
  for (let i: u32 = 1; i < length; i++) {
    const next = read(8);
    if ((next & 0xc0) != 0x80) broken = true;
    number = (number << 6) | (next & 0x3f);
  }
  return number;
}

/** One channel: what it predicts by, and what is left over. (9.2) */
function readSubframe<T>(target: usize, count: i32, withWasted: i32): void {
  if (read(1) != 0) broken = true;
  const type = <i32>read(6);
  const wasted = read(1) == 0 ? 0 : <i32>readUnary() + 1;
  const bits = withWasted - wasted;
  if (bits < 1) broken = true;
  if (broken) return;

  if (type == 0) {
    const value = <T>readSigned(bits);
    for (let i = 0; i < count; i++) store<T>(target + <usize>i * sizeof<T>(), value);
  } else if (type == 1) {
    readPlain<T>(target, 0, count, bits);
  } else if (type >= 8 && type <= 12) {
    const order = type - 8;
    readPlain<T>(target, 0, order, bits);
    readResidual<T>(target, count, order);
    if (!broken) predictFixed<T>(target, count, order);
  } else if (type >= 32) {
    const order = type - 31;
    readPlain<T>(target, 0, order, bits);
    const precision = <i32>read(4) + 1;
    const shift = <i32>readSigned(5);
    if (precision == 16 || shift < 0 || order > count) broken = true;
    // Reversed, and padded in front to whole vectors: the oldest sample comes first, as in memory.
    memory.fill(taps, 0, 128);
    for (let i = 0; i < order; i++) {
      store<i32>(taps + ((HIGHEST_ORDER - 1 - <usize>i) << 2), <i32>readSigned(precision));
    }
    readResidual<T>(target, count, order);
    if (!broken) predictLinear<T>(target, count, order, shift);
  } else {
    broken = true;
  }
  if (wasted > 0) {
    for (let i = 0; i < count; i++) {
      const place = target + <usize>i * sizeof<T>();
      store<T>(place, load<T>(place) << <T>wasted);
    }
  }
}

/** Samples as they are. */
function readPlain<T>(target: usize, from: i32, to: i32, bits: i32): void {
  for (let i = from; i < to; i++) {
    if (at > end) return;
    store<T>(target + <usize>i * sizeof<T>(), <T>readSigned(bits));
  }
}

/** What prediction leaves over, in Rice codes. (9.2.7) */
function readResidual<T>(target: usize, count: i32, order: i32): void {
  const method = read(2);
  const partitionOrder = <i32>read(4);
  const partition = count >> partitionOrder;
  if (method > 1 || (partition << partitionOrder) != count || partition < order) {
    broken = true;
    return;
  }
  const parameterBits = method == 0 ? 4 : 5;
  const escape: u32 = method == 0 ? 15 : 31;
  let i = order;
  for (let next = partition; next <= count; next += partition) {
    const parameter = read(parameterBits);
    if (parameter == escape) {
      const bits = <i32>read(5);
      if (bits > 0) readPlain<T>(target, i, next, bits);
      else for (let k = i; k < next; k++) store<T>(target + <usize>k * sizeof<T>(), 0);
      i = next;
    } else {
      i = readRice<T>(target, i, next, parameter);
    }
    if (at > end) return;
  }
}

function readRice<T>(target: usize, from: i32, to: i32, parameter: u32): i32 {
  const low = <u64>parameter;
  let place = at;
  for (let i = from; i < to; i++) {
    const word = peek(place);
    const run = clz(word);
    let code: u64;
    if (run + 1 + low <= PEEKED) {
      code = (run << low) | ((((word << run) << 1) >> 1) >> (63 - low));
      place += run + 1 + low;
    } else {
      at = place;
      code = <u64>readUnary() << low;
      code |= <u64>read(<i32>low);
      place = at;
    }
    if (place > end) break;
    store<T>(target + <usize>i * sizeof<T>(), <T>(<i64>(code >> 1) ^ -<i64>(code & 1)));
  }
  at = place;
  return to;
}

/** Adds the prediction of a polynomial through the samples before. (9.2.5) */
function predictFixed<T>(target: usize, count: i32, order: i32): void {
  for (let i = order; i < count; i++) {
    const place = target + <usize>i * sizeof<T>();
    const one: T = order > 0 ? load<T>(place - sizeof<T>()) : 0;
    const two: T = order > 1 ? load<T>(place - 2 * sizeof<T>()) : 0;
    const three: T = order > 2 ? load<T>(place - 3 * sizeof<T>()) : 0;
    const four: T = order > 3 ? load<T>(place - 4 * sizeof<T>()) : 0;
    let guess: T = 0;
    if (order == 1) guess = one;
    else if (order == 2) guess = 2 * one - two;
    else if (order == 3) guess = 3 * one - 3 * two + three;
    else if (order == 4) guess = 4 * one - 6 * two + 4 * three - four;
    store<T>(place, load<T>(place) + guess);
  }
}

/**
 * Adds the prediction of a linear filter. (9.2.6) Taps are taken by fours and the newest sample last, so that
 * the wait for it is short; vectors are slower here, because each sample is needed as soon as it is stored.
 */
function predictLinear<T>(target: usize, count: i32, order: i32, shift: i32): void {
  const reach = <usize>((order + 3) >> 2) << 2;
  const first = taps + ((HIGHEST_ORDER - reach) << 2);
  for (let i = order; i < count; i++) {
    const place = target + <usize>i * sizeof<T>();
    let past = place - reach * sizeof<T>();
    let sum: i64 = 0;
    for (let tap = first; tap < taps + (HIGHEST_ORDER << 2); tap += 16) {
      sum += <i64>load<i32>(tap) * <i64>load<T>(past);
      sum += <i64>load<i32>(tap, 4) * <i64>load<T>(past, sizeof<T>());
      sum += <i64>load<i32>(tap, 8) * <i64>load<T>(past, 2 * sizeof<T>());
      sum += <i64>load<i32>(tap, 12) * <i64>load<T>(past, 3 * sizeof<T>());
      past += 4 * sizeof<T>();
    }
    store<T>(place, load<T>(place) + <T>(sum >> shift));
  }
}

/** One channel as it was coded, `stride` bytes from sample to sample. */
function writeChannel(coded: usize, count: i32, step: f32, output: usize, stride: usize): void {
  for (let i: usize = 0; i < <usize>count; i++) {
    store<f32>(output + i * stride, <f32>load<i32>(coded + (i << 2)) * step);
  }
}

/** Left and right from the two channels as they were coded. (4.2) */
function writeStereo<T>(first: usize, second: usize, count: i32, code: i32, step: f32, output: usize): void {
  for (let i = 0; i < count; i++) {
    const place = <usize>i * sizeof<T>();
    const a = load<T>(first + place);
    const b = load<T>(second + place);
    let left = a;
    let right = b;
    if (code == 8) right = a - b;
    else if (code == 9) left = a + b;
    else if (code == 10) {
      const sum = (a << 1) | (b & 1);
      left = (sum + b) >> 1;
      right = (sum - b) >> 1;
    }
    store<f32>(output + (<usize>i << 3), <f32>left * step);
    store<f32>(output + (<usize>i << 3), <f32>right * step, 4);
  }
}

/** CRC-8, polynomial x⁸ + x² + x + 1. */
function crc8(from: usize, length: usize): u8 {
  let crc: u32 = 0;
  for (let i: usize = 0; i < length; i++) {
    crc ^= load<u8>(from + i);
    for (let bit = 0; bit < 8; bit++) crc = (crc << 1) ^ ((crc & 0x80) != 0 ? 0x107 : 0);
  }
  return <u8>crc;
}

/** CRC-16, polynomial x¹⁶ + x¹⁵ + x² + 1, eight bytes at a time: table k is for bytes with k behind them. */
function crc16(from: usize, length: usize): u16 {
  if (!hasTables) {
    for (let byte: u32 = 0; byte < 256; byte++) {
      let crc = byte << 8;
      for (let bit = 0; bit < 8; bit++) crc = ((crc << 1) ^ ((crc & 0x8000) != 0 ? 0x8005 : 0)) & 0xffff;
      store<u16>(crcTables + (<usize>byte << 1), <u16>crc);
    }
    for (let table: usize = 1; table < 8; table++) {
      for (let byte: usize = 0; byte < 256; byte++) {
        const before: u32 = load<u16>(crcTables + ((table - 1) << 9) + (byte << 1));
        store<u16>(crcTables + (table << 9) + (byte << 1), <u16>((before << 8) ^ entry(0, before >> 8)));
      }
    }
    hasTables = true;
  }
  let crc: u32 = 0;
  let i: usize = 0;
  for (; i + 8 <= length; i += 8) {
    const word = bswap(load<u64>(from + i)) ^ (<u64>crc << 48);
    crc =
      entry(7, <u32>(word >> 56)) ^
      entry(6, <u32>(word >> 48) & 255) ^
      entry(5, <u32>(word >> 40) & 255) ^
      entry(4, <u32>(word >> 32) & 255) ^
      entry(3, <u32>(word >> 24) & 255) ^
      entry(2, <u32>(word >> 16) & 255) ^
      entry(1, <u32>(word >> 8) & 255) ^
      entry(0, <u32>word & 255);
  }
  for (; i < length; i++) crc = ((crc << 8) & 0xffff) ^ entry(0, (crc >> 8) ^ load<u8>(from + i));
  return <u16>crc;
}

// @ts-ignore: decorator
@inline
function entry(table: usize, byte: u32): u32 {
  return load<u16>(crcTables + (table << 9) + (<usize>byte << 1));
}
