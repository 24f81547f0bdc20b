import type { Kernel, Pointer } from '../../kernel/kernel.ts';
import type { Spectra } from './spectra.ts';

/** A stereo sample of 64-bit floats, which is a complex number too: L + iR. */
export const PAIR_BYTES = 16;
/** Blocks that may come back at once. Twice as many would be multiplied a twentieth faster. */
export const TOGETHER = 4;

/** Transforms of one size, with the places in the kernel's memory where they are made. */
export class Fourier {
  /** Samples of a block; a transform is twice as long. */
  readonly partition: number;
  /** Room for a transform. */
  readonly data: Pointer;
  readonly #kernel: Kernel;
  readonly #size: number;
  readonly #factorsMemory: Pointer;
  #hasFactors = false;

  /** Takes its memory at once and writes to it when it is first used. */
  constructor(kernel: Kernel, partition: number) {
    this.partition = partition;
    this.#kernel = kernel;
    this.#size = 2 * partition;
    this.#factorsMemory = kernel.allocate(kernel.exports.factorBytes(this.#size));
    this.data = kernel.allocate(TOGETHER * this.#size * PAIR_BYTES);
  }

  /** Makes spectra of the 2 × `partition` stereo samples in {@link data}. */
  analyse(spectra: Spectra, index: number): void {
    const { exports } = this.#kernel;
    exports.transform(this.data, this.#size, this.#factors());
    exports.separateSides(this.data, this.#size, spectra.at(index), spectra.stride);
  }

  /** Makes spectra of the `partition` stereo samples in {@link data}, with silence after them. */
  analyseBlock(spectra: Spectra, index: number): void {
    const { exports } = this.#kernel;
    exports.transformHalf(this.data, this.#size, this.#factors());
    exports.separateSides(this.data, this.#size, spectra.at(index), spectra.stride);
  }

  /** Room for the transform of one of the blocks that come back at once: that of the first is {@link data}. */
  place(block: number): Pointer {
    return this.data + block * this.#size * PAIR_BYTES;
  }

  /**
   * Convolves blocks with windows of a response.
   *
   * @param table - Of `count` blocks that come back, {@link TOGETHER} at most, as `assembly/convolve.ts` has it; each
   * is left in the {@link place} of its own, for {@link bringBack}.
   */
  convolve(table: Pointer, count: number, sent: Spectra, windows: Spectra): void {
    this.#kernel.exports.convolveSides(table, count, this.#size, sent.stride, windows.stride);
  }

  /** Transforms a block that comes back. @returns Where its `partition` stereo samples lie. */
  bringBack(block: number): Pointer {
    const place = this.place(block);
    this.#kernel.exports.invertToHalf(place, this.#size, this.#factors());
    return place + this.partition * PAIR_BYTES;
  }

  /**
   * What a response is multiplied by to make up for what this multiplies by: both spectra hold their sides
   * doubled, and transforming back multiplies by the size. A power of two, so that no bits are lost.
   */
  get scale(): number {
    return 1 / (2 * 2 * this.#size);
  }

  #factors(): Pointer {
    if (!this.#hasFactors) this.#kernel.exports.fillFactors(this.#factorsMemory, this.#size);
    this.#hasFactors = true;
    return this.#factorsMemory;
  }
}
