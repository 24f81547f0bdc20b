import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { type ByteSource, SoundError } from '../../engine/index.ts';

/**
 * A file as a source of bytes, read as they are asked for. The file stays open until the source is closed.
 *
 * @throws The error of node:fs when it cannot be opened; SoundError from a read when the file has changed.
 */
export function openFileSource(path: string): ByteSource {
  const file = openSync(path, 'r');
  const { size, mtimeMs } = fstatSync(file);
  let isOpen = true;

  const readInto = (from: number, target: Uint8Array): number => {
    const now = fstatSync(file);
    if (now.size !== size || now.mtimeMs !== mtimeMs) {
      throw new SoundError(
        `${path} changed while it was being read`,
        'Let nothing write to it during a render.',
      );
    }
    let filled = 0;
    while (filled < target.length) {
      const got = readSync(file, target, filled, target.length - filled, from + filled);
      if (got === 0) break;
      filled += got;
    }
    return filled;
  };
  const readNow = (from: number, count: number): Uint8Array => {
    // Not Buffer.allocUnsafe: small ones are cut from a pool that others write to.
    const bytes = new Uint8Array(Math.max(0, Math.min(count, size - from)));
    return bytes.subarray(0, readInto(from, bytes));
  };

  return {
    size,
    path,
    read: readNow,
    readNow,
    readInto,
    close() {
      if (isOpen) closeSync(file);
      isOpen = false;
    },
  };
}
