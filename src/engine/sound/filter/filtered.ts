import type { Filter } from '../../score/score.ts';
import { checkRange } from '../resident-sound.ts';
import type { Scratch } from '../scratch.ts';
import type { Sound } from '../sound.ts';
import { soundKernelOf } from '../sound-kernel.ts';
import type { Cascade } from './cascade.ts';
import type { FilterKernel } from './filter-kernel.ts';

/** How a filtered sound is opened. */
export interface FilteredOptions {
  /** The sound, as messages call it. */
  readonly name: string;
  /** Samples per second: the score's. */
  readonly sampleRate: number;
  /** The compiled kernel. */
  readonly kernel: WebAssembly.Module;
}

/**
 * Another sound, filtered: as long as it was, what would ring on after its end is cut.
 *
 * It is made in blocks on the grid of its own index (see {@link Cascade}), so any range at any time has the same
 * bits. Of all filtered sounds together the blocks used last are kept.
 *
 * @param sound - The other sound. It stays whose it is: disposing of the new one does not touch it.
 * @throws RangeError if a filter is not between 0 Hz and half the sample rate, has no q, or rings for longer than
 *   2²⁰ samples.
 */
export function openFiltered(sound: Sound, filters: readonly Filter[], options: FilteredOptions): Sound {
  return new Filtered(sound, filters, options);
}

class Filtered implements Sound {
  readonly name: string;
  readonly channels: 1 | 2;
  readonly samples: number;
  readonly #sound: Sound;
  readonly #kernel: FilterKernel;
  readonly #cascade: Cascade;
  readonly #scratch: Scratch;
  readonly #owner: number;

  constructor(sound: Sound, filters: readonly Filter[], { name, sampleRate, kernel }: FilteredOptions) {
    this.name = name;
    this.channels = sound.channels;
    this.samples = sound.samples;
    this.#sound = sound;
    const shared = soundKernelOf(kernel);
    this.#kernel = shared.filters;
    this.#scratch = shared.scratch;
    this.#cascade = this.#kernel.cascade(filters, sampleRate);
    this.#owner = this.#kernel.blocks.register();
  }

  prepare(from: number, count: number): Promise<void> | undefined {
    this.#checkRange(from, count);
    if (count === 0) return undefined;
    const { start } = this.#extent(this.#blockOf(from));
    const { end } = this.#extent(this.#blockOf(from + count - 1));
    return this.#sound.prepare?.(start, end - start);
  }

  read(from: number, count: number, out: Float32Array): void {
    this.#checkRange(from, count);
    const { channels } = this;
    const size = this.#cascade.block;
    for (let at = from; at < from + count; ) {
      const block = this.#blockOf(at);
      const values = this.#block(block);
      const end = Math.min(from + count, (block + 1) * size);
      const part = values.subarray((at - block * size) * channels, (end - block * size) * channels);
      out.set(part, (at - from) * channels);
      at = end;
    }
  }

  #block(block: number): Float32Array {
    const { start, first, end } = this.#extent(block);
    const { channels, resident } = this.#sound;
    return this.#kernel.blocks.get(this.#owner, block, (end - first) * channels, (output) => {
      const run = (input: Float32Array) =>
        this.#kernel.run(this.#cascade, channels, input, first - start, output);
      if (resident) {
        run(resident.subarray(start * channels, end * channels));
        return;
      }
      this.#scratch.use((end - start) * channels, (input) => {
        this.#sound.read(start, end - start, input);
        run(input);
      });
    });
  }

  /** What a block is made of: samples [start, end) of the sound, of which those from `first` on are its own. */
  #extent(block: number): { readonly start: number; readonly first: number; readonly end: number } {
    const first = block * this.#cascade.block;
    const start = first - this.#cascade.preroll;
    const end = first + this.#cascade.block;
    if (this.samples === Number.POSITIVE_INFINITY) return { start, first, end };
    return { start: Math.max(0, start), first, end: Math.min(this.samples, end) };
  }

  #blockOf(sample: number): number {
    return Math.floor(sample / this.#cascade.block);
  }

  #checkRange(from: number, count: number): void {
    // Without an end there is none in front, either: what is made up as it is read has samples below 0.
    if (this.samples !== Number.POSITIVE_INFINITY) checkRange(this, from, count);
  }
}
