import type { Kernel, Pointer } from '../../kernel/kernel.ts';
import { scramble } from '../../random/random.ts';

const GOLDEN = 0x9e3779b9;
const WORDS = 4294967296;
/** A 16-bit half of a random word spans [−1, 1). */
const HALF_WORD = 1 / 32768;

/** Samples that are made at a time, and the most octaves that they are made of. */
const MOST_SAMPLES = 2048;
const MOST_OCTAVES = 16;

/** One octave's white noise. */
interface Octave {
  readonly key: number;
  /** Peak, full scale 1. */
  readonly gain: number;
}

/** The two channels of an octave while they are made, in planes of f64. */
interface Planes {
  readonly left: Pointer;
  readonly right: Pointer;
}

/** The room in a kernel in which noise is made, for all of a thread. */
export class NoiseKernel {
  readonly kernel: Kernel;
  /** By depth: half of the octave above and 3 more, each time. */
  readonly planes: readonly Planes[];
  readonly pairs: Pointer;

  constructor(kernel: Kernel) {
    this.kernel = kernel;
    this.planes = Array.from({ length: MOST_OCTAVES }, (_, depth) => {
      const bytes = (Math.ceil(MOST_SAMPLES / 2 ** depth) + 6) * 8;
      return { left: kernel.allocate(bytes), right: kernel.allocate(bytes) };
    });
    this.pairs = kernel.allocate(MOST_SAMPLES * 16);
  }
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
  readonly #room: NoiseKernel;
  readonly #octaves: readonly Octave[];
  readonly #shared: number;

  /**
   * @param seed - 32 bits.
   * @param gains - Peak of each octave's white noise before it is brought up, from fs downwards; full scale 1. At
   *   most 16.
   * @param shared - The first octave of which right has most from left: a rumble moves the whole arm.
   */
  constructor(room: NoiseKernel, seed: number, gains: readonly number[], shared: number) {
    if (gains.length > MOST_OCTAVES) {
      throw new RangeError(`noise has at most ${MOST_OCTAVES} octaves (got ${gains.length})`);
    }
    this.#room = room;
    this.#shared = shared;
    this.#octaves = gains.map((gain, depth) => ({
      key: scramble(seed ^ Math.imul(depth + 1, 0x85ebca6b)),
      gain,
    }));
  }

  /** Writes samples [from, from + count) times `gain`, L R L R …, into the start of `out`. */
  write(from: number, count: number, gain: number, out: Float64Array): void {
    const { kernel, planes, pairs } = this.#room;
    const { left, right } = planes[0]!;
    for (let done = 0; done < count; done += MOST_SAMPLES) {
      const some = Math.min(MOST_SAMPLES, count - done);
      this.#fill(0, from + done, some);
      kernel.exports.weavePairs(left, right, gain, pairs, some);
      out.set(kernel.float64(pairs, 2 * some), 2 * done);
    }
  }

  /** Makes samples [from, from + count) of an octave and all below it. */
  #fill(depth: number, from: number, count: number): void {
    const { exports } = this.#room.kernel;
    const { left, right } = this.#room.planes[depth]!;
    if (depth + 1 === this.#octaves.length) {
      this.#difference(depth, from, count);
    } else {
      const first = Math.floor(from / 2) - 1;
      const below = this.#room.planes[depth + 1]!;
      this.#fill(depth + 1, first, Math.floor((from + count - 1) / 2) + 2 - first);
      const offset = from - 2 * (first + 1);
      exports.doubleRate(below.left, left, offset, count);
      exports.doubleRate(below.right, right, offset, count);
      this.#addWhite(depth, from, count);
    }
    if (depth === this.#shared) exports.shareLeft(left, right, count);
  }

  #addWhite(depth: number, from: number, count: number): void {
    const { key, gain } = this.#octaves[depth]!;
    if (gain === 0) return;
    const { left, right } = this.#room.planes[depth]!;
    const { exports } = this.#room.kernel;
    // A key serves 2³² indexes.
    for (let n = 0; n < count; ) {
      const end = Math.min(count, n + WORDS - wrap(from + n));
      const at = n * 8;
      exports.addWhite(
        keyAt(key, from + n) | 0,
        (from + n) | 0,
        gain * HALF_WORD,
        left + at,
        right + at,
        end - n,
      );
      n = end;
    }
  }

  /** The lowest octave: nothing at 0 Hz. */
  #difference(depth: number, from: number, count: number): void {
    const { key, gain } = this.#octaves[depth]!;
    const planes = this.#room.planes[depth]!;
    const { kernel } = this.#room;
    const left = kernel.float64(planes.left, count);
    const right = kernel.float64(planes.right, count);
    const scale = gain * HALF_WORD * 0.5;
    let before = wordAt(keyAt(key, from - 1), from - 1);
    for (let n = 0; n < count; n++) {
      const word = wordAt(keyAt(key, from + n), from + n);
      left[n] = (((word << 16) >> 16) - ((before << 16) >> 16)) * scale;
      right[n] = ((word >> 16) - (before >> 16)) * scale;
      before = word;
    }
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

/** An index within its 2³². */
function wrap(index: number): number {
  return index - Math.floor(index / WORDS) * WORDS;
}
