import { type Dirent, readdirSync, statSync } from 'node:fs';
import { basename, extname, join, relative, resolve, sep } from 'node:path';
import { type Checkpoint, FileProblem, probeSound, SoundError, type SoundInfo } from '../../engine/index.ts';
import { AUDIO_ENDINGS } from '../audio-endings.ts';
import { Failure } from '../failure.ts';
import { projectFiles } from '../node/project-files.ts';

/** An audio file that a sheet can use. */
export interface FoundSound {
  readonly tag: string;
  /** Absolute. */
  readonly path: string;
  /** Relative to the folder that was searched, with `/`. */
  readonly name: string;
  readonly seconds: number;
}

/** What a folder holds. */
export interface FoundSounds {
  readonly sounds: readonly FoundSound[];
  /** Why an audio file cannot be used: a sentence for each, which begins with its name. */
  readonly unusable: readonly string[];
  /** Names of files that are not audio by their endings. */
  readonly others: readonly string[];
}

/**
 * Finds the audio files in a folder and the folders in it, in the order of their names, each with a tag made
 * from its name. Hidden files are passed over.
 *
 * @param checkpoint - Called before each file.
 * @throws Failure where there is no such folder.
 */
export async function findSounds(folder: string, checkpoint: Checkpoint): Promise<FoundSounds> {
  const sounds: FoundSound[] = [];
  const unusable: string[] = [];
  const others: string[] = [];
  const tags = new Set<string>();
  for (const name of fileNames(folder)) {
    await checkpoint(0);
    const path = resolve(folder, name);
    if (!AUDIO_ENDINGS.has(extname(name).toLowerCase())) {
      if (isFolder(path)) unusable.push(`${name} is a link to a folder, which is not followed`);
      else others.push(name);
      continue;
    }
    try {
      const { samples, sampleRate } = await probe(path, name);
      const tag = freeTag(name, tags);
      tags.add(tag);
      sounds.push({ tag, path, name, seconds: samples / sampleRate });
    } catch (problem) {
      unusable.push(reasonOf(problem, name));
    }
  }
  return { sounds, unusable, others };
}

/** @throws whatever is not the file's fault */
function reasonOf(problem: unknown, name: string): string {
  if (problem instanceof FileProblem) return `${name} ${problem.message}`;
  if (!(problem instanceof SoundError)) throw problem;
  return problem.hint === undefined ? problem.message : `${problem.message}. ${problem.hint}`;
}

/** Names of all files, relative to the folder, sorted; of links too, wherever they lead. */
function fileNames(folder: string): string[] {
  return listAll(folder)
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
    .filter((name) => !name.split('/').some((part) => part.startsWith('.')))
    .sort();
}

function listAll(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true, recursive: true });
  } catch {
    throw new Failure(
      `there is no folder of sounds "${folder}"`,
      'name the folder that your audio files are in',
    );
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
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
