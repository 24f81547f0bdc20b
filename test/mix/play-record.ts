import { Mixer } from '../../src/engine/mix/mixer.ts';
import type { Score } from '../../src/engine/score/score.ts';
import { deriveSounds } from '../../src/engine/sound/derive-sounds.ts';
import { ResidentSound } from '../../src/engine/sound/resident-sound.ts';
import type { Sound } from '../../src/engine/sound/sound.ts';
import { noiseAt } from './make.ts';

/** A mixer of a score whose files are noise, at −18 dBFS, or silence. */
export function mixerOf(score: Score, kernel: WebAssembly.Module, level = 0.125): Mixer {
  const files = Object.entries(score.sounds).flatMap(([name, sound]): (readonly [string, Sound])[] => {
    if (sound.kind !== 'file') return [];
    const channels = sound.channels === 1 ? 1 : 2;
    const values = Float32Array.from({ length: sound.samples * channels }, (_, index) =>
      level === 0 ? 0 : noiseAt(9, index) * level,
    );
    return [[name, new ResidentSound(name, channels, values)]];
  });
  return new Mixer({ kernel, score, sounds: deriveSounds(score, new Map(files), kernel) });
}

/** All of a score's stems, L R L R …. */
export function playAll(score: Score, mixer: Mixer): Float32Array[] {
  const stems = score.stems.map(() => new Float32Array(2 * score.samples));
  for (let from = 0; from < score.samples; from += mixer.blockSamples) {
    const some = Math.min(mixer.blockSamples, score.samples - from);
    for (const [index, block] of mixer.read(from, some).entries()) stems[index]!.set(block, 2 * from);
  }
  return stems;
}
