import type { BlockSink } from './block-sink.ts';
import { fillNow, readBytes } from './byte-source.ts';
import { decodeFlac } from './decode-flac.ts';
import { decodeMp3 } from './decode-mp3.ts';
import { decodeVorbis } from './decode-vorbis.ts';
import { sampleBytes } from './pcm.ts';
import type { AnyHeader } from './probe-sound.ts';
import type { ByteSource } from './sound.ts';
import { CHUNK_SAMPLES, type SoundKernel } from './sound-kernel.ts';
import { checkFinite, mayBeNonFinite, unpack } from './unpack.ts';
import type { WavHeader } from './wav.ts';

/**
 * Decodes a whole sound at its own rate, block by block.
 *
 * @throws SoundError if it is damaged, shorter than it says, or holds values that are no numbers.
 */
export async function decodeSound(
  source: ByteSource,
  header: AnyHeader,
  name: string,
  kernel: SoundKernel,
  sink: BlockSink,
): Promise<void> {
  switch (header.format) {
    case 'wav':
      return decodeWav(source, header, name, kernel, sink);
    case 'flac':
      return decodeFlac(source, header, name, kernel.kernel, sink);
    case 'vorbis':
      return decodeVorbis(source, header, name, sink);
    case 'mp3':
      return decodeMp3(source, header, name, sink);
  }
}

async function decodeWav(
  source: ByteSource,
  { pcm }: WavHeader,
  name: string,
  { kernel, packed, floats }: SoundKernel,
  sink: BlockSink,
): Promise<void> {
  const size = sampleBytes(pcm);
  for (let at = 0; at < pcm.samples; at += CHUNK_SAMPLES) {
    const some = Math.min(CHUNK_SAMPLES, pcm.samples - at);
    const from = pcm.offset + at * size;
    if (source.readNow === undefined) {
      const bytes = await readBytes(source, from, some * size, name);
      kernel.bytes(packed, bytes.length).set(bytes);
    } else {
      fillNow(source, from, kernel.bytes(packed, some * size), name);
    }
    unpack(kernel, pcm.encoding, packed, floats, some * pcm.channels);
    if (mayBeNonFinite(pcm.encoding)) checkFinite(kernel, floats, some, pcm.channels, at, name);
    sink(kernel.float32(floats, some * pcm.channels));
  }
}
