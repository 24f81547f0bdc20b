import { expect, test } from 'vitest';
import { loadKernelModule } from '../../src/cli/node/kernel-file.ts';
import { Kernel } from '../../src/engine/kernel/kernel.ts';

const module = loadKernelModule();

test('blocks are aligned to a vector and do not overlap', () => {
  const kernel = Kernel.instantiate(module);
  const a = kernel.allocate(1);
  const b = kernel.allocate(17);
  const c = kernel.allocate(16);
  expect([a % 16, b % 16, c % 16]).toEqual([0, 0, 0]);
  expect([b - a, c - b]).toEqual([16, 32]);
});

test('what is released is given again', () => {
  const kernel = Kernel.instantiate(module);
  const mark = kernel.mark();
  const first = kernel.allocate(100);
  kernel.release(mark);
  expect(kernel.allocate(200)).toBe(first);
});

test('two kernels share nothing', () => {
  const [a, b] = [Kernel.instantiate(module), Kernel.instantiate(module)];
  const pointer = a.allocate(4);
  expect(b.allocate(4)).toBe(pointer);
  a.float32(pointer, 1)[0] = 1;
  expect(b.float32(pointer, 1)[0]).toBe(0);
});

test('views stay good while allocations fill what was reserved', () => {
  const kernel = Kernel.instantiate(module);
  kernel.reserve(64 * 2 ** 20);
  const view = kernel.float32(kernel.allocate(4), 1);
  for (let megabyte = 0; megabyte < 60; megabyte++) kernel.allocate(2 ** 20);
  expect(view.length).toBe(1);
});

test('more than 4 GiB is refused', () => {
  expect(() => Kernel.instantiate(module).allocate(2 ** 32)).toThrow(RangeError);
});
