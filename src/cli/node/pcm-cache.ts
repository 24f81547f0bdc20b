import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PcmCache, SoundError } from '../../engine/index.ts';
import { openFileSource } from './file-source.ts';

/** A cache in temporary files. */
export interface FilePcmCache extends PcmCache {
  /** Removes all of its files. Idempotent, and done anyway when the process exits. */
  dispose(): void;
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

  return {
    begin() {
      if (folder === undefined) {
        folder = mkdtempSync(join(parent, 'runout-'));
        process.on('exit', dispose);
      }
      const path = join(folder, `${count++}.f32`);
      const file = openSync(path, 'wx', 0o600);
      return {
        append(bytes) {
          try {
            for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
          } catch (problem) {
            throw new SoundError(
              `no room to keep a decoded sound in ${parent} (${problem instanceof Error ? problem.message : problem})`,
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
