import { expect, test } from 'vitest';
import kernelUrl from '../../dist/kernel.wasm?url';
import { Mixer } from '../../src/engine/mix/mixer.ts';
import { GOLDEN_SCORE, GOLDEN_SHA256, GOLDEN_SOUNDS, goldenSha256 } from '../mix/golden.ts';
import { mixerOptions } from '../mix/make.ts';

test('the browser mixes the bits that Node mixes', async () => {
  const kernel = await WebAssembly.compileStreaming(fetch(kernelUrl));
  for (const blockSamples of [128, 8192]) {
    const mixer = new Mixer(mixerOptions(kernel, GOLDEN_SCORE, GOLDEN_SOUNDS, blockSamples));
    expect(await goldenSha256(mixer)).toBe(GOLDEN_SHA256);
  }
});
