// The mixer's inner loops.
//
//   sound (f32) ──▶ × (ramps × level and pan) ──┐
//   sound (f32) ──▶ × (ramps × level and pan) ──┼─▶ + (f64) ──▶ × gate's fall ──▶ rounded once ──▶ stem (f32)
//   sound (s24) ──▶ × (level and pan) ──────────┘
//
// A pair of stereo f64 values is one vector. Within a tile the sum never leaves the registers, and voices
// are added in the order of their table, so that a sample's bits do not depend on where a block begins.

/** Samples that the inner loop sums in registers at once; V8 has 15 vector registers to give on x86-64. */
const TILE: i32 = 8;

/** The most voices that one call of mixVoices takes. */
const VOICES_MAX: i32 = 64;

// A voice, 48 bytes. Positions count from the block's first sample; `source` and `gains` are where that
// first sample's values would lie, had the voice begun there.
const VOICE_BYTES: usize = 48;
const FROM: usize = 0;
const TO: usize = 4;
const KIND: usize = 8;
const SOURCE: usize = 12;
const GAINS: usize = 16;
const LEVEL: usize = 32;

/**
 * Bits of a voice's kind. A packed one is 24-bit integers as they lie in a file, which 64-bit floats hold as
 * exactly as 32-bit ones; its level is times 2^-31, since they are taken as the upper bytes of 32 bits. It is
 * never ramped.
 */
const MONO: i32 = 1;
const RAMPED: i32 = 2;
const PACKED: i32 = 4;

/** Bits of a ramp's shape. */
const FALLING: i32 = 1;
const EQUAL_POWER: i32 = 2;

/** The voices that sound in the segment being mixed. */
const playing: usize = memory.data(VOICES_MAX * sizeof<usize>());

/** Linear gain of a level in dB: 10^(dB/20), and exactly 1 at 0 dB. */
export function gainFromDb(db: f64): f64 {
  return db == 0.0 ? 1.0 : 10.0 ** (db / 20.0);
}

/** sin(π·turn/2) for a turn of 0 … 1, exact at both ends. */
export function quarterSine(turn: f64): f64 {
  const gain =
    turn <= 0.5
      ? smallSine(f64x2.splat(turn * (Math.PI / 2.0)))
      : smallCosine(f64x2.splat((1.0 - turn) * (Math.PI / 2.0)));
  return f64x2.extract_lane(gain, 0);
}

/**
 * Writes the gain of a ramp, or multiplies what is there by it.
 *
 * @param gains - `count` f64 values.
 * @param k - Place in the ramp of the first of them, samples; 0 ≤ k, k + count ≤ length.
 * @param length - The whole ramp, samples.
 * @param shape - FALLING, EQUAL_POWER, both or neither.
 */
export function rampGains(gains: usize, count: i32, k: f64, length: f64, shape: i32, multiply: bool): void {
  const falling = (shape & FALLING) != 0;
  if (!(shape & EQUAL_POWER)) {
    lineGains(gains, count, k, length, falling, multiply);
    return;
  }
  // Each half counts from its own end, where the angle is small: small gains are as exact as large ones.
  const angle = Math.PI / 2.0 / length;
  const first = <i32>max(0.0, min(<f64>count, Math.floor(length / 2.0) + 1.0 - k));
  arcGains(gains, first, k, 1.0, angle, !falling, multiply);
  arcGains(gains + ((<usize>first) << 3), count - first, length - k - first, -1.0, angle, falling, multiply);
}

/** k/length, or 1 − k/length. */
function lineGains(gains: usize, count: i32, k: f64, length: f64, falling: bool, multiply: bool): void {
  const lengths = f64x2.splat(length);
  let ks = f64x2(k, k + 1.0);
  for (let i = 0; i < count; i += 2) {
    const rise = f64x2.div(ks, lengths);
    putGains(gains, i, count, falling ? f64x2.sub(f64x2.splat(1.0), rise) : rise, multiply);
    ks = f64x2.add(ks, f64x2.splat(2.0));
  }
}

/** Sine or cosine of k·angle, (k + step)·angle, …, all of them within 0 … π/4. */
function arcGains(gains: usize, count: i32, k: f64, step: f64, angle: f64, sine: bool, multiply: bool): void {
  let ks = f64x2(k, k + step);
  const steps = f64x2.splat(2.0 * step);
  const angles = f64x2.splat(angle);
  if (sine) {
    for (let i = 0; i < count; i += 2) {
      putGains(gains, i, count, smallSine(f64x2.mul(ks, angles)), multiply);
      ks = f64x2.add(ks, steps);
    }
  } else {
    for (let i = 0; i < count; i += 2) {
      putGains(gains, i, count, smallCosine(f64x2.mul(ks, angles)), multiply);
      ks = f64x2.add(ks, steps);
    }
  }
}

