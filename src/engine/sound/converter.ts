import type { Kernel, Pointer } from '../kernel/kernel.ts';
import { convertedLength } from '../score/converted-length.ts';

/**
 * Shape of the filter: taps at the lower of the two rates, window, and cutoff in parts of half that rate. From
 * 44.1 kHz it passes all up to 20 kHz and stops by 22.05 kHz, 140 dB down (Kaiser's formulas).
 */
const TAPS = 208;
const BETA = 14.6;
const CUTOFF = 0.9535;
/** Taps in all rows, up to which each place that an output sample can fall on has a row of its own. */
const MOST_EXACT_TAPS = 1 << 19;
/** Rows in one input sample where there are too many places: a cubic between them is exact to −180 dB. */
const JOINED_ROWS = 256;
/** Input samples, and output samples, that are handled at a time. */
const MOST_INPUT = 16384;
const MOST_OUTPUT = 4096;

/** Puts samples [from, from + count) of a sound, 32-bit float, into the kernel's memory at `target`. */
export type SampleSupplier = (from: number, count: number, target: Pointer) => void;

/**
 * Converts sounds from one rate to another, without delay: what lies at second t lies there after it too.
 * Any range comes out with the same bits as in a conversion of the whole.
 */
export class Converter {
  readonly #kernel: Kernel;
  readonly #fromRate: number;
  readonly #toRate: number;
  /** The ratio of the rates in lowest terms: output sample m lies at input sample m · down / up. */
  readonly #up: number;
  readonly #down: number;
  readonly #taps: number;
  /** Output samples that are made at a time. */
  readonly #atOnce: number;
  readonly #rows: Pointer;
  /** The row that is joined of others; undefined where each place has its own. */
  readonly #joined: Pointer | undefined;
  readonly #floats: Pointer;
  /** The input in 64 bits, one channel after the other. */
  readonly #input: Pointer;
  readonly #planeBytes: number;
  readonly #output: Pointer;

  /** Rates in whole Hz. */
  constructor(kernel: Kernel, fromRate: number, toRate: number) {
    this.#kernel = kernel;
    this.#fromRate = fromRate;
    this.#toRate = toRate;
    const divisor = greatestCommonDivisor(fromRate, toRate);
    this.#up = toRate / divisor;
    this.#down = fromRate / divisor;
    const stretch = Math.max(1, this.#down / this.#up);
    this.#taps = 4 * Math.ceil((TAPS * stretch) / 4);
    const cutoff = CUTOFF / stretch;

    const isExact = this.#up * this.#taps <= MOST_EXACT_TAPS;
    const rowBytes = this.#taps * 8;
    // Joining takes rows on both sides: one before the first, and two behind the last.
    const rowCount = isExact ? this.#up : JOINED_ROWS + 3;
    this.#rows = kernel.allocate(rowCount * rowBytes);
    for (let row = 0; row < rowCount; row++) {
      const place = this.#rows + row * rowBytes;
      if (isExact && 2 * row > this.#up) {
        // A phase p before a sample mirrors a phase p behind it.
        const mirrored = kernel.float64(this.#rows + (this.#up - row) * rowBytes, this.#taps);
        kernel.float64(place, this.#taps).set(mirrored.toReversed());
      } else {
        const phase = isExact ? row / this.#up : (row - 1) / JOINED_ROWS;
        kernel.exports.fillTaps(place, this.#taps, phase, cutoff, BETA);
      }
    }
    const most = Math.max(1, Math.min(MOST_OUTPUT, Math.floor((MOST_INPUT * this.#up) / this.#down)));
    // The kernel likes four outputs of each row.
    this.#atOnce = most - (most % (4 * this.#up)) || most;
    this.#joined = isExact ? undefined : kernel.allocate(rowBytes);
    const inputSamples = MOST_INPUT + this.#taps;
    this.#floats = kernel.allocate(inputSamples * 2 * 4);
    this.#planeBytes = inputSamples * 8;
    this.#input = kernel.allocate(2 * this.#planeBytes);
    this.#output = kernel.allocate(MOST_OUTPUT * 2 * 4);
  }

  /** Length of a sound after conversion, samples. */
  lengthOf(samples: number): number {
    return convertedLength(samples, this.#fromRate, this.#toRate);
  }

  /** Input samples [from, to) that output samples [from, from + count) are made of; they may lie outside the sound. */
  inputOf(from: number, count: number): readonly [from: number, to: number] {
    const half = this.#taps / 2;
    return [this.#inputAt(from) - half + 1, this.#inputAt(from + count - 1) + half + 1];
  }

  /**
   * Writes output samples [from, from + count) into `out`, channels interleaved.
   *
   * @param supply - Gives the sound's samples, of which there are `samples`.
   */
  convert(
    supply: SampleSupplier,
    samples: number,
    channels: 1 | 2,
    from: number,
    count: number,
    out: Float32Array,
  ): void {
    for (let done = 0; done < count; done += this.#atOnce) {
      const some = Math.min(this.#atOnce, count - done);
      this.#fetch(supply, samples, channels, from + done, some);
      this.#filter(channels, from + done, some);
      out.set(this.#kernel.float32(this.#output, some * channels), done * channels);
    }
  }

  /** Whole part of where an output sample lies in the input. */
  #inputAt(output: number): number {
    return Math.floor((output * this.#down) / this.#up);
  }

  /** Gets the input of output samples [from, from + count), and zeros for what lies outside the sound. */
  #fetch(supply: SampleSupplier, samples: number, channels: number, from: number, count: number): void {
    const [first, end] = this.inputOf(from, count);
    const [start, stop] = [Math.max(0, first), Math.min(samples, end)];
    const sampleBytes = channels * 4;
    const total = end - first;
    this.#kernel.bytes(this.#floats, total * sampleBytes).fill(0);
    if (stop > start) supply(start, stop - start, this.#floats + (start - first) * sampleBytes);
    for (let channel = 0; channel < channels; channel++) {
      this.#kernel.exports.widen(
        this.#floats + channel * 4,
        this.#input + channel * this.#planeBytes,
        channels,
        total,
      );
    }
  }

  #filter(channels: 1 | 2, from: number, count: number): void {
    const { exports } = this.#kernel;
    const stride = channels * 4;
    const phase = (from * this.#down) % this.#up;
    if (this.#joined === undefined) {
      for (let channel = 0; channel < channels; channel++) {
        exports.resample(
          this.#rows,
          this.#taps,
          this.#up,
          this.#down,
          phase,
          this.#input + channel * this.#planeBytes,
          this.#output + channel * 4,
          stride,
          count,
        );
      }
      return;
    }
    const first = this.#inputAt(from);
    for (let index = 0; index < count; index++) {
      const place = (((from + index) * this.#down) % this.#up) * JOINED_ROWS;
      const row = Math.floor(place / this.#up);
      const fraction = (place % this.#up) / this.#up;
      exports.joinTaps(this.#rows + row * this.#taps * 8, this.#taps, fraction, this.#joined);
      const input = this.#input + (this.#inputAt(from + index) - first) * 8;
      const output = this.#output + index * stride;
      for (let channel = 0; channel < channels; channel++) {
        const plane = input + channel * this.#planeBytes;
        exports.resample(this.#joined, this.#taps, 1, 1, 0, plane, output + channel * 4, stride, 1);
      }
    }
  }
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
