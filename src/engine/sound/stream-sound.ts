import type { SoundInfo } from '../score/score.ts';
import { decodeSound } from './decode-sound.ts';
import type { Checkpoint } from './decoding.ts';
import { readHeader } from './probe-sound.ts';
import type { ByteSource } from './sound.ts';
import { soundKernelOf } from './sound-kernel.ts';

export interface StreamOptions {
  /** The file, as messages call it. */
  readonly name: string;
  /** The compiled kernel. */
  readonly kernel: WebAssembly.Module;
  /** Called after every few milliseconds of work: lets others work, and throws to call it off. */
  readonly checkpoint?: Checkpoint;
}

/**
 * Reads a whole sound once, from its beginning to its end, at its own rate and with all its channels; nothing
 * of it is kept.
 *
 * @param bytes - Are closed in any case.
 * @param begin - Told what the sound is; gives back what takes its blocks, channels interleaved, which are only
 *   good during the call.
 * @throws SoundError if the file cannot be used.
 */
export async function streamSound(
  bytes: ByteSource,
  { name, kernel, checkpoint = () => undefined }: StreamOptions,
  begin: (info: SoundInfo) => (block: Float32Array) => void,
): Promise<void> {
  try {
    const header = await readHeader(bytes, name, { isWide: true });
    const sink = begin(header.info);
    await decodeSound({ source: bytes, name, sink, checkpoint }, header, soundKernelOf(kernel));
  } finally {
    bytes.close?.();
  }
}
