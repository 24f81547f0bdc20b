import type { Region } from '../../engine/index.ts';
import type { Film } from '../workspace.ts';

/** One sounding of a cue. */
export interface Hit {
  readonly start: number;
  /** Tag of the sound in the sheet. */
  readonly sound: string;
}

const REGIONS = new WeakMap<Film['score']['stems'], ReadonlyMap<string, readonly Region[]>>();
const HITS = new WeakMap<readonly Region[], readonly Hit[]>();

/** Every sounding of a cue as the score has it, in order; what a gate cuts in two is one. */
export function hitsOfCue(film: Film, id: string): readonly Hit[] {
  const { stems } = film.score;
  const byCue = REGIONS.get(stems) ?? regionsByCue(stems);
  REGIONS.set(stems, byCue);
  const regions = byCue.get(id);
  if (!regions) return [];
  // Of thousands of cues only those in view are looked into.
  const hits = HITS.get(regions) ?? readHits(regions, film);
  HITS.set(regions, hits);
  return hits;
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

function readHits(regions: readonly Region[], { score }: Film): readonly Hit[] {
  const first = new Map<string, Region>();
  for (const region of regions) {
    const key = `${region.origin} ${region.sound}`;
    if (!first.has(key)) first.set(key, region);
  }
  return [...first.values()]
    .sort((a, b) => a.start - b.start)
    .map(({ start, sound }) => ({ start, sound: tagOf(sound, score) }));
}

/** The sheet's sound under what may be made from it. */
function tagOf(sound: string, score: Film['score']): string {
  const made = score.sounds[sound];
  return made && 'of' in made ? tagOf(made.of, score) : sound;
}
