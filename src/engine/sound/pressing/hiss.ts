import { type NoiseKernel, OctaveNoise } from './octave-noise.ts';

/** Time constants of the playback curve, as corner frequencies. @see IEC 60098; RIAA 1954 */
const BASS_SHELF_HZ = 50.05;
const BASS_TURNOVER_HZ = 500.5;
const TREBLE_TURNOVER_HZ = 2122;
/** Above it a stylus is too wide for what is in the groove. */
const STYLUS_HZ = 7000;
/** Octaves end with the first that is slower than this; it makes the rumble. */
const SLOWEST_HZ = 190;
/** Octaves slower than this move the whole arm. */
const ARM_HZ = 800;
/** Where in its octave a step's density is asked for: a fraction of the octave's rate. */
const PLACE = 0.36;
/** Density at 1 kHz, full scale² per Hz: with the playback curve, −56 dBFS RMS in all. */
const DENSITY_AT_1_KHZ = 5.3e-10;
/** Of the rumble's noise at the lowest octave. */
const RUMBLE_PEAK = 0.003;

/**
 * The hiss of the vinyl and the rumble of the bearing: noise of even velocity through the playback curve,
 * which is why a record's hiss is warm.
 */
export function openHiss(room: NoiseKernel, seed: number, sampleRate: number): OctaveNoise {
  const gains: number[] = [];
  let shared = Number.POSITIVE_INFINITY;
  let densityAbove = 0;
  for (let depth = 0; ; depth++) {
    const rate = sampleRate / 2 ** depth;
    if (rate < ARM_HZ) shared = Math.min(shared, depth);
    if (rate < SLOWEST_HZ) break;
    const density = densityAt(PLACE * rate);
    // White noise of peak g has the power g²/3, spread over half its rate.
    gains.push(Math.sqrt(((density - densityAbove) * 3 * rate) / 2));
    densityAbove = density;
  }
  gains.push(RUMBLE_PEAK);
  return new OctaveNoise(room, seed, gains, shared);
}

/** Power density at a frequency, full scale² per Hz. */
function densityAt(hz: number): number {
  return (DENSITY_AT_1_KHZ * curveAt(hz)) / curveAt(1000);
}

function curveAt(hz: number): number {
  const over = (corner: number) => 1 + (hz / corner) * (hz / corner);
  return over(BASS_TURNOVER_HZ) / (over(BASS_SHELF_HZ) * over(TREBLE_TURNOVER_HZ) * over(STYLUS_HZ));
}
