import { error, type Issue, warning } from '../issue/issue.ts';
import type { SoundInfo } from '../score/score.ts';
import { pointerOf } from '../sheet/pointer.ts';
import { probeSound, type SoundProbe } from '../sound/probe-sound.ts';
import { SoundError } from '../sound/sound.ts';
import { fileIssue, findFile, type Surroundings } from './find-file.ts';

/** Files that are open at once while they are probed. */
const FILES_AT_ONCE = 32;

/** What the files of a sheet's sounds hold; a tag whose file cannot be used has an issue instead. */
export interface ProbedSounds {
  readonly infos: ReadonlyMap<string, SoundInfo>;
  /** By tag; only of sounds that can be used. */
  readonly paths: ReadonlyMap<string, string>;
  readonly issues: readonly Issue[];
}

/**
 * Reads the headers of all sounds that a sheet names, also of those that no cue plays.
 *
 * @param faulty - Pointers that have an error already: a path that is no path is not looked for.
 */
export async function probeSounds(
  sounds: Readonly<Record<string, { readonly file: string }>>,
  faulty: ReadonlySet<string>,
  surroundings: Surroundings,
): Promise<ProbedSounds> {
  const entries = Object.entries(sounds)
    .map(([tag, { file }]) => ({ tag, file, pointer: pointerOf(['sounds', tag, 'file']) }))
    .filter(({ pointer }) => !faulty.has(pointer));
  const probed: Probed[] = [];
  for (let from = 0; from < entries.length; from += FILES_AT_ONCE) {
    const batch = entries.slice(from, from + FILES_AT_ONCE);
    probed.push(...(await Promise.all(batch.map((sound) => probe(sound, surroundings)))));
  }
  const usable = probed.filter((sound) => sound.found !== undefined);
  return {
    infos: new Map(usable.map(({ tag, found }) => [tag, found!.info])),
    paths: new Map(usable.map(({ tag, found }) => [tag, found!.path])),
    issues: probed.flatMap((sound) => sound.issues),
  };
}

interface Probed {
  readonly tag: string;
  readonly found?: { readonly path: string; readonly info: SoundInfo };
  readonly issues: readonly Issue[];
}

interface NamedSound {
  readonly tag: string;
  readonly file: string;
  readonly pointer: string;
}

async function probe({ tag, file, pointer }: NamedSound, surroundings: Surroundings): Promise<Probed> {
  const found = await findFile(file, 'sound', pointer, surroundings);
  if ('issue' in found) return { tag, issues: [found.issue] };
  const { path } = found;
  try {
    const { info, warnings } = await probePath(path, file, surroundings);
    const issues = warnings.map((text) => warning('sound', pointer, text));
    return { tag, found: { path, info }, issues };
  } catch (problem) {
    if (problem instanceof SoundError) {
      return { tag, issues: [error('bad-sound', pointer, problem.message, problem.hint)] };
    }
    return { tag, issues: [await fileIssue(problem, file, path, 'sound', pointer, surroundings.files)] };
  }
}

async function probePath(path: string, name: string, { files }: Surroundings): Promise<SoundProbe> {
  const bytes = await files.openBytes(path);
  try {
    return await probeSound(bytes, name);
  } finally {
    bytes.close?.();
  }
}
