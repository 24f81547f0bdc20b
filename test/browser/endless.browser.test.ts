import { expect, it } from 'vitest';
import kernelUrl from '../../dist/kernel.wasm?url';
import { ENDLESS_GOLDEN, goldenEndless } from '../sound/endless-golden.ts';

it.each(['texture', 'matched-loop'] as const)(
  'three seconds of a %s are the same as in Node',
  async (what) => {
    const kernel = await WebAssembly.compileStreaming(fetch(kernelUrl));
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', goldenEndless(what, kernel)));
    const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
    expect(hex).toBe(ENDLESS_GOLDEN[what]);
  },
);
