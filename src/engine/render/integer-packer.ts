import type { Kernel, Pointer } from '../kernel/kernel.ts';
import { seedOf } from '../random/random.ts';
import { countOvers, NO_PEAKS, type Peaks } from './overs.ts';
import type { Packer } from './packer.ts';
import { CHANNELS, type RenderJob } from './render-job.ts';
import { divideRange, type Span, soundingSpans } from './sounding-spans.ts';

const EPOCH = 2 ** 32;
const MAX_INTEGER = 2 ** 31 - 1;

/** How one stem's 16-bit samples are dithered. */
interface Dither {
  readonly spans: readonly Span[];
  readonly leftSeed: number;
  readonly rightSeed: number;
}

/**
 * Packs 16- and 24-bit files. Every stem is rounded to integers first, and the mix is the sum of those
 * integers, so that the files add up to the last bit.
 */
export class IntegerPacker implements Packer {
  readonly #kernel: Kernel;
  readonly #bits: 16 | 24;
  readonly #scale: number;
  /** Integers are held within ±limit, so that a sum of stems cannot wrap, however far they clip. */
  readonly #limit: number;
  readonly #dithers: readonly (Dither | undefined)[];
  readonly #integers: Pointer;
  readonly #sum: Pointer;
  /** Peak of the loudest stem of the block that was held back; 0 where none was. */
  #heldPeak = 0;

  constructor(job: RenderJob, bits: 16 | 24, kernel: Kernel, blockSamples: number) {
    this.#kernel = kernel;
    this.#bits = bits;
    this.#scale = 2 ** (bits - 1);
    this.#limit = Math.floor(MAX_INTEGER / job.score.stems.length);
    this.#dithers = job.score.stems.map((_, stem) => (bits === 16 ? ditherOf(job, stem) : undefined));
    this.#integers = kernel.allocate(blockSamples * CHANNELS * 4);
    this.#sum = kernel.allocate(blockSamples * CHANNELS * 4);
  }

  packStem(stem: number, input: Pointer, start: number, samples: number, output?: Pointer): Peaks {
    const values = samples * CHANNELS;
    // The first stem is where the sum begins.
    const integers = stem === 0 ? this.#sum : this.#integers;
    const dither = this.#dithers[stem];
    if (dither) this.#quantiseDithered(dither, input, integers, start, samples);
    else this.#quantise(input, integers, values);
    if (output !== undefined) this.#pack(integers, output, values);
    if (stem > 0) this.#kernel.exports.addIntegers(this.#sum, integers, values);
    if (stem === 0) this.#heldPeak = 0;
    const peaks = this.#peaks(integers, start, values);
    if (peaks.peak * this.#scale < this.#limit) return peaks;
    const peak = this.#kernel.exports.peakOf(input, values);
    this.#heldPeak = Math.max(this.#heldPeak, peak);
    return { ...peaks, peak };
  }

  packMix(start: number, samples: number, output: Pointer): Peaks {
    const values = samples * CHANNELS;
    this.#pack(this.#sum, output, values);
    const peaks = this.#peaks(this.#sum, start, values);
    // The sum of what was held back says nothing; beside a stem as loud as that, the others hardly count.
    return { ...peaks, peak: Math.max(peaks.peak, this.#heldPeak) };
  }

  #quantise(input: Pointer, output: Pointer, values: number): void {
    this.#kernel.exports.quantise(input, output, values, this.#scale, this.#limit);
  }

  #quantiseDithered(dither: Dither, input: Pointer, output: Pointer, start: number, samples: number): void {
    for (const part of divideRange(dither.spans, start, start + samples)) {
      for (let from = part.start; from < part.end; ) {
        // The kernel counts samples in 32 bits.
        const epoch = Math.floor(from / EPOCH);
        const to = Math.min(part.end, (epoch + 1) * EPOCH);
        const offset = (from - start) * CHANNELS * 4;
        if (part.isInside) {
          this.#kernel.exports.quantiseDithered(
            input + offset,
            output + offset,
            to - from,
            dither.leftSeed,
            dither.rightSeed,
            from % EPOCH,
            epoch,
            this.#limit,
          );
        } else {
          this.#quantise(input + offset, output + offset, (to - from) * CHANNELS);
        }
        from = to;
      }
    }
  }

  #pack(integers: Pointer, output: Pointer, values: number): void {
    if (this.#bits === 16) this.#kernel.exports.pack16(integers, output, values);
    else this.#kernel.exports.pack24(integers, output, values);
  }

  #peaks(integers: Pointer, start: number, values: number): Peaks {
    const high = this.#kernel.exports.highest(integers, values);
    const low = this.#kernel.exports.lowest(integers, values);
    const peak = Math.max(high, -low) / this.#scale;
    if (high < this.#scale && low >= -this.#scale) return { ...NO_PEAKS, peak };
    const view = this.#kernel.int32(integers, values);
    return { peak, ...countOvers(view, -this.#scale, this.#scale - 1, start) };
  }
}

function ditherOf({ score }: RenderJob, stem: number): Dither {
  const { id } = score.stems[stem]!;
  return {
    spans: soundingSpans(score, stem),
    leftSeed: seedOf(score.seed, 'dither', id, 'left'),
    rightSeed: seedOf(score.seed, 'dither', id, 'right'),
  };
}
