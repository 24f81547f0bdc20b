import { readFileSync } from 'node:fs';
import type { Page } from 'playwright';
import type { Captured, DeskPart } from '../../src/ui/desk/desk.ts';

/** Copies the next samples that reach the desk, bit for bit, while something is done. */
export async function capture(
  page: Page,
  samples: number,
  act: () => Promise<unknown>,
): Promise<readonly Captured[]> {
  // Told of before anything is done: the worklet hears messages in order.
  const handle = await page.evaluateHandle((count) => {
    const parts = (window.runoutTest!.workspace.desk as DeskPart).capture(count);
    return { parts };
  }, samples);
  await act();
  const captured = await handle.evaluate(async ({ parts }) => {
    // What crosses to the test is text: each stem's bytes in base64, so that not a bit is lost.
    return (await parts).map(({ stems, ...place }) => ({
      ...place,
      stems: stems.map((stem) => {
        const bytes = new Uint8Array(stem.buffer, stem.byteOffset, stem.byteLength);
        let text = '';
        for (let at = 0; at < bytes.length; at += 8192)
          text += String.fromCharCode(...bytes.subarray(at, at + 8192));
        return btoa(text);
      }),
    }));
  });
  await handle.dispose();
  return captured.map(({ stems, ...place }) => ({
    ...place,
    stems: stems.map((text) => new Float32Array(Uint8Array.from(Buffer.from(text, 'base64')).buffer)),
  }));
}

/** The samples of a WAV of 32-bit floats, interleaved. */
export function readFloats(file: string): Float32Array {
  const bytes = readFileSync(file);
  let at = 12;
  while (bytes.toString('latin1', at, at + 4) !== 'data')
    at += 8 + bytes.readUInt32LE(at + 4) + (bytes.readUInt32LE(at + 4) & 1);
  const size = bytes.readUInt32LE(at + 4);
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset + at + 8, bytes.byteOffset + at + 8 + size));
}
