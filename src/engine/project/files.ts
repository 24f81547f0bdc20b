import type { ByteSource } from '../sound/sound.ts';

/**
 * The files around a sheet, as a project needs them. Paths are absolute and written as the platform writes
 * them; only these functions take them apart.
 */
export interface FilePorts {
  /** An absolute path from one that is relative to a folder; `/` separates in what is relative. */
  resolve(folder: string, path: string): string;
  folderOf(path: string): string;
  /** The last part of a path: `hum.flac`. */
  nameOf(path: string): string;
  /** Whether a path is the folder itself or lies in it, by the letters of both. */
  isInside(folder: string, path: string): boolean;
  /** The path with every symbolic link followed. @throws FileProblem */
  realPath(path: string): Promise<string>;
  /** The whole of a file. @throws FileProblem */
  readBytes(path: string): Promise<Uint8Array>;
  /** A file to be read in pieces. @throws FileProblem */
  openBytes(path: string): Promise<ByteSource>;
  /** Names in a folder, sorted; none where there is no such folder or it may not be read. */
  namesIn(folder: string): Promise<readonly string[]>;
  /** SHA-256 as 64 hexadecimal digits. */
  sha256(bytes: Uint8Array): Promise<string>;
}

/** Why a file cannot be had: it is not there, it is no file, it may not be read, or the disk says so. */
export type FileProblemKind = 'missing' | 'not-a-file' | 'denied' | 'failed';

/** A file that cannot be read. The message completes a sentence that begins with the file's name. */
export class FileProblem extends Error {
  readonly kind: FileProblemKind;
  constructor(kind: FileProblemKind, message: string) {
    super(message);
    this.name = 'FileProblem';
    this.kind = kind;
  }
}
