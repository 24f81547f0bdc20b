import type { PressingSound } from '../../score/score.ts';
import { tickAt, turnBefore } from './ticks.ts';

/** Over so long, at its end, one revolution fades into the beginning of the next. */
const SEAM_SECONDS = 0.05;
const START = { angle: 0 };

interface Surface {
  write(from: number, count: number, out: Float64Array): void;
}

/**
 * A surface that comes round: every revolution is its first, in full. At its end it fades with equal power into what
 * lies before the first, so that there is no seam.
 */
export class Round {
  readonly #surface: Surface;
  readonly #revolution: PressingSound['revolution'];
  readonly #seam: number;
  readonly #turn: Float64Array;
  readonly #before: Float64Array;

  /** @param block - Samples that one {@link write} makes at most. */
  constructor(surface: Surface, revolution: PressingSound['revolution'], sampleRate: number, block: number) {
    this.#surface = surface;
    this.#revolution = revolution;
    this.#seam = Math.min(Math.round(SEAM_SECONDS * sampleRate), Math.floor(revolution[0] / revolution[1]));
    this.#turn = new Float64Array(2 * block);
    this.#before = new Float64Array(2 * block);
  }

  /** Writes samples [from, from + count), at most a block, L R L R …, into the start of `out`. */
  write(from: number, count: number, out: Float64Array): void {
    for (let turn = turnBefore(from, this.#revolution); ; turn++) {
      const start = tickAt(START, turn, this.#revolution);
      if (start >= from + count) return;
      const end = tickAt(START, turn + 1, this.#revolution);
      const first = Math.max(from, start);
      const some = Math.min(from + count, end) - first;
      if (some <= 0) continue;
      this.#surface.write(first - start, some, this.#turn);
      const seam = Math.max(0, end - this.#seam - first);
      if (seam < some) this.#fade(first - end + seam, seam, some);
      out.set(this.#turn.subarray(0, 2 * some), 2 * (first - from));
    }
  }

  /** @param at - Place of sample `seam` of the turn's part, counted from where the next begins: below 0. */
  #fade(at: number, seam: number, some: number): void {
    this.#surface.write(at, some - seam, this.#before);
    for (let n = seam; n < some; n++) {
      const place = 1 + (at + n - seam + 0.5) / this.#seam;
      const own = Math.sqrt(1 - place);
      const next = Math.sqrt(place);
      for (let side = 0; side < 2; side++) {
        const index = 2 * n + side;
        this.#turn[index] = this.#turn[index]! * own + this.#before[index - 2 * seam]! * next;
      }
    }
  }
}
