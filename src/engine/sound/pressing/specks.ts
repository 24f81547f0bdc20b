import { integerAt, scramble, uniformAt } from '../../random/random.ts';

/** What is random about a kind of speck. */
export interface SpeckLaw {
  readonly seed: number;
  /** Samples in which there is one speck or none. */
  readonly cell: number;
  /** How likely a cell has one, 0 … 1. */
  chanceAt(cell: number): number;
  /** Sizes have the density 1/x³ between these peaks, full scale 1: many small, few great. */
  readonly smallest: number;
  readonly greatest: number;
  /** Peak 1 each, from the shape of the smallest to that of the greatest. */
  readonly shapes: readonly Float64Array[];
}

/** Specks at random places: each cell of the groove has one or none, whatever was read before. */
export class Specks {
  readonly #law: SpeckLaw;
  readonly #longest: number;

  constructor(law: SpeckLaw) {
    this.#law = law;
    this.#longest = law.shapes.reduce((longest, shape) => Math.max(longest, shape.length), 0);
  }

  /** Adds samples [from, from + count), L R L R …, to the start of `out`. */
  add(from: number, count: number, out: Float64Array): void {
    const { cell, seed } = this.#law;
    const last = Math.floor((from + count - 1) / cell);
    for (let index = Math.floor((from - this.#longest) / cell); index <= last; index++) {
      const word = integerAt(seed, index);
      if (word < this.#law.chanceAt(index) * 4294967296) this.#addOne(index * cell, word, from, count, out);
    }
  }

  #addOne(cellStart: number, word: number, from: number, count: number, out: Float64Array): void {
    const { cell, smallest, greatest, shapes } = this.#law;
    const place = scramble(word ^ 0x2545f491);
    const at = cellStart + Math.floor((place / 4294967296) * cell) - from;
    const rarest = (smallest / greatest) * (smallest / greatest);
    const rarity = rarest + (1 - rarest) * fraction(word, 0x1b56c4e9);
    const size = smallest / Math.sqrt(rarity);
    // The greater the speck, the longer and lower it sounds; a little chance keeps equals apart.
    const rank = ((size - smallest) / (greatest - smallest)) * 0.7 + fraction(word, 0x68bc21eb) * 0.3;
    const shape = Math.min(shapes.length - 1, Math.floor(rank * shapes.length));
    const side = 2 * fraction(word, 0x02e5be93) - 1;
    const sign = place & 1 ? size : -size;
    // What knocks the stylus up and down, not sideways, comes out with opposite signs.
    const other = place & 6 ? sign : -sign;
    addShape(out, at, count, 0, shapes[shape]!, sign * (1 - 0.85 * Math.max(0, side)));
    addShape(out, at, count, 1, shapes[shape && shape - 1]!, other * (1 - 0.85 * Math.max(0, -side)));
  }
}

function fraction(word: number, salt: number): number {
  return scramble(word ^ salt) / 4294967296;
}

/** Adds a shape whose first sample is at `at` to one channel of `out`, as far as it lies in [0, count). */
function addShape(
  out: Float64Array,
  at: number,
  count: number,
  channel: 0 | 1,
  shape: Float64Array,
  gain: number,
): void {
  const end = Math.min(shape.length, count - at);
  for (let n = Math.max(0, -at); n < end; n++) {
    const index = 2 * (at + n) + channel;
    out[index] = out[index]! + shape[n]! * gain;
  }
}

/** A value that wanders in [0, 1): straight lines between random ones at every `step`. */
export function wanderAt(seed: number, index: number, step: number): number {
  const knot = Math.floor(index / step);
  const before = uniformAt(seed, knot);
  return before + (uniformAt(seed, knot + 1) - before) * (index / step - knot);
}
