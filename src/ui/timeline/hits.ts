import type { Film } from '../workspace.ts';

/** One sounding of a cue. */
export interface Hit {
  readonly start: number;
  /** Tag of the sound in the sheet. */
  readonly sound: string;
}

const KNOWN = new WeakMap<Film, ReadonlyMap<string, readonly Hit[]>>();

/** Every sounding of a cue as the score has it, in order; what a gate cuts in two is one. */
export function hitsOfCue(film: Film, id: string): readonly Hit[] {
  const known = KNOWN.get(film) ?? readHits(film);
  KNOWN.set(film, known);
  return known.get(id) ?? [];
}

function readHits({ score }: Film): ReadonlyMap<string, readonly Hit[]> {
  const hits = new Map<string, Hit[]>();
  const seen = new Set<string>();
  for (const stem of score.stems) {
    for (const region of stem.regions) {
      const own = hits.get(region.cue) ?? [];
      hits.set(region.cue, own);
      const key = `${region.origin} ${region.sound} ${region.cue}`;
      if (seen.has(key)) continue;
      seen.add(key);
      own.push({ start: region.start, sound: region.sound });
    }
  }
  const named = new Map<string, readonly Hit[]>();
  for (const [id, own] of hits) {
    const inOrder = own.sort((a, b) => a.start - b.start);
    named.set(
      id,
      inOrder.map(({ start, sound }) => ({ start, sound: tagOf(sound, score) })),
    );
  }
  return named;
}

/** The sheet's sound under what may be made from it. */
function tagOf(sound: string, score: Film['score']): string {
  const made = score.sounds[sound];
  return made && 'of' in made ? tagOf(made.of, score) : sound;
}
