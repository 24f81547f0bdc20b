import { expect, it } from 'vitest';
import kernelUrl from '../../dist/kernel.wasm?url';
import { DERIVED_GOLDEN, goldenSecondOf } from '../sound/derived-golden.ts';

it.each(['varispeed', 'filtered'] as const)('a second of %s sound is the same as in Node', async (what) => {
  const kernel = await WebAssembly.compileStreaming(fetch(kernelUrl));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', goldenSecondOf(what, kernel)));
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  expect(hex).toBe(DERIVED_GOLDEN[what]);
});
