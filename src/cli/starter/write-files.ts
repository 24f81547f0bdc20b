import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  rmdirSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { type Checkpoint, RenderAborted } from '../../engine/index.ts';
import { Failure } from '../failure.ts';

/** A file to be made in a new folder. */
export interface NewFile {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  readonly content: string | Uint8Array | CopyOf;
}

/** The content of another file, which may be too large to hold. */
export interface CopyOf {
  /** Absolute path. */
  readonly copyOf: string;
}

/**
 * Writes new files into a folder, which is made where it is missing. All of them or none: nothing that is
 * there already is touched, and what was written before a failure is taken away again.
 *
 * @param checkpoint - Called before each file.
 * @throws Failure where one of them exists, or where the disk refuses; or what the checkpoint throws.
 */
export async function writeFiles(
  folder: string,
  newFiles: readonly NewFile[],
  checkpoint: Checkpoint,
): Promise<void> {
  if (existsSync(folder) && !statSync(folder).isDirectory()) {
    throw new Failure(`${folder} is a file, and a folder is wanted`, 'name another folder');
  }
  const taken = newFiles.filter(({ path }) => existsSync(join(folder, path)));
  if (taken.length > 0) {
    const names = taken.map(({ path }) => path).join(', ');
    throw new Failure(
      `${folder} has ${names} already, and init overwrites nothing`,
      'name another folder, or move those files away',
    );
  }
  const undo: (() => void)[] = [];
  try {
    for (const { path, content } of newFiles) {
      await checkpoint(0);
      const target = join(folder, path);
      for (const made of makeFolders(dirname(target))) undo.push(() => rmdirSync(made));
      // Made empty at first and only if it is new: from then on it is ours to take away.
      closeSync(openSync(target, 'wx'));
      undo.push(() => unlinkSync(target));
      if (typeof content === 'object' && 'copyOf' in content) copyFileSync(content.copyOf, target);
      else writeFileSync(target, content);
    }
  } catch (problem) {
    for (const step of undo.reverse()) step();
    if (problem instanceof RenderAborted) throw problem;
    const reason = problem instanceof Error ? problem.message : String(problem);
    throw new Failure(`cannot write into ${folder}: ${reason}`, 'nothing was written');
  }
}

/** Makes a folder and those above it, and yields each as it is made. */
function* makeFolders(folder: string): Generator<string> {
  if (existsSync(folder)) return;
  yield* makeFolders(dirname(folder));
  mkdirSync(folder);
  yield folder;
}
