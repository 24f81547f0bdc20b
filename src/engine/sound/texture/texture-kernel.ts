import type { Kernel } from '../../kernel/kernel.ts';
import { BlockCache } from '../filter/block-cache.ts';
import { Weaver } from './weaver.ts';

/** What the textures of a thread share: the memory in which they are woven, and the blocks made last. */
export class TextureKernel {
  readonly kernel: Kernel;
  readonly blocks = new BlockCache();
  readonly #weavers = new Map<number, Weaver>();

  constructor(kernel: Kernel) {
    this.kernel = kernel;
  }

  /** What weaves blocks of a size, samples. */
  weaver(size: number): Weaver {
    const weaver = this.#weavers.get(size) ?? new Weaver(this.kernel, size);
    this.#weavers.set(size, weaver);
    return weaver;
  }
}
