import { effect, type Signal } from '@preact/signals';
import { keep, readKept } from '../kept-values.ts';
import { isRecord } from '../raw-cue.ts';

const STORE = 'runout.first-frames';

interface Shown {
  /** Absolute path. */
  readonly sheet: string;
  /** Name of the picture's file: another one may be another reel. */
  readonly picture: string;
}

/**
 * Takes over the timecode that a picture's first frame was given on this machine for a sheet, and keeps it from now on.
 *
 * @returns Ends it.
 */
export function keepFirstFrame(
  startTimecode: Signal<string | undefined>,
  { sheet, picture }: Shown,
  storage: Storage,
): () => void {
  const readOf = (kept: Readonly<Record<string, unknown>>) => {
    const ofSheet = kept[sheet];
    return isRecord(ofSheet) ? ofSheet : {};
  };
  const own = readOf(readKept(storage, STORE))[picture];
  if (typeof own === 'string') startTimecode.value = own;
  return effect(() => {
    const present = startTimecode.value;
    // Read anew: another page may have kept something for its own sheet meanwhile.
    const kept = readKept(storage, STORE);
    const { [sheet]: _, ...others } = kept;
    const { [picture]: before, ...pictures } = readOf(kept);
    if (before === present) return;
    const ofSheet = present === undefined ? pictures : { ...pictures, [picture]: present };
    keep(storage, STORE, Object.keys(ofSheet).length === 0 ? others : { ...others, [sheet]: ofSheet });
  });
}
