import { ResidentSound } from '../../src/engine/sound/resident-sound.ts';
import { noiseAt } from '../mix/make.ts';

export const RATE = 48_000;

/** A steady tone of a room: Hz, peak left and right, and by how many turns right is late. */
export interface Tone {
  readonly hz: number;
  readonly left: number;
  readonly right: number;
  readonly late?: number;
}

/** A chandelier: 100 Hz and what stands above it, louder on the left. */
export const HUM: readonly Tone[] = [
  { hz: 100, left: 0.02, right: 0.012, late: 0.1 },
  { hz: 200.01, left: 0.008, right: 0.009, late: -0.25 },
  { hz: 449.97, left: 0.002, right: 0.0005 },
];

/**
 * A room of some seconds: noise that falls by 3 dB and more an octave, of which the sides have more in common the
 * lower it is, a resonance, and tones. Full of what a real room has, and known to the last term.
 */
export function makeRoomSound(seconds: number, tones: readonly Tone[], channels: 1 | 2 = 2): ResidentSound {
  const samples = Math.round(seconds * RATE);
  const left = darkNoise(samples, 1);
  const right = darkNoise(samples, 2);
  const shared = slowNoise(samples, 3);
  const values = new Float32Array(samples * channels);
  for (let n = 0; n < samples; n++) {
    const sides = [left[n]! + shared[n]!, right[n]! + 0.7 * shared[n]!];
    for (const { hz, left: peakLeft, right: peakRight, late = 0 } of tones) {
      const turns = (hz * n) / RATE;
      sides[0]! += peakLeft * Math.sin(2 * Math.PI * turns);
      sides[1]! += peakRight * Math.sin(2 * Math.PI * (turns - late));
    }
    for (let side = 0; side < channels; side++) values[n * channels + side] = sides[side]!;
  }
  return new ResidentSound('room', channels, values);
}

/** Noise through a low-pass at 400 Hz and a little of itself, with a resonance at 1 kHz. */
function darkNoise(samples: number, seed: number): Float64Array {
  const out = new Float64Array(samples);
  let low = 0;
  let [one, two] = [0, 0];
  const turn = (2 * Math.PI * 1000) / RATE;
  for (let n = 0; n < samples; n++) {
    const white = noiseAt(seed, n);
    low += 0.05 * (white - low);
    const ring = white + 2 * 0.99 * Math.cos(turn) * one - 0.99 * 0.99 * two;
    two = one;
    one = ring;
    out[n] = 0.02 * low + 0.002 * white + 0.0002 * ring;
  }
  return out;
}

/** A rumble below 60 Hz or so. */
function slowNoise(samples: number, seed: number): Float64Array {
  const out = new Float64Array(samples);
  let [first, second] = [0, 0];
  for (let n = 0; n < samples; n++) {
    first += 0.008 * (noiseAt(seed, n) - first);
    second += 0.008 * (first - second);
    out[n] = 0.2 * second;
  }
  return out;
}
