import type { PrintedLevels } from '../measure/measurement.ts';
import type { Peaks } from './overs.ts';

/** A file of a render while it is written: any place of it, in any order. */
export interface OutputFile {
  /** Writes all of `bytes`, which may change as soon as this is done. @throws OutputError */
  write(bytes: Uint8Array, position: number): Promise<void> | void;
  /** Fills `out`. @throws OutputError when there is less to be read */
  read(position: number, out: Uint8Array): Promise<void> | void;
}

/** The place that a render goes to. Nothing can be seen there before {@link RenderOutput.commit}. */
export interface RenderOutput {
  /** The job's files, in its order. */
  readonly files: readonly OutputFile[];
  /** Makes sure that a file would survive a power cut. It may take its time while other work goes on. */
  settle(index: number): Promise<void>;
  /** Puts all files in place under their names, the manifest last. */
  commit(manifest: string): Promise<void>;
  /** Takes away everything that was written. Idempotent. */
  discard(): Promise<void>;
}

/** Output that cannot be written, with what is wrong and what to do about it. */
export class OutputError extends Error {
  readonly hint: string | undefined;
  constructor(message: string, hint?: string) {
    super(message);
    this.name = 'OutputError';
    this.hint = hint;
  }
}

/**
 * Called after every few milliseconds of work with the samples (of one file) that were worked on: counts
 * them, lets others work, and throws `RenderAborted` when the render is called off.
 */
export type Checkpoint = (samples: number) => Promise<void> | undefined;

/** Something that can do a render's work: one thing at a time, but beside other threads. */
export interface RenderThread {
  /** Writes samples [from, to) of every file; returns the peaks of the stems, in order, and of the mix. */
  render(from: number, to: number): Promise<readonly Peaks[]>;
  /** Reads a file back and measures it. */
  measure(index: number): Promise<PrintedLevels>;
  /** Writes a file's header, with its loudness where that is known. */
  writeHeader(index: number, levels: PrintedLevels | null): Promise<void>;
  /** Adds bytes [from, to) of a file to its hash: all of them in order, on one thread. */
  hash(index: number, from: number, to: number): Promise<void>;
  /** SHA-256 of the bytes that were hashed, lower-case hexadecimal. */
  digest(index: number): Promise<string>;
  /** Reads samples [from, to) of all files back: the largest difference between the stems' sum and the mix. */
  proveSum(from: number, to: number): Promise<number>;
  /** Reads samples [from, to) of some files back: their largest magnitude. */
  proveSilence(indexes: readonly number[], from: number, to: number): Promise<number>;
  dispose(): Promise<void> | void;
}
