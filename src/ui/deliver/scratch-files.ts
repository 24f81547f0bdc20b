import { OutputError, type OutputFile } from '../../engine/index.ts';

/** The folder in the browser's private file system that renders are made in, each in a folder of its own. */
const FOLDER = 'renders';

/**
 * Files that a render is made in before it goes to its place: in the browser's private file system, which takes and
 * gives any bytes in any order, whatever the film's length. What a closed tab has left is removed by the next one.
 */
export class ScratchFiles {
  readonly files: readonly ScratchFile[];
  readonly #folder: FileSystemDirectoryHandle;
  readonly #name: string;
  readonly #release: () => void;

  private constructor(
    files: readonly ScratchFile[],
    folder: FileSystemDirectoryHandle,
    name: string,
    release: () => void,
  ) {
    this.files = files;
    this.#folder = folder;
    this.#name = name;
    this.#release = release;
  }

  /** @throws OutputError where the browser has no room for them */
  static async open(
    planned: readonly { readonly name: string; readonly bytes: number }[],
  ): Promise<ScratchFiles> {
    await requireRoom(planned.reduce((sum, { bytes }) => sum + bytes, 0));
    const root = await navigator.storage.getDirectory();
    const renders = await root.getDirectoryHandle(FOLDER, { create: true });
    const name = crypto.randomUUID();
    const release = await hold(name);
    try {
      await sweep(renders);
      const folder = await renders.getDirectoryHandle(name, { create: true });
      const files: ScratchFile[] = [];
      for (const { name: file, bytes } of planned) files.push(await ScratchFile.open(folder, file, bytes));
      return new ScratchFiles(files, renders, name, release);
    } catch (problem) {
      release();
      throw problem;
    }
  }

  /** Removes them all. Idempotent. */
  async dispose(): Promise<void> {
    for (const file of this.files) file.close();
    await remove(this.#folder, this.#name);
    this.#release();
  }
}

/** A file of a render while it is made. */
export class ScratchFile implements OutputFile {
  readonly name: string;
  readonly size: number;
  readonly #handle: FileSystemFileHandle;
  readonly #access: FileSystemSyncAccessHandle;
  #isOpen = true;

  private constructor(
    name: string,
    size: number,
    handle: FileSystemFileHandle,
    access: FileSystemSyncAccessHandle,
  ) {
    this.name = name;
    this.size = size;
    this.#handle = handle;
    this.#access = access;
  }

  static async open(folder: FileSystemDirectoryHandle, name: string, size: number): Promise<ScratchFile> {
    const handle = await folder.getFileHandle(name, { create: true });
    return new ScratchFile(name, size, handle, await handle.createSyncAccessHandle());
  }

  write(bytes: Uint8Array, position: number): void {
    try {
      for (let done = 0; done < bytes.length; ) {
        done += this.#access.write(bytes.subarray(done), { at: position + done });
      }
    } catch (problem) {
      throw outputProblem(problem, this.name);
    }
  }

  read(position: number, out: Uint8Array): void {
    for (let done = 0; done < out.length; ) {
      const got = this.#access.read(out.subarray(done), { at: position + done });
      if (got === 0) throw new OutputError(`${this.name} became shorter while it was written`);
      done += got;
    }
  }

  /** The file as a whole, closed for writing. */
  async finish(): Promise<File> {
    this.close();
    return this.#handle.getFile();
  }

  /** Idempotent. */
  close(): void {
    if (this.#isOpen) this.#access.close();
    this.#isOpen = false;
  }
}

/** A problem of writing in words; anything else comes back as it is. */
export function outputProblem(problem: unknown, subject: string): unknown {
  if (!(problem instanceof DOMException)) return problem;
  switch (problem.name) {
    case 'QuotaExceededError':
      return new OutputError(`${subject} does not fit: the disk is full`, 'make room, or render a part');
    case 'NotAllowedError':
      return new OutputError(
        `${subject} may not be written: the browser was not allowed to`,
        'choose the folder again',
      );
    case 'NoModificationAllowedError':
    case 'InvalidStateError':
      return new OutputError(
        `${subject} may not be written: it is open in another program`,
        'close it there',
      );
    case 'NotFoundError':
      return new OutputError(`${subject} cannot be written: its folder is gone`, 'choose another folder');
    default:
      return new OutputError(`${subject} cannot be written (${problem.message})`);
  }
}

async function requireRoom(bytes: number): Promise<void> {
  const { quota, usage = 0 } = await navigator.storage.estimate();
  if (quota === undefined || quota - usage >= bytes) return;
  const text = (count: number) =>
    count >= 1e9 ? `${(count / 1e9).toFixed(1)} GB` : `${(count / 1e6).toFixed(1)} MB`;
  throw new OutputError(
    `the render needs ${text(bytes)}, but the browser has ${text(quota - usage)} left for this page`,
    'make room on the disk, render a part, or use `runout render`',
  );
}

/** Holds a lock of a name until the function that comes back is called, or the worker has gone. */
function hold(name: string): Promise<() => void> {
  return new Promise((held, fail) => {
    navigator.locks.request(lockName(name), () => new Promise<void>((release) => held(release))).catch(fail);
  });
}

/** Removes what renders have left whose worker has gone. */
async function sweep(renders: FileSystemDirectoryHandle): Promise<void> {
  for await (const name of renders.keys()) {
    await navigator.locks.request(lockName(name), { ifAvailable: true }, async (lock) => {
      if (lock) await remove(renders, name);
    });
  }
}

function lockName(render: string): string {
  return `runout-render-${render}`;
}

async function remove(folder: FileSystemDirectoryHandle, name: string): Promise<void> {
  try {
    await folder.removeEntry(name, { recursive: true });
  } catch {
    // It is gone already, or still being read: the next render sweeps.
  }
}
