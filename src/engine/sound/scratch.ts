/** Values of the longest array that is kept: more are seldom asked for. */
const MOST_KEPT = 2 ** 19;

/**
 * Memory in which a sound reads what it is made of. One serves all sounds of a thread: a sound that is made of
 * another one, which is made of a third, uses one piece each for as long as it is read.
 */
export class Scratch {
  readonly #pieces: Float32Array[] = [];
  #depth = 0;

  /** Calls back with `length` values, whatever they were before; they are good until it returns. */
  use(length: number, then: (values: Float32Array) => void): void {
    const depth = this.#depth++;
    try {
      then(this.#piece(depth, length));
    } finally {
      this.#depth = depth;
    }
  }

  #piece(depth: number, length: number): Float32Array {
    const kept = this.#pieces[depth];
    if (kept !== undefined && kept.length >= length) return kept.subarray(0, length);
    const piece = new Float32Array(length);
    if (length <= MOST_KEPT) this.#pieces[depth] = piece;
    return piece;
  }
}
