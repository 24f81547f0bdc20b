import type { Kernel, Pointer } from '../kernel/kernel.ts';
import type { Mixer } from '../mix/mixer.ts';
import { createPacker } from './create-packer.ts';
import { joinPeaks, NO_PEAKS, type Peaks } from './overs.ts';
import type { Packer } from './packer.ts';
import { bytesPerSample, fileLayout, type RenderJob } from './render-job.ts';
import type { Checkpoint, OutputFile } from './render-ports.ts';
import { wavHeaderBytes } from './wav-header.ts';

/** Samples that are gathered before they are written: enough that the system call costs nothing beside them. */
const PIECE_SAMPLES = 2 ** 16;
/** Samples that the mixer may work ahead: it makes nothing that lasts longer at once. */
const AHEAD_SAMPLES = 2 ** 18;

/** A file of the job, with the room in the kernel where its next piece is gathered. */
interface PieceBuffer {
  readonly file: OutputFile;
  /** Bytes of one sample on all channels. */
  readonly sampleBytes: number;
  readonly headerBytes: number;
  readonly pointer: Pointer;
}

/**
 * Mixes, rounds and writes any range of a job's samples: those of the stems and, as their sum, of the mix.
 *
 *     stem ─▶ mixer ─▶ 32-bit float ─▶ packer ─┬─▶ bytes of the stem
 *                                              └─▶ + ─▶ bytes of the mix
 */
export class StemWriter {
  readonly #job: RenderJob;
  readonly #mixer: Mixer;
  readonly #kernel: Kernel;
  readonly #packer: Packer;
  readonly #stemBuffers: readonly (PieceBuffer | undefined)[];
  readonly #mixBuffer: PieceBuffer;
  readonly #checkpoint: Checkpoint;

  /** @param files - The job's files, in its order. */
  constructor(job: RenderJob, mixer: Mixer, files: readonly OutputFile[], checkpoint: Checkpoint) {
    this.#job = job;
    this.#mixer = mixer;
    this.#kernel = mixer.kernel;
    this.#packer = createPacker(job, mixer.kernel, mixer.blockSamples);
    this.#checkpoint = checkpoint;
    const buffers = new Map(
      job.files.map((file, index) => [
        file.source,
        {
          file: files[index]!,
          sampleBytes: bytesPerSample(job, file),
          headerBytes: wavHeaderBytes(fileLayout(job, file)),
          pointer: mixer.kernel.allocate(PIECE_SAMPLES * bytesPerSample(job, file)),
        },
      ]),
    );
    this.#stemBuffers = job.stems.map((stem) => buffers.get(stem));
    this.#mixBuffer = buffers.get('mix')!;
  }

  /**
   * Writes samples [from, to) of the score, which must lie inside the job's range.
   *
   * @returns The peaks of the job's stems, in order, and of the mix.
   */
  async render(from: number, to: number): Promise<readonly Peaks[]> {
    const peaks = Array<Peaks>(this.#stemBuffers.length + 1).fill(NO_PEAKS);
    for (let start = from; start < to; start += PIECE_SAMPLES) {
      const end = Math.min(to, start + PIECE_SAMPLES);
      const ahead = Math.min(to, start + AHEAD_SAMPLES);
      await this.#mixer.prepare(start, ahead - start);
      for (let block = start; block < end; block += this.#mixer.blockSamples) {
        const samples = Math.min(this.#mixer.blockSamples, end - block);
        this.#packBlock(block, samples, block - start, ahead).forEach((found, place) => {
          peaks[place] = joinPeaks(peaks[place]!, found);
        });
        await this.#checkpoint(samples * this.#stemBuffers.length);
      }
      for (const buffer of [...this.#stemBuffers, this.#mixBuffer]) {
        if (buffer) await this.#write(buffer, start, end);
      }
    }
    return peaks;
  }

  /**
   * @param offset - Samples of the piece before this block.
   * @param until - What has been prepared, and will be read.
   */
  #packBlock(start: number, samples: number, offset: number, until: number): Peaks[] {
    const peaks = this.#stemBuffers.map((buffer, place) => {
      const input = this.#mixer.mixStem(this.#job.stems[place]!, start, samples, until);
      return this.#packer.packStem(place, input, start, samples, buffer && placeIn(buffer, offset));
    });
    return [...peaks, this.#packer.packMix(start, samples, placeIn(this.#mixBuffer, offset))];
  }

  async #write(
    { file, sampleBytes, headerBytes, pointer }: PieceBuffer,
    start: number,
    end: number,
  ): Promise<void> {
    const bytes = this.#kernel.bytes(pointer, (end - start) * sampleBytes);
    await file.write(bytes, headerBytes + (start - this.#job.from) * sampleBytes);
  }
}

/** Where in the kernel a sample of a piece lies. */
function placeIn({ pointer, sampleBytes }: PieceBuffer, sample: number): Pointer {
  return pointer + sample * sampleBytes;
}
