import type { Kernel } from '../kernel/kernel.ts';
import type { StemChannels } from '../score/score.ts';
import { panGains } from './pan.ts';

/** Linear gains of the two sides of a pair: of the sound's left (or only) channel and of its right. */
export interface SideGains {
  readonly left: number;
  readonly right: number;
}

/** Where a sound is put on a stem. */
export interface Place {
  /** −1 (left) … 1 (right). */
  readonly pan: number;
  /** 0 (front) … 1 (surrounds). */
  readonly surround: number;
}

const ALONE: SideGains = { left: 1, right: 1 };

/**
 * Stereo pairs that a stem is summed in, so that every inner loop is stereo: L R of a stereo stem; L R, C LFE
 * and Ls Rs of 5.1; of a mono stem the pair whose sides are added up and halved when it is rounded.
 */
export function pairsOf(channels: StemChannels): number {
  return channels === 6 ? 3 : 1;
}

/**
 * Gains of a sound on the pairs of a stem; undefined for a pair that it does not reach.
 *
 * - Mono: 1, whatever the place. A mono sound is heard as it is, a stereo sound as half the sum of its sides.
 * - Stereo: {@link panGains}.
 * - 5.1: a mono sound moves L–C–R and keeps its power: at −1, 0 and 1 it is alone in L, C and R at unity. A
 *   stereo sound is on L and R as on a stereo stem. Towards the surrounds both go with equal power to Ls and
 *   Rs, where a mono sound in the middle has 1/√2 on each. Nothing is put on LFE.
 */
export function placeGains(
  { pan, surround }: Place,
  sound: 1 | 2,
  stem: StemChannels,
  kernel: Kernel,
): readonly (SideGains | undefined)[] {
  if (stem === 1) return [ALONE];
  if (stem === 2) return [panGains(pan, sound, kernel)];
  const { quarterSine } = kernel.exports;
  const front = quarterSine(1 - surround);
  const back = quarterSine(surround);
  if (sound === 2) {
    const sides = panGains(pan, 2, kernel);
    return [scaled(sides, front), undefined, scaled(sides, back)];
  }
  const out = quarterSine(Math.abs(pan));
  const centre = quarterSine(1 - Math.abs(pan));
  // Towards one side of the pair: cos θ and sin θ, θ = (pan + 1)·π/4.
  const behind = { left: quarterSine((1 - pan) / 2), right: quarterSine((1 + pan) / 2) };
  return [
    scaled({ left: pan < 0 ? out : 0, right: pan > 0 ? out : 0 }, front),
    scaled({ left: centre, right: 0 }, front),
    scaled(behind, back),
  ];
}

/** Gains times a gain; undefined where nothing is left of them. */
function scaled({ left, right }: SideGains, gain: number): SideGains | undefined {
  const sides = { left: left * gain, right: right * gain };
  return sides.left === 0 && sides.right === 0 ? undefined : sides;
}
