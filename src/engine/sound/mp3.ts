import { ByteWindow, fourLetters, viewOf } from './byte-source.ts';
import { type ByteSource, SoundError } from './sound.ts';
import { checkInfo, type SoundHeader, truncated } from './sound-header.ts';

/** An MP3 file's header: where its frames lie. */
export interface Mp3Header extends SoundHeader {
  readonly format: 'mp3';
  /** The frames' bytes: [start, end). */
  readonly start: number;
  readonly end: number;
}

/** The head of a frame, 4 bytes. */
interface Mp3Frame {
  /** Bytes in the frame, its head included. */
  readonly size: number;
  readonly samples: number;
  readonly sampleRate: number;
  readonly channels: number;
  /** Bytes between the head and the Xing header, if there is one. */
  readonly sideInfo: number;
}

/** What a Xing or Info header says, and the LAME part of it. */
interface XingHeader {
  /** Frames that follow; undefined where it is not given. */
  readonly frames: number | undefined;
  /** Samples that the encoder put before and after the sound; undefined where it is not given. */
  readonly padding: readonly [before: number, after: number] | undefined;
}

const COPY_AGAIN = 'Copy or download it again.';
const TO_WAV = 'Convert it to WAV or FLAC.';
/** kbit/s by index, of MPEG-1 layer III and of MPEG-2 and 2.5 layer III. */
const BIT_RATES = [
  [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
] as const;
const MPEG_1_RATES = [44100, 48000, 32000] as const;
/** Samples by which a layer III decoder lags behind its input; encoders leave them out of their count. */
const DECODER_DELAY = 529;

/**
 * Walks the frames of an MP3 file from byte `at`, and says exactly how many samples they decode to: all but
 * what a LAME header says is padding.
 *
 * @throws SoundError if frames are missing at its end, or it is not layer III.
 * @see ISO/IEC 11172-3 (2.4.1), 13818-3; the LAME tag specification
 */
export async function readMp3Header(source: ByteSource, at: number, name: string): Promise<Mp3Header> {
  const bytes = new ByteWindow(source, name);
  const end = await endOfFrames(bytes, at);
  const first = readFrame(await bytes.at(at, 4), name);
  if (first === undefined)
    throw new SoundError(`${name} has no MP3 frame where its sound should begin`, COPY_AGAIN);
  const { sampleRate, channels } = first;
  checkInfo({ sampleRate, channels, samples: 1 }, name);
  const xing = readXing(await bytes.at(at, Math.min(first.size, end - at)), first);
  const warnings: string[] = [];

  const start = at;
  let frames = 0;
  let next = xing === undefined ? at : at + first.size;
  while (next < end) {
    const head = await bytes.at(next, Math.min(4, end - next));
    const frame = head.length < 4 ? undefined : readFrame(head, name);
    // Fewer than 4 bytes that begin as a frame does are the start of one.
    if (frame === undefined && (head.length === 4 || head[0] !== 0xff)) break;
    if (frame !== undefined && frame.sampleRate !== sampleRate) {
      throw new SoundError(
        `${name} changes its sample rate at byte ${next}, from ${sampleRate} to ${frame.sampleRate} Hz`,
        TO_WAV,
      );
    }
    if (frame === undefined || next + frame.size > end) {
      const claims = xing?.frames === undefined ? `${frames + 1} frames` : `${xing.frames} frames`;
      throw truncated(name, claims, `${frames} and a piece of one`);
    }
    frames++;
    next += frame.size;
  }
  if (xing?.frames !== undefined && frames < xing.frames) {
    throw truncated(name, `${xing.frames} frames`, `${frames}`);
  }
  if (xing?.frames !== undefined && frames > xing.frames) {
    throw new SoundError(
      `${name} counts ${xing.frames} frames in its header and holds ${frames}: several files joined end to end`,
      TO_WAV,
    );
  }
  if (next < end)
    warnings.push(`${name} has ${end - next} bytes after its last MP3 frame that are not sound`);
  const samples = decodedSamples(frames * first.samples, xing);
  checkInfo({ sampleRate, channels, samples }, name);
  return { format: 'mp3', info: { sampleRate, channels, samples }, warnings, start, end: next };
}

/** Samples left of those in the frames when padding is taken away. */
function decodedSamples(inFrames: number, xing: XingHeader | undefined): number {
  if (xing?.frames === undefined || xing.padding === undefined) return inFrames;
  const [before, after] = xing.padding;
  return Math.min(inFrames, inFrames - after + DECODER_DELAY) - before - DECODER_DELAY;
}

/** Where the frames end: before an ID3v1 tag of 128 bytes, and before an APE tag. */
async function endOfFrames(bytes: ByteWindow, start: number): Promise<number> {
  let end = bytes.size;
  if (end - 128 >= start && fourLetters(await bytes.at(end - 128, 4), 0).startsWith('TAG')) end -= 128;
  if (end - 32 >= start) {
    const footer = await bytes.at(end - 32, 32);
    if (fourLetters(footer, 0) + fourLetters(footer, 4) === 'APETAGEX') {
      const view = viewOf(footer);
      const hasHeader = (view.getUint32(20, true) & 0x80000000) !== 0;
      const size = view.getUint32(12, true) + (hasHeader ? 32 : 0);
      if (end - size >= start) end -= size;
    }
  }
  return end;
}

/**
 * The frame whose head this is, if it is one.
 *
 * @throws SoundError for kinds of MPEG audio that are not MP3.
 */
function readFrame(head: Uint8Array, name: string): Mp3Frame | undefined {
  if (head.length < 4 || head[0] !== 0xff || (head[1]! & 0xe0) !== 0xe0) return undefined;
  const version = (head[1]! >> 3) & 3;
  const layer = 4 - ((head[1]! >> 1) & 3);
  const rateIndex = (head[2]! >> 2) & 3;
  const bitIndex = head[2]! >> 4;
  if (version === 1 || layer === 4 || rateIndex === 3 || bitIndex === 15) return undefined;
  if (layer !== 3)
    throw new SoundError(`${name} is MPEG audio layer ${layer}: of these, layer 3 (MP3) can be read`, TO_WAV);
  if (bitIndex === 0)
    throw new SoundError(`${name} is MP3 in the free format, which cannot be read yet`, TO_WAV);
  const isMpeg1 = version === 3;
  const sampleRate = MPEG_1_RATES[rateIndex]! / (isMpeg1 ? 1 : version === 2 ? 2 : 4);
  const samples = isMpeg1 ? 1152 : 576;
  const bitRate = BIT_RATES[isMpeg1 ? 0 : 1][bitIndex]! * 1000;
  const pad = (head[2]! >> 1) & 1;
  const channels = head[3]! >> 6 === 3 ? 1 : 2;
  const sideInfo = isMpeg1 ? (channels === 1 ? 17 : 32) : channels === 1 ? 9 : 17;
  return {
    size: Math.floor(((samples / 8) * bitRate) / sampleRate) + pad,
    samples,
    sampleRate,
    channels,
    sideInfo,
  };
}

/** The Xing or Info header in a first frame, which then holds no sound. */
function readXing(bytes: Uint8Array, frame: Mp3Frame): XingHeader | undefined {
  const at = 4 + frame.sideInfo;
  const letters = fourLetters(bytes, at);
  if ((letters !== 'Xing' && letters !== 'Info') || bytes.length < at + 8) return undefined;
  const view = viewOf(bytes);
  const flags = view.getUint32(at + 4);
  const has = (flag: number) => (flags & flag) !== 0;
  const lame = at + 8 + (has(1) ? 4 : 0) + (has(2) ? 4 : 0) + (has(4) ? 100 : 0) + (has(8) ? 4 : 0);
  // 0 means that the encoder did not know, and a LAME part without a name that there is none.
  const counted = has(1) && bytes.length >= at + 12 ? view.getUint32(at + 8) : 0;
  const frames = counted === 0 ? undefined : counted;
  if (bytes.length < lame + 24) return { frames, padding: undefined };
  if (bytes[lame] === 0) return { frames, padding: [0, 0] };
  const packed = (bytes[lame + 21]! << 16) | (bytes[lame + 22]! << 8) | bytes[lame + 23]!;
  return { frames, padding: [packed >> 12, packed & 0xfff] };
}
