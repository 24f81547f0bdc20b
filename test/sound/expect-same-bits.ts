import { expect } from 'vitest';

/** Says where two sounds begin to differ; `toEqual` takes seconds for long ones. */
export function expectSameBits(actual: Float32Array, expected: Float32Array): void {
  expect(actual.length).toBe(expected.length);
  const differs = actual.findIndex((value, index) => !Object.is(value, expected[index]));
  if (differs >= 0) expect([differs, actual[differs]]).toEqual([differs, expected[differs]]);
}
