import {
  type Checkpoint,
  deriveSounds,
  openShared,
  openSound,
  type Score,
  type SharedSound,
  type Sound,
  SoundError,
  shareSound,
} from '../../engine/index.ts';
import { openFileSource } from './file-source.ts';
import { openPcmCache } from './pcm-cache.ts';

/** Every sound of a score, open. */
export interface ScoreSounds {
  readonly sounds: ReadonlyMap<string, Sound>;
  /** Closes files and removes what was cached. Idempotent. */
  dispose(): void;
}

export interface ScoreSoundsOptions {
  readonly score: Score;
  /** Paths of the files, by the score's name of the sound. */
  readonly paths: ReadonlyMap<string, string>;
  readonly kernel: WebAssembly.Module;
  /** True to hold samples in memory that other threads can read too. */
  readonly isShared: boolean;
  /** Called before each sound. */
  readonly checkpoint: Checkpoint;
}

/** A sound that cannot be used. */
export class ScoreSoundError extends Error {
  /** The score's name of it. */
  readonly sound: string;
  override readonly cause: SoundError;
  constructor(sound: string, cause: SoundError) {
    super(cause.message);
    this.name = 'ScoreSoundError';
    this.sound = sound;
    this.cause = cause;
  }
}

/** Opens the sounds that a score's regions play. @throws ScoreSoundError for the first that cannot be used */
export async function openScoreSounds(options: ScoreSoundsOptions): Promise<ScoreSounds> {
  const { score, paths, kernel, isShared, checkpoint } = options;
  const cache = openPcmCache();
  const files = new Map<string, Sound>();
  const dispose = () => {
    for (const sound of files.values()) sound.dispose?.();
    files.clear();
    cache.dispose();
  };
  try {
    for (const [name, sound] of Object.entries(score.sounds)) {
      if (sound.kind !== 'file') continue;
      await checkpoint(0);
      const path = paths.get(name);
      if (path === undefined) throw new Error(`the sound "${name}" has no file`);
      const opened = await openSound(openFileSource(path), {
        name: sound.file,
        sampleRate: score.sampleRate,
        kernel,
        cache,
        checkpoint: () => checkpoint(0),
        ...(isShared && { allocate: allocateShared }),
      }).catch((problem: unknown) => {
        throw problem instanceof SoundError ? new ScoreSoundError(name, problem) : problem;
      });
      files.set(name, opened);
      if (opened.samples !== sound.samples || opened.channels !== sound.channels) {
        const message = `${sound.file} is not what it was when the score was made`;
        throw new ScoreSoundError(name, new SoundError(message, 'render again when nothing writes to it'));
      }
    }
    return { sounds: deriveSounds(score, files, kernel), dispose };
  } catch (problem) {
    dispose();
    throw problem;
  }
}

/** Descriptions of open sounds with which another thread can read them; those made as they are read need none. */
export function shareSounds(sounds: ReadonlyMap<string, Sound>): ReadonlyMap<string, SharedSound> {
  const shared = new Map<string, SharedSound>();
  for (const [name, sound] of sounds) {
    const description = shareSound(sound);
    if (description) shared.set(name, description);
  }
  return shared;
}

/** The sounds of a score in another thread. */
export function openSharedSounds(
  score: Score,
  shared: ReadonlyMap<string, SharedSound>,
  kernel: WebAssembly.Module,
): ReadonlyMap<string, Sound> {
  const files = new Map<string, Sound>();
  for (const [name, description] of shared) {
    files.set(name, openShared(description, { openFile: openFileSource, kernel }));
  }
  return deriveSounds(score, files, kernel);
}

function allocateShared(floats: number): Float32Array {
  return new Float32Array(new SharedArrayBuffer(floats * Float32Array.BYTES_PER_ELEMENT));
}
