import type { Ramp } from '../score/score.ts';

// Bits of a ramp's shape, as the kernel's `rampGains` reads them.
const FALLING = 1;
const EQUAL_POWER = 2;

/** The kernel's number for a ramp's direction and curve. */
export function rampShape(ramp: Pick<Ramp, 'direction' | 'curve'>): number {
  return (ramp.direction === 'out' ? FALLING : 0) | (ramp.curve === 'equal-power' ? EQUAL_POWER : 0);
}

/** First sample at which a ramp lets anything through: a rising one is 0 before its start, and at it. */
export function audibleFrom(ramp: Ramp): number {
  return ramp.direction === 'in' ? ramp.start : Number.NEGATIVE_INFINITY;
}

/** Sample from which on a ramp lets nothing through. */
export function audibleTo(ramp: Ramp): number {
  return ramp.direction === 'out' ? ramp.start + ramp.length : Number.POSITIVE_INFINITY;
}
