import type { FilePorts } from '../../engine/index.ts';

/** What a project does with paths without looking at files. */
export type ServerPaths = Pick<FilePorts, 'resolve' | 'folderOf' | 'nameOf' | 'isInside'>;

/** What an absolute path begins with on Windows: `C:\` or `\\server\share\`. */
const WINDOWS_ROOT = /^(?:[A-Za-z]:\\|\\\\[^\\]+\\[^\\]+(?:\\|$))/;

/** Paths as the server's machine writes them, which need not be the browser's. */
export function serverPaths(separator: '/' | '\\'): ServerPaths {
  return separator === '/' ? posixPaths : windowsPaths;
}

const posixPaths = pathsOf(
  '/',
  (path) => (path.startsWith('/') ? '/' : ''),
  (path) => path,
);
const windowsPaths = pathsOf(
  '\\',
  (path) => WINDOWS_ROOT.exec(path)?.[0] ?? '',
  // The same name in small and in capital letters is one file.
  (path) => path.toLowerCase(),
);

/**
 * @param rootOf - What an absolute path begins with; empty for a relative one.
 * @param keyOf - The same for two ways to write one path.
 */
function pathsOf(
  separator: '/' | '\\',
  rootOf: (path: string) => string,
  keyOf: (path: string) => string,
): ServerPaths {
  const partsOf = (path: string) =>
    path.split(separator === '/' ? '/' : /[\\/]/).filter((part) => part !== '');
  const join = (root: string, parts: readonly string[]) => {
    const kept: string[] = [];
    for (const part of parts) {
      if (part === '..') kept.pop();
      else if (part !== '.') kept.push(part);
    }
    const start = root === '' || root.endsWith(separator) ? root : root + separator;
    return start + kept.join(separator);
  };
  const split = (path: string) => {
    const root = rootOf(path);
    return { root, parts: partsOf(path.slice(root.length)) };
  };
  return {
    resolve(folder, path) {
      const { root, parts } = split(path);
      if (root !== '') return join(root, parts);
      const above = split(folder);
      return join(above.root, [...above.parts, ...parts]);
    },
    folderOf(path) {
      const { root, parts } = split(path);
      return join(root, parts.slice(0, -1));
    },
    nameOf: (path) => split(path).parts.at(-1) ?? '',
    isInside(folder, path) {
      const outer = keyOf(folder.endsWith(separator) ? folder.slice(0, -1) : folder);
      const inner = keyOf(path);
      return inner === outer || inner.startsWith(outer + separator);
    },
  };
}
