import { expect } from 'vitest';

/** The bits, so that +0 and −0 differ and a NaN is seen. */
export function bitsOf(samples: Float32Array): Uint32Array {
  return new Uint32Array(samples.buffer, samples.byteOffset, samples.length);
}

/** Fails with the first value whose bits are not the expected ones. (`toEqual` takes seconds for long arrays.) */
export function expectSameBits(samples: Float32Array, expected: Float32Array): void {
  expect(samples.length).toBe(expected.length);
  const [bits, expectedBits] = [bitsOf(samples), bitsOf(expected)];
  const index = bits.findIndex((value, place) => value !== expectedBits[place]);
  if (index === -1) return;
  expect({ sample: index >> 1, side: index & 1, value: samples[index] }).toEqual({
    sample: index >> 1,
    side: index & 1,
    value: expected[index],
  });
  expect({ sample: index >> 1, bits: bits[index] }).toEqual({
    sample: index >> 1,
    bits: expectedBits[index],
  });
}
