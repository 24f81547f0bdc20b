import { createHash } from 'node:crypto';
import { readFileSync, renameSync, rmSync, type Stats, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { FileProblem } from '../../../engine/index.ts';
import type { SheetConflict } from '../../../protocol/protocol.ts';
import { errorCode } from '../error-code.ts';
import { projectFiles } from '../project-files.ts';
import { Refused } from './refusal.ts';
import { sweepTemporaries, temporaryPath } from './temporary-file.ts';

/** A sheet's bytes and its state: their SHA-256, in quotes. */
export interface SheetState {
  readonly bytes: Uint8Array;
  readonly etag: string;
}

export type SheetWriting = { readonly etag: string } | { readonly conflict: SheetConflict };

const BYTE_ORDER_MARK = Uint8Array.of(0xef, 0xbb, 0xbf);

/**
 * The sheet's file. Its text is replaced as a whole: it is written beside it, brought to the disk and renamed, so
 * that whatever happens in between leaves the old text or the new one.
 */
export class SheetFile {
  readonly path: string;
  #writing: Promise<unknown> = Promise.resolve();

  /** @param path - Absolute, with links followed: what lies there is replaced, never a link to it. */
  constructor(path: string) {
    this.path = path;
    sweepTemporaries(dirname(path));
  }

  /** What the file holds now; undefined where there is none. @throws FileProblem where it cannot be read */
  async read(): Promise<SheetState | undefined> {
    try {
      const bytes = await projectFiles.readBytes(this.path);
      return { bytes, etag: etagOf(bytes) };
    } catch (problem) {
      if (!(problem instanceof FileProblem)) throw problem;
      if (problem.kind === 'missing') return undefined;
      // Nobody who tells of it further on knows which file was meant.
      throw new FileProblem(problem.kind, `${basename(this.path)} ${problem.message}`);
    }
  }

  /**
   * Writes a text where the file is still in the state that the writer knows.
   *
   * @param expected - That state; undefined where the writer knows that there is no file.
   * @throws Refused where the file system will not have it
   */
  write(text: Uint8Array, expected: string | undefined): Promise<SheetWriting> {
    const written = this.#writing.then(() => this.#replace(text, expected));
    this.#writing = written.catch(() => {});
    return written;
  }

  async #replace(text: Uint8Array, expected: string | undefined): Promise<SheetWriting> {
    const before = await this.read();
    if (before?.etag !== expected) return { conflict: conflictOf(before) };
    const bytes = withMarkOf(before, text);
    const temporary = temporaryPath(dirname(this.path));
    try {
      await writeWhole(temporary, bytes, statSync(this.path, { throwIfNoEntry: false }));
      // Nothing of this process comes between the last look and the renaming.
      const now = readNow(this.path);
      if (now?.etag !== expected) return { conflict: conflictOf(now) };
      renameSync(temporary, this.path);
      await syncFolder(dirname(this.path));
      return { etag: etagOf(bytes) };
    } catch (problem) {
      throw refusedWrite(problem, basename(this.path));
    } finally {
      rmSync(temporary, { force: true });
    }
  }
}

function etagOf(bytes: Uint8Array): string {
  return `"${createHash('sha256').update(bytes).digest('hex')}"`;
}

function readNow(path: string): SheetState | undefined {
  try {
    const bytes = readFileSync(path);
    return { bytes, etag: etagOf(bytes) };
  } catch (problem) {
    if (errorCode(problem) === 'ENOENT') return undefined;
    throw problem;
  }
}

function conflictOf(state: SheetState | undefined): SheetConflict {
  return state === undefined ? {} : { etag: state.etag, text: new TextDecoder().decode(state.bytes) };
}

/** A byte order mark, which no editor shows, stays where it was. */
function withMarkOf(before: SheetState | undefined, text: Uint8Array): Uint8Array {
  const hasMark = (bytes: Uint8Array) => BYTE_ORDER_MARK.every((byte, index) => bytes[index] === byte);
  if (before === undefined || !hasMark(before.bytes) || hasMark(text)) return text;
  return Buffer.concat([BYTE_ORDER_MARK, text]);
}

/** Writes a file that was not there, with the owner and the permissions of the one that it is to replace. */
async function writeWhole(path: string, bytes: Uint8Array, replaced: Stats | undefined): Promise<void> {
  const file = await open(path, 'wx', replaced?.mode ?? 0o666);
  try {
    if (replaced) {
      // Only root may give files away; for others the text counts more than whose it is.
      await file.chown(replaced.uid, replaced.gid).catch(() => {});
      await file.chmod(replaced.mode & 0o7777);
    }
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFolder(path: string): Promise<void> {
  // A folder cannot be opened on Windows, whose renames need no such thing.
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

const REASONS: Readonly<Record<string, readonly [message: string, hint: string]>> = {
  EACCES: ['may not be written: the permissions of its folder forbid it', 'allow it, and save again'],
  EPERM: ['may not be written: the permissions of its folder forbid it', 'allow it, and save again'],
  EROFS: ['is on a read-only disk', 'copy the project to another disk'],
  ENOSPC: ['was not saved: the disk is full', 'make room, and save again'],
  EDQUOT: ['was not saved: your quota of the disk is used up', 'make room, and save again'],
  ENOENT: ['was not saved: its folder is gone', 'bring the folder back, and save again'],
};

/** An error of the file system in words, as an answer; anything else comes back as it is. */
export function refusedWrite(problem: unknown, name: string): unknown {
  const code = errorCode(problem);
  if (code === undefined || !(problem instanceof Error)) return problem;
  const [message, hint] = REASONS[code] ?? [`cannot be written (${problem.message})`, 'try again'];
  return new Refused(507, `${name} ${message}`, { hint });
}
