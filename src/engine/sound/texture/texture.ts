import { seedOf } from '../../random/random.ts';
import type { TextureSound } from '../../score/score.ts';
import type { Sound } from '../sound.ts';
import { soundKernelOf } from '../sound-kernel.ts';
import { takeLines } from './lines.ts';
import { measureSpectrum, windowSamples } from './spectrum.ts';
import type { TextureKernel } from './texture-kernel.ts';
import type { Weaver, Yarn } from './weaver.ts';

/** How a texture is opened. */
export interface TextureOptions {
  /** The sound, as messages call it. */
  readonly name: string;
  /** Samples per second: the score's. */
  readonly sampleRate: number;
  /** The compiled kernel. */
  readonly kernel: WebAssembly.Module;
}

/** Seconds of a block, at least. */
const BLOCK_SECONDS = 1.2;

/**
 * A bed without an end from another sound: noise with that sound's spectrum and stereo image, and its steady
 * tones as tones. It never repeats, and it has samples below 0 too.
 *
 * What is woven depends on the seed and on the index alone, in blocks on the grid of that index, so any range at
 * any time has the same bits. The other sound is measured when the texture is first read, the whole of it.
 *
 * @param sound - The other sound. It stays whose it is: disposing of the new one does not touch it.
 */
export function openTexture(sound: Sound, spec: TextureSound, options: TextureOptions): Sound {
  return new Texture(sound, spec, options);
}

class Texture implements Sound {
  readonly channels: 1 | 2;
  readonly samples = Number.POSITIVE_INFINITY;
  readonly #sound: Sound;
  readonly #seed: number;
  readonly #sampleRate: number;
  readonly #kernel: TextureKernel;
  readonly #owner: number;
  readonly #weaver: Weaver;
  #yarn: Yarn | undefined;

  constructor(sound: Sound, { seed }: TextureSound, { sampleRate, kernel }: TextureOptions) {
    this.channels = sound.channels;
    this.#sound = sound;
    this.#seed = seed;
    this.#sampleRate = sampleRate;
    this.#kernel = soundKernelOf(kernel).textures;
    this.#owner = this.#kernel.blocks.register();
    this.#weaver = this.#kernel.weaver(blockSamples(sampleRate));
  }

  prepare(): Promise<void> | undefined {
    return this.#yarn === undefined ? this.#sound.prepare?.(0, this.#sound.samples) : undefined;
  }

  read(from: number, count: number, out: Float32Array): void {
    const { channels } = this;
    const { hop } = this.#weaver;
    for (let at = from; at < from + count; ) {
      const block = Math.floor(at / hop);
      const values = this.#kernel.blocks.get(this.#owner, block, hop * channels, (woven) =>
        this.#weave(block, woven),
      );
      const end = Math.min(from + count, (block + 1) * hop);
      const part = values.subarray((at - block * hop) * channels, (end - block * hop) * channels);
      out.set(part, (at - from) * channels);
      at = end;
    }
  }

  #weave(block: number, woven: Float32Array): void {
    this.#yarn ??= this.#wind();
    this.#weaver.weave(this.#yarn, block, woven);
  }

  #wind(): Yarn {
    const size = windowSamples(this.#sound.samples, this.#sampleRate);
    const spectrum = measureSpectrum(this.#sound, size, this.#kernel.kernel);
    const lines = takeLines(spectrum, seedOf(this.#seed, 'lines'));
    return this.#weaver.wind(spectrum, lines, this.channels, seedOf(this.#seed, 'noise'));
  }
}

function blockSamples(sampleRate: number): number {
  let size = 64;
  while (size < BLOCK_SECONDS * sampleRate) size *= 2;
  return size;
}
