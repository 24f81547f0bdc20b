import type { SoundInfo } from '../score/score.ts';
import { SoundError } from './sound.ts';

/** Kinds of file that can be read. */
export type SoundFormat = 'wav' | 'flac' | 'vorbis' | 'mp3';

/** What the header of any sound says, and what about it is odd. */
export interface SoundHeader {
  readonly format: SoundFormat;
  readonly info: SoundInfo;
  /** Oddities that do not touch the sound, each a sentence that begins with the file's name. */
  readonly warnings: readonly string[];
}

/** What a file is read for. */
export interface SoundUse {
  /**
   * True for what may have more than two channels: the impulse response of a room, or a file that is measured.
   * How many make sense is for whoever uses it to say.
   */
  readonly isWide?: boolean;
}

/** Rates that the converter is made for, Hz. */
const LOWEST_RATE = 1000;
const HIGHEST_RATE = 768000;

const CHANNEL_WORDS = ['no channels', 'mono', 'stereo', '3 channels', '4 channels', '5 channels'];

/**
 * Refuses what no header may say, whatever its format.
 *
 * @throws SoundError for a rate of 0 or out of range, more than two channels where they are not wanted, or no
 * samples.
 */
export function checkInfo(info: SoundInfo, name: string, { isWide = false }: SoundUse = {}): void {
  const { sampleRate, channels, samples } = info;
  if (sampleRate < LOWEST_RATE || sampleRate > HIGHEST_RATE) {
    throw new SoundError(
      `${name} says that its sample rate is ${sampleRate} Hz: rates from ${LOWEST_RATE} to ${HIGHEST_RATE} can be read`,
      'Its header is damaged; export the sound again.',
    );
  }
  if (channels < 1 || (channels > 2 && !isWide)) {
    throw new SoundError(
      `${name} has ${CHANNEL_WORDS[channels] ?? `${channels} channels`}: sounds are mono or stereo`,
      channels > 2 ? 'Mix it down, or split it into mono files.' : undefined,
    );
  }
  if (samples < 1) {
    throw new SoundError(`${name} holds no sound: 0 samples`, 'Export the sound again.');
  }
}

/** The error of a file that is shorter than it says. */
export function truncated(name: string, claims: string, holds: string): SoundError {
  return new SoundError(
    `${name} is truncated: it claims ${claims} and holds ${holds}`,
    'Copy or download it again.',
  );
}
