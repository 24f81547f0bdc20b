import { type FileSound, type Kernel, type Sound, SoundError } from '../engine/index.ts';

/** A sound's file, opened when it is asked for. */
export interface SoundFile {
  /** Undefined before it is open, and where it cannot be. */
  readonly sound: Sound | undefined;
  readonly problem: { readonly message: string; readonly hint?: string | undefined } | undefined;
  /** Opens it once; never rejects for a file that cannot be used. */
  open(): Promise<void>;
  /** Says that it is not what the score was made from. */
  fail(problem: { readonly message: string; readonly hint?: string | undefined }): void;
}

/**
 * A file of a score that is opened when the mixer prepares to play it. One that cannot be used is silent, so that
 * the rest can be heard; whoever opened it was told.
 */
export class LazySound implements Sound {
  readonly channels: 1 | 2;
  readonly samples: number;
  readonly #file: SoundFile;
  readonly #name: string;

  /** @param expected - What the score was made from. */
  constructor(file: SoundFile, expected: FileSound) {
    this.#file = file;
    this.#name = expected.file;
    this.channels = expected.channels === 1 ? 1 : 2;
    this.samples = expected.samples;
  }

  get resident(): Float32Array | undefined {
    return this.#sound?.resident;
  }

  /** What is wrong with it, once it is open. */
  async open(): Promise<SoundFile['problem']> {
    await this.#file.open();
    this.#checkUnchanged();
    return this.#file.problem;
  }

  prepare(from: number, count: number): Promise<void> | undefined {
    const { sound, problem } = this.#file;
    if (problem) return undefined;
    if (!sound) return this.open().then(() => this.prepare(from, count));
    this.#checkUnchanged();
    return this.#sound?.prepare?.(from, count);
  }

  read(from: number, count: number, out: Float32Array): void {
    const sound = this.#sound;
    if (sound) sound.read(from, count, out);
    else this.#silence(out);
  }

  load(from: number, count: number, kernel: Kernel, target: number): void {
    const sound = this.#sound;
    if (sound?.load) sound.load(from, count, kernel, target);
    else this.read(from, count, kernel.float32(target, count * this.channels));
  }

  /** The open sound, if it is what the score expects. */
  get #sound(): Sound | undefined {
    const { sound } = this.#file;
    return sound && this.#isExpected(sound) ? sound : undefined;
  }

  #isExpected({ channels, samples }: Sound): boolean {
    return channels === this.channels && samples === this.samples;
  }

  #checkUnchanged(): void {
    const { sound, problem } = this.#file;
    if (!sound || problem || this.#isExpected(sound)) return;
    this.#file.fail({ message: `${this.#name} is not what it was when the sheet was read` });
  }

  #silence(out: Float32Array): void {
    if (!this.#file.problem) throw new SoundError(`${this.#name} was read before it was prepared`);
    out.fill(0);
  }
}
