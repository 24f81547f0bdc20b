import type { Kernel, Pointer } from '../kernel/kernel.ts';
import type { Curve } from '../score/score.ts';
import { rampShape } from './ramp.ts';

/** A way from one level to another: k samples into it, k/`length` of it is done. */
export interface GainLine {
  readonly start: number;
  /** Samples, 1 or more. */
  readonly length: number;
  readonly fromDb: number;
  readonly toDb: number;
  /** `linear`: a straight line in dB; `equal-power`: in power. */
  readonly curve: Curve;
}

/** A level that stays, or the part of a line that is in use; it lasts until the next piece begins. */
export interface GainPiece {
  readonly start: number;
  readonly level: number | GainLine;
}

/**
 * A level over time: pieces that follow one another, the first from −∞ on. Found in O(log n).
 */
export class GainCurve {
  readonly #pieces: readonly GainPiece[];

  constructor(pieces: readonly GainPiece[]) {
    this.#pieces = pieces;
  }

  /** The level (dB, or a line) at a sample, and the sample at which another begins. */
  at(sample: number): { readonly level: number | GainLine; readonly end: number } {
    let low = 0;
    let high = this.#pieces.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.#pieces[middle]!.start <= sample) low = middle;
      else high = middle - 1;
    }
    return {
      level: this.#pieces[low]!.level,
      end: this.#pieces[low + 1]?.start ?? Number.POSITIVE_INFINITY,
    };
  }
}

/**
 * Writes the gains of a line over [from, from + count), timeline samples, all of which it is in use for.
 *
 * @param multiply - Whether what is there is multiplied by them.
 */
export function writeLine(
  kernel: Kernel,
  gains: Pointer,
  { start, length, fromDb, toDb, curve }: GainLine,
  from: number,
  count: number,
  multiply: boolean,
): void {
  const shape = rampShape({ direction: 'in', curve });
  kernel.exports.levelGains(gains, count, from - start, length, fromDb, toDb, shape, multiply);
}
