import { ByteWindow, fourLetters, readBytes, viewOf } from './byte-source.ts';
import { type ByteSource, SoundError } from './sound.ts';
import { checkInfo, type SoundHeader, type SoundUse, truncated } from './sound-header.ts';

/** A FLAC file's header: what its frames must agree with, and where they lie. */
export interface FlacHeader extends SoundHeader {
  readonly format: 'flac';
  readonly bitsPerSample: number;
  /** Samples in every frame but the last, where frames are numbered; the most in any, where they are not. */
  readonly blockSamples: number;
  /** The frames' bytes: [start, end). */
  readonly start: number;
  readonly end: number;
}

/** What STREAMINFO says. */
interface StreamInfo {
  readonly maxBlock: number;
  readonly maxFrameBytes: number;
  readonly sampleRate: number;
  readonly channels: number;
  readonly bitsPerSample: number;
  /** 0 where the encoder did not know. */
  readonly samples: number;
}

/** What the head of a frame says. */
interface FrameHead {
  readonly firstSample: number;
  readonly samples: number;
}

const STREAMINFO_BYTES = 34;
/** Metadata blocks beyond this are a way to keep us busy. */
const MOST_BLOCKS = 1024;
/** Frame heads that look right but whose CRC does not hold, before the end is given up as damaged. */
const MOST_CANDIDATES = 64;
const COPY_AGAIN = 'Copy or download it again.';

/**
 * Reads the metadata of a FLAC file that begins at byte `at`, and finds the last frame from the end: it must
 * be whole, by its CRC-16, and end where STREAMINFO says that the sound ends.
 *
 * @throws SoundError if it is damaged or cut.
 * @see RFC 9639
 */
export async function readFlacHeader(
  source: ByteSource,
  at: number,
  name: string,
  use: SoundUse = {},
): Promise<FlacHeader> {
  const bytes = new ByteWindow(source, name);
  const { info, start } = await readMetadata(bytes, at, name);
  checkInfo({ ...info, samples: info.samples || 1 }, name, use);
  const end = await endOfFrames(bytes, start);
  const samples = await countSamples(source, start, end, info, name);
  checkInfo({ ...info, samples }, name, use);
  return {
    format: 'flac',
    info: { sampleRate: info.sampleRate, channels: info.channels, samples },
    warnings: [],
    bitsPerSample: info.bitsPerSample,
    blockSamples: info.maxBlock,
    start,
    end,
  };
}

async function readMetadata(bytes: ByteWindow, at: number, name: string) {
  let next = at + 4;
  let info: StreamInfo | undefined;
  for (let count = 0; ; count++) {
    const head = await bytes.at(next, 4);
    if (head.length < 4 || count === MOST_BLOCKS) {
      throw new SoundError(`${name} ends inside its FLAC metadata, before any sound`, COPY_AGAIN);
    }
    const size = viewOf(head).getUint32(0) & 0xffffff;
    const type = head[0]! & 0x7f;
    const isLast = head[0]! >= 0x80;
    if (count === 0 && (type !== 0 || size < STREAMINFO_BYTES)) {
      throw new SoundError(`${name} is FLAC without the STREAMINFO that must come first`, COPY_AGAIN);
    }
    if (next + 4 + size > bytes.size) {
      throw new SoundError(
        `${name} is truncated: a FLAC metadata block claims ${size} bytes, and ${bytes.size - next - 4} are left`,
        COPY_AGAIN,
      );
    }
    if (count === 0) info = readStreamInfo(await bytes.at(next + 4, STREAMINFO_BYTES));
    next += 4 + size;
    if (isLast && info !== undefined) return { info, start: next };
  }
}

function readStreamInfo(bytes: Uint8Array): StreamInfo {
  const view = viewOf(bytes);
  const packed = view.getBigUint64(10);
  return {
    maxBlock: view.getUint16(2),
    maxFrameBytes: view.getUint32(6) & 0xffffff,
    sampleRate: Number(packed >> 44n),
    channels: Number((packed >> 41n) & 7n) + 1,
    bitsPerSample: Number((packed >> 36n) & 31n) + 1,
    samples: Number(packed & 0xfffffffffn),
  };
}

