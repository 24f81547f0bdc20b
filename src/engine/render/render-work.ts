import { type PrintedLevels, printLevels } from '../measure/measurement.ts';
import { Mixer } from '../mix/mixer.ts';
import type { ImpulseResponse } from '../sound/impulse-response.ts';
import type { Sound } from '../sound/sound.ts';
import type { Peaks } from './overs.ts';
import { ReadBack } from './read-back.ts';
import { RenderAborted } from './render-error.ts';
import { bytesPerSample, fileLayout, type RenderJob } from './render-job.ts';
import type { Checkpoint, OutputFile, RenderThread } from './render-ports.ts';
import { StemWriter } from './stem-writer.ts';
import { wavHeader } from './wav-header.ts';

/** Bytes that are hashed at a time: they stay in the cache from reading to hashing. */
const HASH_BYTES = 2 ** 18;

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
  /** The impulse response of every space of the score, by the score's name of the sound. Default: none. */
  readonly responses?: ReadonlyMap<string, ImpulseResponse> | undefined;
  /** The most memory that the mixer takes for copies of sounds that are played often. Default: the mixer's. */
  readonly keptBytes?: number | undefined;
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
  readonly #hashes = new Map<number, Hash>();
  #hashed: Uint8Array | undefined;
  #isDisposed = false;

  constructor(options: RenderWorkOptions) {
    const checkpoint: Checkpoint = (samples) => {
      if (this.#isDisposed) throw new RenderAborted();
      return options.checkpoint(samples);
    };
    this.#options = { ...options, checkpoint };
  }

  render(from: number, to: number): Promise<readonly Peaks[]> {
    return this.#openWriter().render(from, to);
  }

  async measure(index: number): Promise<PrintedLevels> {
    return printLevels(await this.#openReadBack().measure(index));
  }

  async writeHeader(index: number, levels: PrintedLevels | null): Promise<void> {
    const { job, files } = this.#options;
    await files[index]!.write(wavHeader(fileLayout(job, job.files[index]!, levels ?? undefined)), 0);
  }

  async hash(index: number, from: number, to: number): Promise<void> {
    const { job, files, createHash, checkpoint } = this.#options;
    const hash = this.#hashes.get(index) ?? createHash();
    this.#hashes.set(index, hash);
    this.#hashed ??= new Uint8Array(HASH_BYTES);
    for (let position = from; position < to; position += HASH_BYTES) {
      const piece = this.#hashed.subarray(0, Math.min(HASH_BYTES, to - position));
      await files[index]!.read(position, piece);
      hash.update(piece);
      await checkpoint(piece.length / bytesPerSample(job, job.files[index]!));
    }
  }

  async digest(index: number): Promise<string> {
    return this.#hashes.get(index)?.digest() ?? '';
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

  #openWriter(): StemWriter {
    const { job, kernel, sounds, responses = new Map(), keptBytes, files, checkpoint } = this.#options;
    this.#writer ??= new StemWriter(
      job,
      new Mixer({ kernel, score: job.score, sounds, responses, keptBytes }),
      files,
      checkpoint,
    );
    return this.#writer;
  }

  #openReadBack(): ReadBack {
    const { job, files, kernel, checkpoint } = this.#options;
    this.#readBack ??= new ReadBack(job, files, kernel, checkpoint);
    return this.#readBack;
  }
}
