import type { Kernel, Pointer } from '../kernel/kernel.ts';
import { integratedPower, rangePowers } from './gating.ts';
import { LEAST_SILENCE_SECONDS, type Measurement } from './measurement.ts';
import { SilenceFinder } from './silence-finder.ts';

/** Windows slide in steps of 10 ms: the loudest 400 ms are then missed by 5 ms, or 0.05 dB, at the most. */
const STEPS_PER_SECOND = 100;
const MOMENTARY_STEPS = 40;
const SHORT_TERM_STEPS = 300;
/** Gating blocks begin every 100 ms. */
const STEPS_PER_HOP = 10;
/** Samples before a block that the true-peak interpolator looks back on. */
const LOOK_BACK = 11;

export interface MeterOptions {
  /** Where the meter works; it allocates what it needs there and never gives it back. */
  readonly kernel: Kernel;
  /** Samples per second. */
  readonly sampleRate: number;
  readonly channels: number;
  /**
   * How much each channel counts (BS.1770's G): 1 for front channels, 1.41 for surrounds, 0 for LFE.
   * Default: 1 for all.
   */
  readonly weights?: readonly number[];
  /** The most samples of one {@link Meter.advance}. Default: 4096. */
  readonly blockSamples?: number;
}

/** Levels at one moment; null for silence. */
export interface MeterReading {
  /** Of the last 400 ms and 3 s. */
  readonly momentaryLufs: number | null;
  readonly shortTermLufs: number | null;
  /** Of everything so far, gated. */
  readonly integratedLufs: number | null;
  /** Highest so far. */
  readonly truePeakDbtp: number | null;
}

/**
 * Measures loudness, loudness range, peaks and silences of a sound that is pushed through it, in one pass
 * and in memory that does not depend on what is pushed (eight bytes for each 100 ms apart). The result is
 * the same to the last bit whatever the sizes of the blocks.
 *
 *     samples ─┬─▶ K-weighting ─▶ energy of 10 ms ─▶ 400 ms, 3 s ─▶ loudest, gates ─▶ LUFS, LU
 *              ├─▶ 4 × oversampling ─▶ dBTP
 *              └─▶ largest sample, runs of zeros
 *
 * @see ITU-R BS.1770-5; EBU Tech 3341 and 3342
 */
export class Meter {
  /** Room for `blockSamples` interleaved samples: write the next ones here and {@link advance}. */
  readonly input: Pointer;
  readonly #kernel: Kernel;
  readonly #sampleRate: number;
  readonly #channels: number;
  readonly #weights: readonly number[];
  readonly #blockSamples: number;
  readonly #coefficients: Pointer;
  readonly #state: Pointer;
  readonly #silences: SilenceFinder;
  #samples = 0;
  #steps = 0;
  #stepEnd: number;
  /** Energies of the last ten steps, and at each of the last 300 steps the energy of the ten up to it. */
  readonly #stepEnergies = new Float64Array(STEPS_PER_HOP);
  readonly #hopEnergies = new Float64Array(SHORT_TERM_STEPS);
  readonly #gatingPowers: number[] = [];
  readonly #shortTermPowers: number[] = [];
  #momentary = 0;
  #shortTerm = 0;
  #maxMomentary = 0;
  #maxShortTerm = 0;
  #samplePeak = 0;
  #truePeak = 0;

