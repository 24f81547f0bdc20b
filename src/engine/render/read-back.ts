import { Kernel, type Pointer } from '../kernel/kernel.ts';
import type { Measurement } from '../measure/measurement.ts';
import { Meter } from '../measure/meter.ts';
import { bytesPerSample, CHANNELS, fileLayout, type RenderJob } from './render-job.ts';
import type { Checkpoint, OutputFile } from './render-ports.ts';
import { type SampleFormat, sampleFormat } from './sample-format.ts';
import { wavHeaderBytes } from './wav-header.ts';

/** Samples that are read at a time. */
const PIECE_SAMPLES = 2 ** 15;

/**
 * Reads the samples of written files back, as whoever opens them will, to measure them and to prove what is
 * said of them. Differences and magnitudes are in steps of the file's integers; in full scale (1.0) where
 * the files are float.
 */
export class ReadBack {
  readonly #job: RenderJob;
  readonly #files: readonly OutputFile[];
  readonly #checkpoint: Checkpoint;
  readonly #kernel: Kernel;
  readonly #format: SampleFormat;
  readonly #headerBytes: readonly number[];
  /** A piece as it stands in the file. */
  readonly #bytes: Pointer;
  /** A piece as 32-bit integers, or as floats where the file has floats. */
  readonly #values: Pointer;
  readonly #sum: Pointer;

  constructor(
    job: RenderJob,
    files: readonly OutputFile[],
    kernel: WebAssembly.Module,
    checkpoint: Checkpoint,
  ) {
    this.#job = job;
    this.#files = files;
    this.#checkpoint = checkpoint;
    this.#kernel = Kernel.instantiate(kernel);
    this.#format = sampleFormat(job.bits);
    this.#headerBytes = job.files.map((file) => wavHeaderBytes(fileLayout(job, file)));
    this.#bytes = this.#kernel.allocate(PIECE_SAMPLES * bytesPerSample(job));
    this.#values = this.#kernel.allocate(PIECE_SAMPLES * CHANNELS * 4);
    this.#sum = this.#kernel.allocate(PIECE_SAMPLES * CHANNELS * 8);
  }

  /** Measures a whole file. */
  async measure(index: number): Promise<Measurement> {
    const { from, to, score } = this.#job;
    const mark = this.#kernel.mark();
    const meter = new Meter({
      kernel: this.#kernel,
      sampleRate: score.sampleRate,
      channels: CHANNELS,
      blockSamples: PIECE_SAMPLES,
    });
    for (const { start, samples } of pieces(from, to)) {
      await this.#load(index, start, samples);
      this.#toFloats(meter.input, samples);
      meter.advance(samples);
      await this.#checkpoint(samples);
    }
    const measurement = meter.finish();
    this.#kernel.release(mark);
    return measurement;
  }

  /** The largest magnitude in samples [from, to) of the score. */
  async maxAbs(index: number, from: number, to: number): Promise<number> {
    let most = 0;
    for (const { start, samples } of pieces(from, to)) {
      await this.#load(index, start, samples);
      most = Math.max(most, this.#magnitude(this.#values, samples));
      await this.#checkpoint(0);
    }
    return most;
  }

  /** The largest difference between the sum of all files but the last and the last, in samples [from, to). */
  async differenceFromSum(from: number, to: number): Promise<number> {
    let most = 0;
    for (const { start, samples } of pieces(from, to)) {
      most = Math.max(most, await this.#pieceDifference(start, samples));
      await this.#checkpoint(samples * this.#files.length);
    }
    return most;
  }

  async #pieceDifference(start: number, samples: number): Promise<number> {
    const { exports } = this.#kernel;
    const values = samples * CHANNELS;
    const mix = this.#files.length - 1;
    this.#kernel.bytes(this.#sum, values * 8).fill(0);
    for (let index = 0; index < mix; index++) {
      await this.#load(index, start, samples);
      if (this.#format.isFloat) exports.addFloats(this.#sum, this.#values, values);
      else exports.addIntegers(this.#sum, this.#values, values);
    }
    await this.#load(mix, start, samples);
    if (!this.#format.isFloat) {
      exports.subtractIntegers(this.#sum, this.#values, values);
      return this.#magnitude(this.#sum, samples);
    }
    // Rounded in place: value n is written before the sums that lie beyond it are read.
    exports.roundSum(this.#sum, this.#sum, values);
    return exports.greatestDifference(this.#sum, this.#values, values);
  }

  /** Brings a piece of a file to `#values`. */
  async #load(index: number, start: number, samples: number): Promise<void> {
    const { exports } = this.#kernel;
    const { bytesPerValue, isFloat } = this.#format;
    const size = bytesPerSample(this.#job);
    const target = isFloat ? this.#values : this.#bytes;
    const position = this.#headerBytes[index]! + (start - this.#job.from) * size;
    await this.#files[index]!.read(position, this.#kernel.bytes(target, samples * size));
    if (bytesPerValue === 2) exports.unpack16(target, this.#values, samples * CHANNELS);
    if (bytesPerValue === 3) exports.unpack24(target, this.#values, samples * CHANNELS);
  }

  #toFloats(output: Pointer, samples: number): void {
    const values = samples * CHANNELS;
    if (this.#format.isFloat) {
      this.#kernel.float32(output, values).set(this.#kernel.float32(this.#values, values));
    } else {
      this.#kernel.exports.toFloats(this.#values, output, values, 1 / this.#format.scale);
    }
  }

  #magnitude(pointer: Pointer, samples: number): number {
    const { exports } = this.#kernel;
    const values = samples * CHANNELS;
    if (this.#format.isFloat) return exports.peakOf(pointer, values);
    return Math.max(exports.highest(pointer, values), -exports.lowest(pointer, values));
  }
}

function* pieces(from: number, to: number): Generator<{ readonly start: number; readonly samples: number }> {
  for (let start = from; start < to; start += PIECE_SAMPLES) {
    yield { start, samples: Math.min(PIECE_SAMPLES, to - start) };
  }
}
