import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { loadKernelModule } from '../../src/cli/node/kernel-file.ts';
import { ENDLESS_GOLDEN, goldenEndless } from './endless-golden.ts';

it.each(['texture', 'matched-loop'] as const)('three seconds of a %s are as they were approved', (what) => {
  const seconds = goldenEndless(what, loadKernelModule());
  expect(createHash('sha256').update(new Uint8Array(seconds.buffer)).digest('hex')).toBe(
    ENDLESS_GOLDEN[what],
  );
});
