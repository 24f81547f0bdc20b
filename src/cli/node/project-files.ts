import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, relative, resolve } from 'node:path';
import { type FilePorts, FileProblem } from '../../engine/index.ts';
import { openFileSource } from './file-source.ts';

/** The files of this machine. They are small or read in part, so all of it happens at once: no threads to wait for. */
export const projectFiles: FilePorts = {
  resolve,
  folderOf: dirname,
  nameOf: (path) => basename(path),
  isInside(folder, path) {
    const way = relative(folder, path);
    return way !== '..' && !way.startsWith('../') && !way.startsWith('..\\') && !isAbsolute(way);
  },
  realPath: async (path) => attempt(() => realpathSync.native(path)),
  readBytes: async (path) => attempt(() => readWhole(path)),
  openBytes: async (path) =>
    attempt(() => {
      if (!statSync(path).isFile()) throw new FileProblem('not-a-file', NOT_A_FILE);
      return openFileSource(path);
    }),
  namesIn: async (folder) => {
    try {
      return readdirSync(folder).sort();
    } catch {
      // A folder that cannot be listed has nothing to suggest.
      return [];
    }
  },
  sha256: async (bytes) => createHash('sha256').update(bytes).digest('hex'),
};

/** No sheet and no edit is as large as this, bytes; sounds are never read whole. */
const MOST_BYTES = 256 * 1024 * 1024;

/** A file's bytes; a pipe will do too, so that the shell may hand one in. */
function readWhole(path: string): Uint8Array {
  const status = statSync(path);
  if (!status.isFile() && !status.isFIFO()) throw new FileProblem('not-a-file', NOT_A_FILE);
  if (status.size > MOST_BYTES) {
    throw new FileProblem('failed', `has ${status.size} bytes, which is more than any sheet or edit has`);
  }
  return readFileSync(path);
}

const NOT_A_FILE = 'is a folder or a device, not a file';

/** Runs a call to the file system; its errors come out in words. @throws FileProblem */
function attempt<Result>(call: () => Result): Result {
  try {
    return call();
  } catch (problem) {
    throw fileProblem(problem);
  }
}

/** An error of Node's file system in words; anything else comes back as it is. */
export function fileProblem(problem: unknown): unknown {
  if (!(problem instanceof Error) || !('code' in problem)) return problem;
  switch (problem.code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new FileProblem('missing', 'does not exist');
    case 'EACCES':
    case 'EPERM':
      return new FileProblem('denied', 'may not be read: its permissions forbid it');
    case 'ELOOP':
      return new FileProblem('failed', 'is a symbolic link that leads round in a circle');
    case 'ENAMETOOLONG':
      return new FileProblem('failed', 'has a name that is too long for this file system');
    default:
      return new FileProblem('failed', `cannot be read (${problem.message})`);
  }
}
