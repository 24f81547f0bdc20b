import { fillNow, readBytes } from './byte-source.ts';
import { decodeFlac } from './decode-flac.ts';
import { decodeMp3 } from './decode-mp3.ts';
import { decodeVorbis } from './decode-vorbis.ts';
import type { Decoding } from './decoding.ts';
import { sampleBytes } from './pcm.ts';
import type { AnyHeader } from './probe-sound.ts';
import { CHUNK_SAMPLES, type SoundKernel } from './sound-kernel.ts';
import { checkPlausible, mayBeImplausible, unpack } from './unpack.ts';
import type { WavHeader } from './wav.ts';

/**
 * Decodes a whole sound at its own rate, block by block.
 *
 * @throws SoundError if it is damaged, shorter than it says, or holds values that cannot be sound.
 */
export async function decodeSound(decoding: Decoding, header: AnyHeader, kernel: SoundKernel): Promise<void> {
  switch (header.format) {
    case 'wav':
      return decodeWav(decoding, header, kernel);
    case 'flac':
      return decodeFlac(decoding, header, kernel.kernel);
    case 'vorbis':
      return decodeVorbis(decoding, header);
    case 'mp3':
      return decodeMp3(decoding, header);
  }
}

async function decodeWav(
  { source, name, sink, checkpoint }: Decoding,
  { pcm }: WavHeader,
  { kernel, packed, floats }: SoundKernel,
): Promise<void> {
  const size = sampleBytes(pcm);
  // A chunk has room for stereo.
  const most = Math.floor(CHUNK_SAMPLES / Math.max(1, pcm.channels / 2));
  for (let at = 0; at < pcm.samples; at += most) {
    const some = Math.min(most, pcm.samples - at);
    const from = pcm.offset + at * size;
    if (source.readNow === undefined) {
      const bytes = await readBytes(source, from, some * size, name);
      kernel.bytes(packed, bytes.length).set(bytes);
    } else {
      fillNow(source, from, kernel.bytes(packed, some * size), name);
    }
    unpack(kernel, pcm.encoding, packed, floats, some * pcm.channels);
    if (mayBeImplausible(pcm.encoding)) checkPlausible(kernel, floats, some, pcm.channels, at, name);
    sink(kernel.float32(floats, some * pcm.channels));
    await checkpoint();
  }
}
