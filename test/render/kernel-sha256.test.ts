import { createHash } from 'node:crypto';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { loadKernelModule } from '../../src/cli/node/kernel-file.ts';
import { createKernelSha256 } from '../../src/engine/index.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

function inPieces(bytes: Uint8Array, cuts: readonly number[]): string {
  const hash = createKernelSha256(loadKernelModule());
  let from = 0;
  for (const cut of [
    ...cuts.map((part) => Math.floor(part * bytes.length)).sort((a, b) => a - b),
    bytes.length,
  ]) {
    hash.update(bytes.subarray(from, cut));
    from = cut;
  }
  return hash.digest();
}

test('nothing, and the messages of FIPS 180-4, have the hashes that it gives', () => {
  const hashOf = (text: string) => inPieces(new TextEncoder().encode(text), []);
  expect(hashOf('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  expect(hashOf('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  expect(hashOf('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq')).toBe(
    '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  );
});

test('every length around the ends of blocks has the hash that Node finds', () => {
  const bytes = Uint8Array.from({ length: 135 }, (_, index) => (index * 167) & 255);
  for (let length = 0; length <= bytes.length; length++) {
    const part = bytes.subarray(0, length);
    expect(inPieces(part, [])).toBe(sha256(part));
  }
});

test.prop(
  [
    fc.uint8Array({ maxLength: 200_000, size: 'max' }),
    fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 5 }),
  ],
  {
    numRuns: 20,
  },
)('the pieces that a message comes in do not matter', (bytes, cuts) => {
  expect(inPieces(bytes, cuts)).toBe(sha256(bytes));
});