/** Where the frames end: some taggers put an ID3v1 tag of 128 bytes behind them. */
async function endOfFrames(bytes: ByteWindow, start: number): Promise<number> {
  const at = bytes.size - 128;
  if (at < start) return bytes.size;
  return fourLetters(await bytes.at(at, 128), 0).startsWith('TAG') ? at : bytes.size;
}

/** How many samples there are, by the last frame, which must be whole. */
async function countSamples(
  source: ByteSource,
  start: number,
  end: number,
  info: StreamInfo,
  name: string,
): Promise<number> {
  // A frame that could not be compressed holds its samples as they are, and a little more.
  const plainFrame = Math.ceil((info.maxBlock * info.channels * (info.bitsPerSample + 1)) / 8) + 64;
  const longest = info.maxFrameBytes > 0 ? Math.min(plainFrame, info.maxFrameBytes) : plainFrame;
  const from = Math.max(start, end - longest);
  const tail = await readBytes(source, from, end - from, name);
  let candidates = 0;
  let lastHead: FrameHead | undefined;
  for (let at = tail.length - 6; at >= 0 && candidates < MOST_CANDIDATES; at--) {
    if (tail[at] !== 0xff || (tail[at + 1]! & 0xfe) !== 0xf8) continue;
    const head = readFrameHead(tail.subarray(at, at + 16), info);
    if (head === undefined) continue;
    candidates++;
    lastHead ??= head;
    const whole = crc16(tail.subarray(at, tail.length - 2)) === viewOf(tail).getUint16(tail.length - 2);
    if (!whole) continue;
    const samples = head.firstSample + head.samples;
    if (info.samples !== 0 && samples !== info.samples) {
      throw truncated(name, `${info.samples} samples`, `${samples}`);
    }
    return samples;
  }
  if (lastHead === undefined) {
    throw truncated(
      name,
      info.samples === 0 ? 'to be FLAC' : `${info.samples} samples`,
      'no frame of them at its end',
    );
  }
  throw truncated(
    name,
    info.samples === 0 ? 'whole frames' : `${info.samples} samples`,
    `${lastHead.firstSample}, then a frame that is cut or damaged`,
  );
}

/** What a frame's head says, if it is one: its CRC-8 holds and it agrees with STREAMINFO. */
function readFrameHead(bytes: Uint8Array, info: StreamInfo): FrameHead | undefined {
  if (bytes.length < 6) return undefined;
  const blockCode = bytes[2]! >> 4;
  const rateCode = bytes[2]! & 15;
  const channelCode = bytes[3]! >> 4;
  if (blockCode === 0 || rateCode === 15 || channelCode > 10) return undefined;
  if ((channelCode > 7 ? 2 : channelCode + 1) !== info.channels) return undefined;

  // The number is coded as UTF-8 is, but up to 36 bits.
  const first = bytes[4]!;
  const length = first < 0x80 ? 1 : Math.clz32(~first << 24);
  if (length > 7 || (first >= 0x80 && length < 2)) return undefined;
  let number = first < 0x80 ? first : first & (0x7f >> length);
  for (let index = 1; index < length; index++) {
    const byte = bytes[4 + index];
    if (byte === undefined || (byte & 0xc0) !== 0x80) return undefined;
    number = number * 64 + (byte & 0x3f);
  }
  let at = 4 + length;
  let samples: number;
  if (blockCode === 1) samples = 192;
  else if (blockCode < 6) samples = 144 << blockCode;
  else if (blockCode > 7) samples = 1 << blockCode;
  else {
    samples = (blockCode === 6 ? bytes[at]! : (bytes[at]! << 8) | bytes[at + 1]!) + 1;
    at += blockCode - 5;
  }
  at += rateCode < 12 ? 0 : rateCode === 12 ? 1 : 2;
  if (at >= bytes.length || crc8(bytes.subarray(0, at)) !== bytes[at]) return undefined;
  const isVariable = (bytes[1]! & 1) === 1;
  return { firstSample: isVariable ? number : number * info.maxBlock, samples };
}

/** CRC-8, polynomial x⁸ + x² + x + 1. */
function crc8(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc << 1) ^ (crc & 0x80 ? 0x107 : 0);
  }
  return crc;
}

/** CRC-16, polynomial x¹⁶ + x¹⁵ + x² + 1. */
function crc16(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = (crc << 1) ^ (crc & 0x8000 ? 0x18005 : 0);
  }
  return crc;
}
