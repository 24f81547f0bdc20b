/**
 * The inner loops of the loudness meter (ITU-R BS.1770-5). Input is interleaved 32-bit float; filters and
 * sums are 64-bit, two channels in the two lanes of a vector.
 */

/** Bytes of the state of one pair of channels: two stages of two delays, and the energy so far. */
const STATE_BYTES: usize = 80;

/** Below this a filter's memory is rounding dust: it is dropped before it becomes denormal, and slow. */
const DUST: f64 = 1e-25;

/** Bytes that {@link weigh} needs for a number of channels. */
export function meterStateBytes(channels: i32): usize {
  return <usize>((channels + 1) >> 1) * STATE_BYTES;
}

/**
 * Writes the ten K-weighting coefficients (b0 b1 b2 a1 a2 of each stage, 64-bit) for any sample rate.
 *
 * BS.1770 tabulates them at 48 kHz only; these formulas give the table's digits there. The gain of the
 * second stage is held at that of 48 kHz, as the table has it: b = 1, −2, 1.
 */
export function kWeighting(coefficients: usize, sampleRate: f64): void {
  const shelf = Math.tan((Math.PI * 1681.974450955533) / sampleRate);
  const shelfQ = 0.7071752369554196;
  const high = 10.0 ** (3.999843853973347 / 20.0);
  const band = high ** 0.4996667741545416;
  const shelfA0 = 1.0 + shelf / shelfQ + shelf * shelf;
  store<f64>(coefficients, (high + (band * shelf) / shelfQ + shelf * shelf) / shelfA0, 0);
  store<f64>(coefficients, (2.0 * (shelf * shelf - high)) / shelfA0, 8);
  store<f64>(coefficients, (high - (band * shelf) / shelfQ + shelf * shelf) / shelfA0, 16);
  store<f64>(coefficients, (2.0 * (shelf * shelf - 1.0)) / shelfA0, 24);
  store<f64>(coefficients, (1.0 - shelf / shelfQ + shelf * shelf) / shelfA0, 32);

  const pass = Math.tan((Math.PI * 38.13547087602444) / sampleRate);
  const passQ = 0.5003270373238773;
  const passA0 = 1.0 + pass / passQ + pass * pass;
  const table = Math.tan((Math.PI * 38.13547087602444) / 48000.0);
  const gain = (1.0 + table / passQ + table * table) / passA0;
  store<f64>(coefficients, gain, 40);
  store<f64>(coefficients, -2.0 * gain, 48);
  store<f64>(coefficients, gain, 56);
  store<f64>(coefficients, (2.0 * (pass * pass - 1.0)) / passA0, 64);
  store<f64>(coefficients, (1.0 - pass / passQ + pass * pass) / passA0, 72);
}

/** K-weights `samples` samples of all channels and adds their squares to the energy in `state`. */
export function weigh(input: usize, channels: i32, samples: i32, coefficients: usize, state: usize): void {
  const stride = (<usize>channels) << 2;
  for (let channel = 0; channel < channels; channel += 2) {
    const from = input + ((<usize>channel) << 2);
    if (channel + 1 < channels) weighTwo(from, stride, samples, coefficients, state);
    else weighOne(from, stride, samples, coefficients, state);
    state += STATE_BYTES;
  }
}

/** Channels at `input` and the one after it. */
function weighTwo(input: usize, stride: usize, samples: i32, coefficients: usize, state: usize): void {
  const b0 = v128.load64_splat(coefficients, 0);
  const b1 = v128.load64_splat(coefficients, 8);
  const b2 = v128.load64_splat(coefficients, 16);
  const a1 = v128.load64_splat(coefficients, 24);
  const a2 = v128.load64_splat(coefficients, 32);
  const d0 = v128.load64_splat(coefficients, 40);
  const d1 = v128.load64_splat(coefficients, 48);
  const c1 = v128.load64_splat(coefficients, 64);
  const c2 = v128.load64_splat(coefficients, 72);
  let s1 = v128.load(state, 0);
  let s2 = v128.load(state, 16);
  let t1 = v128.load(state, 32);
  let t2 = v128.load(state, 48);
  let energy = v128.load(state, 64);
  for (let n = 0; n < samples; n++) {
    const x = f64x2.promote_low_f32x4(v128.load64_zero(input));
    const y = f64x2.add(f64x2.mul(b0, x), s1);
    s1 = f64x2.sub(f64x2.add(f64x2.mul(b1, x), s2), f64x2.mul(a1, y));
    s2 = f64x2.sub(f64x2.mul(b2, x), f64x2.mul(a2, y));
    const scaled = f64x2.mul(d0, y);
    const z = f64x2.add(scaled, t1);
    t1 = f64x2.sub(f64x2.add(f64x2.mul(d1, y), t2), f64x2.mul(c1, z));
    t2 = f64x2.sub(scaled, f64x2.mul(c2, z));
    energy = f64x2.add(energy, f64x2.mul(z, z));
    input += stride;
  }
  v128.store(state, s1, 0);
  v128.store(state, s2, 16);
  v128.store(state, t1, 32);
  v128.store(state, t2, 48);
  v128.store(state, energy, 64);
}

