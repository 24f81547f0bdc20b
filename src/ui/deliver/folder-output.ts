import { listedFiles, MANIFEST_NAME, OutputError, RenderAborted } from '../../engine/index.ts';
import { outputProblem, type ScratchFile } from './scratch-files.ts';

/** What file managers leave in every folder that they are shown: nobody's work. */
const DROPPINGS: ReadonlySet<string> = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini']);
/** Bytes that are copied at a time. */
const PIECE_BYTES = 2 ** 20;

/**
 * Makes sure that a folder may take a render: only what this sheet has rendered before may be there, and only what
 * will be replaced now.
 *
 * @param sheet - The sheet as manifests name it.
 * @returns The manifest that lies there; empty where there is none.
 * @throws OutputError
 */
export async function requireFolder(
  folder: FileSystemDirectoryHandle,
  names: readonly string[],
  sheet: string,
): Promise<string> {
  const manifest = await manifestIn(folder);
  const replaced = new Set([...names, MANIFEST_NAME]);
  const own = new Set(listedFiles(manifest, sheet));
  const others: string[] = [];
  for await (const name of folder.keys()) {
    if (!(own.has(name) && replaced.has(name)) && !DROPPINGS.has(name)) others.push(name);
  }
  if (others.length === 0) return manifest;
  const shown = others.sort().slice(0, 3).join(', ');
  const more = others.length > 3 ? ` and ${others.length - 3} more` : '';
  throw new OutputError(
    `${folder.name} holds files that this render would not replace: ${shown}${more}`,
    'choose an empty folder, or make one',
  );
}

/**
 * Copies a finished render into a folder: all files first, then all of them take their names, the manifest last.
 *
 * @param onBytes - Told of what was copied.
 * @throws OutputError; nothing has been replaced then, unless the disk failed in the very last moment
 */
export async function writeToFolder(
  folder: FileSystemDirectoryHandle,
  files: readonly ScratchFile[],
  manifest: string,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<void> {
  const made: string[] = [];
  const open: FileSystemWritableFileStream[] = [];
  let subject = folder.name;
  try {
    for (const file of files) {
      subject = file.name;
      const stream = await begin(folder, file.name, made);
      open.push(stream);
      await copy(file, stream, signal, onBytes);
    }
    subject = MANIFEST_NAME;
    const stream = await begin(folder, MANIFEST_NAME, made);
    open.push(stream);
    await stream.write(manifest);
    // What is written takes its name only when it is closed.
    while (open.length > 0) await open.shift()!.close();
  } catch (problem) {
    for (const stream of open) await stream.abort().catch(() => {});
    for (const name of made) await folder.removeEntry(name).catch(() => {});
    throw outputProblem(problem, subject);
  }
}

/** @param made - Names of files that were not there before: this one is added where it was not. */
async function begin(
  folder: FileSystemDirectoryHandle,
  name: string,
  made: string[],
): Promise<FileSystemWritableFileStream> {
  const isThere = await folder.getFileHandle(name).then(
    () => true,
    () => false,
  );
  const handle = await folder.getFileHandle(name, { create: true });
  if (!isThere) made.push(name);
  return handle.createWritable();
}

async function copy(
  file: ScratchFile,
  stream: FileSystemWritableFileStream,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<void> {
  const piece = new Uint8Array(PIECE_BYTES);
  for (let from = 0; from < file.size; from += PIECE_BYTES) {
    if (signal.aborted) throw new RenderAborted();
    const part = piece.subarray(0, Math.min(PIECE_BYTES, file.size - from));
    file.read(from, part);
    await stream.write(part);
    onBytes(part.length);
  }
}

/** The text of the folder's manifest; empty where it has none, which vouches for nothing. */
async function manifestIn(folder: FileSystemDirectoryHandle): Promise<string> {
  try {
    return await (await (await folder.getFileHandle(MANIFEST_NAME)).getFile()).text();
  } catch {
    return '';
  }
}
