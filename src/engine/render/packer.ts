import type { Pointer } from '../kernel/kernel.ts';
import type { Peaks } from './overs.ts';

/** Turns blocks of mixed stems into the bytes of files, in the kernel's memory. */
export interface Packer {
  /**
   * Takes a block of a stem: all stems of a block in order, then {@link packMix}.
   *
   * @param stem - Which of the job's stems.
   * @param input - Interleaved stereo 32-bit floats.
   * @param start - Sample of the score that the block begins with.
   * @param output - Where the bytes go; undefined where the stem is only part of the mix.
   */
  packStem(stem: number, input: Pointer, start: number, samples: number, output?: Pointer): Peaks;
  /** Packs the sum of the stems of the block. */
  packMix(start: number, samples: number, output: Pointer): Peaks;
}
