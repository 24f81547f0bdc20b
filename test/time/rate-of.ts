import { type FrameRate, parseFrameRate } from '../../src/engine/time/frame-rate.ts';

/** The rate with a printed name. */
export function rateOf(name: string): FrameRate {
  const rate = parseFrameRate(name);
  if (!rate) throw new Error(`${name} is not a frame rate`);
  return rate;
}
