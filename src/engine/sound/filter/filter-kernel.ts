import type { Kernel, Pointer } from '../../kernel/kernel.ts';
import type { Filter } from '../../score/score.ts';
import { BlockCache } from './block-cache.ts';
import { type Cascade, CascadeRun, designCascade, PAIR_BYTES } from './cascade.ts';

/** Samples that are filtered at a time: a multiple of 64, and little enough to stay in the cache. */
const CHUNK = 2048;

/** What the filtered sounds of a thread share: the kernel they run in, filters worked out, blocks made. */
export class FilterKernel {
  readonly blocks = new BlockCache();
  readonly #kernel: Kernel;
  readonly #floats: Pointer;
  readonly #pairs: Pointer;
  readonly #cascades = new Map<string, Cascade>();

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    this.#floats = kernel.allocate(CHUNK * 2 * 4);
    this.#pairs = kernel.allocate(CHUNK * PAIR_BYTES);
  }

  /** @throws RangeError as {@link designCascade} does. */
  cascade(filters: readonly Filter[], sampleRate: number): Cascade {
    const key = JSON.stringify([filters, sampleRate]);
    let cascade = this.#cascades.get(key);
    if (cascade === undefined) {
      cascade = designCascade(this.#kernel, filters, sampleRate);
      this.#cascades.set(key, cascade);
    }
    return cascade;
  }

  /**
   * Filters a stretch of sound from zero state.
   *
   * @param input - Channels interleaved.
   * @param output - For what becomes of it from sample `skip` on.
   */
  run(cascade: Cascade, channels: 1 | 2, input: Float32Array, skip: number, output: Float32Array): void {
    const { exports } = this.#kernel;
    const samples = input.length / channels;
    const mark = this.#kernel.mark();
    const run = new CascadeRun(this.#kernel, cascade);
    const floats = this.#kernel.float32(this.#floats, CHUNK * channels);
    for (let done = 0; done < samples; done += CHUNK) {
      const some = Math.min(CHUNK, samples - done);
      floats.set(input.subarray(done * channels, (done + some) * channels));
      exports.pairsFromFloats(this.#floats, this.#pairs, channels, some);
      run.filter(this.#pairs, some);
      const from = Math.max(0, Math.min(some, skip - done));
      if (from === some) continue;
      exports.floatsFromPairs(this.#pairs, this.#floats, channels, some);
      output.set(floats.subarray(from * channels, some * channels), (done + from - skip) * channels);
    }
    this.#kernel.release(mark);
  }
}
