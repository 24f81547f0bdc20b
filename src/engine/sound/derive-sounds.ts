import type { Score } from '../score/score.ts';
import { openDriven } from './driven.ts';
import { openFiltered } from './filter/filtered.ts';
import { keepBlocks } from './kept-blocks.ts';
import { openMatchedLoop } from './loop/matched-loop.ts';
import { openPressing } from './pressing/pressing.ts';
import type { Sound } from './sound.ts';
import { openTexture } from './texture/texture.ts';
import { openVarispeed } from './varispeed/varispeed.ts';

/**
 * Every sound of a score, made from its files: what is made up, filtered or turned at another speed is read from
 * those, so that it needs no room and is the same on every thread.
 *
 * @param files - The score's audio files, open, by the score's names for them. They stay whose they are.
 * @param kernel - The compiled kernel.
 * @throws Error if the score names a sound that it does not have, or one that is made of itself.
 * @throws RangeError if a filter, a speed or a pressing is not one.
 */
export function deriveSounds(
  score: Pick<Score, 'sounds' | 'sampleRate'>,
  files: ReadonlyMap<string, Sound>,
  kernel: WebAssembly.Module,
): ReadonlyMap<string, Sound> {
  const { sampleRate } = score;
  const made = new Map<string, Sound>();
  const making = new Set<string>();
  const make = (name: string): Sound => {
    const done = made.get(name);
    if (done) return done;
    if (making.has(name)) throw new Error(`the score is wrong: the sound "${name}" is made of itself`);
    making.add(name);
    const sound = open(name);
    making.delete(name);
    made.set(name, sound);
    return sound;
  };
  const open = (name: string): Sound => {
    const sound = score.sounds[name];
    switch (sound?.kind) {
      case 'file': {
        const file = files.get(name);
        if (!file) throw new Error(`the sound "${name}" (${sound.file}) was not opened`);
        return file;
      }
      case 'pressing':
        return keepBlocks(openPressing(sound, { sampleRate, kernel }), kernel);
      case 'filtered':
        return openFiltered(make(sound.of), sound.filters, { name, sampleRate, kernel });
      case 'driven':
        return openDriven(make(sound.of), sound, { name, kernel });
      case 'varispeed':
        return openVarispeed(make(sound.of), sound, { name, kernel });
      case 'texture':
        return openTexture(make(sound.of), sound, { name, sampleRate, kernel });
      case 'matched-loop':
        return openMatchedLoop(make(sound.of), sound, { kernel });
      case undefined:
        throw new Error(`the score is wrong: it has no sound "${name}"`);
    }
  };
  for (const name of Object.keys(score.sounds)) make(name);
  return made;
}
