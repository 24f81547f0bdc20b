/**
 * Finds, among spans in order of start, those that end after a place: in their order, in O(log n) each, so
 * that one long span does not make every later search walk past all the short ones.
 */
export class SpanIndex {
  readonly #size: number;
  /** A binary tree in an array: leaf i at `#leaves` + i holds span i's end, a parent the greater of its two. */
  readonly #latestEnds: Float64Array;
  readonly #leaves: number;

  /** @param ends - One end a span, samples, in the spans' order. */
  constructor(ends: readonly number[]) {
    this.#size = ends.length;
    this.#leaves = 2 ** Math.ceil(Math.log2(Math.max(1, ends.length)));
    this.#latestEnds = new Float64Array(2 * this.#leaves).fill(Number.NEGATIVE_INFINITY);
    this.#latestEnds.set(ends, this.#leaves);
    for (let node = this.#leaves - 1; node > 0; node--) {
      this.#latestEnds[node] = Math.max(this.#latestEnds[2 * node]!, this.#latestEnds[2 * node + 1]!);
    }
  }

  /** The first span at or after index `from` that ends after sample `place`; the number of spans if none does. */
  next(from: number, place: number): number {
    if (from >= this.#size) return this.#size;
    const ends = this.#latestEnds;
    let node = this.#leaves + from;
    while (!(ends[node]! > place)) {
      // Up until there is a subtree to the right that has not been looked at.
      while (node % 2 === 1) node >>= 1;
      if (node === 0) return this.#size;
      node++;
    }
    while (node < this.#leaves) node = ends[2 * node]! > place ? 2 * node : 2 * node + 1;
    return node - this.#leaves;
  }
}
