import {
  closeSync,
  lstatSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmdirSync,
  rmSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PcmCache, SoundError } from '../../engine/index.ts';
import { Failure } from '../failure.ts';
import { openFileSource } from './file-source.ts';
import { isRunning } from './is-running.ts';

/** A cache in temporary files. */
export interface FilePcmCache extends PcmCache {
  /** Removes all of its files. Idempotent, and done anyway when the process exits. */
  dispose(): void;
}

/** Begins the names of this process's caches; the machine is named because temporary files may be shared. */
function prefixOf(pid: number): string {
  return `runout-${hostname()}-${pid}-`;
}

/**
 * Keeps decoded sounds in a folder of their own, made when the first comes.
 *
 * @param parent - Where that folder lies: by default the system's folder for temporary files (TMPDIR).
 */
export function openPcmCache(parent: string = tmpdir()): FilePcmCache {
  let folder: string | undefined;
  let count = 0;
  const dispose = () => {
    process.off('exit', dispose);
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    folder = undefined;
  };
  const create = (): { path: string; file: number } => {
    try {
      if (folder === undefined) {
        folder = mkdtempSync(join(parent, prefixOf(process.pid)));
        process.on('exit', dispose);
      }
      const path = join(folder, `${count++}.f32`);
      return { path, file: openSync(path, 'wx', 0o600) };
    } catch (problem) {
      throw new Failure(
        `a decoded sound cannot be kept in ${parent}, the folder for temporary files (${reasonOf(problem)})`,
        'set TMPDIR to a folder that exists and can be written',
      );
    }
  };

  return {
    begin() {
      const { path, file } = create();
      return {
        append(bytes) {
          try {
            for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
          } catch (problem) {
            throw new SoundError(
              `no room to keep a decoded sound in ${parent} (${reasonOf(problem)})`,
              'Make room there, or set TMPDIR to a folder that has some.',
            );
          }
        },
        finish() {
          closeSync(file);
          const source = openFileSource(path);
          return {
            ...source,
            close() {
              source.close?.();
              rmSync(path, { force: true });
            },
          };
        },
        discard() {
          closeSync(file);
          rmSync(path, { force: true });
        },
      };
    },
    dispose,
  };
}

/**
 * Removes the caches of processes that were killed before they could do it themselves.
 *
 * @param parent - As in {@link openPcmCache}.
 */
export function sweepPcmCaches(parent: string = tmpdir()): void {
  for (const name of namesIn(parent)) {
    const pid = Number(/-(\d+)-\w{6}$/.exec(name)?.[1]);
    if (!Number.isInteger(pid) || !name.startsWith(prefixOf(pid)) || isRunning(pid)) continue;
    removeCache(join(parent, name));
  }
}

/** Removes a cache that is this user's own, and of it only what a cache has: anybody may make a folder there. */
function removeCache(folder: string): void {
  try {
    const stats = lstatSync(folder);
    if (!stats.isDirectory() || stats.uid !== (process.getuid?.() ?? stats.uid)) return;
    for (const name of readdirSync(folder)) if (/^\d+\.f32$/.test(name)) unlinkSync(join(folder, name));
    rmdirSync(folder);
  } catch {
    // Another render sweeps too, or the folder is not what it seemed: nothing depends on it.
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // Told when a cache is to be made there.
    return [];
  }
}

function reasonOf(problem: unknown): string {
  return problem instanceof Error ? problem.message : String(problem);
}