/** Puts two gains, or the one that is left of `count`, at place i. */
function putGains(gains: usize, i: i32, count: i32, pair: v128, multiply: bool): void {
  const at = gains + ((<usize>i) << 3);
  if (i + 1 < count) {
    v128.store(at, multiply ? f64x2.mul(v128.load(at), pair) : pair);
  } else {
    v128.store64_lane(at, multiply ? f64x2.mul(v128.load64_zero(at), pair) : pair, 0);
  }
}

/** Sine of angles 0 … π/4, by the polynomial of fdlibm's k_sin.c (error below 2⁻⁵⁸). */
function smallSine(x: v128): v128 {
  const z = f64x2.mul(x, x);
  const low = polynomial3(
    z,
    8.33333333332248946124e-3,
    -1.98412698298579493134e-4,
    2.75573137070700676789e-6,
  );
  const high = f64x2.add(
    f64x2.splat(-2.50507602534068634195e-8),
    f64x2.mul(z, f64x2.splat(1.58969099521155010221e-10)),
  );
  const r = f64x2.add(low, f64x2.mul(f64x2.mul(z, f64x2.mul(z, z)), high));
  const s = f64x2.add(f64x2.splat(-1.66666666666666324348e-1), f64x2.mul(z, r));
  return f64x2.add(x, f64x2.mul(f64x2.mul(z, x), s));
}

/** Cosine of angles 0 … π/4, by the polynomial of fdlibm's k_cos.c (error below 2⁻⁵⁸). */
function smallCosine(x: v128): v128 {
  const one = f64x2.splat(1.0);
  const z = f64x2.mul(x, x);
  const z2 = f64x2.mul(z, z);
  const low = polynomial3(
    z,
    4.16666666666666019037e-2,
    -1.38888888888741095749e-3,
    2.48015872894767294178e-5,
  );
  const high = polynomial3(
    z,
    -2.75573143513906633035e-7,
    2.0875723212981748279e-9,
    -1.13596475577881948265e-11,
  );
  const r = f64x2.add(f64x2.mul(z, low), f64x2.mul(f64x2.mul(z2, z2), high));
  const half = f64x2.mul(f64x2.splat(0.5), z);
  const w = f64x2.sub(one, half);
  // What rounding took from 1 − z/2 goes back in with the small terms.
  return f64x2.add(w, f64x2.add(f64x2.sub(f64x2.sub(one, w), half), f64x2.mul(z, r)));
}

function polynomial3(z: v128, a: f64, b: f64, c: f64): v128 {
  return f64x2.add(f64x2.splat(a), f64x2.mul(z, f64x2.add(f64x2.splat(b), f64x2.mul(z, f64x2.splat(c)))));
}

/** log₂(10)/20: what a decibel of gain is in powers of two. */
const POWERS_PER_DB: f64 = 0.16609640474436812;

/** Linear gain of a level in dB as {@link levelGains} has it: relative error below 1e-13, and exactly 1 at 0 dB. */
export function levelGain(db: f64): f64 {
  return f64x2.extract_lane(decibelGain(f64x2.splat(db)), 0);
}

/**
 * Writes the gains of a line from one level to another, or multiplies what is there by them: at place k
 * of it the level is fromDb + (toDb − fromDb)·k/length, or with EQUAL_POWER as much of the way in power.
 *
 * @param gains - `count` f64 values.
 * @param k - Place in the line of the first of them, samples.
 */
export function levelGains(
  gains: usize,
  count: i32,
  k: f64,
  length: f64,
  fromDb: f64,
  toDb: f64,
  shape: i32,
  multiply: bool,
): void {
  const inPower = (shape & EQUAL_POWER) != 0;
  const first = inPower ? levelGain(fromDb) : fromDb;
  const last = inPower ? levelGain(toDb) : toDb;
  const start = f64x2.splat(inPower ? first * first : first);
  const way = f64x2.sub(f64x2.splat(inPower ? last * last : last), start);
  const lengths = f64x2.splat(length);
  let ks = f64x2(k, k + 1.0);
  for (let i = 0; i < count; i += 2) {
    const level = f64x2.add(start, f64x2.mul(way, f64x2.div(ks, lengths)));
    putGains(gains, i, count, inPower ? f64x2.sqrt(level) : decibelGain(level), multiply);
    ks = f64x2.add(ks, f64x2.splat(2.0));
  }
}

