import { readBytes } from './byte-source.ts';
import { type Decoding, interleave } from './decoding.ts';
import { isPageWhole, LONGEST_PAGE, readOggPage, type VorbisHeader } from './ogg.ts';
import { type ByteSource, SoundError } from './sound.ts';
import { truncated } from './sound-header.ts';

/** Bytes that are decoded at a time: a few milliseconds of work. */
const READ_BYTES = 1 << 15;

/**
 * Decodes an Ogg Vorbis file. Each page is checked by its CRC and its number before it goes into the decoder,
 * which does not look at them.
 *
 * @throws SoundError at the first page that is missing or damaged, and when the length is not what it says.
 */
export async function decodeVorbis(
  { source, name, sink, checkpoint }: Decoding,
  header: VorbisHeader,
): Promise<void> {
  const { OggVorbisDecoder } = await import('@wasm-audio-decoders/ogg-vorbis');
  const decoder = new OggVorbisDecoder();
  await decoder.ready;
  let decoded = 0;
  const take = ({ channelData, samplesDecoded, errors }: Decoded) => {
    if (errors[0] !== undefined) {
      throw new SoundError(
        `${name} is damaged near sample ${decoded}: ${errors[0].message}`,
        'Copy or download it again.',
      );
    }
    if (samplesDecoded > 0) sink(interleave(channelData, decoded, name));
    decoded += samplesDecoded;
  };
  try {
    for await (const pages of wholePages(source, name)) {
      take(await decoder.decode(pages));
      await checkpoint();
    }
    take(await decoder.flush());
  } finally {
    decoder.free();
  }
  if (decoded !== header.info.samples) {
    throw truncated(name, `${header.info.samples} samples`, `${decoded}`);
  }
}

/** What the decoder gives. */
interface Decoded {
  readonly channelData: readonly Float32Array[];
  readonly samplesDecoded: number;
  readonly errors: readonly { readonly message: string }[];
}

/** The file in pieces of whole pages, none missing and none damaged. */
async function* wholePages(source: ByteSource, name: string): AsyncGenerator<Uint8Array> {
  let sequence: number | undefined;
  let at = 0;
  while (at < source.size) {
    const bytes = await readBytes(source, at, READ_BYTES + LONGEST_PAGE, name);
    let used = 0;
    while (used < bytes.length && used < READ_BYTES) {
      const page = readOggPage(bytes, used);
      if (page === undefined || !isPageWhole(bytes.subarray(used), page)) {
        throw new SoundError(
          `${name} has an Ogg page at byte ${at + used} that is damaged`,
          'Copy or download it again.',
        );
      }
      if (sequence !== undefined && page.sequence !== sequence + 1) {
        throw new SoundError(
          `${name} lacks Ogg pages: after page ${sequence} comes page ${page.sequence}, at byte ${at + used}`,
          'Copy or download it again.',
        );
      }
      sequence = page.sequence;
      used += page.size;
    }
    yield bytes.subarray(0, used);
    at += used;
  }
}
