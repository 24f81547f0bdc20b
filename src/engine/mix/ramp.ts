import type { Kernel, Pointer } from '../kernel/kernel.ts';
import type { Ramp } from '../score/score.ts';

// Bits of a shape, as the kernel's `rampGains` and `levelGains` read them.
const FALLING = 1;
const EQUAL_POWER = 2;

/** The kernel's number for a ramp's direction and curve. */
export function rampShape(ramp: Pick<Ramp, 'direction' | 'curve'>): number {
  return (ramp.direction === 'out' ? FALLING : 0) | (ramp.curve === 'equal-power' ? EQUAL_POWER : 0);
}

/** Writes the product of ramps over [from, from + count), timeline samples, each of which has all of them. */
export function writeRamps(
  kernel: Kernel,
  gains: Pointer,
  ramps: readonly Ramp[],
  from: number,
  count: number,
): void {
  ramps.forEach((ramp, index) => {
    const { start, length } = ramp;
    kernel.exports.rampGains(gains, count, from - start, length, rampShape(ramp), index > 0);
  });
}

/** First sample at which a ramp lets anything through: a rising one is 0 before its start, and at it. */
export function audibleFrom(ramp: Ramp): number {
  return ramp.direction === 'in' ? ramp.start : Number.NEGATIVE_INFINITY;
}

/** Sample from which on a ramp lets nothing through. */
export function audibleTo(ramp: Ramp): number {
  return ramp.direction === 'out' ? ramp.start + ramp.length : Number.POSITIVE_INFINITY;
}