/**
 * 10^(dB/20) as 2^whole · e^x, |x| ≤ ln 2 / 2, by the series of e^x up to x¹³/13! (the rest is below 2⁻⁵⁷). Terms
 * are joined two by two: one after the other they would have to wait for each other.
 */
function decibelGain(db: v128): v128 {
  const power = f64x2.mul(db, f64x2.splat(POWERS_PER_DB));
  // Levels that no number holds end near its limits.
  const held = f64x2.max(f64x2.splat(-1000.0), f64x2.min(f64x2.splat(1000.0), power));
  const whole = f64x2.nearest(held);
  const x = f64x2.mul(f64x2.sub(held, whole), f64x2.splat(Math.LN2));
  const x2 = f64x2.mul(x, x);
  const x4 = f64x2.mul(x2, x2);
  const low = join(term(1.0, 1.0, x), term(0.5, 1.0 / 6.0, x), x2);
  const middle = join(term(1.0 / 24.0, 1.0 / 120.0, x), term(1.0 / 720.0, 1.0 / 5040.0, x), x2);
  const high = join(
    term(1.0 / 40320.0, 1.0 / 362880.0, x),
    term(1.0 / 3628800.0, 1.0 / 39916800.0, x),
    x2,
  );
  const highest = term(1.0 / 479001600.0, 1.0 / 6227020800.0, x);
  const series = join(join(low, middle, x4), join(high, highest, x4), f64x2.mul(x4, x4));
  // Times 2^whole: added to the exponent.
  const exponents = i64x2.shl(i64x2.extend_low_i32x4_s(i32x4.trunc_sat_f64x2_s_zero(whole)), 52);
  return i64x2.add(series, exponents);
}

/** a + b·x */
function term(a: f64, b: f64, x: v128): v128 {
  return f64x2.add(f64x2.splat(a), f64x2.mul(f64x2.splat(b), x));
}

/** a + b·x */
function join(a: v128, b: v128, x: v128): v128 {
  return f64x2.add(a, f64x2.mul(b, x));
}

/**
 * Sums voices over a block of `count` samples.
 *
 * @param voices - Table of `voiceCount` (at most VOICES_MAX) voices, in the order in which they are added.
 * @param sums - `count` stereo f64 sums: where they start from if `resume`, where they go unless `finish`.
 * @param out - `count` stereo f32 samples, written if `finish`.
 */
export function mixVoices(
  voices: usize,
  voiceCount: i32,
  sums: usize,
  out: usize,
  count: i32,
  resume: bool,
  finish: bool,
): void {
  const end = voices + <usize>voiceCount * VOICE_BYTES;
  let from = 0;
  while (from < count) {
    // A segment is as far as the same voices sound.
    let to = count;
    let last = playing;
    for (let voice = voices; voice < end; voice += VOICE_BYTES) {
      const voiceFrom = load<i32>(voice, FROM);
      const voiceTo = load<i32>(voice, TO);
      if (voiceFrom > from) {
        to = min(to, voiceFrom);
      } else if (voiceTo > from) {
        to = min(to, voiceTo);
        store<usize>(last, voice);
        last += sizeof<usize>();
      }
    }
    if (last == playing && !resume) {
      if (finish) memory.fill(out + ((<usize>from) << 3), 0, (<usize>(to - from)) << 3);
      else memory.fill(sums + ((<usize>from) << 4), 0, (<usize>(to - from)) << 4);
    } else {
      mixSegment(last, sums, out, from, to, resume, finish);
    }
    from = to;
  }
}

