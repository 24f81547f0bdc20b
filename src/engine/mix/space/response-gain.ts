import type { ScoreSpace } from '../../score/score.ts';
import type { ImpulseResponse } from '../../sound/impulse-response.ts';

/**
 * What the values of a room's response are multiplied by, without the room's own level.
 *
 * Normalised, white noise that is alike loud on both sides and different on each comes back as loud as it went
 * in: 1/√E, where E is the mean, over the two sides that come back, of the sums of squares of all channels
 * that feed them. That is e of a mono response, (eL + eR)/2 of a stereo one, (eLL + eLR + eRL + eRR)/2 of a true
 * stereo one. What is louder on one side of a room stays so.
 */
export function responseGain(response: ImpulseResponse, normalize: ScoreSpace['normalize']): number {
  if (!normalize) return response.scale;
  const known = normalGains.get(response);
  if (known !== undefined) return known;
  const energies = response.channels.map(energyOf);
  const sum = energies.reduce((total, energy) => total + energy, 0);
  const gain = 1 / Math.sqrt(energies.length === 1 ? sum : sum / 2);
  normalGains.set(response, gain);
  return gain;
}

/** Worked out once for a response, however many mixers play it. */
const normalGains = new WeakMap<ImpulseResponse, number>();

function energyOf(values: Float32Array): number {
  let energy = 0;
  for (const value of values) energy += value * value;
  return energy;
}
