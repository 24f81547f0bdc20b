import { printLevels } from '../measure/measurement.ts';
import { Mixer } from '../mix/mixer.ts';
import type { Sound } from '../sound/sound.ts';
import type { Peaks } from './overs.ts';
import { ReadBack } from './read-back.ts';
import { RenderAborted } from './render-error.ts';
import { bytesPerSample, fileLayout, type RenderJob } from './render-job.ts';
import type { Checkpoint, FinishedFile, OutputFile, RenderThread } from './render-ports.ts';
import { StemWriter } from './stem-writer.ts';
import { wavFileBytes, wavHeader } from './wav-header.ts';

/** Bytes that are hashed at a time. */
const HASH_BYTES = 2 ** 20;

/** A running SHA-256. */
export interface Hash {
  update(bytes: Uint8Array): void;
  /** Lower-case hexadecimal. */
  digest(): string;
}

export interface RenderWorkOptions {
  readonly job: RenderJob;
  readonly kernel: WebAssembly.Module;
  /** Every sound that the score's regions play, by the score's name for it. */
  readonly sounds: ReadonlyMap<string, Sound>;
  /** The job's files, open for writing and reading. */
  readonly files: readonly OutputFile[];
  readonly createHash: () => Hash;
  readonly checkpoint: Checkpoint;
}

/** Does a render's work on the thread that calls it. */
export class RenderWork implements RenderThread {
  readonly #options: RenderWorkOptions;
  #writer: StemWriter | undefined;
  #readBack: ReadBack | undefined;
  #isDisposed = false;

  constructor(options: RenderWorkOptions) {
    const checkpoint: Checkpoint = (samples) => {
      if (this.#isDisposed) throw new RenderAborted();
      return options.checkpoint(samples);
    };
    this.#options = { ...options, checkpoint };
  }

  render(from: number, to: number): Promise<readonly Peaks[]> {
    if (!this.#writer) {
      const { job, kernel, sounds, files, checkpoint } = this.#options;
      this.#writer = new StemWriter(job, new Mixer({ kernel, score: job.score, sounds }), files, checkpoint);
    }
    return this.#writer.render(from, to);
  }

  async finishFile(index: number): Promise<FinishedFile> {
    const { job, files } = this.#options;
    const levels = job.isMeasured ? printLevels(await this.#openReadBack().measure(index)) : null;
    const layout = fileLayout(job, job.files[index]!, levels ?? undefined);
    await files[index]!.write(wavHeader(layout), 0);
    return { levels, sha256: await this.#hash(files[index]!, wavFileBytes(layout)) };
  }

  proveSum(from: number, to: number): Promise<number> {
    return this.#openReadBack().differenceFromSum(from, to);
  }

  async proveSilence(indexes: readonly number[], from: number, to: number): Promise<number> {
    let most = 0;
    for (const index of indexes) most = Math.max(most, await this.#openReadBack().maxAbs(index, from, to));
    return most;
  }

  /** Ends the work at its next checkpoint. */
  dispose(): void {
    this.#isDisposed = true;
    this.#writer = undefined;
    this.#readBack = undefined;
  }

  #openReadBack(): ReadBack {
    const { job, files, kernel, checkpoint } = this.#options;
    this.#readBack ??= new ReadBack(job, files, kernel, checkpoint);
    return this.#readBack;
  }

  async #hash(file: OutputFile, bytes: number): Promise<string> {
    const { job, createHash, checkpoint } = this.#options;
    const hash = createHash();
    const buffer = new Uint8Array(Math.min(HASH_BYTES, bytes));
    for (let position = 0; position < bytes; position += HASH_BYTES) {
      const piece = buffer.subarray(0, Math.min(HASH_BYTES, bytes - position));
      await file.read(position, piece);
      hash.update(piece);
      await checkpoint(piece.length / bytesPerSample(job));
    }
    return hash.digest();
  }
}
