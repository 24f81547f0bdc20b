import { computed, effect, type ReadonlySignal } from '@preact/signals';
import { FADER_TOP_DB } from '../fader-scale.ts';
import { keep, readKept } from '../kept-values.ts';
import { isRecord, recordOf } from '../raw-cue.ts';
import type { Desk, Film, Transport } from '../workspace.ts';

const STORE = 'runout.listening';

interface Listening {
  readonly transport: Pick<Transport, 'inMark' | 'outMark' | 'isLooping'>;
  readonly desk: Pick<Desk, 'channels'>;
  readonly film: ReadonlySignal<Film | undefined>;
}

/**
 * Takes over in and out, the loop, and the mutes, solos and levels of the stems as a sheet was left with them on this
 * machine, once its film and its stems are there, and keeps them from then on.
 *
 * @param sheet - Absolute path.
 * @returns Ends it.
 */
export function keepListening(
  { transport, desk, film }: Listening,
  sheet: string,
  storage: Storage,
): () => void {
  const marks = { in: transport.inMark, out: transport.outMark };
  // An edit is no reason to read and write the storage.
  const rate = computed(() => film.value?.score.sampleRate);
  let isTaken = false;
  /** @param sampleRate - Samples a second of the film, which the next visit may have at another rate. */
  const takeOver = (kept: Readonly<Record<string, unknown>>, sampleRate: number, samples: number) => {
    for (const [key, mark] of Object.entries(marks)) {
      const seconds = kept[key];
      const sample = typeof seconds === 'number' ? Math.round(seconds * sampleRate) : -1;
      if (sample >= 0 && sample <= samples) mark.value = sample;
    }
    transport.isLooping.value = kept['isLooping'] === true;
    for (const { id, isMuted, isSoloed, gainDb } of desk.channels.peek()) {
      const stem = recordOf(recordOf(kept, 'stems') ?? {}, id);
      if (!stem) continue;
      isMuted.value = stem['isMuted'] === true;
      isSoloed.value = stem['isSoloed'] === true;
      const gain = stem['gainDb'];
      // JSON has no infinity: a fader at its bottom is null.
      if (gain === null) gainDb.value = Number.NEGATIVE_INFINITY;
      else if (typeof gain === 'number') gainDb.value = Math.min(gain, FADER_TOP_DB);
    }
  };
  return effect(() => {
    const sampleRate = rate.value;
    const channels = desk.channels.value;
    if (sampleRate === undefined || channels.length === 0) return;
    // Read anew: another page may have kept something for its own sheet meanwhile.
    const kept = readKept(storage, STORE);
    const own = kept[sheet];
    if (!isTaken && isRecord(own)) takeOver(own, sampleRate, film.peek()?.score.samples ?? 0);
    isTaken = true;
    const seconds = (sample: number | undefined) => sample !== undefined && sample / sampleRate;
    const present = {
      in: seconds(marks.in.value),
      out: seconds(marks.out.value),
      isLooping: transport.isLooping.value,
      stems: Object.fromEntries(
        channels.map(({ id, isMuted, isSoloed, gainDb }) => [
          id,
          { isMuted: isMuted.value, isSoloed: isSoloed.value, gainDb: gainDb.value },
        ]),
      ),
    };
    keep(storage, STORE, { ...kept, [sheet]: present });
  });
}
