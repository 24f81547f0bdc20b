import { error, type Issue, warning } from '../issue/issue.ts';
import type { SoundInfo } from '../score/score.ts';
import { impulseName } from '../score/spaces.ts';
import { pointerOf } from '../sheet/pointer.ts';
import type { CueSheet } from '../sheet/schema.ts';
import { probeSound, type SoundProbe } from '../sound/probe-sound.ts';
import { SoundError } from '../sound/sound.ts';
import { fileIssue, findFile, type Surroundings } from './find-file.ts';

/** Files that are open at once while they are probed. */
const FILES_AT_ONCE = 32;

/**
 * What the files of a sheet's sounds and rooms hold, by the names that the score gives them: a sound's tag,
 * `impulse:` and the id of a space. One whose file cannot be used has an issue instead.
 */
export interface ProbedSounds {
  readonly infos: ReadonlyMap<string, SoundInfo>;
  readonly paths: ReadonlyMap<string, string>;
  readonly issues: readonly Issue[];
}

/**
 * Reads the headers of all sounds and impulse responses that a sheet names, also of those that nothing plays.
 *
 * @param faulty - Pointers that have an error already: a path that is no path is not looked for.
 */
export async function probeSounds(
  { sounds, spaces }: Pick<CueSheet, 'sounds' | 'spaces'>,
  faulty: ReadonlySet<string>,
  surroundings: Surroundings,
): Promise<ProbedSounds> {
  const entries = [
    ...Object.entries(sounds).map(([tag, { file }]) => ({
      name: tag,
      file,
      pointer: pointerOf(['sounds', tag, 'file']),
      isImpulse: false,
    })),
    ...Object.entries(spaces).map(([id, { impulse }]) => ({
      name: impulseName(id),
      file: impulse,
      pointer: pointerOf(['spaces', id, 'impulse']),
      isImpulse: true,
    })),
  ].filter(({ pointer }) => !faulty.has(pointer));
  const probed: Probed[] = [];
  for (let from = 0; from < entries.length; from += FILES_AT_ONCE) {
    const batch = entries.slice(from, from + FILES_AT_ONCE);
    probed.push(...(await Promise.all(batch.map((sound) => probe(sound, surroundings)))));
  }
  const usable = probed.filter((sound) => sound.found !== undefined);
  return {
    infos: new Map(usable.map(({ name, found }) => [name, found!.info])),
    paths: new Map(usable.map(({ name, found }) => [name, found!.path])),
    issues: probed.flatMap((sound) => sound.issues),
  };
}

interface Probed {
  readonly name: string;
  readonly found?: { readonly path: string; readonly info: SoundInfo };
  readonly issues: readonly Issue[];
}

interface NamedSound {
  readonly name: string;
  readonly file: string;
  readonly pointer: string;
  readonly isImpulse: boolean;
}

async function probe(sound: NamedSound, surroundings: Surroundings): Promise<Probed> {
  const { name, file, pointer } = sound;
  const found = await findFile(file, 'sound', pointer, surroundings);
  if ('issue' in found) return { name, issues: [found.issue] };
  const { path } = found;
  try {
    const { info, warnings } = await probePath(path, sound, surroundings);
    const issues = warnings.map((text) => warning('sound', pointer, text));
    return { name, found: { path, info }, issues };
  } catch (problem) {
    if (problem instanceof SoundError) {
      return { name, issues: [error('bad-sound', pointer, problem.message, problem.hint)] };
    }
    return { name, issues: [await fileIssue(problem, file, path, 'sound', pointer, surroundings.files)] };
  }
}

async function probePath(
  path: string,
  { file, isImpulse }: NamedSound,
  { files }: Surroundings,
): Promise<SoundProbe> {
  const bytes = await files.openBytes(path);
  try {
    return await probeSound(bytes, file, { isWide: isImpulse });
  } finally {
    bytes.close?.();
  }
}
