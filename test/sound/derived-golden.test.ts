import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { loadKernelModule } from '../../src/cli/node/kernel-file.ts';
import { DERIVED_GOLDEN, goldenSecondOf } from './derived-golden.ts';

it.each(['varispeed', 'filtered'] as const)('a second of %s sound is as it was approved', (what) => {
  const second = goldenSecondOf(what, loadKernelModule());
  expect(createHash('sha256').update(new Uint8Array(second.buffer)).digest('hex')).toBe(DERIVED_GOLDEN[what]);
});
