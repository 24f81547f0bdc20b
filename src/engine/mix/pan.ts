import type { Kernel } from '../kernel/kernel.ts';

/**
 * Gains of the left and the right side at a place between them.
 *
 * A mono sound keeps its power: √2·cos θ and √2·sin θ with θ = (pan + 1)·π/4, which is 1 on both sides in the
 * middle. Of a stereo sound the far side falls by cos(π·|pan|/2) and the near side stays.
 *
 * @param pan - −1 (left) … 1 (right).
 */
export function panGains(pan: number, channels: 1 | 2, kernel: Kernel): { left: number; right: number } {
  if (pan === 0) return { left: 1, right: 1 };
  const { quarterSine } = kernel.exports;
  if (channels === 1) {
    // cos θ is the sine of the rest of the quarter turn, which makes left and right mirror images.
    return {
      left: Math.SQRT2 * quarterSine((1 - pan) / 2),
      right: Math.SQRT2 * quarterSine((1 + pan) / 2),
    };
  }
  const far = quarterSine(1 - Math.abs(pan));
  return pan < 0 ? { left: 1, right: far } : { left: far, right: 1 };
}
