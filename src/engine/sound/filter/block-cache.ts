/** Blocks that are kept whatever they weigh: as many sounds can play at once without being made again and again. */
const LEAST_KEPT = 32;
/** Bytes of blocks that are kept, where nothing else is said. */
const MOST_BYTES = 2 ** 24;
/** Bytes of blocks that are gone, for those that come. */
const MOST_SPARE_BYTES = 2 ** 22;

/** Blocks of an owner have indexes from −2³⁰ on: more than a day of them at any rate. */
const OWNER = 2 ** 31;

/** The blocks of sounds that were used last, of all sounds of a thread together. */
export class BlockCache {
  readonly #mostBytes: number;
  /** By owner and block, the one used last at the end. */
  readonly #blocks = new Map<number, Float32Array>();
  /** By length: fresh memory costs as much as a block of many sounds does. */
  readonly #spare = new Map<number, Float32Array[]>();
  #bytes = 0;
  #spareBytes = 0;
  #owners = 0;

  constructor(mostBytes = MOST_BYTES) {
    this.#mostBytes = mostBytes;
  }

  /** A number for a sound, by which its blocks are known. */
  register(): number {
    return this.#owners++;
  }

  /** A block that is kept, and stays as old as it is; undefined for one that is not. */
  find(owner: number, block: number): Float32Array | undefined {
    return this.#blocks.get(keyOf(owner, block));
  }

  /**
   * A block of a sound, made if it is not there. It is good until the next block is asked for.
   *
   * @param length - Values in the block.
   * @param make - Writes all of them: what is there before is of another block.
   */
  get(owner: number, block: number, length: number, make: (values: Float32Array) => void): Float32Array {
    const key = keyOf(owner, block);
    const kept = this.#blocks.get(key);
    if (kept !== undefined) {
      this.#blocks.delete(key);
      this.#blocks.set(key, kept);
      return kept;
    }
    const made = this.#take(length);
    make(made);
    this.#blocks.set(key, made);
    this.#bytes += made.byteLength;
    for (const [oldest, values] of this.#blocks) {
      if (this.#blocks.size <= LEAST_KEPT || this.#bytes <= this.#mostBytes) break;
      this.#blocks.delete(oldest);
      this.#bytes -= values.byteLength;
      this.#give(values);
    }
    return made;
  }

  #take(length: number): Float32Array {
    const spare = this.#spare.get(length)?.pop();
    if (spare === undefined) return new Float32Array(length);
    this.#spareBytes -= spare.byteLength;
    return spare;
  }

  #give(values: Float32Array): void {
    if (this.#spareBytes + values.byteLength > MOST_SPARE_BYTES) {
      // Lengths that nothing asks for any more would fill it for good.
      this.#spare.clear();
      this.#spareBytes = 0;
    }
    const same = this.#spare.get(values.length);
    if (same) same.push(values);
    else this.#spare.set(values.length, [values]);
    this.#spareBytes += values.byteLength;
  }
}

function keyOf(owner: number, block: number): number {
  return owner * OWNER + OWNER / 2 + block;
}
