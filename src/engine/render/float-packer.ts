import type { Kernel, Pointer } from '../kernel/kernel.ts';
import type { StemChannels } from '../score/score.ts';
import { addFloats } from './add-to-mix.ts';
import { countOvers, NO_PEAKS, type Peaks } from './overs.ts';
import type { Packer } from './packer.ts';
import { mixChannels, type RenderJob } from './render-job.ts';

const FLOAT_BYTES = 4;

/** Packs 32-bit float files: stems as they are mixed, the mix as their 64-bit sum, rounded once. */
export class FloatPacker implements Packer {
  readonly #kernel: Kernel;
  /** Channels of the job's stems. */
  readonly #stems: readonly StemChannels[];
  readonly #mixChannels: StemChannels;
  readonly #sum: Pointer;

  constructor(job: RenderJob, kernel: Kernel, blockSamples: number) {
    this.#kernel = kernel;
    this.#stems = job.stems.map((stem) => job.score.stems[stem]!.channels);
    this.#mixChannels = mixChannels(job);
    this.#sum = kernel.allocate(blockSamples * this.#mixChannels * 8);
  }

  packStem(place: number, input: Pointer, start: number, samples: number, output?: Pointer): Peaks {
    const channels = this.#stems[place]!;
    const values = samples * channels;
    if (place === 0) this.#kernel.float64(this.#sum, samples * this.#mixChannels).fill(0);
    addFloats(this.#kernel, this.#sum, this.#mixChannels, input, channels, samples);
    if (output !== undefined) {
      const bytes = values * FLOAT_BYTES;
      this.#kernel.bytes(output, bytes).set(this.#kernel.bytes(input, bytes));
    }
    return this.#peaks(input, start, values, channels);
  }

  packMix(start: number, samples: number, output: Pointer): Peaks {
    const values = samples * this.#mixChannels;
    this.#kernel.exports.roundSum(this.#sum, output, values);
    return this.#peaks(output, start, values, this.#mixChannels);
  }

  #peaks(floats: Pointer, start: number, values: number, channels: number): Peaks {
    const peak = this.#kernel.exports.peakOf(floats, values);
    if (peak <= 1) return { ...NO_PEAKS, peak };
    return { peak, ...countOvers(this.#kernel.float32(floats, values), channels, -1, 1, start) };
  }
}
