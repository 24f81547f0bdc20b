import type { CaptureMessage } from './messages.ts';

/** Samples of a message. */
const MESSAGE_SAMPLES = 4096;

/** Copies what leaves the outputs, for tests that compare it with a render. */
export class Capture {
  readonly #layout: readonly number[];
  readonly #tell: (message: CaptureMessage, transfer: ArrayBuffer[]) => void;
  #left: number;
  #from = -1;
  #frame = -1;
  #filled = 0;
  #stems: Float32Array<ArrayBuffer>[] = [];

  /** @param samples - How many are copied. */
  constructor(
    layout: readonly number[],
    samples: number,
    tell: (message: CaptureMessage, transfer: ArrayBuffer[]) => void,
  ) {
    this.#layout = layout;
    this.#left = samples;
    this.#tell = tell;
  }

  get isDone(): boolean {
    return this.#left === 0;
  }

  /**
   * Takes samples [start, end) of a quantum, the first of which is the film's sample `from`.
   *
   * @param frame - The context's frame that the quantum begins with.
   */
  take(
    outputs: readonly (readonly Float32Array[])[],
    start: number,
    end: number,
    from: number,
    frame: number,
  ): void {
    const isNext = from === this.#from + this.#filled && frame + start === this.#frame + this.#filled;
    if (this.#filled > 0 && !isNext) this.#send();
    if (this.#filled === 0) this.#begin(from, frame + start);
    const some = Math.min(end - start, MESSAGE_SAMPLES - this.#filled, this.#left);
    this.#layout.forEach((channels, stem) => {
      for (let channel = 0; channel < channels; channel++) {
        for (let index = 0; index < some; index++) {
          const value = outputs[stem]?.[channel]?.[start + index] ?? Number.NaN;
          this.#stems[stem]![(this.#filled + index) * channels + channel] = value;
        }
      }
    });
    this.#filled += some;
    this.#left -= some;
    if (this.#filled === MESSAGE_SAMPLES || this.#left === 0) this.#send();
    if (start + some < end && this.#left > 0) {
      this.take(outputs, start + some, end, from + some, frame);
    }
  }

  #begin(from: number, frame: number): void {
    this.#from = from;
    this.#frame = frame;
    this.#stems = this.#layout.map((channels) => new Float32Array(MESSAGE_SAMPLES * channels));
  }

  #send(): void {
    const stems = this.#stems.map((values, stem) => values.subarray(0, this.#filled * this.#layout[stem]!));
    this.#filled = 0;
    const transfer = this.#stems.map(({ buffer }) => buffer);
    this.#tell(
      { kind: 'captured', from: this.#from, frame: this.#frame, stems, isLast: this.#left === 0 },
      transfer,
    );
  }
}
