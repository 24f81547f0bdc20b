import type { Kernel, Pointer } from '../kernel/kernel.ts';

/**
 * A sound as the mixer reads it: 32-bit float at the score's rate, channels interleaved (L R L R …), full
 * scale ±1. Any range can be read at any time and always gives the same bits.
 */
export interface Sound {
  readonly channels: 1 | 2;
  /** Length in samples (one for all channels); Infinity for what is made up as it is read. */
  readonly samples: number;
  /** The whole sound, where it is held in memory: `samples` × `channels` values. */
  readonly resident?: Float32Array | undefined;
  /**
   * Makes [from, from + count) readable, where it must be fetched first: await what comes back before
   * reading. Undefined where it is readable already, which it always is in Node.
   */
  prepare?(from: number, count: number): Promise<void> | undefined;
  /**
   * Writes samples [from, from + count) into `out`, `count` × `channels` values.
   *
   * @throws RangeError if the range is not inside the sound.
   * @throws SoundError if the file can no longer be read or holds values that cannot be sound.
   */
  read(from: number, count: number, out: Float32Array): void;
  /**
   * Where it saves a copy: the same into a kernel's memory, which must have room for the samples as 32-bit
   * floats and 16 bytes more.
   *
   * @throws as {@link read} does.
   */
  load?(from: number, count: number, kernel: Kernel, target: Pointer): void;
  /**
   * Where a file has the samples as 24-bit integers: the same as they lie there, three bytes a value, little endian,
   * for whoever can mix them without making floats of them first. As much room is needed as for {@link load}.
   *
   * @throws as {@link read} does.
   */
  readonly loadPacked?: ((from: number, count: number, kernel: Kernel, target: Pointer) => void) | undefined;
  /** Gives back files and memory. Idempotent. */
  dispose?(): void;
}

/** An audio file that cannot be used, with what is wrong and what to do about it. */
export class SoundError extends Error {
  readonly hint: string | undefined;
  constructor(message: string, hint?: string) {
    super(message);
    this.name = 'SoundError';
    this.hint = hint;
  }
}

/** Where an audio file's bytes come from: a file handle in Node, a Blob in a browser, bytes in a test. */
export interface ByteSource {
  /** Bytes in all. */
  readonly size: number;
  /** Bytes [from, from + count); fewer only at the end. */
  read(from: number, count: number): Uint8Array | Promise<Uint8Array>;
  /** The same at once, where the source can (a file in Node, memory). */
  readNow?(from: number, count: number): Uint8Array;
  /** Where {@link readNow} would have to copy: the same into `target`. @returns How many bytes, fewer only at the end. */
  readInto?(from: number, target: Uint8Array): number;
  /**
   * Makes sure that everything that was read is of one state of the file.
   *
   * @throws SoundError if the file is not what it was when it was opened.
   */
  verify?(): void;
  /** Where another thread finds the same bytes: the path of a file that stays as it is. */
  readonly path?: string;
  close?(): void;
}
