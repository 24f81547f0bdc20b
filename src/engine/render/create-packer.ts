import type { Kernel } from '../kernel/kernel.ts';
import { FloatPacker } from './float-packer.ts';
import { IntegerPacker } from './integer-packer.ts';
import type { Packer } from './packer.ts';
import type { RenderJob } from './render-job.ts';

/** The packer for a job's bit depth. It allocates in the kernel and never gives it back. */
export function createPacker(job: RenderJob, kernel: Kernel, blockSamples: number): Packer {
  if (job.bits === '32f') return new FloatPacker(job, kernel, blockSamples);
  return new IntegerPacker(job, job.bits, kernel, blockSamples);
}