/** Sums the voices of `playing` over [from, to). */
function mixSegment(
  last: usize,
  sums: usize,
  out: usize,
  from: i32,
  to: i32,
  resume: bool,
  finish: bool,
): void {
  let i = from;
  for (; i + TILE <= to; i += TILE) {
    const sum = sums + ((<usize>i) << 4);
    let a0 = f64x2.splat(0.0);
    let a1 = a0;
    let a2 = a0;
    let a3 = a0;
    let a4 = a0;
    let a5 = a0;
    let a6 = a0;
    let a7 = a0;
    if (resume) {
      a0 = v128.load(sum, 0);
      a1 = v128.load(sum, 16);
      a2 = v128.load(sum, 32);
      a3 = v128.load(sum, 48);
      a4 = v128.load(sum, 64);
      a5 = v128.load(sum, 80);
      a6 = v128.load(sum, 96);
      a7 = v128.load(sum, 112);
    }
    let entry = playing;
    while (entry < last) {
      // Neighbours of one kind share a loop that does nothing else: a fifth faster than a choice for each.
      let voice = load<usize>(entry);
      const kind = load<i32>(voice, KIND);
      if (kind == 0) {
        do {
          const level = v128.load(voice, LEVEL);
          const x = <usize>load<u32>(voice, SOURCE) + ((<usize>i) << 3);
          a0 = f64x2.add(a0, times(level, v128.load64_zero(x, 0)));
          a1 = f64x2.add(a1, times(level, v128.load64_zero(x, 8)));
          a2 = f64x2.add(a2, times(level, v128.load64_zero(x, 16)));
          a3 = f64x2.add(a3, times(level, v128.load64_zero(x, 24)));
          a4 = f64x2.add(a4, times(level, v128.load64_zero(x, 32)));
          a5 = f64x2.add(a5, times(level, v128.load64_zero(x, 40)));
          a6 = f64x2.add(a6, times(level, v128.load64_zero(x, 48)));
          a7 = f64x2.add(a7, times(level, v128.load64_zero(x, 56)));
          entry += sizeof<usize>();
          if (entry == last) break;
          voice = load<usize>(entry);
        } while (load<i32>(voice, KIND) == 0);
      } else if (kind == MONO) {
        do {
          const level = v128.load(voice, LEVEL);
          const x = <usize>load<u32>(voice, SOURCE) + ((<usize>i) << 2);
          a0 = f64x2.add(a0, times(level, v128.load32_splat(x, 0)));
          a1 = f64x2.add(a1, times(level, v128.load32_splat(x, 4)));
          a2 = f64x2.add(a2, times(level, v128.load32_splat(x, 8)));
          a3 = f64x2.add(a3, times(level, v128.load32_splat(x, 12)));
          a4 = f64x2.add(a4, times(level, v128.load32_splat(x, 16)));
          a5 = f64x2.add(a5, times(level, v128.load32_splat(x, 20)));
          a6 = f64x2.add(a6, times(level, v128.load32_splat(x, 24)));
          a7 = f64x2.add(a7, times(level, v128.load32_splat(x, 28)));
          entry += sizeof<usize>();
          if (entry == last) break;
          voice = load<usize>(entry);
        } while (load<i32>(voice, KIND) == MONO);
      } else if (kind == PACKED) {
        // Two samples are twelve bytes; the last load reads four beyond the tile. Mono has a loop of its own, because
        // V8 spreads bytes half as fast where it does not know to which places.
        const spread = i8x16(16, 0, 1, 2, 16, 3, 4, 5, 16, 6, 7, 8, 16, 9, 10, 11);
        do {
          const level = v128.load(voice, LEVEL);
          const x = <usize>load<u32>(voice, SOURCE) + (<usize>i) * 6;
          const x0 = i8x16.swizzle(v128.load(x, 0), spread);
          const x2 = i8x16.swizzle(v128.load(x, 12), spread);
          const x4 = i8x16.swizzle(v128.load(x, 24), spread);
          const x6 = i8x16.swizzle(v128.load(x, 36), spread);
          a0 = f64x2.add(a0, timesLow(level, x0));
          a1 = f64x2.add(a1, timesHigh(level, x0));
          a2 = f64x2.add(a2, timesLow(level, x2));
          a3 = f64x2.add(a3, timesHigh(level, x2));
          a4 = f64x2.add(a4, timesLow(level, x4));
          a5 = f64x2.add(a5, timesHigh(level, x4));
          a6 = f64x2.add(a6, timesLow(level, x6));
          a7 = f64x2.add(a7, timesHigh(level, x6));
          entry += sizeof<usize>();
          if (entry == last) break;
          voice = load<usize>(entry);
        } while (load<i32>(voice, KIND) == PACKED);
      } else if (kind == (PACKED | MONO)) {
        const first = i8x16(16, 0, 1, 2, 16, 0, 1, 2, 16, 3, 4, 5, 16, 3, 4, 5);
        const second = i8x16(16, 6, 7, 8, 16, 6, 7, 8, 16, 9, 10, 11, 16, 9, 10, 11);
        do {
          const level = v128.load(voice, LEVEL);
          const x = <usize>load<u32>(voice, SOURCE) + (<usize>i) * 3;
          const early = v128.load(x, 0);
          const late = v128.load(x, 12);
          const x0 = i8x16.swizzle(early, first);
          const x2 = i8x16.swizzle(early, second);
          const x4 = i8x16.swizzle(late, first);
          const x6 = i8x16.swizzle(late, second);
          a0 = f64x2.add(a0, timesLow(level, x0));
          a1 = f64x2.add(a1, timesHigh(level, x0));
          a2 = f64x2.add(a2, timesLow(level, x2));
          a3 = f64x2.add(a3, timesHigh(level, x2));
          a4 = f64x2.add(a4, timesLow(level, x4));
          a5 = f64x2.add(a5, timesHigh(level, x4));
          a6 = f64x2.add(a6, timesLow(level, x6));
          a7 = f64x2.add(a7, timesHigh(level, x6));
          entry += sizeof<usize>();
          if (entry == last) break;
          voice = load<usize>(entry);
        } while (load<i32>(voice, KIND) == (PACKED | MONO));
      } else if (kind == RAMPED) {
        do {
          const level = v128.load(voice, LEVEL);
          const x = <usize>load<u32>(voice, SOURCE) + ((<usize>i) << 3);
          const g = <usize>load<u32>(voice, GAINS) + ((<usize>i) << 3);
          a0 = f64x2.add(a0, times(f64x2.mul(v128.load64_splat(g, 0), level), v128.load64_zero(x, 0)));
          a1 = f64x2.add(a1, times(f64x2.mul(v128.load64_splat(g, 8), level), v128.load64_zero(x, 8)));
          a2 = f64x2.add(a2, times(f64x2.mul(v128.load64_splat(g, 16), level), v128.load64_zero(x, 16)));
          a3 = f64x2.add(a3, times(f64x2.mul(v128.load64_splat(g, 24), level), v128.load64_zero(x, 24)));
          a4 = f64x2.add(a4, times(f64x2.mul(v128.load64_splat(g, 32), level), v128.load64_zero(x, 32)));
          a5 = f64x2.add(a5, times(f64x2.mul(v128.load64_splat(g, 40), level), v128.load64_zero(x, 40)));
          a6 = f64x2.add(a6, times(f64x2.mul(v128.load64_splat(g, 48), level), v128.load64_zero(x, 48)));
          a7 = f64x2.add(a7, times(f64x2.mul(v128.load64_splat(g, 56), level), v128.load64_zero(x, 56)));
          entry += sizeof<usize>();
          if (entry == last) break;
          voice = load<usize>(entry);
        } while (load<i32>(voice, KIND) == RAMPED);
      } else {
        do {
          const level = v128.load(voice, LEVEL);
          const x = <usize>load<u32>(voice, SOURCE) + ((<usize>i) << 2);
          const g = <usize>load<u32>(voice, GAINS) + ((<usize>i) << 3);
          a0 = f64x2.add(a0, times(f64x2.mul(v128.load64_splat(g, 0), level), v128.load32_splat(x, 0)));
          a1 = f64x2.add(a1, times(f64x2.mul(v128.load64_splat(g, 8), level), v128.load32_splat(x, 4)));
          a2 = f64x2.add(a2, times(f64x2.mul(v128.load64_splat(g, 16), level), v128.load32_splat(x, 8)));
          a3 = f64x2.add(a3, times(f64x2.mul(v128.load64_splat(g, 24), level), v128.load32_splat(x, 12)));
          a4 = f64x2.add(a4, times(f64x2.mul(v128.load64_splat(g, 32), level), v128.load32_splat(x, 16)));
          a5 = f64x2.add(a5, times(f64x2.mul(v128.load64_splat(g, 40), level), v128.load32_splat(x, 20)));
          a6 = f64x2.add(a6, times(f64x2.mul(v128.load64_splat(g, 48), level), v128.load32_splat(x, 24)));
          a7 = f64x2.add(a7, times(f64x2.mul(v128.load64_splat(g, 56), level), v128.load32_splat(x, 28)));
          entry += sizeof<usize>();
          if (entry == last) break;
          voice = load<usize>(entry);
        } while (load<i32>(voice, KIND) == (RAMPED | MONO));
      }
    }
    if (finish) {
      const y = out + ((<usize>i) << 3);
      v128.store(y, rounded(a0, a1), 0);
      v128.store(y, rounded(a2, a3), 16);
      v128.store(y, rounded(a4, a5), 32);
      v128.store(y, rounded(a6, a7), 48);
    } else {
      v128.store(sum, a0, 0);
      v128.store(sum, a1, 16);
      v128.store(sum, a2, 32);
      v128.store(sum, a3, 48);
      v128.store(sum, a4, 64);
      v128.store(sum, a5, 80);
      v128.store(sum, a6, 96);
      v128.store(sum, a7, 112);
    }
  }
  for (; i < to; i++) {
    const sum = sums + ((<usize>i) << 4);
    let a = resume ? v128.load(sum) : f64x2.splat(0.0);
    for (let entry = playing; entry < last; entry += sizeof<usize>()) {
      const voice = load<usize>(entry);
      const kind = load<i32>(voice, KIND);
      const source = <usize>load<u32>(voice, SOURCE);
      let level = v128.load(voice, LEVEL);
      if (kind & RAMPED) {
        level = f64x2.mul(v128.load64_splat(<usize>load<u32>(voice, GAINS) + ((<usize>i) << 3)), level);
      }
      let part: v128;
      if (kind == PACKED) {
        const at = source + (<usize>i) * 6;
        part = timesLow(level, i32x4(load<i32>(at) << 8, load<i32>(at, 3) << 8, 0, 0));
      } else if (kind == (PACKED | MONO)) {
        part = timesLow(level, i32x4.splat(load<i32>(source + (<usize>i) * 3) << 8));
      } else if (kind & MONO) {
        part = times(level, v128.load32_splat(source + ((<usize>i) << 2)));
      } else {
        part = times(level, v128.load64_zero(source + ((<usize>i) << 3)));
      }
      a = f64x2.add(a, part);
    }
    if (finish) v128.store64_lane(out + ((<usize>i) << 3), rounded(a, a), 0);
    else v128.store(sum, a);
  }
}

