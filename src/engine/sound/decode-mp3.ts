import { readBytes } from './byte-source.ts';
import { type Decoding, interleave } from './decoding.ts';
import type { Mp3Header } from './mp3.ts';
import { SoundError } from './sound.ts';
import { truncated } from './sound-header.ts';

/** Bytes that are decoded at a time: a few milliseconds of work. */
const READ_BYTES = 1 << 15;

/**
 * Decodes an MP3 file, without the padding that its encoder says it put around the sound.
 *
 * @throws SoundError when the decoder finds a fault, or the length is not what the frames say.
 */
export async function decodeMp3(
  { source, name, sink, checkpoint }: Decoding,
  header: Mp3Header,
): Promise<void> {
  const { MPEGDecoder } = await import('mpg123-decoder');
  const decoder = new MPEGDecoder();
  await decoder.ready;
  let decoded = 0;
  try {
    for (let at = header.start; at < header.end; at += READ_BYTES) {
      const bytes = await readBytes(source, at, Math.min(READ_BYTES, header.end - at), name);
      const { channelData, samplesDecoded, errors } = decoder.decode(bytes);
      await checkpoint();
      if (errors[0] !== undefined) {
        throw new SoundError(
          `${name} is damaged near sample ${decoded}: ${errors[0].message}`,
          'Copy or download it again.',
        );
      }
      if (samplesDecoded === 0) continue;
      // The decoder gives a mono file's one channel twice.
      sink(interleave(channelData.slice(0, header.info.channels), decoded, name));
      decoded += samplesDecoded;
    }
  } finally {
    decoder.free();
  }
  if (decoded !== header.info.samples) {
    throw truncated(name, `${header.info.samples} samples`, `${decoded}`);
  }
}
