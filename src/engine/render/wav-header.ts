import type { StemChannels } from '../score/score.ts';
import { type BitDepth, sampleFormat } from './sample-format.ts';

/** A WAV file but for its samples. */
export interface WavLayout {
  /** Samples per second. */
  readonly sampleRate: number;
  readonly channels: StemChannels;
  readonly bits: BitDepth;
  /** Length in samples (one for all channels). */
  readonly samples: number;
  /** Data of the `bext` chunk; it may change later but not in length. */
  readonly bext: Uint8Array;
  /** Data of the `iXML` chunk. */
  readonly ixml?: Uint8Array;
}

/** The largest size that a 32-bit field holds. */
const MAX_SIZE = 0xffffffff;
/** Data of a `ds64` chunk without a table, and of the `JUNK` that keeps its place. */
const DS64_BYTES = 28;
const TAG_PCM = 1;
const TAG_FLOAT = 3;
/** WAVE_FORMAT_EXTENSIBLE, which more than two channels must have. */
const TAG_EXTENSIBLE = 0xfffe;
/** The last 14 bytes of the GUID whose first two are a format's tag. */
const GUID_TAIL = [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71];
/**
 * Speakers of 5.1: front left and right, front centre, LFE, side left and right. Film's surrounds stand at the
 * sides (90° to 120°); the other mask for six channels, 0x3F, says back left and right, which players put
 * elsewhere and BS.1770-5 weighs otherwise.
 */
const SPEAKERS_5_1 = 0x60f;

/**
 * Everything of a WAV file that stands before its samples:
 *
 *     RIFF … WAVE │ JUNK │ bext │ iXML │ fmt │ (fact) │ data …
 *
 * A file beyond 4 GiB is an RF64: `JUNK` becomes `ds64` with the true sizes, and nothing moves.
 *
 * @see EBU Tech 3306 (RF64); Microsoft, "Multimedia Programming Interface and Data Specifications 1.0"
 */
export function wavHeader(layout: WavLayout): Uint8Array<ArrayBuffer> {
  const riffBytes = wavFileBytes(layout) - 8;
  const isLarge = riffBytes > MAX_SIZE;
  const chunks = [
    isLarge ? chunk('ds64', ds64Data(riffBytes, layout)) : chunk('JUNK', new Uint8Array(DS64_BYTES)),
    chunk('bext', layout.bext),
    ...(layout.ixml ? [chunk('iXML', layout.ixml)] : []),
    ...formatChunks(layout),
    chunkHeader('data', isLarge ? MAX_SIZE : wavDataBytes(layout)),
  ];
  const start = chunkHeader(isLarge ? 'RF64' : 'RIFF', isLarge ? MAX_SIZE : riffBytes);
  return concatenate([start, fourCharacters('WAVE'), ...chunks]);
}

/** Bytes before the first sample. */
export function wavHeaderBytes(layout: WavLayout): number {
  const chunks = [
    DS64_BYTES,
    layout.bext.length,
    ...(layout.ixml ? [layout.ixml.length] : []),
    ...formatSizes(layout),
  ];
  return 12 + chunks.reduce((sum, bytes) => sum + 8 + padded(bytes), 0) + 8;
}

/** Bytes of all samples, without padding. */
export function wavDataBytes(layout: WavLayout): number {
  return layout.samples * layout.channels * sampleFormat(layout.bits).bytesPerValue;
}

/** Bytes of the whole file; odd data is followed by one zero byte. */
export function wavFileBytes(layout: WavLayout): number {
  return wavHeaderBytes(layout) + padded(wavDataBytes(layout));
}

/** Bytes of `fmt `, and of the `fact` that every format but plain PCM must have. */
function formatSizes({ bits, channels }: WavLayout): readonly number[] {
  if (channels > 2) return [40, 4];
  // Float has an extension of no bytes, whose length is written.
  return sampleFormat(bits).isFloat ? [18, 4] : [16];
}

function formatChunks(layout: WavLayout): Uint8Array[] {
  const { sampleRate, channels, bits, samples } = layout;
  const { bytesPerValue, isFloat } = sampleFormat(bits);
  const [formatBytes = 0, factBytes] = formatSizes(layout);
  const tag = isFloat ? TAG_FLOAT : TAG_PCM;
  const format = new DataView(new ArrayBuffer(formatBytes));
  format.setUint16(0, channels > 2 ? TAG_EXTENSIBLE : tag, true);
  format.setUint16(2, channels, true);
  format.setUint32(4, sampleRate, true);
  format.setUint32(8, sampleRate * channels * bytesPerValue, true);
  format.setUint16(12, channels * bytesPerValue, true);
  format.setUint16(14, bytesPerValue * 8, true);
  if (channels > 2) {
    format.setUint16(16, formatBytes - 18, true);
    format.setUint16(18, bytesPerValue * 8, true);
    format.setUint32(20, SPEAKERS_5_1, true);
    format.setUint16(24, tag, true);
    new Uint8Array(format.buffer).set(GUID_TAIL, 26);
  }
  const chunks = [chunk('fmt ', new Uint8Array(format.buffer))];
  if (factBytes !== undefined) {
    const fact = new DataView(new ArrayBuffer(factBytes));
    fact.setUint32(0, Math.min(samples, MAX_SIZE), true);
    chunks.push(chunk('fact', new Uint8Array(fact.buffer)));
  }
  return chunks;
}

function ds64Data(riffBytes: number, layout: WavLayout): Uint8Array {
  const view = new DataView(new ArrayBuffer(DS64_BYTES));
  view.setBigUint64(0, BigInt(riffBytes), true);
  view.setBigUint64(8, BigInt(wavDataBytes(layout)), true);
  view.setBigUint64(16, BigInt(layout.samples), true);
  // The table of other large chunks (24) is empty.
  return new Uint8Array(view.buffer);
}

function chunk(id: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(8 + padded(data.length));
  bytes.set(chunkHeader(id, data.length));
  bytes.set(data, 8);
  return bytes;
}

function chunkHeader(id: string, size: number): Uint8Array {
  const bytes = new Uint8Array(8);
  bytes.set(fourCharacters(id));
  new DataView(bytes.buffer).setUint32(4, size, true);
  return bytes;
}

function fourCharacters(id: string): Uint8Array {
  return Uint8Array.from(id, (character) => character.charCodeAt(0));
}

/** Chunks begin at even places; the byte that sees to it is not counted in a chunk's size. */
function padded(bytes: number): number {
  return bytes + (bytes % 2);
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let position = 0;
  for (const part of parts) {
    whole.set(part, position);
    position += part.length;
  }
  return whole;
}