/** The first two of four 32-bit floats, times two levels. */
function times(level: v128, sample: v128): v128 {
  return f64x2.mul(level, f64x2.promote_low_f32x4(sample));
}

/** The first two of four integers, times two levels. */
function timesLow(level: v128, sample: v128): v128 {
  return f64x2.mul(level, f64x2.convert_low_i32x4_s(sample));
}

/** The last two of four integers, times two levels. */
function timesHigh(level: v128, sample: v128): v128 {
  return timesLow(level, v128.shuffle<i64>(sample, sample, 1, 1));
}

/** Two samples as 32-bit floats. Adding 0 makes +0 of the −0 that a tiny negative sum rounds to. */
function rounded(first: v128, second: v128): v128 {
  const both = v128.shuffle<f32>(f32x4.demote_f64x2_zero(first), f32x4.demote_f64x2_zero(second), 0, 1, 4, 5);
  return f32x4.add(both, f32x4.splat(0.0));
}

/** Multiplies `count` stereo sums by a gain each. */
export function scaleSums(sums: usize, gains: usize, count: i32): void {
  for (let i: usize = 0; i < <usize>count; i++) {
    const sum = sums + (i << 4);
    v128.store(sum, f64x2.mul(v128.load(sum), v128.load64_splat(gains + (i << 3))));
  }
}

