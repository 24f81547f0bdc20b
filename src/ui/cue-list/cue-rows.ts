import { computed, type ReadonlySignal } from '@preact/signals';
import { clockOf, timecodeAt } from '../film-clock.ts';
import { isRecord } from '../raw-cue.ts';
import type { Workspace } from '../workspace.ts';

/** A cue as the list shows it. */
export interface CueRow {
  /** Index in the sheet. */
  readonly index: number;
  readonly id: string;
  readonly type: string;
  /** Samples; undefined while the cue is not in the film: it is new, or has an error. */
  readonly start: number | undefined;
  readonly timecode: string;
  readonly length: string;
  /** Where it is tied, as the sheet says it. */
  readonly anchor: string;
  readonly note: string;
  readonly isOff: boolean;
}

/** Stands for the timecode of a cue that is new, or has an error. */
const NOT_PLACED = 'not placed';

export type RowOrder = 'time' | 'sheet';

/** Every cue of the sheet, in its order; the last that could be read while the text is no JSON. */
export function cueRows({ document, studio }: Workspace): ReadonlySignal<readonly CueRow[]> {
  let last: readonly unknown[] = [];
  return computed(() => {
    const cues = cuesIn(document.value.value);
    if (cues) last = cues;
    const film = studio.film.value;
    const clock = film && clockOf(film);
    const placed = new Map(film?.score.cues.map((cue) => [cue.id, cue] as const));
    return last.map((cue, index): CueRow => {
      const id = textIn(cue, 'id');
      const place = placed.get(id);
      return {
        index,
        id,
        type: textIn(cue, 'type'),
        start: place?.start,
        timecode: !clock ? '' : place ? timecodeAt(place.start, clock) : NOT_PLACED,
        length: film && place ? formatLength((place.end - place.start) / film.score.sampleRate) : '',
        anchor: textIn(cue, 'at') || (textIn(cue, 'musicEnd') && `… ${textIn(cue, 'musicEnd')}`),
        note: textIn(cue, 'note'),
        isOff: isRecord(cue) && cue['off'] === true,
      };
    });
  });
}

/** The rows that hold what is looked for, in an order. Rows without a time stand where they are in the sheet. */
export function arrange(rows: readonly CueRow[], sought: string, order: RowOrder): readonly CueRow[] {
  const words = sought.toLowerCase().split(/\s+/).filter(Boolean);
  const found =
    words.length === 0
      ? rows
      : rows.filter((row) => {
          const text =
            `${row.index + 1} ${row.id} ${row.type} ${row.timecode} ${row.anchor} ${row.note}`.toLowerCase();
          return words.every((word) => text.includes(word));
        });
  if (order === 'sheet') return found;
  let before = 0;
  const timed = found.map((row) => {
    before = row.start ?? before;
    return { row, at: before };
  });
  return timed.sort((a, b) => a.at - b.at || a.row.index - b.row.index).map(({ row }) => row);
}

/** `1.40 s`, and from a minute on `1:01.40`. */
export function formatLength(seconds: number): string {
  const hundredths = Math.round(seconds * 100);
  if (hundredths < 6000) return `${(hundredths / 100).toFixed(2)} s`;
  const rest = ((hundredths % 6000) / 100).toFixed(2).padStart(5, '0');
  return `${Math.floor(hundredths / 6000)}:${rest}`;
}

function cuesIn(sheet: unknown): readonly unknown[] | undefined {
  if (!isRecord(sheet)) return undefined;
  const { cues } = sheet;
  return Array.isArray(cues) ? cues : [];
}

function textIn(value: unknown, key: string): string {
  const text = isRecord(value) ? value[key] : undefined;
  return typeof text === 'string' ? text : '';
}
