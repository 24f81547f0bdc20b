import { openMatchedLoop } from '../../src/engine/sound/loop/matched-loop.ts';
import { ResidentSound } from '../../src/engine/sound/resident-sound.ts';
import { openTexture } from '../../src/engine/sound/texture/texture.ts';
import { noiseAt } from '../mix/make.ts';

/** SHA-256 of three seconds of each, as last approved. */
export const ENDLESS_GOLDEN = {
  texture: 'a1a8766d86b76b3fcb4fa3805647f82e9d0eab71eb37b0f39d9bcec96e6eb740',
  'matched-loop': '9168a1a498615520c4514abd3b0937f0497eb3f4f36ddcd89f04a64e6b965ec5',
} as const;

const RATE = 48_000;

/** Two seconds of noise and a triangle wave of 100 Hz, which has more steady tones than one; plain sums, no sines. */
function room(): ResidentSound {
  const values = new Float32Array(4 * RATE);
  let low = 0;
  for (let n = 0; n < 2 * RATE; n++) {
    low += 0.05 * (noiseAt(31, n) - low);
    const triangle = Math.abs((n % 480) - 240) / 240 - 0.5;
    values[2 * n] = 0.2 * low + 0.05 * triangle;
    values[2 * n + 1] = 0.15 * low + 0.01 * noiseAt(32, n) + 0.04 * triangle;
  }
  return new ResidentSound('room', 2, values);
}

/** The three seconds that a golden hash is made of; a texture's begin below its sample 0. */
export function goldenEndless(
  what: keyof typeof ENDLESS_GOLDEN,
  kernel: WebAssembly.Module,
): Float32Array<ArrayBuffer> {
  const out = new Float32Array(6 * RATE);
  if (what === 'texture') {
    const options = { name: 'golden', sampleRate: RATE, kernel };
    openTexture(room(), { kind: 'texture', of: 'room', seed: 9 }, options).read(-RATE, 3 * RATE, out);
    return out;
  }
  const overlap = 9600;
  const spec = {
    kind: 'matched-loop',
    of: 'room',
    period: 2 * RATE - overlap,
    overlap,
    earlier: 4800,
  } as const;
  openMatchedLoop(room(), spec, { kernel }).read(0, 3 * RATE, out);
  return out;
}
