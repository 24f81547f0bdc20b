import {
  closeSync,
  existsSync,
  fsync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmdirSync,
  rmSync,
  type Stats,
  statfsSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import {
  listedFiles,
  MANIFEST_NAME,
  OutputError,
  type OutputFile,
  type RenderOutput,
} from '../../engine/index.ts';
import { errorCode } from './error-code.ts';
import { FolderLock, LOCK_NAME } from './folder-lock.ts';

/** A file that a render is going to write. */
export interface PlannedFile {
  readonly name: string;
  readonly bytes: number;
}

export interface OutputFolderOptions {
  /** The folder as the user named it; it is made where it does not exist. */
  readonly folder: string;
  readonly files: readonly PlannedFile[];
  /** The sheet as the manifest names it: what it has rendered before may be replaced. */
  readonly sheet: string;
  /** Absolute paths of everything that the render reads. */
  readonly inputs: readonly string[];
  /** True to write beside files of others, and over those of the same name. */
  readonly force: boolean;
}

/** What file managers leave in every folder that they are shown: nobody's work. */
const DROPPINGS: ReadonlySet<string> = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini']);

/** Bytes beside the samples that a render takes: its manifest and the file system's own. */
const SPARE_BYTES = 2 ** 20;

/**
 * A folder that takes a render: its files grow under temporary names (`.Name.wav.part`), and are renamed
 * only when all of them are right. Whatever goes wrong, {@link discard} leaves the folder as it was found;
 * so does
 * a process that ends in the midst of it. One render at a time has the folder.
 */
export class OutputFolder implements RenderOutput {
  readonly files: readonly NodeOutputFile[];
  /** The manifest that lay there before; empty where there was none. */
  readonly manifestBefore: string;
  readonly #folder: string;
  /** The folder as the user named it. */
  readonly #named: string;
  readonly #names: readonly string[];
  readonly #place: HeldPlace;
  /** True when the render waits for the disk at all. */
  #isSettled = false;

  private constructor(folder: string, named: string, files: readonly NodeOutputFile[], place: HeldPlace) {
    this.files = files;
    this.manifestBefore = place.manifest;
    this.#folder = folder;
    this.#named = named;
    this.#names = files.map((file) => file.name);
    this.#place = place;
    process.on('exit', this.#discardNow);
  }

  /** @throws OutputError when the folder cannot take these files; it is then as it was */
  static open(options: OutputFolderOptions): OutputFolder {
    const folder = resolve(options.folder);
    const names = options.files.map((file) => file.name);
    const files: NodeOutputFile[] = [];
    let made: string | undefined;
    let lock: FolderLock | undefined;
    try {
      made = makeFolder(folder);
      lock = FolderLock.take(folder, options.folder);
      const manifest = manifestIn(folder);
      if (!options.force) refuseOthersFiles(folder, options, names, manifest);
      refuseTargets(folder, [...names, MANIFEST_NAME], options.inputs);
      removeTemporaries(folder, names);
      requireSpace(folder, options);
      for (const name of names) {
        files.push(new NodeOutputFile(openSync(temporaryPath(folder, name), 'wx+'), name));
      }
      return new OutputFolder(folder, options.folder, files, { lock, made, manifest });
    } catch (problem) {
      for (const file of files) file.close();
      if (files.length > 0) removeTemporaries(folder, names);
      lock?.release();
      removeFolders(folder, made);
      throw outputError(problem, options.folder);
    }
  }

  async settle(index: number): Promise<void> {
    this.#isSettled = true;
    await this.files[index]!.sync();
  }

  async commit(manifest: string): Promise<void> {
    try {
      this.#requireLock();
      const temporary = temporaryPath(this.#folder, MANIFEST_NAME);
      writeFileSync(temporary, manifest, { flush: this.#isSettled });
      for (const file of this.files) file.close();
      for (const name of [...this.#names, MANIFEST_NAME]) {
        renameSync(temporaryPath(this.#folder, name), join(this.#folder, name));
      }
      if (this.#isSettled) syncFolder(this.#folder);
      // Whoever took the lock away may have renamed files of its own among these.
      this.#requireLock();
    } catch (problem) {
      throw outputError(problem, this.#named);
    }
    process.off('exit', this.#discardNow);
    this.#place.lock.release();
  }

  async discard(): Promise<void> {
    this.#discardNow();
  }

  readonly #discardNow = () => {
    process.off('exit', this.#discardNow);
    for (const file of this.files) file.close();
    // Without the lock, what lies there belongs to whoever has it.
    if (!this.#place.lock.isHeld()) return;
    removeTemporaries(this.#folder, this.#names);
    this.#place.lock.release();
    removeFolders(this.#folder, this.#place.made);
  };

  /** @throws OutputError */
  #requireLock(): void {
    if (this.#place.lock.isHeld()) return;
    throw new OutputError(
      `${LOCK_NAME} was taken away during the render: another may have written into ${this.#named}`,
      'render again, and leave that file alone until it is gone',
    );
  }
}

/** What a render has of a folder. */
interface HeldPlace {
  readonly lock: FolderLock;
  /** The topmost folder that had to be made. */
  readonly made: string | undefined;
  /** The manifest that it held; empty where there was none. */
  readonly manifest: string;
}

/** A file by its descriptor, which other threads of the process can use too. */
export class NodeOutputFile implements OutputFile {
  readonly descriptor: number;
  readonly name: string;
  #isOpen = true;

  /** @param name - As messages call it. */
  constructor(descriptor: number, name: string) {
    this.descriptor = descriptor;
    this.name = name;
  }

  write(bytes: Uint8Array, position: number): void {
    try {
      for (let done = 0; done < bytes.length; ) {
        done += writeSync(this.descriptor, bytes, done, bytes.length - done, position + done);
      }
    } catch (problem) {
      throw outputError(problem, this.name);
    }
  }

  read(position: number, out: Uint8Array): void {
    for (let done = 0; done < out.length; ) {
      const got = readSync(this.descriptor, out, done, out.length - done, position + done);
      if (got === 0) throw new OutputError(`${this.name} became shorter while it was written`);
      done += got;
    }
  }

  /** Waits until the file is on its disk. */
  async sync(): Promise<void> {
    try {
      await promisify(fsync)(this.descriptor);
    } catch (problem) {
      throw outputError(problem, this.name);
    }
  }

  /** Idempotent. */
  close(): void {
    if (this.#isOpen) closeSync(this.descriptor);
    this.#isOpen = false;
  }
}

function temporaryPath(folder: string, name: string): string {
  return join(folder, `.${name}.part`);
}

function removeTemporaries(folder: string, names: readonly string[]): void {
  for (const name of [...names, MANIFEST_NAME]) rmSync(temporaryPath(folder, name), { force: true });
}

/** Only what this sheet has rendered before may be there, and only what will be replaced now. */
function refuseOthersFiles(
  folder: string,
  { folder: named, sheet }: OutputFolderOptions,
  names: readonly string[],
  manifest: string,
): void {
  const own = new Set(listedFiles(manifest, sheet));
  const replaced = new Set([...names, MANIFEST_NAME]);
  const leftovers = new Set([...replaced].map((name) => `.${name}.part`));
  const others = readdirSync(folder).filter(
    (name) =>
      !(own.has(name) && replaced.has(name)) &&
      !leftovers.has(name) &&
      !DROPPINGS.has(name) &&
      !name.startsWith(LOCK_NAME),
  );
  if (others.length === 0) return;
  const shown = others.sort().slice(0, 3).join(', ');
  const more = others.length > 3 ? ` and ${others.length - 3} more` : '';
  throw new OutputError(
    `${named} holds files that this render would not replace: ${shown}${more}`,
    'render into another folder, or use --force to write beside them and over files of the same name',
  );
}

/** The text of the folder's manifest; empty where it has none that can be read, which vouches for nothing. */
function manifestIn(folder: string): string {
  try {
    return readFileSync(join(folder, MANIFEST_NAME), 'utf8');
  } catch {
    return '';
  }
}

/** A render must not write over what it reads, by whatever path, and cannot write over a folder. */
function refuseTargets(folder: string, names: readonly string[], inputs: readonly string[]): void {
  const inputStats = inputs.map((path) => ({ path, stats: statSync(path, { throwIfNoEntry: false }) }));
  for (const name of names) {
    const stats = statSync(join(folder, name), { throwIfNoEntry: false });
    if (stats?.isDirectory()) {
      throw new OutputError(
        `${name} would be written over a folder of that name`,
        'render into another folder',
      );
    }
    const input = stats && inputStats.find((other) => other.stats && isSameFile(stats, other.stats));
    if (input) {
      throw new OutputError(
        `${name} would be written over ${input.path}, which the render reads`,
        'render into another folder',
      );
    }
  }
}

function isSameFile(a: Stats, b: Stats): boolean {
  return a.dev === b.dev && a.ino === b.ino;
}

function requireSpace(folder: string, { files, folder: named }: OutputFolderOptions): void {
  const needed = files.reduce((sum, file) => sum + file.bytes, SPARE_BYTES);
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  if (free >= needed) return;
  throw new OutputError(
    `the render needs ${sizeText(needed)}, but the disk of ${named} has ${sizeText(free)} left`,
    'make room, render a part with --from and --to, or render to another disk',
  );
}

function sizeText(bytes: number): string {
  return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/**
 * Makes a folder and what is missing above it. Node's own way goes round for ever where a file system refuses
 * all folders (/proc), and does not say why where it can only be read.
 *
 * @returns The topmost folder that had to be made; undefined where there was nothing to make.
 */
function makeFolder(folder: string): string | undefined {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return undefined;
  const above = dirname(folder);
  const made = above === folder ? undefined : makeFolder(above);
  try {
    mkdirSync(folder);
    return made ?? folder;
  } catch (problem) {
    // Another render may have made it meanwhile: then it is not this one's to remove.
    if (errorCode(problem) === 'EEXIST' && statSync(folder).isDirectory()) return made;
    removeFolders(above, made);
    throw problem;
  }
}

/** Removes the folders that were made for a render, from the inside out. */
function removeFolders(folder: string, made: string | undefined): void {
  if (made === undefined) return;
  for (let path = folder; path.startsWith(made); path = dirname(path)) {
    if (!existsSync(path)) continue;
    try {
      rmdirSync(path);
    } catch {
      // Somebody has put something there meanwhile: it is theirs now.
      return;
    }
  }
}

function syncFolder(folder: string): void {
  // A folder cannot be opened on Windows, whose renames need no such thing.
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

const CURES: Readonly<Record<string, readonly [message: string, hint: string]>> = {
  ENOENT: ['cannot be made there', 'choose another folder with --out'],
  EACCES: ['may not be written: its permissions forbid it', 'choose another folder with --out'],
  EPERM: ['may not be written: its permissions forbid it', 'choose another folder with --out'],
  EROFS: ['is on a read-only disk', 'choose another folder with --out'],
  EEXIST: ['is a file, not a folder', 'choose another folder with --out'],
  ENOTDIR: ['lies in a file, not in a folder', 'choose another folder with --out'],
  ENAMETOOLONG: ['has a name that is too long for this file system', 'give the sheet a shorter title'],
  ENOSPC: ['does not fit: the disk is full', 'make room, or render to another disk'],
  EDQUOT: ['does not fit: your quota of the disk is used up', 'make room, or render to another disk'],
  EFBIG: ['is larger than a file may be here', 'render to another disk, or a part with --from and --to'],
  EMFILE: [
    'cannot be opened: too many files are open',
    'raise the limit (ulimit -n), or render with --stems',
  ],
  EIO: ['cannot be written: the disk reports an error', 'render to another disk'],
};

/** An error of the file system in words; anything else comes back as it is. */
function outputError(problem: unknown, subject: string): unknown {
  const code = errorCode(problem);
  if (code === undefined || !(problem instanceof Error)) return problem;
  const [message, hint] = CURES[code] ?? [`cannot be written (${problem.message})`, undefined];
  return new OutputError(`${subject} ${message}`, hint);
}
