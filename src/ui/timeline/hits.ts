import type { Region } from '../../engine/index.ts';
import type { Film } from '../workspace.ts';

const REGIONS = new WeakMap<Film['score']['stems'], ReadonlyMap<string, readonly Region[]>>();
const HITS = new WeakMap<readonly Region[], readonly number[]>();

/** Where every sounding of a cue begins as the score has it, in order; what a gate or a cut to another camera parts is one. */
export function hitsOfCue(film: Film, id: string): readonly number[] {
  const regions = regionsOf(film, id);
  if (!regions) return [];
  // Of thousands of cues only those in view are looked into.
  const hits = HITS.get(regions) ?? readHits(regions, film);
  HITS.set(regions, hits);
  return hits;
}

function regionsOf({ score: { stems } }: Film, id: string): readonly Region[] | undefined {
  const byCue = REGIONS.get(stems) ?? regionsByCue(stems);
  REGIONS.set(stems, byCue);
  return byCue.get(id);
}

function regionsByCue(stems: Film['score']['stems']): ReadonlyMap<string, readonly Region[]> {
  const byCue = new Map<string, Region[]>();
  for (const { regions } of stems) {
    for (const region of regions) {
      const own = byCue.get(region.cue);
      if (own) own.push(region);
      else byCue.set(region.cue, [region]);
    }
  }
  return byCue;
}

function readHits(regions: readonly Region[], { score }: Film): readonly number[] {
  const first = new Map<string, Region>();
  for (const region of regions) {
    const key = `${region.origin} ${tagOf(region.sound, score)}`;
    if (!first.has(key)) first.set(key, region);
  }
  return [...first.values()].map(({ start }) => start).sort((a, b) => a - b);
}

/** What a practical that does not repeat plays of the sheet's sounds, and how fast; undefined where it is not heard. */
export function takeOfCue(
  film: Film,
  id: string,
): { readonly tag: string; readonly rate: number } | undefined {
  const region = regionsOf(film, id)?.[0];
  return region && { tag: tagOf(region.sound, film.score), rate: rateOf(region.sound, film.score) };
}

/** How fast a sound is read; where that changes, as it begins. */
function rateOf(sound: string, score: Film['score']): number {
  const made = score.sounds[sound];
  if (made?.kind === 'varispeed') return made.speed.points[0]?.rate ?? 1;
  return made && 'of' in made ? rateOf(made.of, score) : 1;
}

/** The sheet's sound under what may be made from it. */
function tagOf(sound: string, score: Film['score']): string {
  const made = score.sounds[sound];
  return made && 'of' in made ? tagOf(made.of, score) : sound;
}
