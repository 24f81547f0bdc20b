import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { memorySource } from '../../src/engine/sound/byte-source.ts';
import { openSound } from '../../src/engine/sound/open-sound.ts';
import { probeSound } from '../../src/engine/sound/probe-sound.ts';
import { runtime } from '../sound/runtime.ts';

/** A file of the collection. */
export interface Decoded {
  readonly bytes: number;
  readonly rateHz: number;
  readonly channels: readonly Float64Array[];
  /** SHA-256 of the samples as integers of `bits`: interleaved, little-endian. */
  pcmSha256(bits: number): string;
}

export async function decodedFlac(file: URL): Promise<Decoded> {
  const bytes = new Uint8Array(readFileSync(file));
  const { info } = await probeSound(memorySource(bytes), file.pathname);
  const sound = await openSound(memorySource(bytes), {
    name: file.pathname,
    sampleRate: info.sampleRate,
    residentSeconds: 600,
    ...runtime,
  });
  const woven = sound.resident;
  if (!woven) throw new Error(`${file.pathname} is too long to be held in memory`);
  const channels = Array.from({ length: sound.channels }, (_, ear) =>
    new Float64Array(sound.samples).map((_, i) => woven[i * sound.channels + ear]!),
  );
  return {
    bytes: bytes.length,
    rateHz: info.sampleRate,
    channels,
    pcmSha256: (bits) => createHash('sha256').update(integersOf(woven, bits)).digest('hex'),
  };
}

function integersOf(values: Float32Array, bits: number): Uint8Array {
  const size = bits / 8;
  const pcm = new Uint8Array(values.length * size);
  const scale = 2 ** (bits - 1);
  let at = 0;
  for (const value of values) {
    const integer = value * scale;
    for (let byte = 0; byte < size; byte++) pcm[at++] = (integer >> (8 * byte)) & 0xff;
  }
  return pcm;
}
