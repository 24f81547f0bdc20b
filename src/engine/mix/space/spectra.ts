import type { Kernel, Pointer } from '../../kernel/kernel.ts';

/** One frequency of both sides. */
const BIN_BYTES = 32;
/** Bytes from the left side to the right. */
const SIDE_BYTES = 32;
/** What memory is handed out in, and tiles are multiples of. */
const PAGE_BYTES = 4096;

/** Room for the spectra of several blocks, tile beside tile, as `assembly/convolve.ts` has them. */
export class Spectra {
  /** Bytes of all of them. */
  readonly bytes: number;
  /** Where they begin. */
  readonly start: Pointer;
  /** Bytes from one tile of a spectrum to the next. */
  readonly stride: number;
  readonly #tileBytes: number;

  /**
   * Takes its memory at once and writes nothing to it.
   *
   * @param partition - Samples of a block, and bins of a spectrum: a tile's at least.
   */
  constructor(kernel: Kernel, partition: number, count: number) {
    this.#tileBytes = kernel.exports.tileBytes();
    this.bytes = count * partition * BIN_BYTES;
    this.stride = count * this.#tileBytes;
    this.start = Math.ceil(kernel.allocate(this.bytes + PAGE_BYTES) / PAGE_BYTES) * PAGE_BYTES;
  }

  /** Where the first tile of one of them lies. */
  at(index: number): Pointer {
    return this.start + index * this.#tileBytes;
  }

  /** The same of its right side. */
  rightAt(index: number): Pointer {
    return this.at(index) + SIDE_BYTES;
  }
}
