import { posix } from 'node:path';
import { type FilePorts, FileProblem } from '../../src/engine/project/files.ts';

/** What stands at a path: a file's content, or a symbolic link to another path. */
export type Entry = string | Uint8Array | { readonly link: string };

/** Files that are only in memory, by absolute path; folders are there where files are in them. */
export function memoryFiles(entries: Readonly<Record<string, Entry>>): FilePorts {
  const realPath = (path: string): string => {
    const entry = entries[path];
    if (entry === undefined) throw new FileProblem('missing', 'does not exist');
    if (typeof entry === 'object' && 'link' in entry) return realPath(entry.link);
    return path;
  };
  const bytesAt = (path: string): Uint8Array => {
    const entry = entries[realPath(path)]!;
    if (typeof entry === 'string') return new TextEncoder().encode(entry);
    if ('link' in entry) throw new TypeError('a real path is no link');
    return entry;
  };
  return {
    resolve: posix.resolve,
    folderOf: posix.dirname,
    nameOf: (path) => posix.basename(path),
    isInside: (folder, path) => path === folder || path.startsWith(folder === '/' ? '/' : `${folder}/`),
    realPath: async (path) => (path in entries ? realPath(path) : folderOrThrow(entries, path)),
    readBytes: async (path) => bytesAt(path),
    openBytes: async (path) => {
      const bytes = bytesAt(path);
      const read = (from: number, count: number) => bytes.subarray(from, from + count);
      return { size: bytes.length, read, readNow: read };
    },
    namesIn: async (folder) => namesIn(entries, folder),
    sha256: async (bytes) => `sha256 of ${bytes.length} bytes`,
  };
}

function namesIn(entries: Readonly<Record<string, Entry>>, folder: string): string[] {
  const prefix = folder === '/' ? '/' : `${folder}/`;
  const names = Object.keys(entries)
    .filter((path) => path.startsWith(prefix))
    .map((path) => path.slice(prefix.length).split('/')[0]!);
  return [...new Set(names)].sort();
}

function folderOrThrow(entries: Readonly<Record<string, Entry>>, path: string): string {
  if (namesIn(entries, path).length > 0) return path;
  throw new FileProblem('missing', 'does not exist');
}
