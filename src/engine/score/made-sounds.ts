import type { ScoreSound } from './score.ts';

/** Sounds that the score has besides the sheet's own files, with the names that regions use. */
export type MadeSounds = readonly (readonly [name: string, sound: ScoreSound])[];

/** Most cues play files as they are. */
const NONE: MadeSounds = [];

/** Those of the sounds played that are made of others, with all that they are made of. */
export function madeBehind(
  made: ReadonlyMap<string, ScoreSound>,
  played: readonly { readonly sound: string }[],
): MadeSounds {
  if (made.size === 0) return NONE;
  let found: Map<string, ScoreSound> | undefined;
  for (const { sound: name } of played) {
    for (let at: string | undefined = name; at !== undefined && !found?.has(at); ) {
      const sound = made.get(at);
      if (!sound) break;
      found ??= new Map();
      found.set(at, sound);
      at = 'of' in sound ? sound.of : undefined;
    }
  }
  return found ? [...found] : NONE;
}

/** Puts sounds that were made for a score before into those of another. */
export function makeAgain(made: Map<string, ScoreSound>, sounds: MadeSounds): void {
  for (const [name, sound] of sounds) made.set(name, sound);
}
