import type { Kernel, Pointer } from '../kernel/kernel.ts';
import type { ScoreStem } from '../score/score.ts';
import { duckCurve } from './duck-curve.ts';
import { type GainCurve, type GainLine, writeLine } from './gain-curve.ts';
import { levelCurve } from './level-curve.ts';
import type { SummingBus } from './summing-bus.ts';

/**
 * How loud a stem is over time: its level times its ducks, a function of the absolute sample alone. Where
 * both stay it is one plain gain, and where that is 1 it costs nothing.
 */
export class StemLevel {
  readonly #kernel: Kernel;
  readonly #curves: readonly GainCurve[];

  constructor({ level = [], ducks = [] }: Pick<ScoreStem, 'level' | 'ducks'>, kernel: Kernel) {
    this.#kernel = kernel;
    this.#curves = [
      ...(level.length > 0 ? [levelCurve(level)] : []),
      ...(ducks.length > 0 ? [duckCurve(ducks)] : []),
    ];
  }

  /** Multiplies a block of `count` samples that begins at sample `from`. */
  apply(bus: SummingBus, from: number, count: number): void {
    if (this.#curves.length === 0 || bus.isEmpty) return;
    const { exports } = this.#kernel;
    for (let start = from; start < from + count; ) {
      let end = from + count;
      let gain = 1;
      const lines: GainLine[] = [];
      for (const curve of this.#curves) {
        const found = curve.at(start);
        end = Math.min(end, found.end);
        if (typeof found.level === 'number') gain *= exports.levelGain(found.level);
        else lines.push(found.level);
      }
      if (lines.length > 0) {
        bus.scale(start - from, end - from, (gains) =>
          this.#writeGains(gains, gain, lines, start, end - start),
        );
      } else if (gain !== 1) {
        bus.scaleEvenly(start - from, end - from, gain);
      }
      start = end;
    }
  }

  /** Writes lines, times each other and times a gain. */
  #writeGains(gains: Pointer, gain: number, lines: readonly GainLine[], from: number, count: number): void {
    let isWritten = false;
    if (gain !== 1) {
      this.#kernel.float64(gains, count).fill(gain);
      isWritten = true;
    }
    for (const line of lines) {
      writeLine(this.#kernel, gains, line, from, count, isWritten);
      isWritten = true;
    }
  }
}
