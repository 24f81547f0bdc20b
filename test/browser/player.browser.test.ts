import { expect, it } from 'vitest';
import kernelUrl from '../../dist/kernel.wasm?url';
import { PLAYER_GOLDEN_SHA256, playerGoldenSha256 } from '../mix/player-golden.ts';

it('a record player sounds the same in the browser as in Node: motor, groove, music and speaker', async () => {
  const kernel = await WebAssembly.compileStreaming(fetch(kernelUrl));
  expect(await playerGoldenSha256(kernel)).toBe(PLAYER_GOLDEN_SHA256);
});
