import type { Gate, Ramp } from '../score/score.ts';
import { SpanIndex } from './span-index.ts';

/** The time between two gates of a stem: a half-open range of the score's samples. */
export interface Epoch {
  readonly start: number;
  /** Infinity for the last. */
  readonly end: number;
}

/** The gates of one stem: where it is shut, and how it falls before. */
export class StemGates {
  readonly #gates: readonly Gate[];
  readonly #byEnd: SpanIndex;
  readonly #longestFall: number;

  /** @param gates - Of any stem, in order of start; those of one stem do not overlap. */
  constructor(gates: readonly Gate[], stem: string) {
    this.#gates = gates.filter((gate) => gate.stems.includes(stem));
    this.#byEnd = new SpanIndex(this.#gates.map((gate) => gate.end));
    this.#longestFall = this.#gates.reduce((longest, gate) => Math.max(longest, gate.fadeOut), 0);
  }

  /** The parts of [from, to) that lie outside every gate, in order. */
  *openSpans(from: number, to: number): Generator<{ from: number; to: number }> {
    let open = from;
    for (const gate of this.#endingAfter(from, to)) {
      if (gate.start > open) yield { from: open, to: gate.start };
      open = Math.max(open, gate.end);
    }
    if (open < to) yield { from: open, to };
  }

  /** The parts of [from, to) that lie inside a gate, in order. */
  *shutSpans(from: number, to: number): Generator<{ from: number; to: number }> {
    for (const gate of this.#endingAfter(from, to)) {
      yield { from: Math.max(from, gate.start), to: Math.min(to, gate.end) };
    }
  }

  /** The epochs that [from, to) touches, each with the part of it that lies inside: [start, end). */
  *epochs(from: number, to: number): Generator<Epoch & { readonly epoch: Epoch }> {
    for (const open of this.openSpans(from, to)) {
      const next = this.#byEnd.next(0, open.from);
      const epoch = {
        start: this.#gates[next - 1]?.end ?? 0,
        end: this.#gates[next]?.start ?? Number.POSITIVE_INFINITY,
      };
      yield { epoch, start: open.from, end: open.to };
    }
  }

  /** The falls before gates that touch [from, to), as ramps, in the order of their gates. */
  *falls(from: number, to: number): Generator<Ramp> {
    for (const gate of this.#endingAfter(from, to + this.#longestFall)) {
      const start = gate.start - gate.fadeOut;
      if (start < to && gate.start > from && gate.fadeOut > 0) {
        yield { direction: 'out', start, length: gate.fadeOut, curve: gate.curve };
      }
    }
  }

  /** The gates that end after `from` and start before `to`. */
  *#endingAfter(from: number, to: number): Generator<Gate> {
    for (
      let index = this.#byEnd.next(0, from);
      index < this.#gates.length;
      index = this.#byEnd.next(index + 1, from)
    ) {
      const gate = this.#gates[index]!;
      if (gate.start >= to) return;
      yield gate;
    }
  }
}
