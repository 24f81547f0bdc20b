import { CELL_SAMPLES, CHUNK_CELLS } from './peak-cells.ts';

/** Cells of a level that are one cell of the next. */
const STEP = 4;

/** Peaks of one stem of a whole film, in ever coarser levels. */
export class PeakStore {
  /** Samples of the film. */
  readonly samples: number;
  /** min0 max0 min1 max1 …, the finest first. */
  readonly #levels: Float32Array[] = [];
  readonly #made: Uint8Array;

  constructor(samples: number) {
    this.samples = samples;
    let cells = Math.ceil(samples / CELL_SAMPLES);
    this.#made = new Uint8Array(Math.ceil(cells / CHUNK_CELLS));
    do {
      this.#levels.push(new Float32Array(2 * cells));
      cells = Math.ceil(cells / STEP);
    } while (cells > 1);
  }

  /** Writes peaks of the finest cells from `firstCell` on. */
  write(firstCell: number, peaks: Float32Array): void {
    const finest = this.#levels[0]!;
    finest.set(peaks.subarray(0, finest.length - 2 * firstCell), 2 * firstCell);
    this.#made[Math.floor(firstCell / CHUNK_CELLS)] = 1;
    let first = firstCell;
    let end = firstCell + peaks.length / 2;
    for (let level = 1; level < this.#levels.length; level++) {
      first = Math.floor(first / STEP);
      end = Math.ceil(end / STEP);
      this.#coarsen(level, first, end);
    }
  }

  /** Lowest and highest of each column; undefined while nothing of the range was made. */
  read(from: number, to: number, columns: number): Float32Array | undefined {
    if (!this.#isAnyMade(from, to)) return undefined;
    const perColumn = (to - from) / columns;
    let level = 0;
    while (level + 1 < this.#levels.length && CELL_SAMPLES * STEP ** (level + 1) <= perColumn) level++;
    const cell = CELL_SAMPLES * STEP ** level;
    return columnsOf(this.#levels[level]!, 0, cell, from, perColumn, columns);
  }

  #isAnyMade(from: number, to: number): boolean {
    const chunk = CELL_SAMPLES * CHUNK_CELLS;
    const last = Math.min(this.#made.length, Math.ceil(to / chunk));
    for (let index = Math.max(0, Math.floor(from / chunk)); index < last; index++) {
      if (this.#made[index]) return true;
    }
    return false;
  }

  #coarsen(level: number, first: number, end: number): void {
    const fine = this.#levels[level - 1]!;
    const coarse = this.#levels[level]!;
    for (let cell = first; cell < Math.min(end, coarse.length / 2); cell++) {
      let low = Number.POSITIVE_INFINITY;
      let high = Number.NEGATIVE_INFINITY;
      for (let index = 2 * STEP * cell; index < Math.min(2 * STEP * (cell + 1), fine.length); index += 2) {
        low = Math.min(low, fine[index]!);
        high = Math.max(high, fine[index + 1]!);
      }
      coarse[2 * cell] = low;
      coarse[2 * cell + 1] = high;
    }
  }
}

/**
 * Peaks of columns from those of cells; zero outside of them.
 *
 * @param start - Sample that the first cell begins with.
 * @param cell - Samples of a cell.
 */
export function columnsOf(
  cells: Float32Array,
  start: number,
  cell: number,
  from: number,
  perColumn: number,
  columns: number,
): Float32Array {
  const out = new Float32Array(2 * columns);
  for (let column = 0; column < columns; column++) {
    const begin = Math.floor((from + column * perColumn - start) / cell);
    const past = Math.ceil((from + (column + 1) * perColumn - start) / cell);
    const first = Math.max(0, begin);
    const end = Math.min(cells.length / 2, Math.max(begin + 1, past));
    if (first >= end) continue;
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let index = 2 * first; index < 2 * end; index += 2) {
      low = Math.min(low, cells[index]!);
      high = Math.max(high, cells[index + 1]!);
    }
    out[2 * column] = low;
    out[2 * column + 1] = high;
  }
  return out;
}
