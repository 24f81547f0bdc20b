import { type FilePorts, FileProblem, memorySource } from '../../src/engine/index.ts';

/** The project's own files, as the test's server serves them: `/cues/ballroom.cues.json`. */
export function fetchedFiles(): FilePorts & { forget(): void; unanswered(): number } {
  const fetched = new Map<string, Promise<Uint8Array>>();
  const load = (path: string): Promise<Uint8Array> => {
    const loading = fetched.get(path) ?? fetchBytes(path);
    fetched.set(path, loading);
    return loading;
  };
  return {
    resolve: (folder, path) => new URL(path, `http://host${folder}/`).pathname,
    folderOf: (path) => path.slice(0, path.lastIndexOf('/')) || '/',
    nameOf: (path) => path.slice(path.lastIndexOf('/') + 1),
    isInside: (folder, path) => folder === '/' || path === folder || path.startsWith(`${folder}/`),
    realPath: async (path) => path,
    readBytes: load,
    openBytes: async (path) => memorySource(await load(path)),
    namesIn: async () => [],
    sha256: async () => '',
    unanswered: () => 0,
    forget: () => fetched.clear(),
  };
}

async function fetchBytes(path: string): Promise<Uint8Array> {
  const response = await fetch(path);
  if (!response.ok) throw new FileProblem('missing', 'does not exist');
  return new Uint8Array(await response.arrayBuffer());
}
