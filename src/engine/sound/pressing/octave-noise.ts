import { scramble } from '../../random/random.ts';

const GOLDEN = 0x9e3779b9;
const WORDS = 4294967296;
/** A 16-bit half of a random word spans [−1, 1). */
const HALF_WORD = 1 / 32768;

/** One octave and the samples of it that are being made. */
interface Octave {
  readonly key: number;
  /** Peak of the white noise that this octave adds, full scale 1. */
  readonly gain: number;
  readonly left: Float64Array;
  readonly right: Float64Array;
}

/**
 * Coloured noise without end that can be read anywhere: no filter that remembers, no table that comes round.
 *
 *     white(fs)   · gain 0 ─────────────────────────────(+)─▶ out
 *     white(fs/2) · gain 1 ──────────────(+)─▶ double ───┘
 *     white(fs/4) · gain 2 ─▶ … double ───┘
 *
 * Each octave is white noise at half the rate of the one above it, brought up by Chaikin's corner cutting
 * (¼ ¾), whose soft slope hides the steps between octaves. The lowest is differenced: nothing at 0 Hz.
 * A sample is a function of the seed and its index alone, so any range gives the same bits.
 *
 * @see G. Chaikin, "An algorithm for high-speed curve generation", 1974
 */
export class OctaveNoise {
  readonly #octaves: readonly Octave[];
  readonly #shared: number;
  readonly #block: number;

  /**
   * @param seed - 32 bits.
   * @param gains - Peak of each octave's white noise before it is brought up, from fs downwards; full scale 1.
   * @param shared - The first octave of which right has most from left: a rumble moves the whole arm.
   * @param block - Samples that one {@link write} makes at most.
   */
  constructor(seed: number, gains: readonly number[], shared: number, block: number) {
    this.#block = block;
    this.#shared = shared;
    this.#octaves = gains.map((gain, depth) => {
      // Half of the octave above and 3 more, each time. An array that is too short costs more than those it lacks:
      // V8 then makes an object of each number that is read from any.
      const length = Math.ceil(block / 2 ** depth) + 6;
      return {
        key: scramble(seed ^ Math.imul(depth + 1, 0x85ebca6b)),
        gain,
        left: new Float64Array(length),
        right: new Float64Array(length),
      };
    });
  }

  /**
   * Writes samples [from, from + count) times `gain`, L R L R …, into the start of `out`.
   *
   * @param count - At most the block.
   */
  write(from: number, count: number, gain: number, out: Float64Array): void {
    if (count > this.#block) throw new RangeError(`count must be at most ${this.#block} (got ${count})`);
    this.#fill(0, from, count);
    const { left, right } = this.#octaves[0]!;
    for (let n = 0; n < count; n++) {
      out[2 * n] = left[n]! * gain;
      out[2 * n + 1] = right[n]! * gain;
    }
  }

  /** Makes samples [from, from + count) of an octave and all below it. */
  #fill(depth: number, from: number, count: number): void {
    const octave = this.#octaves[depth]!;
    const below = this.#octaves[depth + 1];
    if (below === undefined) {
      differenced(octave, from, count);
    } else {
      const first = Math.floor(from / 2) - 1;
      this.#fill(depth + 1, first, Math.floor((from + count - 1) / 2) + 2 - first);
      double(below, octave, from - 2 * (first + 1), count);
      addWhite(octave, from, count);
    }
    if (depth === this.#shared) shareLeft(octave, count);
  }
}

/** The random word of an index, of which the low half is for left and the high half for right. */
function wordAt(key: number, index: number): number {
  return scramble(key ^ Math.imul(index | 0, GOLDEN));
}

/** The key of the 2³² indices that `index` is one of. */
function keyAt(key: number, index: number): number {
  return scramble(key ^ Math.floor(index / WORDS));
}

function addWhite({ key, gain, left, right }: Octave, from: number, count: number): void {
  if (gain === 0) return;
  const scale = gain * HALF_WORD;
  for (let n = 0; n < count; ) {
    const end = Math.min(count, n + WORDS - wrap(from + n));
    addWords(keyAt(key, from + n) | 0, (from + n) | 0, scale, left, right, n, end);
    n = end;
  }
}

/**
 * Adds the words of the indexes from `index` on to [start, end): {@link wordAt}, in place, because this loop is most
 * of what a pressing costs. All in it is a 32-bit integer until it is scaled.
 */
function addWords(
  key: number,
  index: number,
  scale: number,
  left: Float64Array,
  right: Float64Array,
  start: number,
  end: number,
): void {
  let spread = Math.imul(index, GOLDEN);
  for (let n = start; n < end; n++) {
    let x = key ^ spread;
    x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
    x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
    x ^= x >>> 16;
    left[n] = left[n]! + ((x << 16) >> 16) * scale;
    right[n] = right[n]! + (x >> 16) * scale;
    spread = (spread + GOLDEN) | 0;
  }
}

function differenced({ key, gain, left, right }: Octave, from: number, count: number): void {
  const scale = gain * HALF_WORD * 0.5;
  let before = wordAt(keyAt(key, from - 1), from - 1);
  for (let n = 0; n < count; n++) {
    const word = wordAt(keyAt(key, from + n), from + n);
    left[n] = (((word << 16) >> 16) - ((before << 16) >> 16)) * scale;
    right[n] = ((word >> 16) - (before >> 16)) * scale;
    before = word;
  }
}

/** Brings `below` up to twice its rate. `offset` is the index of the first sample less twice below's second. */
function double(below: Octave, above: Octave, offset: number, count: number): void {
  doubleChannel(below.left, above.left, offset, count);
  doubleChannel(below.right, above.right, offset, count);
}

function doubleChannel(below: Float64Array, above: Float64Array, offset: number, count: number): void {
  let n = 0;
  let at = 1;
  if (offset === 1) {
    above[n++] = 0.75 * below[1]! + 0.25 * below[2]!;
    at = 2;
  }
  let before = below[at - 1]!;
  let here = below[at]!;
  for (; n + 1 < count; n += 2) {
    const after = below[at + 1]!;
    above[n] = 0.75 * here + 0.25 * before;
    above[n + 1] = 0.75 * here + 0.25 * after;
    before = here;
    here = after;
    at++;
  }
  if (n < count) above[n] = 0.75 * here + 0.25 * before;
}

/** Makes right 0.8 of left and 0.6 of itself, which keeps its power. */
function shareLeft({ left, right }: Octave, count: number): void {
  for (let n = 0; n < count; n++) right[n] = 0.8 * left[n]! + 0.6 * right[n]!;
}

/** An index within its 2³². */
function wrap(index: number): number {
  return index - Math.floor(index / WORDS) * WORDS;
}
