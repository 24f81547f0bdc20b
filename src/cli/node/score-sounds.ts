import {
  type ByteSource,
  type Checkpoint,
  deriveSounds,
  type FileSound,
  type ImpulseResponse,
  openResponse,
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
  /** The impulse responses of its spaces, by the score's name of the sound. */
  readonly responses: ReadonlyMap<string, ImpulseResponse>;
  /** @throws SoundError if a file changed while it was read. */
  verify(): void;
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

/** The most memory for sounds that are held decoded, for all threads together. */
const RESIDENT_BYTES = 96 * 2 ** 20;

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

/** Opens the sounds that a score's regions play and its spaces answer with. @throws ScoreSoundError for the first that cannot be used */
export async function openScoreSounds(options: ScoreSoundsOptions): Promise<ScoreSounds> {
  const { score, kernel, isShared, checkpoint } = options;
  const cache = openPcmCache();
  const files = new Map<string, Sound>();
  const sources: ByteSource[] = [];
  const responses = new Map<string, ImpulseResponse>();
  const impulses = impulsesOf(score);
  const dispose = () => {
    for (const sound of files.values()) sound.dispose?.();
    files.clear();
    cache.dispose();
  };
  const residents = residentsOf(score);
  try {
    for (const [name, sound] of Object.entries(score.sounds)) {
      if (sound.kind !== 'file') continue;
      await checkpoint(0);
      const path = options.paths.get(name);
      if (path === undefined) throw new Error(`the sound "${name}" has no file`);
      const how = {
        name: sound.file,
        sampleRate: score.sampleRate,
        kernel,
        checkpoint: () => checkpoint(0),
        ...(isShared && { allocate: allocateShared }),
      };
      try {
        if (impulses.has(name)) {
          const response = await openResponse(openFileSource(path), how);
          checkUnchanged(sound, response.channels.length, response.channels[0]?.length);
          responses.set(name, response);
        } else {
          const source = openFileSource(path);
          sources.push(source);
          const residentSeconds = residents.has(name) ? undefined : 0;
          const opened = await openSound(source, { ...how, cache, residentSeconds });
          files.set(name, opened);
          checkUnchanged(sound, opened.channels, opened.samples);
        }
      } catch (problem) {
        throw problem instanceof SoundError ? new ScoreSoundError(name, problem) : problem;
      }
    }
    const verify = () => {
      for (const source of sources) source.verify?.();
    };
    return { sounds: derivePlayed(score, files, kernel), responses, verify, dispose };
  } catch (problem) {
    dispose();
    throw problem;
  }
}

/** The files that may be held in memory, the shortest first: what does not fit is read when it is needed. */
function residentsOf(score: Score): ReadonlySet<string> {
  const files = Object.entries(score.sounds).flatMap(([name, sound]) =>
    sound.kind === 'file' ? [{ name, bytes: sound.samples * sound.channels * 4 }] : [],
  );
  const residents = new Set<string>();
  let left = RESIDENT_BYTES;
  for (const { name, bytes } of files.sort((a, b) => a.bytes - b.bytes)) {
    left -= bytes;
    if (left < 0) break;
    residents.add(name);
  }
  return residents;
}

/** Names of the sounds that are impulse responses of spaces, which nothing else can play. */
function impulsesOf(score: Score): ReadonlySet<string> {
  return new Set(Object.values(score.spaces).map((space) => space.sound));
}

function derivePlayed(
  score: Score,
  files: ReadonlyMap<string, Sound>,
  kernel: WebAssembly.Module,
): ReadonlyMap<string, Sound> {
  const impulses = impulsesOf(score);
  const played = Object.entries(score.sounds).filter(([name]) => !impulses.has(name));
  return deriveSounds({ ...score, sounds: Object.fromEntries(played) }, files, kernel);
}

/** @throws SoundError if a file no longer holds what the score was made from. */
function checkUnchanged(sound: FileSound, channels: number, samples: number | undefined): void {
  if (samples === sound.samples && channels === sound.channels) return;
  const message = `${sound.file} is not what it was when the score was made`;
  throw new SoundError(message, 'render again when nothing writes to it');
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
  return derivePlayed(score, files, kernel);
}

function allocateShared(floats: number): Float32Array {
  return new Float32Array(new SharedArrayBuffer(floats * Float32Array.BYTES_PER_ELEMENT));
}
