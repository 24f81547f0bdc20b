import { LONGEST_RESPONSE_SECONDS } from '../score/spaces.ts';
import { SoundError } from './sound.ts';

/** How a room answers an impulse, at the score's rate. Plain data, which can be posted to another thread. */
export interface ImpulseResponse {
  /** The file, as messages call it. */
  readonly name: string;
  /**
   * One array a channel, all of one length. One: each side by itself through the same. Two: L to L and R to R.
   * Four, true stereo: L to L, L to R, R to L, R to R.
   */
  readonly channels: readonly Float32Array[];
  /**
   * What its values are to be multiplied by where they are used as they are. Conversion to another rate keeps
   * the waveform, so that as many times more samples are added up as the rate is higher: the file's rate over
   * the score's puts that right.
   */
  readonly scale: number;
}

/**
 * Refuses what cannot be the answer of a room.
 *
 * @param channels - One array a channel.
 * @throws SoundError if it has another number of channels than 1, 2 or 4, is empty, longer than 30 s or silent,
 * or holds values that are no numbers; the message begins with the name.
 */
export function checkResponse(name: string, channels: readonly Float32Array[], sampleRate: number): void {
  checkResponseShape(name, channels.length, channels[0]?.length ?? 0, sampleRate);
  const wrong = channels.flatMap((values) => values.find((value) => !Number.isFinite(value)) ?? []);
  if (wrong.length > 0) {
    throw new SoundError(
      `${name} holds ${wrong[0]}, which is no value of an impulse response`,
      'Repair it in an audio editor, or export it again.',
    );
  }
  if (channels.every((values) => values.every((value) => value === 0))) {
    throw new SoundError(
      `${name} is silent: an impulse response must hold the sound of its room`,
      'Export it again, or take another room.',
    );
  }
}

/** The part of {@link checkResponse} that a file's header decides. */
export function checkResponseShape(
  name: string,
  channels: number,
  samples: number,
  sampleRate: number,
): void {
  if (channels !== 1 && channels !== 2 && channels !== 4) {
    throw new SoundError(
      `${name} has ${channels} channels: an impulse response has 1, 2, or 4 (L to L, L to R, R to L, R to R)`,
      'Export it as mono, stereo or true stereo.',
    );
  }
  if (samples < 1) {
    throw new SoundError(`${name} is empty: an impulse response must hold the sound of its room`);
  }
  if (samples > LONGEST_RESPONSE_SECONDS * sampleRate) {
    const seconds = (samples / sampleRate).toFixed(1);
    throw new SoundError(
      `${name} lasts ${seconds} s: an impulse response may last ${LONGEST_RESPONSE_SECONDS} s`,
      'Cut off its end, where the room has died away.',
    );
  }
}
