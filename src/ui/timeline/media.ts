import { convertedLength, playedHits } from '../../engine/index.ts';
import type { RawCue } from '../raw-cue.ts';
import type { Film } from '../workspace.ts';
import { takeOfCue } from './hits.ts';

/** The sound that is trimmed with a practical: the take that it plays, which its trim must not ask too much of. */
export interface Media {
  /** Its tag in the sheet. */
  readonly tag: string;
  /** Samples of the whole of it. */
  readonly samples: number;
  /** Samples of it in one sample of the film. */
  readonly speed: number;
  /** Samples of the shortest of the takes that the cue might have played instead. */
  readonly shortestOther: number;
}

/** The sound of a practical that plays one, at one speed; undefined for every other cue. */
export function mediaOf(film: Film, id: string, raw: RawCue): Media | undefined {
  const { type, repeat, echoOf, sound, vary, speed = 1 } = raw;
  if (type !== 'practical' || repeat !== undefined || echoOf !== undefined) return undefined;
  if (typeof speed !== 'number' || speed <= 0) return undefined;
  const tags = [sound].flat().filter((tag) => typeof tag === 'string');
  const isChance = tags.length > 1 || vary !== undefined;
  const take = takeOfCue(film, id) ??
    (isChance ? silentTake(film, id, speed) : undefined) ?? { tag: tags[0] ?? '', rate: speed };
  const length = (tag: string) => mediaLength(film, tag);
  const samples = length(take.tag);
  if (samples === undefined) return undefined;
  const others = tags.flatMap((tag) => (tag === take.tag ? [] : (length(tag) ?? [])));
  return {
    tag: take.tag,
    samples,
    speed: take.rate,
    shortestOther: Math.min(...others),
  };
}

/** Samples of a sound of the sheet, at the film's rate; undefined where it could not be read. */
export function mediaLength(film: Film, tag: string): number | undefined {
  const info = film.soundInfos.get(tag);
  return info && convertedLength(info.samples, info.sampleRate, film.score.sampleRate);
}

type Take = NonNullable<ReturnType<typeof takeOfCue>>;

const SILENT = new WeakMap<Film, Map<string, Take | undefined>>();

/** What a cue that is off would play. */
function silentTake(film: Film, id: string, speed: number): Take | undefined {
  const known = SILENT.get(film) ?? new Map<string, Take | undefined>();
  SILENT.set(film, known);
  if (!known.has(id)) {
    const hit = playedHits({ ...film, sounds: film.soundInfos }, [id]).get(id)?.[0];
    known.set(id, hit && { tag: hit.tag, rate: speed * hit.rate });
  }
  return known.get(id);
}
