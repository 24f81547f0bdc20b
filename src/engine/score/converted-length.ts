/**
 * Length of a sound after conversion to another rate, in samples: the least that covers the whole of it,
 * ⌈samples · toRate / fromRate⌉. Compile and the converter both count with it.
 */
export function convertedLength(samples: number, fromRate: number, toRate: number): number {
  if (fromRate === toRate) return samples;
  const product = BigInt(samples) * BigInt(toRate);
  const divisor = BigInt(fromRate);
  return Number((product + divisor - 1n) / divisor);
}
