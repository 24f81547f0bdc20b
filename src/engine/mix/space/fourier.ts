import type { Kernel, Pointer } from '../../kernel/kernel.ts';

/** A stereo sample of 64-bit floats, which is a complex number too: L + iR. */
export const PAIR_BYTES = 16;
/** One frequency of both sides. */
const BIN_BYTES = 32;
/**
 * Room between one block's spectra and the next's. Without it the same frequency of all blocks would lie a power
 * of two apart, and each would push the others out of the cache.
 */
const APART_BYTES = 320;

/** Transforms of one size, with the place in the kernel's memory where they are made. */
export class Fourier {
  /** Samples of a block; a transform is twice as long. */
  readonly partition: number;
  /** Room for a transform. */
  readonly data: Pointer;
  /** Bytes from the spectra of one block, of both sides, to those of another. */
  readonly spectrumBytes: number;
  readonly #kernel: Kernel;
  readonly #size: number;
  readonly #factorsMemory: Pointer;
  #hasFactors = false;

  /** Takes its memory at once and writes to it when it is first used. */
  constructor(kernel: Kernel, partition: number) {
    this.partition = partition;
    this.spectrumBytes = partition * BIN_BYTES + APART_BYTES;
    this.#kernel = kernel;
    this.#size = 2 * partition;
    this.#factorsMemory = kernel.allocate(kernel.exports.factorBytes(this.#size));
    this.data = kernel.allocate(this.#size * PAIR_BYTES);
  }

  /** Spectra of the 2 × `partition` stereo samples in {@link data}. */
  analyse(spectrum: Pointer): void {
    const { exports } = this.#kernel;
    exports.transform(this.data, this.#size, this.#factors());
    exports.separateSides(this.data, this.#size, spectrum);
  }

  /** Spectra of the `partition` stereo samples in {@link data}, with silence after them. */
  analyseBlock(spectrum: Pointer): void {
    const { exports } = this.#kernel;
    exports.transformHalf(this.data, this.#size, this.#factors());
    exports.separateSides(this.data, this.#size, spectrum);
  }

  /**
   * Convolves blocks with windows of a response.
   *
   * @param pairs - Pointers to a block's spectra and to a window's, `straight` times, then `crossed` times.
   * @returns Where the `partition` stereo samples that come back lie, in {@link data}.
   */
  convolve(pairs: Pointer, straight: number, crossed: number): Pointer {
    const { exports } = this.#kernel;
    exports.convolveSides(pairs, straight, crossed, this.data, this.#size);
    exports.invertToHalf(this.data, this.#size, this.#factors());
    return this.data + this.partition * PAIR_BYTES;
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
