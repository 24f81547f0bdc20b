import { type ReadonlySignal, signal } from '@preact/signals';
import type { Film, PeaksOf } from '../workspace.ts';
import type { DetailRequest, FromMixer, PeaksMessage, ToMixer } from './messages.ts';
import { CELL_SAMPLES } from './peak-cells.ts';
import { columnsOf, PeakStore } from './peak-store.ts';

export interface Peaks {
  readonly peaks: PeaksOf;
  readonly revision: ReadonlySignal<number>;
  take(message: PeaksMessage): void;
  takeDetail(message: Detail): void;
}

type Detail = Extract<FromMixer, { kind: 'detail' }>;

/** Redrawings are so far apart at least. */
const TELL_EVERY_MILLISECONDS = 80;
/** Windows of details that are kept. */
const DETAILS_KEPT = 24;
/** Samples of a window, and finest cell, relative to the range that was asked for. */
const WINDOW = 2;

/** Keeps the peaks that the worker makes, and asks it for what is looked at. */
export function createPeaks(film: ReadonlySignal<Film | undefined>, ask: (message: ToMixer) => void): Peaks {
  const revision = signal(0);
  const stores = new Map<string, PeakStore>();
  let details: Detail[] = [];
  const asked = new Set<string>();
  let looked = { from: 0, to: 0 };
  /** The newest film that peaks were made of. */
  let newest = -1;
  let isChanged = false;
  let toldAt = Number.NEGATIVE_INFINITY;

  // A film comes in some hundred pieces: they are drawn a few at a time.
  const tell = (milliseconds: number) => {
    if (milliseconds - toldAt < TELL_EVERY_MILLISECONDS) {
      requestAnimationFrame(tell);
      return;
    }
    toldAt = milliseconds;
    isChanged = false;
    revision.value += 1;
  };
  const changed = () => {
    if (isChanged) return;
    isChanged = true;
    requestAnimationFrame(tell);
  };

  const storeOf = (stem: string, samples: number): PeakStore => {
    const store = stores.get(stem);
    if (store?.samples === samples) return store;
    const fresh = new PeakStore(samples);
    stores.set(stem, fresh);
    return fresh;
  };

  const lookAt = (from: number, to: number) => {
    if (from === looked.from && to === looked.to) return;
    looked = { from, to };
    ask({ kind: 'look', from, to });
  };

  const detailOf = (stem: string, from: number, to: number, cell: number): Detail | undefined => {
    const present = film.peek()?.revision;
    const has = (detail: Detail) =>
      detail.stem === stem && detail.cell <= cell && detail.from <= from && detail.to >= to;
    const found = details.findLast(has);
    if (found?.revision === present) return found;
    const length = to - from;
    const request: DetailRequest = {
      stem,
      // A little more than what is seen, so that scrolling finds it there.
      from: Math.max(0, Math.floor(from - (length * (WINDOW - 1)) / 2)),
      to: Math.ceil(to + (length * (WINDOW - 1)) / 2),
      cell,
    };
    const key = JSON.stringify([present, request]);
    if (!asked.has(key)) {
      asked.add(key);
      ask({ kind: 'detail', ...request });
    }
    // An older film's is better than none.
    return found;
  };

  return {
    revision,
    peaks(stem, from, to, columns) {
      const samples = film.peek()?.score.samples;
      const store = stores.get(stem);
      if (samples === undefined || columns < 1 || to <= from) return undefined;
      const first = Math.max(0, from);
      const last = Math.min(samples, to);
      lookAt(first, last);
      const perColumn = (to - from) / columns;
      if (perColumn < CELL_SAMPLES && last > first) {
        const cell = Math.max(1, 2 ** Math.floor(Math.log2(perColumn)));
        const detail = detailOf(stem, first, last, cell);
        if (detail) return columnsOf(detail.peaks, detail.from, detail.cell, from, perColumn, columns);
      }
      return store?.read(from, to, columns);
    },
    take({ revision: made, samples, ids, firstCell, peaks }) {
      if (made < newest) return;
      newest = made;
      ids.forEach((id, index) => {
        const found = peaks[index];
        if (found) storeOf(id, samples).write(firstCell, found);
      });
      changed();
    },
    takeDetail(detail) {
      details = [...details.slice(-DETAILS_KEPT + 1), detail];
      asked.clear();
      changed();
    },
  };
}
