import type { Kernel, Pointer } from '../../kernel/kernel.ts';

/** One frequency of both sides. */
const BIN_BYTES = 32;
/** Bytes from the left side to the right. */
const SIDE_BYTES = 32;
/** What memory is handed out in, and tiles are multiples of. */
const PAGE_BYTES = 4096;
/**
 * So many spectra in a row lie at the same place of their pages, and the next ones further on. Those that come to the
 * end of a page at once are waited for at once; but the nearest cache has room for eight or twelve at one place.
 */
const IN_STEP = 4;
const STEP_BYTES = 64;

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
    this.stride = count * this.#tileBytes + Math.ceil(count / IN_STEP) * STEP_BYTES;
    this.bytes = ((partition * BIN_BYTES) / this.#tileBytes) * this.stride;
    this.start = Math.ceil(kernel.allocate(this.bytes + PAGE_BYTES) / PAGE_BYTES) * PAGE_BYTES;
  }

  /** Where the first tile of one of them lies. */
  at(index: number): Pointer {
    return this.start + index * this.#tileBytes + Math.floor(index / IN_STEP) * STEP_BYTES;
  }

  /** The same of its right side. */
  rightAt(index: number): Pointer {
    return this.at(index) + SIDE_BYTES;
  }
}
