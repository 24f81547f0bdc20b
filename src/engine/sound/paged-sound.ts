import type { Kernel, Pointer } from '../kernel/kernel.ts';
import { BytePages } from './byte-pages.ts';
import { fillNow } from './byte-source.ts';
import type { Converter } from './converter.ts';
import { PCM_BYTES, type PcmLayout, sampleBytes } from './pcm.ts';
import { checkRange } from './resident-sound.ts';
import type { ByteSource, Sound } from './sound.ts';
import { CHUNK_SAMPLES, type SoundKernel } from './sound-kernel.ts';
import { checkPlausible, mayBeImplausible, unpack } from './unpack.ts';

const FLOAT_BYTES = Float32Array.BYTES_PER_ELEMENT;

/** A sound that is read from its bytes when it is needed, and converted then if it is at another rate. */
export class PagedSound implements Sound {
  readonly name: string;
  readonly channels: 1 | 2;
  readonly samples: number;
  readonly layout: PcmLayout;
  /** Samples per second of what is read. */
  readonly sampleRate: number;
  readonly source: ByteSource;
  readonly loadPacked: Sound['loadPacked'];
  readonly #kernel: SoundKernel;
  readonly #converter: Converter | undefined;
  readonly #pages: BytePages | undefined;

  /** @param source - Is the sound's from now on: it is closed with it. */
  constructor(name: string, source: ByteSource, layout: PcmLayout, sampleRate: number, kernel: SoundKernel) {
    this.name = name;
    this.source = source;
    this.layout = layout;
    this.channels = layout.channels === 1 ? 1 : 2;
    this.sampleRate = sampleRate;
    this.#kernel = kernel;
    this.#converter =
      layout.sampleRate === sampleRate ? undefined : kernel.converter(layout.sampleRate, sampleRate);
    this.samples = this.#converter?.lengthOf(layout.samples) ?? layout.samples;
    if (this.#converter === undefined && layout.encoding === 's24') {
      this.loadPacked = (from, count, to, target) => {
        checkRange(this, from, count);
        this.#fetchSamples(from, count, to, target);
      };
    }
    this.#pages = source.readNow === undefined ? new BytePages(source, name) : undefined;
  }

  prepare(from: number, count: number): Promise<void> | undefined {
    checkRange(this, from, count);
    if (this.#pages === undefined || count === 0) return undefined;
    const [start, end] = this.#converter?.inputOf(from, count) ?? [from, from + count];
    const first = Math.max(0, start);
    const last = Math.min(this.layout.samples, end);
    const size = sampleBytes(this.layout);
    return this.#pages.prepare(this.layout.offset + first * size, (last - first) * size);
  }

  read(from: number, count: number, out: Float32Array): void {
    checkRange(this, from, count);
    if (this.#converter !== undefined) {
      const supply = (start: number, some: number, target: Pointer) => this.#supply(start, some, target);
      this.#converter.convert(supply, this.layout.samples, this.channels, from, count, out);
      return;
    }
    const { kernel, floats } = this.#kernel;
    for (let done = 0; done < count; done += CHUNK_SAMPLES) {
      const some = Math.min(CHUNK_SAMPLES, count - done);
      this.#supply(from + done, some, floats);
      out.set(kernel.float32(floats, some * this.channels), done * this.channels);
    }
  }

  load(from: number, count: number, kernel: Kernel, target: Pointer): void {
    checkRange(this, from, count);
    if (this.#converter === undefined && PCM_BYTES[this.layout.encoding] <= FLOAT_BYTES) {
      this.#unpackAt(from, count, kernel, target);
    } else {
      this.read(from, count, kernel.float32(target, count * this.channels));
    }
  }

  dispose(): void {
    this.source.close?.();
  }

  /** Samples [from, from + count) of the file, as floats in the memory of the sounds' kernel. */
  #supply(from: number, count: number, target: Pointer): void {
    const { kernel, packed } = this.#kernel;
    const { encoding } = this.layout;
    if (PCM_BYTES[encoding] <= FLOAT_BYTES) {
      this.#unpackAt(from, count, kernel, target);
      return;
    }
    for (let done = 0; done < count; done += CHUNK_SAMPLES) {
      const some = Math.min(CHUNK_SAMPLES, count - done);
      this.#unpack(from + done, some, kernel, packed, target + done * this.channels * FLOAT_BYTES);
    }
  }

  /**
   * The same where values are no wider than floats: they are read to the end of the floats' place, so that
   * none is written over before it is unpacked.
   */
  #unpackAt(from: number, count: number, kernel: Kernel, target: Pointer): void {
    const packedBytes = count * sampleBytes(this.layout);
    const packed = target + count * this.channels * FLOAT_BYTES - packedBytes;
    this.#unpack(from, count, kernel, packed, target);
  }

  #unpack(from: number, count: number, kernel: Kernel, packed: Pointer, floats: Pointer): void {
    const { encoding } = this.layout;
    this.#fetchSamples(from, count, kernel, packed);
    if (encoding !== 'f32') unpack(kernel, encoding, packed, floats, count * this.channels);
    if (mayBeImplausible(encoding)) checkPlausible(kernel, floats, count, this.channels, from, this.name);
  }

  /** Samples [from, from + count) of the file as they lie in it. */
  #fetchSamples(from: number, count: number, kernel: Kernel, packed: Pointer): void {
    const size = sampleBytes(this.layout);
    const position = this.layout.offset + from * size;
    const target = kernel.bytes(packed, count * size);
    if (this.#pages === undefined) fillNow(this.source, position, target, this.name);
    else this.#pages.read(position, target);
  }
}
