import { Kernel, type Pointer } from '../kernel/kernel.ts';
import { channelWeights } from '../measure/channel-weights.ts';
import type { Measurement } from '../measure/measurement.ts';
import { Meter } from '../measure/meter.ts';
import type { StemChannels } from '../score/score.ts';
import { addFloats, addIntegers } from './add-to-mix.ts';
import { bytesPerSample, fileLayout, mixChannels, type RenderJob } from './render-job.ts';
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
  readonly #mixChannels: StemChannels;
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
    // No file is wider than the mix.
    this.#mixChannels = mixChannels(job);
    const values = PIECE_SAMPLES * this.#mixChannels;
    this.#bytes = this.#kernel.allocate(values * this.#format.bytesPerValue);
    this.#values = this.#kernel.allocate(values * 4);
    this.#sum = this.#kernel.allocate(values * 8);
  }

  /** Measures a whole file. */
  async measure(index: number): Promise<Measurement> {
    const { from, to, score } = this.#job;
    const channels = this.#channelsOf(index);
    const mark = this.#kernel.mark();
    const meter = new Meter({
      kernel: this.#kernel,
      sampleRate: score.sampleRate,
      channels,
      weights: channelWeights(channels),
      blockSamples: PIECE_SAMPLES,
    });
    for (const { start, samples } of pieces(from, to)) {
      await this.#load(index, start, samples);
      this.#toFloats(meter.input, samples * channels);
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
      most = Math.max(most, this.#magnitude(this.#values, samples * this.#channelsOf(index)));
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
    const values = samples * this.#mixChannels;
    const mix = this.#files.length - 1;
    this.#kernel.bytes(this.#sum, values * 8).fill(0);
    for (let index = 0; index < mix; index++) {
      await this.#load(index, start, samples);
      const add = this.#format.isFloat ? addFloats : addIntegers;
      add(this.#kernel, this.#sum, this.#mixChannels, this.#values, this.#channelsOf(index), samples);
    }
    await this.#load(mix, start, samples);
    if (!this.#format.isFloat) {
      exports.subtractIntegers(this.#sum, this.#values, values);
      return this.#magnitude(this.#sum, values);
    }
    // Rounded in place: value n is written before the sums that lie beyond it are read.
    exports.roundSum(this.#sum, this.#sum, values);
    return exports.greatestDifference(this.#sum, this.#values, values);
  }

  /** Brings a piece of a file to `#values`. */
  async #load(index: number, start: number, samples: number): Promise<void> {
    const { exports } = this.#kernel;
    const { bytesPerValue, isFloat } = this.#format;
    const size = bytesPerSample(this.#job, this.#job.files[index]!);
    const target = isFloat ? this.#values : this.#bytes;
    const position = this.#headerBytes[index]! + (start - this.#job.from) * size;
    await this.#files[index]!.read(position, this.#kernel.bytes(target, samples * size));
    const values = samples * this.#channelsOf(index);
    if (bytesPerValue === 2) exports.unpack16(target, this.#values, values);
    if (bytesPerValue === 3) exports.unpack24(target, this.#values, values);
  }

  #channelsOf(index: number): StemChannels {
    return this.#job.files[index]!.channels;
  }

  #toFloats(output: Pointer, values: number): void {
    if (this.#format.isFloat) {
      this.#kernel.float32(output, values).set(this.#kernel.float32(this.#values, values));
    } else {
      this.#kernel.exports.toFloats(this.#values, output, values, 1 / this.#format.scale);
    }
  }

  #magnitude(pointer: Pointer, values: number): number {
    const { exports } = this.#kernel;
    if (this.#format.isFloat) return exports.peakOf(pointer, values);
    return exports.magnitude(pointer, values);
  }
}

function* pieces(from: number, to: number): Generator<{ readonly start: number; readonly samples: number }> {
  for (let start = from; start < to; start += PIECE_SAMPLES) {
    yield { start, samples: Math.min(PIECE_SAMPLES, to - start) };
  }
}
