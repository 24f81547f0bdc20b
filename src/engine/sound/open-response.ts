import type { SampleSupplier } from './converter.ts';
import { decodeSound } from './decode-sound.ts';
import type { Checkpoint } from './decoding.ts';
import { checkResponse, checkResponseShape, type ImpulseResponse } from './impulse-response.ts';
import { readHeader } from './probe-sound.ts';
import type { ByteSource } from './sound.ts';
import { type SoundKernel, soundKernelOf } from './sound-kernel.ts';

export interface OpenResponseOptions {
  /** The file, as messages call it. */
  readonly name: string;
  /** Samples per second of what comes out: the score's. */
  readonly sampleRate: number;
  /** The compiled kernel. */
  readonly kernel: WebAssembly.Module;
  /** Gives room for a channel; default: an array of its own. */
  readonly allocate?: (floats: number) => Float32Array;
  /** Called after every few milliseconds of work: lets others work, and throws to call it off. */
  readonly checkpoint?: Checkpoint;
}

/**
 * Opens an audio file as the impulse response of a room, at the score's rate.
 *
 * @param bytes - Are closed in any case.
 * @throws SoundError if the file cannot be used, or is no impulse response: see `checkResponse`.
 */
export async function openResponse(
  bytes: ByteSource,
  options: OpenResponseOptions,
): Promise<ImpulseResponse> {
  const { name, sampleRate } = options;
  const { allocate = (floats) => new Float32Array(floats), checkpoint = () => undefined } = options;
  try {
    const { info, ...header } = await readHeader(bytes, name, { isWide: true });
    checkResponseShape(name, info.channels, info.samples, info.sampleRate);
    const kernel = soundKernelOf(options.kernel);
    const isConverted = info.sampleRate !== sampleRate;
    const decoded = Array.from({ length: info.channels }, () =>
      isConverted ? new Float32Array(info.samples) : allocate(info.samples),
    );
    let filled = 0;
    const sink = (block: Float32Array) => {
      for (let value = 0; value < block.length && filled < info.samples; filled++) {
        for (const channel of decoded) channel[filled] = block[value++]!;
      }
    };
    await decodeSound({ source: bytes, name, sink, checkpoint }, { ...header, info }, kernel);
    const channels: Float32Array[] = [];
    for (const values of decoded) {
      channels.push(isConverted ? convert(values, info.sampleRate, sampleRate, kernel, allocate) : values);
      await checkpoint();
    }
    checkResponse(name, channels, sampleRate);
    return { name, channels, scale: info.sampleRate / sampleRate };
  } finally {
    bytes.close?.();
  }
}

function convert(
  values: Float32Array,
  fromRate: number,
  toRate: number,
  kernel: SoundKernel,
  allocate: (floats: number) => Float32Array,
): Float32Array {
  const converter = kernel.converter(fromRate, toRate);
  const supply: SampleSupplier = (from, count, target) => {
    kernel.kernel.float32(target, count).set(values.subarray(from, from + count));
  };
  const converted = allocate(converter.lengthOf(values.length));
  converter.convert(supply, values.length, 1, 0, converted.length, converted);
  return converted;
}