  /** @throws RangeError for a rate below 8 kHz, no channels, or weights for another number of channels. */
  constructor(options: MeterOptions) {
    const { kernel, sampleRate, channels, weights = Array<number>(channels).fill(1) } = options;
    if (!(sampleRate >= 8000))
      throw new RangeError(`a meter's rate must be 8000 Hz or more, got: ${sampleRate}`);
    if (!(channels >= 1)) throw new RangeError(`a meter must have one channel or more, got: ${channels}`);
    if (weights.length !== channels) {
      throw new RangeError(`a meter of ${channels} channels needs as many weights, got: ${weights.length}`);
    }
    this.#kernel = kernel;
    this.#sampleRate = sampleRate;
    this.#channels = channels;
    this.#weights = weights;
    this.#blockSamples = options.blockSamples ?? 4096;
    this.#coefficients = kernel.allocate(10 * 8);
    this.#state = kernel.allocate(kernel.exports.meterStateBytes(channels));
    const history = kernel.allocate((LOOK_BACK + Math.max(this.#blockSamples, LOOK_BACK)) * channels * 4);
    this.input = history + LOOK_BACK * channels * 4;
    kernel.bytes(this.#state, kernel.exports.meterStateBytes(channels)).fill(0);
    kernel.float32(history, LOOK_BACK * channels).fill(0);
    kernel.exports.kWeighting(this.#coefficients, sampleRate);
    this.#silences = new SilenceFinder(Math.round(LEAST_SILENCE_SECONDS * sampleRate));
    this.#stepEnd = this.#endOfStep(0);
  }

  /** Takes interleaved samples, any number of them. */
  push(interleaved: Float32Array): void {
    const most = this.#blockSamples * this.#channels;
    for (let from = 0; from < interleaved.length; from += most) {
      const block = interleaved.subarray(from, from + most);
      this.#kernel.float32(this.input, block.length).set(block);
      this.advance(block.length / this.#channels);
    }
  }

  /** Takes `samples` samples that have been written to {@link input}. */
  advance(samples: number): void {
    for (let done = 0; done < samples; ) {
      const count = Math.min(samples - done, this.#stepEnd - this.#samples);
      this.#measure(this.input + done * this.#channels * 4, count);
      this.#samples += count;
      done += count;
      if (this.#samples === this.#stepEnd) this.#endStep();
    }
    this.#keepLookBack(samples);
  }

  /** What a meter on a desk shows after the samples so far: windows reach back before the first into silence. */
  read(): MeterReading {
    const integrated = integratedPower(this.#gatingPowers);
    return {
      momentaryLufs: this.#loudness(this.#momentary),
      shortTermLufs: this.#loudness(this.#shortTerm),
      integratedLufs: integrated === undefined ? null : this.#loudness(integrated),
      truePeakDbtp: this.#level(this.#truePeak),
    };
  }

  /** What was measured. Nothing may be pushed after it. */
  finish(): Measurement {
    const { exports } = this.#kernel;
    // What the interpolator still holds of the last samples comes out when zeros follow them.
    this.#kernel.float32(this.input, LOOK_BACK * this.#channels).fill(0);
    this.#truePeak = exports.truePeak(this.input, this.#channels, LOOK_BACK, this.#truePeak);
    const integrated = integratedPower(this.#gatingPowers);
    const range = rangePowers(this.#shortTermPowers);
    return {
      sampleRate: this.#sampleRate,
      channels: this.#channels,
      samples: this.#samples,
      integratedLufs: integrated === undefined ? null : this.#loudness(integrated),
      loudnessRangeLu: range === undefined ? null : exports.decibels(range[1] / range[0]),
      maxMomentaryLufs: this.#loudness(this.#maxMomentary),
      maxShortTermLufs: this.#loudness(this.#maxShortTerm),
      truePeakDbtp: this.#level(this.#truePeak),
      samplePeakDbfs: this.#level(this.#samplePeak),
      silences: this.#silences.finish(),
    };
  }

  /** Takes a piece that lies within one step, and so is shorter than any silence. */
  #measure(input: Pointer, samples: number): void {
    const { exports } = this.#kernel;
    const channels = this.#channels;
    const values = samples * channels;
    exports.weigh(input, channels, samples, this.#coefficients, this.#state);
    const peak = exports.peakOf(input, values);
    if (peak === 0) {
      this.#silences.pushZeros(samples);
    } else {
      const atStart = Math.floor(exports.zerosAtStart(input, values) / channels);
      const atEnd = Math.floor(exports.zerosAtEnd(input, values) / channels);
      this.#silences.push(samples, atStart, atEnd);
    }
    this.#samplePeak = Math.max(this.#samplePeak, peak);
    // The interpolator has no phase on the samples themselves, and may read less than them.
    this.#truePeak = exports.truePeak(input, channels, samples, Math.max(this.#truePeak, peak));
  }

  #endStep(): void {
    const step = this.#steps;
    this.#stepEnergies[step % STEPS_PER_HOP] = this.#takeEnergy();
    this.#hopEnergies[step % SHORT_TERM_STEPS] = sumOf(this.#stepEnergies);
    const momentary = this.#windowPower(MOMENTARY_STEPS);
    const shortTerm = this.#windowPower(SHORT_TERM_STEPS);
    this.#momentary = momentary;
    this.#shortTerm = shortTerm;
    this.#steps += 1;
    // A window that reaches back before the first sample has not been heard whole.
    if (this.#steps >= MOMENTARY_STEPS) this.#maxMomentary = Math.max(this.#maxMomentary, momentary);
    if (this.#steps >= SHORT_TERM_STEPS) this.#maxShortTerm = Math.max(this.#maxShortTerm, shortTerm);
    this.#stepEnd = this.#endOfStep(this.#steps);
    if (this.#steps % STEPS_PER_HOP !== 0) return;
    if (this.#steps >= MOMENTARY_STEPS) this.#gatingPowers.push(momentary);
    if (this.#steps >= SHORT_TERM_STEPS) this.#shortTermPowers.push(shortTerm);
  }

  /** The channels' energies of the step, weighted and added up. */
  #takeEnergy(): number {
    let energy = 0;
    for (let channel = 0; channel < this.#channels; channel++) {
      energy += this.#weights[channel]! * this.#kernel.exports.takeEnergy(this.#state, channel);
    }
    return energy;
  }

  /** Power of the window that ends with the step just taken; before the first sample there is silence. */
  #windowPower(steps: number): number {
    let energy = 0;
    for (let back = 0; back < steps && back <= this.#steps; back += STEPS_PER_HOP) {
      energy += this.#hopEnergies[(this.#steps - back) % SHORT_TERM_STEPS]!;
    }
    return (energy * STEPS_PER_SECOND) / (steps * this.#sampleRate);
  }

  #endOfStep(step: number): number {
    return Math.round(((step + 1) * this.#sampleRate) / STEPS_PER_SECOND);
  }

  #keepLookBack(samples: number): void {
    const lookBack = LOOK_BACK * this.#channels;
    const start = this.input - lookBack * 4;
    this.#kernel.float32(start, lookBack + samples * this.#channels).copyWithin(0, samples * this.#channels);
  }

  /** LUFS of a power; BS.1770's constant makes a 997 Hz sine of 0 dBFS in one front channel read −3.01. */
  #loudness(power: number): number | null {
    return power > 0 ? this.#kernel.exports.decibels(power) - 0.691 : null;
  }

  #level(magnitude: number): number | null {
    return magnitude > 0 ? this.#kernel.exports.decibels(magnitude * magnitude) : null;
  }
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
