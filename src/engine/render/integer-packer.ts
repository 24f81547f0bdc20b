import type { Kernel, Pointer } from '../kernel/kernel.ts';
import { seedOf } from '../random/random.ts';
import type { StemChannels } from '../score/score.ts';
import { addIntegers } from './add-to-mix.ts';
import { channelNames } from './channels.ts';
import { countOvers, NO_PEAKS, type Peaks } from './overs.ts';
import type { Packer } from './packer.ts';
import { mixChannels, type RenderJob } from './render-job.ts';
import { divideRange, type Span, soundingSpans } from './sounding-spans.ts';

const EPOCH = 2 ** 32;
const MAX_INTEGER = 2 ** 31 - 1;

/** How one stem's 16-bit samples are dithered. */
interface Dither {
  readonly spans: readonly Span[];
  /** One for each channel. */
  readonly seeds: readonly number[];
}

/** A stem of the job, as it goes into the mix. */
interface PackedStem {
  readonly channels: StemChannels;
  readonly dither: Dither | undefined;
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
  readonly #stems: readonly PackedStem[];
  readonly #mixChannels: StemChannels;
  readonly #integers: Pointer;
  readonly #sum: Pointer;
  /** Peak of the loudest stem of the block that was held back; 0 where none was. */
  #heldPeak = 0;

  constructor(job: RenderJob, bits: 16 | 24, kernel: Kernel, blockSamples: number) {
    this.#kernel = kernel;
    this.#bits = bits;
    this.#scale = 2 ** (bits - 1);
    this.#limit = Math.floor(MAX_INTEGER / job.stems.length);
    this.#stems = job.stems.map((stem) => ({
      channels: job.score.stems[stem]!.channels,
      dither: bits === 16 ? ditherOf(job, stem) : undefined,
    }));
    this.#mixChannels = mixChannels(job);
    this.#integers = kernel.allocate(blockSamples * this.#mixChannels * 4);
    this.#sum = kernel.allocate(blockSamples * this.#mixChannels * 4);
  }

  packStem(place: number, input: Pointer, start: number, samples: number, output?: Pointer): Peaks {
    const { channels, dither } = this.#stems[place]!;
    // A first stem that is as wide as the mix is where the sum begins.
    const isSum = place === 0 && channels === this.#mixChannels;
    if (place === 0 && !isSum) this.#kernel.int32(this.#sum, samples * this.#mixChannels).fill(0);
    const integers = isSum ? this.#sum : this.#integers;
    const values = samples * channels;
    const magnitude = dither
      ? this.#quantiseDithered(dither, input, integers, start, samples)
      : this.#quantise(input, integers, values);
    if (output !== undefined) this.#pack(integers, output, values);
    if (!isSum) addIntegers(this.#kernel, this.#sum, this.#mixChannels, integers, channels, samples);
    if (place === 0) this.#heldPeak = 0;
    const peaks = this.#peaks(magnitude, integers, start, values, channels);
    if (peaks.peak * this.#scale < this.#limit) return peaks;
    const peak = this.#kernel.exports.peakOf(input, values);
    this.#heldPeak = Math.max(this.#heldPeak, peak);
    return { ...peaks, peak };
  }

  packMix(start: number, samples: number, output: Pointer): Peaks {
    const values = samples * this.#mixChannels;
    const magnitude = this.#pack(this.#sum, output, values);
    const peaks = this.#peaks(magnitude, this.#sum, start, values, this.#mixChannels);
    // The sum of what was held back says nothing; beside a stem as loud as that, the others hardly count.
    return { ...peaks, peak: Math.max(peaks.peak, this.#heldPeak) };
  }

  /** @returns The largest magnitude of what came of it. */
  #quantise(input: Pointer, output: Pointer, values: number): number {
    return this.#kernel.exports.quantise(input, output, values, this.#scale, this.#limit);
  }

  #quantiseDithered(
    { spans, seeds }: Dither,
    input: Pointer,
    output: Pointer,
    start: number,
    samples: number,
  ): number {
    for (const part of divideRange(spans, start, start + samples)) {
      for (let from = part.start; from < part.end; ) {
        // The kernel counts samples in 32 bits.
        const to = Math.min(part.end, (Math.floor(from / EPOCH) + 1) * EPOCH);
        const offset = (from - start) * seeds.length * 4;
        if (part.isInside) this.#dither(seeds, input + offset, output + offset, from, to - from);
        else this.#quantise(input + offset, output + offset, (to - from) * seeds.length);
        from = to;
      }
    }
    return this.#kernel.exports.magnitude(output, samples * seeds.length);
  }

  /** Rounds samples of one epoch. */
  #dither(seeds: readonly number[], input: Pointer, output: Pointer, from: number, samples: number): void {
    const { exports } = this.#kernel;
    const [left, right] = seeds;
    const index = from % EPOCH;
    const epoch = Math.floor(from / EPOCH);
    if (left !== undefined && right !== undefined && seeds.length === 2) {
      exports.quantiseDithered(input, output, samples, left, right, index, epoch, this.#limit);
      return;
    }
    for (const [channel, seed] of seeds.entries()) {
      exports.quantiseChannelDithered(
        input + channel * 4,
        output + channel * 4,
        seeds.length,
        samples,
        seed,
        index,
        epoch,
        this.#limit,
      );
    }
  }

  /** @returns The largest magnitude of what was packed. */
  #pack(integers: Pointer, output: Pointer, values: number): number {
    const { pack16, pack24 } = this.#kernel.exports;
    return (this.#bits === 16 ? pack16 : pack24)(integers, output, values);
  }

  #peaks(magnitude: number, integers: Pointer, start: number, values: number, channels: number): Peaks {
    const peak = magnitude / this.#scale;
    if (magnitude < this.#scale) return { ...NO_PEAKS, peak };
    const view = this.#kernel.int32(integers, values);
    return { peak, ...countOvers(view, channels, -this.#scale, this.#scale - 1, start) };
  }
}

function ditherOf({ score }: RenderJob, stem: number): Dither {
  const { id, channels } = score.stems[stem]!;
  return {
    spans: soundingSpans(score, stem),
    seeds: channelNames(channels).map((name) => seedOf(score.seed, 'dither', id, name)),
  };
}
