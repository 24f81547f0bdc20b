import { expect, test } from 'vitest';
import { CAMERA_GOLDEN_SHA256, cameraGoldenSha256 } from './camera-golden.ts';

test('cameras, echoes and chance come to what was approved', async () => {
  expect(await cameraGoldenSha256()).toBe(CAMERA_GOLDEN_SHA256);
});
