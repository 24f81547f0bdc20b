import type { Kernel, Pointer } from '../../kernel/kernel.ts';
import { integerAt } from '../../random/random.ts';
import { type Line, MOST_LINES } from './lines.ts';
import { pairOf, type Spectrum } from './spectrum.ts';

const PAIR_BYTES = 16;
/** f64 values of a bin and of a tone, and bytes of the circle of phases, as the kernel has them. */
const BIN_VALUES = 4;
const LINE_VALUES = 5;
const CIRCLE_BYTES = 1024 * PAIR_BYTES;
/** Tones are summed four at a time, for so many samples that their sums stay exact. */
const LINES_TOGETHER = 4;
const LINE_SAMPLES = 4096;

/** What one texture is woven from. It is copied to the kernel for each block, so that it is gone with its texture. */
export interface Yarn {
  readonly channels: 1 | 2;
  readonly seed: number;
  /** Strengths of the bins in the transform's order. */
  readonly bins: Float64Array;
  /** A multiple of four tones. */
  readonly lines: Float64Array;
  /** The part of a block that reaches into the next one, falling, and the block that it is of. */
  readonly tail: Float64Array;
  tailOf: number | undefined;
}

/**
 * Makes blocks of texture of one size. A block is a spectrum with phases by chance, transformed back; it rises
 * while the one before it falls, with equal power, which two that have nothing in common add up to evenly.
 *
 *     block b      ╱▔▔▔▔▔▔▔▔▔▔╲
 *     block b + 1             ╱▔▔▔▔▔▔▔▔▔▔╲
 *                  │◀── hop ──▶│
 */
export class Weaver {
  /** Samples from one block to the next. */
  readonly hop: number;
  readonly #kernel: Kernel;
  readonly #size: number;
  readonly #overlap: number;
  readonly #factors: Pointer;
  readonly #data: Pointer;
  readonly #bins: Pointer;
  readonly #lines: Pointer;
  readonly #tail: Pointer;
  readonly #circle: Pointer;
  readonly #floats: Pointer;
  readonly #rise: Pointer;
  #isReady = false;

  /**
   * Takes memory of the kernel for good, and writes to it when it is first used.
   *
   * @param size - Samples of a block, a power of two.
   */
  constructor(kernel: Kernel, size: number) {
    this.#kernel = kernel;
    this.#size = size;
    this.#overlap = size / 4;
    this.hop = size - this.#overlap;
    this.#factors = kernel.allocate(kernel.exports.factorBytes(size));
    this.#data = kernel.allocate(size * PAIR_BYTES);
    this.#bins = kernel.allocate((size / 2) * BIN_VALUES * 8);
    this.#lines = kernel.allocate(MOST_LINES * LINE_VALUES * 8);
    this.#tail = kernel.allocate(this.#overlap * PAIR_BYTES);
    this.#circle = kernel.allocate(CIRCLE_BYTES);
    this.#floats = kernel.allocate(this.hop * 8 + 64);
    this.#rise = kernel.allocate(this.#overlap * 8);
  }

  /** Winds a spectrum and its tones up to be woven. */
  wind(spectrum: Spectrum, lines: readonly Line[], channels: 1 | 2, seed: number): Yarn {
    const bins = new Float64Array((this.#size / 2) * BIN_VALUES);
    const width = spectrum.size / this.#size;
    for (let bin = 1; bin < this.#size / 2; bin++) {
      writeStrengths(spectrum, bin * width, width, bins, pairOf(bin, this.#size) * BIN_VALUES);
    }
    const table = new Float64Array(LINES_TOGETHER * Math.ceil(lines.length / LINES_TOGETHER) * LINE_VALUES);
    lines.forEach(({ step, phase, left, rightSine, rightCosine }, index) => {
      table.set([step, phase, left, rightSine, rightCosine], index * LINE_VALUES);
    });
    const tail = new Float64Array(2 * this.#overlap);
    return { channels, seed, bins, lines: table, tail, tailOf: undefined };
  }

  /** Weaves samples [block·hop, (block + 1)·hop), channels interleaved, into `woven`. */
  weave(yarn: Yarn, block: number, woven: Float32Array): void {
    const { exports } = this.#kernel;
    const { channels, lines } = yarn;
    this.#kernel.float64(this.#bins, yarn.bins.length).set(yarn.bins);
    this.#kernel.float64(this.#lines, lines.length).set(lines);
    if (yarn.tailOf === block - 1) this.#kernel.float64(this.#tail, yarn.tail.length).set(yarn.tail);
    else {
      this.#fill(yarn.seed, block - 1);
      this.#makeTail();
    }
    this.#fill(yarn.seed, block);
    exports.riseOver(this.#data, this.#tail, this.#rise, this.#overlap);
    this.#makeTail();
    yarn.tail.set(this.#kernel.float64(this.#tail, yarn.tail.length));
    yarn.tailOf = block;
    for (let at = 0; at < this.hop && lines.length > 0; at += LINE_SAMPLES) {
      const some = Math.min(LINE_SAMPLES, this.hop - at);
      const pairs = this.#data + at * PAIR_BYTES;
      exports.addLines(this.#lines, lines.length / LINE_VALUES, block * this.hop + at, pairs, some);
    }
    exports.floatsFromPairs(this.#data, this.#floats, channels, this.hop);
    woven.set(this.#kernel.float32(this.#floats, this.hop * channels));
  }

  /** Fills {@link #data} with a block as it is before its fades. */
  #fill(seed: number, block: number): void {
    const { exports } = this.#kernel;
    if (!this.#isReady) {
      exports.fillFactors(this.#factors, this.#size);
      exports.fillCircle(this.#circle);
      exports.rampGains(this.#rise, this.#overlap, 0, this.#overlap, 2, false);
      this.#isReady = true;
    }
    exports.scatterPhases(this.#data, this.#size, this.#bins, this.#circle, integerAt(seed, block));
    exports.invert(this.#data, this.#size, this.#factors);
  }

  /** Makes a tail of the end of the block in {@link #data}. */
  #makeTail(): void {
    const end = this.#data + this.hop * PAIR_BYTES;
    this.#kernel.exports.fallFrom(end, this.#tail, this.#rise, this.#overlap);
  }
}

/**
 * Writes the strengths of a block's bin: left's, the complex part of right that has left's phase, and right's in a
 * phase of its own, so that both sides have their power and have in common what was measured.
 *
 * @param bin - Place in the spectrum, between whole bins too.
 * @param width - Of the block's bins in the spectrum's.
 */
function writeStrengths(
  { left, right, crossRe, crossIm }: Spectrum,
  bin: number,
  width: number,
  bins: Float64Array,
  at: number,
): void {
  const below = Math.floor(bin);
  const above = Math.min(below + 1, left.length - 1);
  const part = bin - below;
  // Of a bin's power half lies at the positive frequency.
  const whole = ((1 - part) * width) / 2;
  const rest = (part * width) / 2;
  const one = Math.sqrt(left[below]! * whole + left[above]! * rest);
  const two = right[below]! * whole + right[above]! * rest;
  const re = one === 0 ? 0 : (crossRe[below]! * whole + crossRe[above]! * rest) / one;
  const im = one === 0 ? 0 : -(crossIm[below]! * whole + crossIm[above]! * rest) / one;
  bins[at] = one;
  bins[at + 1] = re;
  bins[at + 2] = im;
  bins[at + 3] = Math.sqrt(Math.max(0, two - (re * re + im * im)));
}
