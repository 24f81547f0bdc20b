import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { FLACDecoder } from '@wasm-audio-decoders/flac';

/** A decoded file of the collection. */
export interface Decoded {
  readonly bytes: number;
  readonly rateHz: number;
  readonly bits: number;
  readonly channels: readonly Float32Array[];
  /** SHA-256 of the samples as integers: interleaved, little-endian. */
  readonly pcmSha256: string;
}

/** Decodes files of 16 or 24 bits, both exact in 32-bit float. */
export async function decodedFlacs(files: readonly URL[]): Promise<readonly Decoded[]> {
  const decoder = new FLACDecoder();
  await decoder.ready;
  const all: Decoded[] = [];
  try {
    for (const file of files) {
      const bytes = readFileSync(file);
      const { channelData, sampleRate, bitDepth, errors } = await decoder.decodeFile(bytes);
      if (errors.length > 0) throw new Error(`${file.pathname}: ${errors[0]?.message}`);
      all.push({
        bytes: bytes.length,
        rateHz: sampleRate,
        bits: bitDepth,
        channels: channelData,
        pcmSha256: createHash('sha256').update(integersOf(channelData, bitDepth)).digest('hex'),
      });
      await decoder.reset();
    }
  } finally {
    decoder.free();
  }
  return all;
}

function integersOf(channels: readonly Float32Array[], bits: number): Uint8Array {
  const bytes = bits / 8;
  const stride = channels.length * bytes;
  const pcm = new Uint8Array(channels[0]!.length * stride);
  const scale = 2 ** (bits - 1);
  for (const [ear, channel] of channels.entries()) {
    let at = ear * bytes;
    for (const sample of channel) {
      const value = Math.round(sample * scale);
      pcm[at] = value & 0xff;
      pcm[at + 1] = (value >> 8) & 0xff;
      if (bytes === 3) pcm[at + 2] = (value >> 16) & 0xff;
      at += stride;
    }
  }
  return pcm;
}
