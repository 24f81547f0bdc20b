import { cueTypeSchema } from '../cue-schema.ts';
import { isRecord, namesOf, type RawCue, rawCues, textOf } from '../raw-cue.ts';
import type { Film, SheetDocument } from '../workspace.ts';

/** Where a new cue is to be, and what the sheet has by now. */
export interface Surroundings {
  readonly document: SheetDocument;
  readonly film: Film;
  /** Place of the new cue, samples from the edit's first frame. */
  readonly sample: number;
}

/** The stem that cues of a type lie on: of the last one of its type, else of the same player's; else the first. */
export function fittingStem(type: string, { document, film }: Surroundings): string | undefined {
  const cues = rawCues(document).filter(isRecord);
  const stems = film.score.stems.map(({ id }) => id);
  const stemOf = (cue: RawCue | undefined) => {
    const stem = cue && textOf(cue, 'stem');
    return stem !== undefined && stems.includes(stem) ? stem : undefined;
  };
  const needsPlayer = cueTypeSchema(type)?.properties['player'] !== undefined;
  return (
    stemOf(cues.findLast((cue) => cue['type'] === type && stemOf(cue) !== undefined)) ??
    (needsPlayer
      ? stemOf(cues.findLast((cue) => 'player' in cue && stemOf(cue) !== undefined))
      : undefined) ??
    stems[0]
  );
}

/**
 * What a new cue plays: what the last cue of its type before it on its stem does, else the first of its type after
 * it; else the first sound that is no music and lies in no bed.
 */
export function fittingSound(type: string, stem: string | undefined, around: Surroundings): unknown {
  const { document, film, sample } = around;
  const starts = new Map(film.score.cues.map(({ id, start }) => [id, start]));
  const alike = rawCues(document)
    .filter(isRecord)
    .filter((cue) => cue['type'] === type && cue['stem'] === stem && cue['sound'] !== undefined)
    .map((cue) => ({ cue, start: starts.get(textOf(cue, 'id') ?? '') ?? 0 }))
    .sort((a, b) => a.start - b.start);
  const nearest = alike.findLast(({ start }) => start <= sample) ?? alike[0];
  if (nearest) return nearest.cue['sound'];
  const beds = new Set(soundsOfBeds(document));
  return (
    namesOf(document, 'sounds').find((tag) => !isMusic(tag, film) && !beds.has(tag)) ??
    namesOf(document, 'sounds')[0]
  );
}

/** The sound of a new bed: the longest that is no music, no record that is played and no other bed's. */
export function fittingBed({ document, film }: Surroundings): string | undefined {
  const beds = new Set(soundsOfBeds(document));
  const records = new Set(rawCues(document).map((cue) => isRecord(cue) && cue['record']));
  const tags = namesOf(document, 'sounds').filter((tag) => !isMusic(tag, film) && !records.has(tag));
  const free = tags.filter((tag) => !beds.has(tag));
  return byLength(free.length > 0 ? free : tags, film)[0] ?? namesOf(document, 'sounds')[0];
}

/** The longest sound that is music. */
export function fittingRecord({ document, film }: Surroundings): string | undefined {
  const tags = namesOf(document, 'sounds');
  return (
    byLength(
      tags.filter((tag) => isMusic(tag, film)),
      film,
    )[0] ?? byLength(tags, film)[0]
  );
}

function byLength(tags: readonly string[], { soundInfos }: Film): readonly string[] {
  const seconds = (tag: string) => {
    const info = soundInfos.get(tag);
    return info ? info.samples / info.sampleRate : 0;
  };
  return [...tags].sort((a, b) => seconds(b) - seconds(a));
}

function isMusic(tag: string, { sheet }: Film): boolean {
  return sheet.sounds[tag]?.music !== undefined;
}

function soundsOfBeds(document: SheetDocument): readonly string[] {
  return rawCues(document).flatMap((cue) => {
    const sounds = isRecord(cue) && cue['type'] === 'room-tone' ? cue['sounds'] : undefined;
    if (!Array.isArray(sounds)) return [];
    return sounds.flatMap((sound: unknown) => (isRecord(sound) ? (textOf(sound, 'sound') ?? []) : []));
  });
}