/** One channel, in the lower lane: the same operations in the same order, so the same bits. */
function weighOne(input: usize, stride: usize, samples: i32, coefficients: usize, state: usize): void {
  const b0 = load<f64>(coefficients, 0);
  const b1 = load<f64>(coefficients, 8);
  const b2 = load<f64>(coefficients, 16);
  const a1 = load<f64>(coefficients, 24);
  const a2 = load<f64>(coefficients, 32);
  const d0 = load<f64>(coefficients, 40);
  const d1 = load<f64>(coefficients, 48);
  const c1 = load<f64>(coefficients, 64);
  const c2 = load<f64>(coefficients, 72);
  let s1 = load<f64>(state, 0);
  let s2 = load<f64>(state, 16);
  let t1 = load<f64>(state, 32);
  let t2 = load<f64>(state, 48);
  let energy = load<f64>(state, 64);
  for (let n = 0; n < samples; n++) {
    const x = <f64>load<f32>(input);
    const y = b0 * x + s1;
    s1 = b1 * x + s2 - a1 * y;
    s2 = b2 * x - a2 * y;
    const scaled = d0 * y;
    const z = scaled + t1;
    t1 = d1 * y + t2 - c1 * z;
    t2 = scaled - c2 * z;
    energy += z * z;
    input += stride;
  }
  store<f64>(state, s1, 0);
  store<f64>(state, s2, 16);
  store<f64>(state, t1, 32);
  store<f64>(state, t2, 48);
  store<f64>(state, energy, 64);
}

/** Takes the energy that {@link weigh} has gathered for a channel (a sum of squares) and starts anew. */
export function takeEnergy(state: usize, channel: i32): f64 {
  const lane = state + <usize>(channel >> 1) * STATE_BYTES + ((<usize>(channel & 1)) << 3);
  const energy = load<f64>(lane, 64);
  store<f64>(lane, 0.0, 64);
  for (let delay: usize = 0; delay < 64; delay += 16) {
    if (Math.abs(load<f64>(lane + delay)) < DUST) store<f64>(lane + delay, 0.0);
  }
  return energy;
}

/** A ratio of powers in dB. */
export function decibels(power: f64): f64 {
  return 10.0 * Math.log10(power);
}

/** The largest magnitude of `values` values. */
export function peakOf(input: usize, values: i32): f32 {
  // Without their signs, floats are in the order of their bits, and integers compare in one instruction.
  const magnitude = i32x4.splat(0x7fffffff);
  let even = i32x4.splat(0);
  let odd = i32x4.splat(0);
  let n = 0;
  for (; n + 8 <= values; n += 8) {
    even = i32x4.max_s(even, v128.and(v128.load(input), magnitude));
    odd = i32x4.max_s(odd, v128.and(v128.load(input, 16), magnitude));
    input += 32;
  }
  let peak = highestLane(i32x4.max_s(even, odd));
  for (; n < values; n++) {
    peak = max(peak, abs(load<f32>(input)));
    input += 4;
  }
  return peak;
}

function highestLane(x: v128): f32 {
  return max(
    max(f32x4.extract_lane(x, 0), f32x4.extract_lane(x, 1)),
    max(f32x4.extract_lane(x, 2), f32x4.extract_lane(x, 3)),
  );
}

/** How many values from the start on are exactly zero. */
export function zerosAtStart(input: usize, values: i32): i32 {
  let n = 0;
  while (n < values && load<f32>(input + ((<usize>n) << 2)) == 0) n++;
  return n;
}

/** How many values up to the end are exactly zero. */
export function zerosAtEnd(input: usize, values: i32): i32 {
  let n = 0;
  while (n < values && load<f32>(input + ((<usize>(values - 1 - n)) << 2)) == 0) n++;
  return n;
}

/** Taps of each phase. An output looks back on one sample less. */
const TAPS = 12;
/** No output of the interpolator is larger than its inputs times this: Σ|h| of phases 1 and 2, rounded up. */
const GREATEST_GAIN: f32 = 2.0229;
/** Samples that are skipped together when they cannot beat the peak so far. */
const SKIP = 32;

/**
 * The larger of `peak` and the largest magnitude of the signal oversampled four times.
 *
 * Runs of samples whose neighbourhood, times the interpolator's greatest gain, does not exceed the peak so
 * far cannot change the result and are skipped.
 *
 * @param input - First of `samples` interleaved samples; the 11 samples before it must be there too.
 * @see ITU-R BS.1770-5, Annex 2: order 48, four phases
 */
export function truePeak(input: usize, channels: i32, samples: i32, peak: f32): f32 {
  const step = <usize>channels << 2;
  for (let first = 0; first < samples; first += SKIP) {
    const count = min(SKIP, samples - first);
    let newest = input + <usize>first * step;
    const reach = peakOf(newest - <usize>(TAPS - 1) * step, (count + TAPS - 1) * channels);
    if (reach * GREATEST_GAIN <= peak) continue;
    let most = f32x4.splat(0);
    let values = count * channels;
    for (; values >= 4; values -= 4) {
      most = f32x4.pmax(most, oversampled(newest, step, false));
      newest += 16;
    }
    for (; values > 0; values--) {
      most = f32x4.pmax(most, oversampled(newest, step, true));
      newest += 4;
    }
    peak = max(peak, highestLane(most));
  }
  return peak;
}

