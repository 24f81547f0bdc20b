import type { ByteSource } from './sound.ts';
import { implausible, isPlausible } from './unpack.ts';

/** A sound on its way from its file: where it comes from and where it goes. */
export interface Decoding {
  readonly source: ByteSource;
  /** The file, as messages call it. */
  readonly name: string;
  readonly sink: BlockSink;
  readonly checkpoint: Checkpoint;
}

/**
 * Called after every few milliseconds of work: lets others work, and throws to call it off.
 */
export type Checkpoint = () => Promise<void> | undefined;

/**
 * Takes a block of decoded sound, channels interleaved. It is a call and not an iteration, because the block
 * lies in memory that is used again at once, by this sound or by another that is decoded meanwhile.
 */
export type BlockSink = (block: Float32Array) => void;

/**
 * Interleaves what a decoder gives, one array a channel.
 *
 * @param from - Index of its first sample in the sound.
 * @throws SoundError if a value cannot be sound.
 */
export function interleave(planes: readonly Float32Array[], from: number, name: string): Float32Array {
  const channels = planes.length;
  const block = new Float32Array((planes[0]?.length ?? 0) * channels);
  planes.forEach((plane, channel) => {
    plane.forEach((value, index) => {
      if (!isPlausible(value)) throw implausible(name, from + index, value);
      block[index * channels + channel] = value;
    });
  });
  return block;
}
