import { type ReadonlySignal, signal } from '@preact/signals';
import type { Film, PeaksOf } from '../workspace.ts';
import type { DetailRequest, FromMixer, PeaksMessage, PlayingScore, ToMixer } from './messages.ts';
import { CELL_SAMPLES } from './peak-cells.ts';
import { columnsOf, PeakStore } from './peak-store.ts';

export interface Peaks {
  readonly peaks: PeaksOf;
  readonly revision: ReadonlySignal<number>;
  take(message: PeaksMessage): void;
  takeDetail(message: Detail): void;
  dispose(): void;
}

type Detail = Extract<FromMixer, { kind: 'detail' }>;

/** Redrawings are so far apart at least. */
const TELL_EVERY_MILLISECONDS = 80;
/** Windows of details that are kept of each stem. */
const DETAILS_KEPT = 6;
/** Of what is seen, so much is asked for on each side of it besides, so that scrolling finds it there. */
const BESIDE = 0.5;
/** But no more than so many samples in all for the sake of that: a wide window shows half a minute in detail. */
const BESIDE_MOST = 2 ** 20;

/**
 * Keeps the peaks that the worker makes, and asks it for what is looked at.
 *
 * @param playing - What the worker mixes from: it is asked of this, and so never again and again for what it does not
 *   have yet.
 */
export function createPeaks(
  film: ReadonlySignal<Film | undefined>,
  playing: ReadonlySignal<PlayingScore | undefined>,
  ask: (message: ToMixer) => void,
): Peaks {
  const revision = signal(0);
  const stores = new Map<string, PeakStore>();
  const details = new Map<string, Detail[]>();
  /** By stem, what was asked for last. */
  const asked = new Map<string, string>();
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
    const present = playing.peek()?.revision ?? -1;
    const found = details
      .get(stem)
      ?.findLast((detail) => detail.cell <= cell && detail.from <= from && detail.to >= to);
    // It may have come from a newer score than was told of.
    if (found && found.revision >= present) return found;
    const length = to - from;
    const beside = Math.max(0, Math.min(2 * BESIDE * length, BESIDE_MOST - length)) / 2;
    const request: DetailRequest = {
      stem,
      from: Math.max(0, Math.floor(from - beside)),
      to: Math.ceil(to + beside),
      cell,
    };
    const key = JSON.stringify([present, request]);
    if (asked.get(stem) !== key) {
      asked.set(stem, key);
      ask({ kind: 'detail', ...request });
    }
    // An older film's is better than none.
    return found;
  };

  // What is seen of the score before is asked for anew.
  const stop = playing.subscribe(changed);

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
      const before = details.get(detail.stem) ?? [];
      details.set(detail.stem, [...before.slice(-DETAILS_KEPT + 1), detail]);
      changed();
    },
    dispose: stop,
  };
}