/**
 * For four values (or one, in the lowest lane) the largest magnitude of the four phases of Annex 2.
 *
 * Phase 3 is phase 0 backwards, and 2 is 1. So with e the even and o the odd part of phase 0 about its
 * middle, its output is E + O and that of phase 3 is E − O, and the larger magnitude is |E| + |O|.
 */
// @ts-ignore: decorator
@inline
function oversampled(newest: usize, step: usize, one: bool): v128 {
  const x0 = fetch(newest, one);
  const x1 = fetch((newest -= step), one);
  const x2 = fetch((newest -= step), one);
  const x3 = fetch((newest -= step), one);
  const x4 = fetch((newest -= step), one);
  const x5 = fetch((newest -= step), one);
  const x6 = fetch((newest -= step), one);
  const x7 = fetch((newest -= step), one);
  const x8 = fetch((newest -= step), one);
  const x9 = fetch((newest -= step), one);
  const x10 = fetch((newest -= step), one);
  const x11 = fetch((newest -= step), one);

  // Half sums and half differences of the table's taps 1 and 12, 2 and 11, … 6 and 7.
  let sum = f32x4.add(x0, x11);
  let difference = f32x4.sub(x0, x11);
  let outerEven = times(sum, (0.001708984375 - 0.00830078125) / 2);
  let outerOdd = times(difference, (0.001708984375 + 0.00830078125) / 2);
  let innerEven = times(sum, (-0.0291748046875 - 0.0189208984375) / 2);
  let innerOdd = times(difference, (-0.0291748046875 + 0.0189208984375) / 2);

  sum = f32x4.add(x1, x10);
  difference = f32x4.sub(x1, x10);
  outerEven = f32x4.add(outerEven, times(sum, (0.010986328125 + 0.014892578125) / 2));
  outerOdd = f32x4.add(outerOdd, times(difference, (0.010986328125 - 0.014892578125) / 2));
  innerEven = f32x4.add(innerEven, times(sum, (0.029296875 + 0.0330810546875) / 2));
  innerOdd = f32x4.add(innerOdd, times(difference, (0.029296875 - 0.0330810546875) / 2));

  sum = f32x4.add(x2, x9);
  difference = f32x4.sub(x2, x9);
  outerEven = f32x4.add(outerEven, times(sum, (-0.0196533203125 - 0.026611328125) / 2));
  outerOdd = f32x4.add(outerOdd, times(difference, (-0.0196533203125 + 0.026611328125) / 2));
  innerEven = f32x4.add(innerEven, times(sum, (-0.0517578125 - 0.0582275390625) / 2));
  innerOdd = f32x4.add(innerOdd, times(difference, (-0.0517578125 + 0.0582275390625) / 2));

  sum = f32x4.add(x3, x8);
  difference = f32x4.sub(x3, x8);
  outerEven = f32x4.add(outerEven, times(sum, (0.033203125 + 0.047607421875) / 2));
  outerOdd = f32x4.add(outerOdd, times(difference, (0.033203125 - 0.047607421875) / 2));
  innerEven = f32x4.add(innerEven, times(sum, (0.089111328125 + 0.1015625) / 2));
  innerOdd = f32x4.add(innerOdd, times(difference, (0.089111328125 - 0.1015625) / 2));

  sum = f32x4.add(x4, x7);
  difference = f32x4.sub(x4, x7);
  outerEven = f32x4.add(outerEven, times(sum, (-0.0594482421875 - 0.102294921875) / 2));
  outerOdd = f32x4.add(outerOdd, times(difference, (-0.0594482421875 + 0.102294921875) / 2));
  innerEven = f32x4.add(innerEven, times(sum, (-0.16650390625 - 0.2003173828125) / 2));
  innerOdd = f32x4.add(innerOdd, times(difference, (-0.16650390625 + 0.2003173828125) / 2));

  sum = f32x4.add(x5, x6);
  difference = f32x4.sub(x5, x6);
  outerEven = f32x4.add(outerEven, times(sum, (0.1373291015625 + 0.97216796875) / 2));
  outerOdd = f32x4.add(outerOdd, times(difference, (0.1373291015625 - 0.97216796875) / 2));
  innerEven = f32x4.add(innerEven, times(sum, (0.465087890625 + 0.77978515625) / 2));
  innerOdd = f32x4.add(innerOdd, times(difference, (0.465087890625 - 0.77978515625) / 2));

  return f32x4.pmax(
    f32x4.add(f32x4.abs(outerEven), f32x4.abs(outerOdd)),
    f32x4.add(f32x4.abs(innerEven), f32x4.abs(innerOdd)),
  );
}

// @ts-ignore: decorator
@inline
function fetch(at: usize, one: bool): v128 {
  return one ? v128.load32_zero(at) : v128.load(at);
}

// @ts-ignore: decorator
@inline
function times(x: v128, factor: f32): v128 {
  return f32x4.mul(x, f32x4.splat(factor));
}
