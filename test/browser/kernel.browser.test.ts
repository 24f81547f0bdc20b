import { expect, test } from 'vitest';
import kernelUrl from '../../dist/kernel.wasm?url';
import { Kernel } from '../../src/engine/kernel/kernel.ts';

test('the kernel that Node runs also runs in the browser', async () => {
  const kernel = Kernel.instantiate(await WebAssembly.compileStreaming(fetch(kernelUrl)));
  expect(kernel.exports.gainFromDb(0)).toBe(1);
});
