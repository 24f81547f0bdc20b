import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { OutputError } from '../../engine/index.ts';
import { errorCode } from './error-code.ts';
import { isRunning } from './is-running.ts';

/** The file that says that a render is writing into its folder. */
export const LOCK_NAME = '.runout-render.lock';

/** A lock whose text is not there yet is being written; after so long its writer has died, milliseconds. */
const WRITTEN_WITHIN_MS = 10_000;

/** Others may come in between; a link to nowhere is there and not there for ever. */
const MOST_ATTEMPTS = 10;

/** Who holds a lock. */
interface Holder {
  readonly pid: number;
  /** A process is known to be gone only on its own machine. */
  readonly host: string;
  /** Tells two renders of one process apart, and a process from a later one of the same number. */
  readonly id: string;
}

/** The renders of this process that hold a lock. */
const held = new Set<string>();

/**
 * A folder's mark that one render is writing into it: a file that is made only where there is none. A lock
 * whose process has gone is taken over.
 */
export class FolderLock {
  readonly #path: string;
  readonly #holder: Holder;

  private constructor(path: string, holder: Holder) {
    this.#path = path;
    this.#holder = holder;
    held.add(holder.id);
  }

  /**
   * @param named - The folder as the user named it.
   * @throws OutputError while another render holds the folder
   * @throws the error of node:fs where no file can be made there
   */
  static take(folder: string, named: string): FolderLock {
    const path = join(folder, LOCK_NAME);
    const holder = { pid: process.pid, host: hostname(), id: randomUUID() };
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      if (create(path, JSON.stringify(holder))) return new FolderLock(path, holder);
      removeStale(path, join(named, LOCK_NAME), named);
    }
    throw busy(named, join(named, LOCK_NAME), undefined);
  }

  /** Whether the folder is still this render's, and nobody has taken the lock away or over. */
  isHeld(): boolean {
    const text = held.has(this.#holder.id) ? textOf(this.#path) : undefined;
    return text !== undefined && readHolder(text)?.id === this.#holder.id;
  }

  /** Idempotent. */
  release(): void {
    if (this.isHeld()) rmSync(this.#path, { force: true });
    held.delete(this.#holder.id);
  }
}

/** False where there is a lock already. */
function create(path: string, text: string): boolean {
  let file: number;
  try {
    file = openSync(path, 'wx');
  } catch (problem) {
    if (errorCode(problem) === 'EEXIST') return false;
    throw problem;
  }
  try {
    writeFileSync(file, text);
    return true;
  } catch (problem) {
    rmSync(path, { force: true });
    throw problem;
  } finally {
    closeSync(file);
  }
}

/** @throws OutputError where the lock is not stale */
function removeStale(path: string, namedPath: string, named: string): void {
  const text = textOf(path);
  if (text === undefined) return;
  if (!isStale(path, text)) throw busy(named, namedPath, readHolder(text));
  // Of several that find it stale, one moves it; another may already have made a lock of its own there.
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (problem) {
    if (errorCode(problem) === 'ENOENT') return;
    throw problem;
  }
  const moved = textOf(aside);
  if (moved === text) {
    rmSync(aside, { force: true });
    return;
  }
  renameSync(aside, path);
  throw busy(named, namedPath, readHolder(moved ?? ''));
}

function isStale(path: string, text: string): boolean {
  const holder = readHolder(text);
  if (!holder) {
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats !== undefined && Date.now() - stats.mtimeMs > WRITTEN_WITHIN_MS;
  }
  if (holder.host !== hostname()) return false;
  return holder.pid === process.pid ? !held.has(holder.id) : !isRunning(holder.pid);
}

function busy(named: string, namedPath: string, holder: Holder | undefined): OutputError {
  const who = holder ? ` (process ${holder.pid} on ${holder.host})` : '';
  return new OutputError(
    `another render is writing into ${named}${who}`,
    `wait until it is done, or render into another folder; if there is none, remove ${namedPath}`,
  );
}

/** Undefined where there is no such file. */
function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (problem) {
    if (errorCode(problem) === 'ENOENT') return undefined;
    throw problem;
  }
}

function readHolder(text: string): Holder | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isHolder(value) ? value : undefined;
  } catch {
    // Half a text is no holder's.
    return undefined;
  }
}

function isHolder(value: unknown): value is Holder {
  return (
    typeof value === 'object' &&
    value !== null &&
    'pid' in value &&
    Number.isInteger(value.pid) &&
    'host' in value &&
    typeof value.host === 'string' &&
    'id' in value &&
    typeof value.id === 'string'
  );
}
