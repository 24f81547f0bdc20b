import type { Pointer } from '../kernel/kernel.ts';
import type { Peaks } from './overs.ts';

/** Turns blocks of mixed stems into the bytes of files, in the kernel's memory. */
export interface Packer {
  /**
   * Takes a block of a stem: all stems of a block in order, then {@link packMix}.
   *
   * @param place - Which of the job's stems.
   * @param input - 32-bit floats, the stem's channels interleaved.
   * @param start - Sample of the score that the block begins with.
   * @param output - Where the bytes go; undefined where the stem is only part of the mix.
   */
  packStem(place: number, input: Pointer, start: number, samples: number, output?: Pointer): Peaks;
  /** Packs the sum of the stems of the block. */
  packMix(start: number, samples: number, output: Pointer): Peaks;
}
