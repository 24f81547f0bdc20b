import type { SampleSupplier } from './converter.ts';
import { decodeSound } from './decode-sound.ts';
import type { Checkpoint } from './decoding.ts';
import { PagedSound } from './paged-sound.ts';
import type { PcmLayout } from './pcm.ts';
import type { PcmCache } from './pcm-cache.ts';
import { type AnyHeader, readHeader } from './probe-sound.ts';
import { ResidentSound } from './resident-sound.ts';
import type { ByteSource, Sound } from './sound.ts';
import { CHUNK_SAMPLES, type SoundKernel, soundKernelOf } from './sound-kernel.ts';

/** How a sound is opened. */
export interface OpenOptions {
  /** The file, as messages call it. */
  readonly name: string;
  /** Samples per second of what is read: the score's. */
  readonly sampleRate: number;
  /** The compiled kernel. */
  readonly kernel: WebAssembly.Module;
  /** Gives room for a sound that is held in memory; default: an array of its own. */
  readonly allocate?: (floats: number) => Float32Array;
  /** Sounds longer than this are read as they are needed, seconds. Default 60. */
  readonly residentSeconds?: number | undefined;
  /** Where long compressed sounds are kept decoded. */
  readonly cache: PcmCache;
  /** Called after every few milliseconds of work: lets others work, and throws to call it off. */
  readonly checkpoint?: Checkpoint;
}

/** Longest sound that is held in memory, seconds: 23 MB of stereo at 48 kHz. */
const RESIDENT_SECONDS = 60;
/** Samples that are converted between two checkpoints. */
const CONVERTED_AT_ONCE = 65536;
const goOn: Checkpoint = () => undefined;

/**
 * Opens an audio file for the mixer, at the score's rate: short sounds in memory; long WAV files read from
 * where they lie; other long ones decoded once into the cache. At the file's own rate, samples are the file's
 * to the bit.
 *
 * @param bytes - Belong to the sound from now on: they are closed when it needs them no more, or on an error.
 * @throws SoundError if the file cannot be used.
 */
export async function openSound(bytes: ByteSource, options: OpenOptions): Promise<Sound> {
  let keepsBytes = false;
  try {
    const header = await readHeader(bytes, options.name);
    const kernel = soundKernelOf(options.kernel);
    const { samples, sampleRate } = header.info;
    if (samples <= (options.residentSeconds ?? RESIDENT_SECONDS) * sampleRate) {
      const sound = await openResident(bytes, header, options, kernel);
      bytes.verify?.();
      return sound;
    }
    if (header.format !== 'wav') {
      const sound = await openCached(bytes, header, options, kernel);
      bytes.verify?.();
      return sound;
    }
    keepsBytes = true;
    return new PagedSound(options.name, bytes, header.pcm, options.sampleRate, kernel);
  } finally {
    if (!keepsBytes) bytes.close?.();
  }
}

async function openResident(
  source: ByteSource,
  header: AnyHeader,
  options: OpenOptions,
  kernel: SoundKernel,
): Promise<Sound> {
  const { name, sampleRate, checkpoint = goOn, allocate = (floats) => new Float32Array(floats) } = options;
  const { info } = header;
  const channels = channelsOf(header);
  const isConverted = info.sampleRate !== sampleRate;
  const values = info.samples * channels;
  const decoded = isConverted ? new Float32Array(values) : allocate(values);
  let filled = 0;
  const sink = (block: Float32Array) => {
    // A decoder that gives too much is found out at the end, by its count.
    decoded.set(block.subarray(0, values - filled), filled);
    filled = Math.min(values, filled + block.length);
  };
  await decodeSound({ source, name, sink, checkpoint }, header, kernel);
  if (!isConverted) return new ResidentSound(name, channels, decoded);

  const converter = kernel.converter(info.sampleRate, sampleRate);
  const converted = allocate(converter.lengthOf(info.samples) * channels);
  const supply: SampleSupplier = (from, count, target) => {
    const part = decoded.subarray(from * channels, (from + count) * channels);
    kernel.kernel.float32(target, part.length).set(part);
  };
  for (let from = 0; from * channels < converted.length; from += CONVERTED_AT_ONCE) {
    const out = converted.subarray(from * channels, (from + CONVERTED_AT_ONCE) * channels);
    converter.convert(supply, info.samples, channels, from, out.length / channels, out);
    await checkpoint();
  }
  return new ResidentSound(name, channels, converted);
}

async function openCached(
  source: ByteSource,
  header: AnyHeader,
  { name, sampleRate, cache, checkpoint = goOn }: OpenOptions,
  kernel: SoundKernel,
): Promise<Sound> {
  const channels = channelsOf(header);
  const store = cache.begin();
  try {
    const pending = new Float32Array(CHUNK_SAMPLES * channels);
    let filled = 0;
    const flush = () => {
      store.append(new Uint8Array(pending.buffer, 0, filled * 4));
      filled = 0;
    };
    // Decoders give small blocks: they are gathered, so that the cache is written in large ones.
    const sink = (block: Float32Array) => {
      for (let done = 0; done < block.length; ) {
        const some = Math.min(block.length - done, pending.length - filled);
        pending.set(block.subarray(done, done + some), filled);
        filled += some;
        done += some;
        if (filled === pending.length) flush();
      }
    };
    await decodeSound({ source, name, sink, checkpoint }, header, kernel);
    flush();
  } catch (problem) {
    store.discard();
    throw problem;
  }
  const layout: PcmLayout = {
    encoding: 'f32',
    channels,
    sampleRate: header.info.sampleRate,
    samples: header.info.samples,
    offset: 0,
  };
  return new PagedSound(name, store.finish(), layout, sampleRate, kernel);
}

function channelsOf(header: AnyHeader): 1 | 2 {
  return header.info.channels === 1 ? 1 : 2;
}
