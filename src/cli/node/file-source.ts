import { closeSync, fstatSync, openSync, readSync, type Stats, statSync } from 'node:fs';
import { type ByteSource, SoundError } from '../../engine/index.ts';

/**
 * A file as a source of bytes, read as they are asked for. The file stays open until the source is closed.
 * `read` and `readNow` notice when it changes; of what `readInto` reads in many small pieces, `verify` does
 * afterwards.
 *
 * @throws The error of node:fs when it cannot be opened; SoundError when the file has changed.
 */
export function openFileSource(path: string): ByteSource {
  const file = openSync(path, 'r');
  const { size, mtimeMs, ino } = fstatSync(file);
  let isOpen = true;

  const requireSame = (now: Stats): void => {
    if (now.size === size && now.mtimeMs === mtimeMs && now.ino === ino) return;
    throw new SoundError(
      `${path} changed while it was being read`,
      'Let nothing write to it during a render.',
    );
  };
  const readInto = (from: number, target: Uint8Array): number => {
    let filled = 0;
    while (filled < target.length) {
      const got = readSync(file, target, filled, target.length - filled, from + filled);
      if (got === 0) break;
      filled += got;
    }
    return filled;
  };
  const readNow = (from: number, count: number): Uint8Array => {
    requireSame(fstatSync(file));
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
    verify() {
      if (!isOpen) return;
      requireSame(fstatSync(file));
      // Other threads have opened it by its path.
      const now = statSync(path, { throwIfNoEntry: false });
      if (now) requireSame(now);
    },
    close() {
      if (isOpen) closeSync(file);
      isOpen = false;
    },
  };
}
