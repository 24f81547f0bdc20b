import type { Sound } from './sound.ts';
import { soundKernelOf } from './sound-kernel.ts';

/** Samples of a block, on the grid of the sound's own index. */
const BLOCK = 4096;

/**
 * The same sound, of which the blocks used last are kept: for one that is dear to make and is heard directly and in
 * a room, or in two perspectives at once, so that it is read twice.
 *
 * @param sound - Without an end. It stays whose it is.
 */
export function keepBlocks(sound: Sound, kernel: WebAssembly.Module): Sound {
  const { channels, samples } = sound;
  const { blocks } = soundKernelOf(kernel).filters;
  const owner = blocks.register();
  return {
    channels,
    samples,
    read(from, count, out) {
      for (let at = from; at < from + count; ) {
        const block = Math.floor(at / BLOCK);
        const start = block * BLOCK;
        const values = blocks.get(owner, block, BLOCK * channels, (made) => sound.read(start, BLOCK, made));
        const end = Math.min(from + count, start + BLOCK);
        out.set(values.subarray((at - start) * channels, (end - start) * channels), (at - from) * channels);
        at = end;
      }
    },
  };
}
