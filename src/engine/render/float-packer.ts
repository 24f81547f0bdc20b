import type { Kernel, Pointer } from '../kernel/kernel.ts';
import { countOvers, NO_PEAKS, type Peaks } from './overs.ts';
import type { Packer } from './packer.ts';
import { CHANNELS } from './render-job.ts';

const FLOAT_BYTES = 4;

/** Packs 32-bit float files: stems as they are mixed, the mix as their 64-bit sum, rounded once. */
export class FloatPacker implements Packer {
  readonly #kernel: Kernel;
  readonly #sum: Pointer;

  constructor(kernel: Kernel, blockSamples: number) {
    this.#kernel = kernel;
    this.#sum = kernel.allocate(blockSamples * CHANNELS * 8);
  }

  packStem(stem: number, input: Pointer, start: number, samples: number, output?: Pointer): Peaks {
    const values = samples * CHANNELS;
    if (stem === 0) this.#kernel.float64(this.#sum, values).fill(0);
    this.#kernel.exports.addFloats(this.#sum, input, values);
    if (output !== undefined) {
      const bytes = values * FLOAT_BYTES;
      this.#kernel.bytes(output, bytes).set(this.#kernel.bytes(input, bytes));
    }
    return this.#peaks(input, start, values);
  }

  packMix(start: number, samples: number, output: Pointer): Peaks {
    const values = samples * CHANNELS;
    this.#kernel.exports.roundSum(this.#sum, output, values);
    return this.#peaks(output, start, values);
  }

  #peaks(floats: Pointer, start: number, values: number): Peaks {
    const peak = this.#kernel.exports.peakOf(floats, values);
    if (peak <= 1) return { ...NO_PEAKS, peak };
    return { peak, ...countOvers(this.#kernel.float32(floats, values), -1, 1, start) };
  }
}
