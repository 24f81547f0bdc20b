import { ByteWindow, fourLetters, readBytes, viewOf } from './byte-source.ts';
import { type ByteSource, SoundError } from './sound.ts';
import { checkInfo, type SoundHeader, truncated } from './sound-header.ts';

/** An Ogg Vorbis file's header. */
export interface VorbisHeader extends SoundHeader {
  readonly format: 'vorbis';
}

/** The head of an Ogg page. */
export interface OggPage {
  /** Bytes in the page, its head included. */
  readonly size: number;
  /** Bytes of the head alone. */
  readonly headSize: number;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  /** Samples until the end of this page; −1 when no packet ends in it. */
  readonly granule: bigint;
  readonly serial: number;
  readonly sequence: number;
}

/** The longest that a page can be: a head of 27 + 255 bytes and 255 segments of 255. */
export const LONGEST_PAGE = 27 + 255 + 255 * 255;
const COPY_AGAIN = 'Copy or download it again.';
const TO_WAV = 'Convert it to WAV or FLAC.';

/** What else is put into Ogg, by the first bytes of its first packet. */
const OTHER_CODECS: readonly (readonly [start: string, called: string])[] = [
  ['OpusHead', 'Opus'],
  ['\x7fFLAC', 'FLAC in an Ogg container'],
  ['Speex   ', 'Speex'],
  ['\x80theora', 'Theora video'],
  ['fishead\0', 'an Ogg Skeleton'],
];

/**
 * Reads the first and the last page of an Ogg Vorbis file. The last must be whole, by its CRC, and say that
 * it is the last; its granule is the length.
 *
 * @throws SoundError if it is cut, damaged, or not one stream of Vorbis.
 * @see RFC 3533 (Ogg), the Vorbis I specification (4.2.2)
 */
export async function readVorbisHeader(source: ByteSource, name: string): Promise<VorbisHeader> {
  const bytes = new ByteWindow(source, name);
  const head = await bytes.at(0, LONGEST_PAGE);
  const first = readOggPage(head, 0);
  if (first === undefined || !isPageWhole(head, first)) {
    throw new SoundError(`${name} is Ogg whose first page is cut or damaged`, COPY_AGAIN);
  }
  const packet = head.subarray(first.headSize, first.size);
  const start = String.fromCharCode(...packet.subarray(0, 8));
  if (!start.startsWith('\x01vorbis')) {
    const other = OTHER_CODECS.find(([begin]) => start.startsWith(begin));
    throw new SoundError(
      `${name} is ${other?.[1] ?? 'Ogg without Vorbis'}, which cannot be read yet`,
      TO_WAV,
    );
  }
  if (packet.length < 30) throw new SoundError(`${name} has a Vorbis header that is cut`, COPY_AGAIN);
  const channels = packet[11]!;
  const sampleRate = viewOf(packet).getUint32(12, true);
  checkInfo({ sampleRate, channels, samples: 1 }, name);
  const second = readOggPage(head, first.size);
  if (second?.isFirst === true) {
    throw new SoundError(`${name} holds several Ogg streams side by side, and one is read`, TO_WAV);
  }

  const last = await findLastPage(source, name);
  if (last === undefined) throw truncated(name, 'an Ogg stream', 'no whole page at its end');
  if (last.serial !== first.serial) {
    throw new SoundError(`${name} holds several Ogg streams in a row, and one is read`, TO_WAV);
  }
  if (!last.isLast) throw truncated(name, 'an Ogg stream', `${last.granule} samples without its last page`);
  const samples = Number(last.granule);
  checkInfo({ sampleRate, channels, samples }, name);
  return { format: 'vorbis', info: { sampleRate, channels, samples }, warnings: [] };
}

/** The head of the page at a byte, if one is there, whole or not. */
export function readOggPage(bytes: Uint8Array, at: number): OggPage | undefined {
  if (at + 27 > bytes.length || fourLetters(bytes, at) !== 'OggS' || bytes[at + 4] !== 0) return undefined;
  const headSize = 27 + bytes[at + 26]!;
  if (at + headSize > bytes.length) return undefined;
  let size = headSize;
  for (const segment of bytes.subarray(at + 27, at + headSize)) size += segment;
  const view = viewOf(bytes);
  const flags = bytes[at + 5]!;
  return {
    size,
    headSize,
    isFirst: (flags & 2) !== 0,
    isLast: (flags & 4) !== 0,
    granule: view.getBigInt64(at + 6, true),
    serial: view.getUint32(at + 14, true),
    sequence: view.getUint32(at + 18, true),
  };
}

/** True when all bytes of the page, whose head is `page`, are there and its CRC holds. */
export function isPageWhole(bytes: Uint8Array, page: OggPage): boolean {
  return (
    page.size <= bytes.length && oggCrc(bytes.subarray(0, page.size)) === viewOf(bytes).getUint32(22, true)
  );
}

/** The page that ends where the file ends. */
async function findLastPage(source: ByteSource, name: string): Promise<OggPage | undefined> {
  const from = Math.max(0, source.size - LONGEST_PAGE);
  const tail = await readBytes(source, from, LONGEST_PAGE, name);
  for (let at = tail.length - 27; at >= 0; at--) {
    if (tail[at] !== 0x4f) continue;
    const page = readOggPage(tail, at);
    if (page !== undefined && at + page.size === tail.length && isPageWhole(tail.subarray(at), page))
      return page;
  }
  return undefined;
}

let crcTable: Uint32Array | undefined;

/** CRC-32 of a page, polynomial 0x04c11db7, its own field (bytes 22 to 25) counted as zero. */
function oggCrc(page: Uint8Array): number {
  crcTable ??= Uint32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte << 24;
    for (let bit = 0; bit < 8; bit++) crc = (crc << 1) ^ (crc < 0 ? 0x04c11db7 : 0);
    return crc;
  });
  let crc = 0;
  for (let at = 0; at < page.length; at++) {
    const byte = at >= 22 && at < 26 ? 0 : page[at]!;
    crc = (crc << 8) ^ crcTable[(crc >>> 24) ^ byte]!;
  }
  return crc >>> 0;
}