/** Multiplies `count` stereo sums by one gain. */
export function scaleSumsEvenly(sums: usize, gain: f64, count: i32): void {
  const gains = f64x2.splat(gain);
  for (let i: usize = 0; i < <usize>count; i++) {
    const sum = sums + (i << 4);
    v128.store(sum, f64x2.mul(v128.load(sum), gains));
  }
}

/** Rounds `count` stereo sums to 32-bit float. */
export function roundSums(sums: usize, out: usize, count: i32): void {
  for (let i: usize = 0; i < <usize>count; i++) {
    const sum = v128.load(sums + (i << 4));
    v128.store64_lane(out + (i << 3), rounded(sum, sum), 0);
  }
}

/** Rounds `count` stereo sums to mono 32-bit float: half of left and right together. */
export function foldSums(sums: usize, out: usize, count: i32): void {
  for (let i: usize = 0; i < <usize>count; i++) {
    const sum = sums + (i << 4);
    // Adding 0 makes +0 of −0.
    store<f32>(out + (i << 2), <f32>((load<f64>(sum) + load<f64>(sum, 8)) * 0.5) + <f32>0.0);
  }
}

/** Copies `count` stereo samples to places `stride` bytes apart. */
export function placePair(input: usize, output: usize, stride: usize, count: i32): void {
  for (let i = 0; i < count; i++) {
    store<u64>(output, load<u64>(input));
    input += 8;
    output += stride;
  }
}
