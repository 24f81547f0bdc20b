import { printLevel } from '../measure/measurement.ts';
import type { StemChannels } from '../score/score.ts';

/** What the Broadcast Audio Extension says of a file. Text is ASCII in it: other letters lose their accents. */
export interface BroadcastExtension {
  /** At most 256 characters; the first 64 serve as a summary. */
  readonly description: string;
  /** At most 32 characters. */
  readonly originator: string;
  /** When the sound was made; undefined is written as empty fields. */
  readonly origination: Origination | undefined;
  /** Samples since midnight of the file's first sample. */
  readonly timeReference: number;
  /** One line of EBU R 98, without its line end: `A=PCM,F=48000,W=24,M=stereo,T=Runout`. */
  readonly codingHistory: string;
}

/** When a sound was made, as `bext` writes it. */
export interface Origination {
  /** `yyyy-mm-dd` */
  readonly date: string;
  /** `hh:mm:ss` */
  readonly time: string;
}

/** Loudness as the extension stores it; null where it is not known, or there is none. */
export interface BroadcastLoudness {
  readonly integratedLufs: number | null;
  readonly loudnessRangeLu: number | null;
  readonly truePeakDbtp: number | null;
  readonly maxMomentaryLufs: number | null;
  readonly maxShortTermLufs: number | null;
}

/** Bytes up to the coding history. */
const FIXED_BYTES = 602;
const VERSION = 2;
const MODES: Readonly<Record<StemChannels, string>> = { 1: 'mono', 2: 'stereo', 6: 'multichannel' };
/** What stands for a loudness that is not known. */
const UNKNOWN_LOUDNESS = 0x7fff;

/**
 * The data of a `bext` chunk, version 2.
 *
 * @see EBU Tech 3285 v2 (May 2011)
 */
export function bextData(
  extension: BroadcastExtension,
  loudness?: BroadcastLoudness,
): Uint8Array<ArrayBuffer> {
  const history = ascii(`${extension.codingHistory}\r\n`);
  // An even length, NUL at the end: libsndfile 1.2.0 loses its way in an RF64 after a chunk of odd length.
  const bytes = new Uint8Array(FIXED_BYTES + history.length + (history.length % 2));
  const view = new DataView(bytes.buffer);
  bytes.set(ascii(extension.description).subarray(0, 256), 0);
  bytes.set(ascii(extension.originator).subarray(0, 32), 256);
  // The originator's reference (288) stays empty: a unique number would make two renders differ.
  if (extension.origination) {
    bytes.set(ascii(extension.origination.date).subarray(0, 10), 320);
    bytes.set(ascii(extension.origination.time).subarray(0, 8), 330);
  }
  view.setBigUint64(338, BigInt(extension.timeReference), true);
  view.setUint16(346, VERSION, true);
  // The UMID (348, 64 bytes) is zero: none.
  const levels = [
    loudness?.integratedLufs,
    loudness?.loudnessRangeLu,
    loudness?.truePeakDbtp,
    loudness?.maxMomentaryLufs,
    loudness?.maxShortTermLufs,
  ];
  levels.forEach((level, index) => {
    view.setInt16(412 + 2 * index, hundredths(level ?? null), true);
  });
  bytes.set(history, FIXED_BYTES);
  return bytes;
}

/**
 * The coding history of samples that were made as PCM. More than two channels have no mode in EBU R 98;
 * `multichannel` is what the FADGI guidelines (2012) write.
 *
 * @see EBU R 98
 */
export function codingHistory(sampleRate: number, bitsPerValue: number, channels: StemChannels): string {
  return `A=PCM,F=${sampleRate},W=${bitsPerValue},M=${MODES[channels]},T=Runout`;
}

/** −99.99 … 99.99 as the standard limits it; what lies beyond is as good as unknown. */
function hundredths(level: number | null): number {
  const printed = printLevel(level);
  if (printed === null || Math.abs(printed) > 99.99) return UNKNOWN_LOUDNESS;
  return Math.round(printed * 100);
}

/** Text as ASCII: accents are dropped, whatever has no ASCII letter becomes a question mark. */
function ascii(text: string): Uint8Array {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '');
  return Uint8Array.from([...plain].map(asciiCode));
}

function asciiCode(character: string): number {
  const code = character.codePointAt(0)!;
  const isAscii = code < 0x7f && (code >= 0x20 || character === '\r' || character === '\n');
  return isAscii ? code : '?'.charCodeAt(0);
}
