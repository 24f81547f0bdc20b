import type { SoundInfo } from '../score/score.ts';
import { fourLetters, readBytes } from './byte-source.ts';
import { type FlacHeader, readFlacHeader } from './flac.ts';
import { type Mp3Header, readMp3Header } from './mp3.ts';
import { readVorbisHeader, type VorbisHeader } from './ogg.ts';
import { type ByteSource, SoundError } from './sound.ts';
import type { SoundFormat, SoundUse } from './sound-header.ts';
import { readWavHeader, type WavHeader } from './wav.ts';

/** What can be known of a sound without decoding it. */
export interface SoundProbe {
  readonly info: SoundInfo;
  readonly format: SoundFormat;
  /** Oddities that do not touch the sound, each a sentence that begins with the file's name. */
  readonly warnings: readonly string[];
}

/** The header of a sound that can be read, by its format. */
export type AnyHeader = WavHeader | FlacHeader | VorbisHeader | Mp3Header;

/** Files that are known and cannot be read, by letters at an offset. */
const OTHER_FILES: readonly (readonly [offset: number, letters: string, called: string])[] = [
  [4, 'ftyp', 'an MP4, M4A or QuickTime file'],
  [0, 'caff', 'Core Audio (CAF)'],
  [0, 'wvpk', 'WavPack'],
  [0, 'MAC ', "Monkey's Audio"],
  [0, '.snd', 'a Sun AU file'],
  [0, 'RIFX', 'a big-endian WAV file (RIFX)'],
  [0, 'riff', 'Sony Wave64'],
  [0, 'MThd', 'a MIDI file, which holds notes and no sound,'],
  [0, 'DSD ', 'DSD audio'],
  [0, '\x1aE\xdf\xa3', 'a Matroska or WebM file'],
  [0, '0&\xb2u', 'Windows Media'],
  [0, 'TTA1', 'True Audio'],
  [0, '#!AM', 'AMR'],
];
const TO_WAV = 'Convert it to WAV or FLAC.';
const HEAD_BYTES = 64;

/**
 * What a sound file is, how long it is, and whether it is whole: by its content, whatever it is called, and
 * without decoding it.
 *
 * @param name - The file, as messages call it.
 * @throws SoundError if it cannot be used; the message begins with the name.
 */
export async function probeSound(bytes: ByteSource, name: string, use: SoundUse = {}): Promise<SoundProbe> {
  const { info, format, warnings } = await readHeader(bytes, name, use);
  return { info, format, warnings };
}

/**
 * The header of a sound file, by its content.
 *
 * @throws SoundError as {@link probeSound} does.
 */
export async function readHeader(bytes: ByteSource, name: string, use: SoundUse = {}): Promise<AnyHeader> {
  if (bytes.size === 0) throw new SoundError(`${name} is empty: 0 bytes`, 'Export or copy the sound again.');
  const start = await soundStart(bytes, name);
  const head = await readBytes(bytes, start, HEAD_BYTES, name);
  const letters = fourLetters(head, 0);
  if (letters === 'RIFF' || letters === 'RF64' || letters === 'BW64') {
    if (head.length >= 12 && fourLetters(head, 8) !== 'WAVE') {
      throw new SoundError(`${name} is a RIFF file of type "${fourLetters(head, 8)}", and not WAVE`, TO_WAV);
    }
    return readWavHeader(bytes, name, use);
  }
  if (letters === 'fLaC') return readFlacHeader(bytes, start, name, use);
  if (letters === 'OggS') return readVorbisHeader(bytes, name);
  if (head[0] === 0xff && (head[1]! & 0xe0) === 0xe0) {
    // The layer bits that MP3 never has are what raw AAC begins with.
    if ((head[1]! & 0xf6) === 0xf0) throw new SoundError(`${name} is AAC, which cannot be read yet`, TO_WAV);
    return readMp3Header(bytes, start, name);
  }
  throw unknownFile(head, name);
}

/** Byte at which the sound begins: 0, or after the ID3v2 tags that some programs put in front. */
async function soundStart(bytes: ByteSource, name: string): Promise<number> {
  let start = 0;
  for (;;) {
    const head = await readBytes(bytes, start, 10, name);
    if (head.length < 10 || !fourLetters(head, 0).startsWith('ID3')) return start;
    const size = (head[6]! << 21) | (head[7]! << 14) | (head[8]! << 7) | head[9]!;
    const hasFooter = (head[5]! & 0x10) !== 0;
    start += 10 + size + (hasFooter ? 10 : 0);
    if (start >= bytes.size) {
      throw new SoundError(`${name} holds an ID3 tag and no sound`, 'Copy or download it again.');
    }
  }
}

function unknownFile(head: Uint8Array, name: string): SoundError {
  const letters = String.fromCharCode(...head.subarray(0, 24));
  if (letters.startsWith('FORM') && /^(AIFF|AIFC)/.test(letters.slice(8))) {
    return new SoundError(`${name} is ${letters.slice(8, 12)}, which cannot be read yet`, TO_WAV);
  }
  const known = OTHER_FILES.find(([offset, begin]) => letters.startsWith(begin, offset));
  if (known !== undefined) return new SoundError(`${name} is ${known[2]}, which cannot be read yet`, TO_WAV);
  if (letters.startsWith('version https://git-lfs')) {
    return new SoundError(`${name} is a Git LFS pointer, and not the sound itself`, 'Run: git lfs pull');
  }
  if (/^\s*<(!doctype|html|\?xml)/i.test(letters)) {
    return new SoundError(`${name} is a web page or XML, and not a sound`, 'Download the sound itself.');
  }
  return new SoundError(
    `${name} is not a sound that can be read`,
    'WAV, FLAC, Ogg Vorbis and MP3 can be read.',
  );
}
