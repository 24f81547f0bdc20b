import { expect, test } from 'vitest';
import { loadKernelModule } from '../../src/cli/node/kernel-file.ts';
import { Mixer } from '../../src/engine/mix/mixer.ts';
import { expectSameBits } from './bits.ts';
import { GOLDEN_SCORE, GOLDEN_SHA256, GOLDEN_SOUNDS, goldenSha256 } from './golden.ts';
import { kernelCurves, mixerOptions } from './make.ts';
import { referenceStem } from './reference.ts';

const kernel = loadKernelModule();

test('a second with a bit of everything is as the rules say, and as it was approved', async () => {
  const mixer = new Mixer(mixerOptions(kernel, GOLDEN_SCORE, GOLDEN_SOUNDS, 1000));
  const sounds = new Map(Object.entries(GOLDEN_SOUNDS));
  mixer.read(0, GOLDEN_SCORE.samples).forEach((stem, index) => {
    expectSameBits(stem, referenceStem(GOLDEN_SCORE, index, sounds, kernelCurves(kernel)));
  });
  expect(await goldenSha256(mixer)).toBe(GOLDEN_SHA256);
});
