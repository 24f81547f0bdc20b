import { readdirSync } from 'node:fs';
import { basename, extname, relative, resolve, sep } from 'node:path';
import { FileProblem, probeSound, SoundError, type SoundInfo } from '../../engine/index.ts';
import { Failure } from '../failure.ts';
import { projectFiles } from '../node/project-files.ts';

/** Endings of files that may be sounds; what is in them decides. */
const ENDINGS = new Set(['.wav', '.wave', '.bwf', '.rf64', '.flac', '.ogg', '.oga', '.mp3']);

/** An audio file that a sheet can use. */
export interface FoundSound {
  readonly tag: string;
  /** Absolute. */
  readonly path: string;
  /** Relative to the folder that was searched, with `/`. */
  readonly name: string;
  readonly seconds: number;
}

/** An audio file that a sheet cannot use, and why. */
export interface UnusableSound {
  readonly name: string;
  readonly reason: string;
}

/**
 * Finds the audio files in a folder and the folders in it, in the order of their names, each with a tag made
 * from its name.
 *
 * @throws Failure where there is no such folder.
 */
export async function findSounds(
  folder: string,
): Promise<{ readonly sounds: readonly FoundSound[]; readonly unusable: readonly UnusableSound[] }> {
  const sounds: FoundSound[] = [];
  const unusable: UnusableSound[] = [];
  for (const name of audioNames(folder)) {
    const path = resolve(folder, name);
    try {
      const { samples, sampleRate } = await probe(path, name);
      const tag = freeTag(name, new Set(sounds.map((sound) => sound.tag)));
      sounds.push({ tag, path, name, seconds: samples / sampleRate });
    } catch (problem) {
      if (!(problem instanceof SoundError || problem instanceof FileProblem)) throw problem;
      unusable.push({ name, reason: problem.message });
    }
  }
  return { sounds, unusable };
}

function audioNames(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => ENDINGS.has(extname(entry.name).toLowerCase()) && !entry.name.startsWith('.'))
      .map((entry) => relative(folder, resolve(entry.parentPath, entry.name)).replaceAll(sep, '/'))
      .sort();
  } catch {
    throw new Failure(
      `there is no folder of sounds "${folder}"`,
      'name the folder that your audio files are in',
    );
  }
}

async function probe(path: string, name: string): Promise<SoundInfo> {
  const bytes = await projectFiles.openBytes(path);
  try {
    return (await probeSound(bytes, name)).info;
  } finally {
    bytes.close?.();
  }
}

/** `Door slam.wav` becomes `Door-slam`; a second one `Door-slam-2`. */
function freeTag(name: string, taken: ReadonlySet<string>): string {
  const stem = basename(name, extname(name));
  const tag = stem.replace(/[^\p{L}\p{M}\p{N}_-]+/gu, '-').replace(/^-+|-+$/g, '') || 'sound';
  let free = tag;
  for (let count = 2; taken.has(free); count++) free = `${tag}-${count}`;
  return free;
}
