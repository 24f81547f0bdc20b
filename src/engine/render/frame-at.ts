import type { FrameRate } from '../time/frame-rate.ts';

/** The frame that a sample lies in, both counted from one beginning: the last that begins at or before it. */
export function frameAt(sample: number, { num, den }: FrameRate, sampleRate: number): number {
  // Frame f begins at f · den · rate / num, rounded half up: so at or before the sample if that is less than
  // the sample and a half.
  const dividend = (2n * BigInt(sample) + 1n) * BigInt(num);
  const divisor = 2n * BigInt(den) * BigInt(sampleRate);
  return Number((dividend - 1n) / divisor);
}
