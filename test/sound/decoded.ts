import { openSound } from '../../src/engine/sound/open-sound.ts';
import type { PcmCache } from '../../src/engine/sound/pcm-cache.ts';
import type { ByteSource, Sound } from '../../src/engine/sound/sound.ts';

/** Files in fixtures/ that every runtime must decode to the same bits, with what is known of them. */
export const FIXTURES = {
  'stereo-24.flac': { sampleRate: 48000, channels: 2, samples: 3001 },
  'mono-16.flac': { sampleRate: 8000, channels: 1, samples: 500 },
  'stereo-32.flac': { sampleRate: 44100, channels: 2, samples: 828 },
  'stereo.ogg': { sampleRate: 48000, channels: 2, samples: 3001 },
  'mono.ogg': { sampleRate: 8000, channels: 1, samples: 500 },
  'stereo.mp3': { sampleRate: 48000, channels: 2, samples: 3001 },
  'mono-vbr.mp3': { sampleRate: 22050, channels: 1, samples: 1379 },
  'plain.mp3': { sampleRate: 44100, channels: 2, samples: 4608 },
} as const;

export type FixtureName = keyof typeof FIXTURES;
export const FIXTURE_NAMES = Object.keys(FIXTURES) as FixtureName[];
/** Rates at which the sums are known: 44.1 and 48 kHz, and one whose ratio to them takes joined rows. */
export const DECODED_RATES = [44100, 48000, 47999] as const;

/** The sum of a fixture's samples at a rate, held in memory or (`residentSeconds` 0) read in pages. */
export async function digestOf(
  bytes: ByteSource,
  name: string,
  sampleRate: number,
  residentSeconds: number,
  runtime: { readonly kernel: WebAssembly.Module; readonly cache: PcmCache },
): Promise<string> {
  const sound = await openSound(bytes, { name, sampleRate, residentSeconds, ...runtime });
  const values = await readWhole(sound);
  sound.dispose?.();
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', values));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** All of a sound, read in pieces of an awkward size. */
export async function readWhole(sound: Sound, pieceSamples = 555): Promise<Float32Array<ArrayBuffer>> {
  const values = new Float32Array(sound.samples * sound.channels);
  for (let from = 0; from < sound.samples; from += pieceSamples) {
    const count = Math.min(pieceSamples, sound.samples - from);
    await sound.prepare?.(from, count);
    sound.read(from, count, values.subarray(from * sound.channels, (from + count) * sound.channels));
  }
  return values;
}
