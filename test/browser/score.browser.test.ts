import { expect, test } from 'vitest';
import { CAMERA_GOLDEN_SHA256, cameraGoldenSha256 } from '../score/camera-golden.ts';

test('the browser places and levels what Node does', async () => {
  expect(await cameraGoldenSha256()).toBe(CAMERA_GOLDEN_SHA256);
});
