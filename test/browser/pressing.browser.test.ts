import { expect, it } from 'vitest';
import kernelUrl from '../../dist/kernel.wasm?url';
import { goldenSecond, PRESSING_GOLDEN } from '../sound/pressing-golden.ts';

it.each([
  'groove',
  'run-out',
  'drop',
  'lead-out',
  'lift',
  'motor',
  'hum',
  'switch-on',
  'switch-off',
] as const)('a second of the %s is the same as in Node', async (part) => {
  const kernel = await WebAssembly.compileStreaming(fetch(kernelUrl));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', goldenSecond(part, kernel)));
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  expect(hex).toBe(PRESSING_GOLDEN[part]);
});
