import type { Filter } from '../../score/score.ts';

/**
 * What a telephone leaves of a sound, for audition only: 300 Hz to 3.4 kHz (ITU-T G.712), with slopes of 24 dB an
 * octave: a Butterworth of fourth order at each end, in two stages.
 */
export const PHONE_FILTERS: readonly Filter[] = [
  { type: 'high-pass', hz: 300, q: 0.541196, gainDb: 0 },
  { type: 'high-pass', hz: 300, q: 1.306563, gainDb: 0 },
  { type: 'low-pass', hz: 3400, q: 0.541196, gainDb: 0 },
  { type: 'low-pass', hz: 3400, q: 1.306563, gainDb: 0 },
];

/** Parts of L R C LFE Ls Rs in mono: ITU-R BS.775's stereo downmix, and the mean of its sides. */
const SURROUND = [0.5, 0.5, Math.SQRT1_2, 0, Math.SQRT1_2 / 2, Math.SQRT1_2 / 2];
const STEREO = [0.5, 0.5];

/** A block of a stem in mono. `samples` has its channels interleaved; the LFE of 5.1 is left out. */
export function sumToMono(samples: Float32Array, channels: 1 | 2 | 6): Float32Array {
  if (channels === 1) return samples.slice();
  const parts = channels === 2 ? STEREO : SURROUND;
  return Float32Array.from({ length: samples.length / channels }, (_, sample) =>
    parts.reduce((sum, part, channel) => sum + part * samples[sample * channels + channel]!, 0),
  );
}
