import type { Kernel, Pointer } from '../kernel/kernel.ts';

/** Samples that are driven at a time. */
export const MOST_DRIVEN = 2048;

/** What the driven sounds of a thread share. */
export class Driver {
  /** Samples to each side that one is made of. */
  readonly reach: number;
  readonly #kernel: Kernel;
  readonly #input: Pointer;
  readonly #mono: Pointer;
  readonly #even: Pointer;
  readonly #odd: Pointer;
  readonly #output: Pointer;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    this.reach = kernel.exports.driveReach();
    const most = MOST_DRIVEN + 2 * this.reach + 4;
    this.#input = kernel.allocate(most * 2 * 4);
    this.#mono = kernel.allocate(most * 4);
    this.#even = kernel.allocate(most * 4);
    this.#odd = kernel.allocate(most * 4);
    this.#output = kernel.allocate((MOST_DRIVEN + 4) * 4);
  }

  /** @returns A view that is good until the kernel is used again. */
  run(input: Float32Array, channels: 1 | 2, count: number, drive: number, bias: number): Float32Array {
    this.#kernel.float32(this.#input, input.length).set(input);
    const { exports } = this.#kernel;
    exports.drive(this.#input, channels, this.#mono, this.#even, this.#odd, this.#output, count, drive, bias);
    return this.#kernel.float32(this.#output, count);
  }
}
