/** Blocks that are kept whatever they weigh: as many sounds can play at once without being made again and again. */
const LEAST_KEPT = 32;
/** Bytes of blocks that are kept. */
const MOST_BYTES = 2 ** 24;

/** The blocks of filtered sounds that were used last, of all sounds of a thread together. */
export class BlockCache {
  /** By owner and block, the one used last at the end. */
  readonly #blocks = new Map<string, Float32Array>();
  #bytes = 0;
  #owners = 0;

  /** A number for a sound, by which its blocks are known. */
  register(): number {
    return this.#owners++;
  }

  /** A block of a sound, made if it is not there. It may be gone from here later, but stays good. */
  get(owner: number, block: number, make: () => Float32Array): Float32Array {
    const key = `${owner}:${block}`;
    const kept = this.#blocks.get(key);
    if (kept !== undefined) {
      this.#blocks.delete(key);
      this.#blocks.set(key, kept);
      return kept;
    }
    const made = make();
    this.#blocks.set(key, made);
    this.#bytes += made.byteLength;
    for (const [oldest, values] of this.#blocks) {
      if (this.#blocks.size <= LEAST_KEPT || this.#bytes <= MOST_BYTES) break;
      this.#blocks.delete(oldest);
      this.#bytes -= values.byteLength;
    }
    return made;
  }
}
