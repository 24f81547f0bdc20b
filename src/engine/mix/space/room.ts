import type { Kernel, Pointer } from '../../kernel/kernel.ts';
import type { ImpulseResponse } from '../../sound/impulse-response.ts';
import { type Fourier, TOGETHER } from './fourier.ts';
import type { KeptSpectra } from './kept-spectra.ts';
import { windowsOf } from './partition.ts';
import { Spectra } from './spectra.ts';

/** 0 is left, 1 is right. */
export type Side = 0 | 1;

/** A way that sound takes through a room. */
export interface SidePath {
  readonly from: Side;
  readonly to: Side;
  /** The first sample of the response that is not zero. */
  readonly first: number;
  /** The last one. */
  readonly last: number;
}

/** A block that comes back. */
interface Return {
  readonly index: number;
  /** The blocks that are heard in it, each with its place among the spectra, in the order in which they are added up. */
  readonly heard: readonly { readonly index: number; readonly place: number }[];
}

/** Of the kernel's table: three pointers for each block that comes back, and two for each that is heard in it. */
const RETURN_BYTES = 12;
const HEARD_BYTES = 8;

/** What a channel of a response leads from and to. */
type Route = readonly [channel: number, from: Side, to: Side];

/** By the number of channels. */
const ROUTES: Readonly<Record<number, readonly Route[]>> = {
  1: [
    [0, 0, 0],
    [0, 1, 1],
  ],
  2: [
    [0, 0, 0],
    [1, 1, 1],
  ],
  4: [
    [0, 0, 0],
    [1, 0, 1],
    [2, 1, 0],
    [3, 1, 1],
  ],
};

/** A response to convolve with: its windows, transformed once for all, in the kernel's memory. */
export class Room {
  readonly fourier: Fourier;
  /** Blocks that one block of input is heard in. */
  readonly windows: number;
  readonly paths: readonly SidePath[];
  /** Whether what is sent on one side comes back on the other, too. */
  readonly #isCrossed: boolean;
  readonly #kernel: Kernel;
  readonly #response: ImpulseResponse;
  readonly #gain: number;
  /** Of what L answers on L, and R on R; in a crossed room then of what R answers on L, and L on R. */
  readonly #spectra: Spectra;
  readonly #table: Pointer;
  readonly #kept: KeptSpectra | undefined;
  #isTransformed = false;

  /**
   * Takes its memory at once and writes to it when it is first used.
   *
   * @param gain - Linear; what the response's values are multiplied by.
   * @param kept - Where its spectra may be found, and are kept.
   * @throws Error if the response has another number of channels than 1, 2 or 4, or no samples.
   */
  constructor(kernel: Kernel, response: ImpulseResponse, gain: number, fourier: Fourier, kept?: KeptSpectra) {
    const { channels, name } = response;
    const routes = ROUTES[channels.length];
    const samples = channels[0]?.length ?? 0;
    if (!routes || samples === 0) {
      throw new Error(`${name} is no impulse response: ${channels.length} channels of ${samples} samples`);
    }
    this.fourier = fourier;
    this.windows = windowsOf(samples, fourier.partition);
    this.paths = routes.flatMap(([channel, from, to]) => pathOf(channels[channel]!, from, to));
    this.#isCrossed = channels.length === 4;
    this.#kernel = kernel;
    this.#response = response;
    this.#gain = gain;
    this.#kept = kept;
    const spectra = (this.#isCrossed ? 2 : 1) * this.windows;
    this.#spectra = new Spectra(kernel, fourier.partition, spectra);
    this.#table = kernel.allocate(TOGETHER * (RETURN_BYTES + spectra * HEARD_BYTES));
  }

  /**
   * Convolves what was sent, for {@link Fourier.bringBack}.
   *
   * @param sent - Spectra of blocks.
   * @param blocks - Those that come back, {@link TOGETHER} at most.
   */
  convolve(sent: Spectra, blocks: readonly Return[]): void {
    this.#transform();
    const returns: number[] = [];
    const pairs: number[] = [];
    const end = () => this.#table + blocks.length * RETURN_BYTES + (pairs.length / 2) * HEARD_BYTES;
    blocks.forEach(({ index, heard }, block) => {
      const start = end();
      for (const sentBlock of heard) {
        pairs.push(sent.at(sentBlock.place), this.#spectra.at(index - sentBlock.index));
      }
      for (const sentBlock of this.#isCrossed ? heard : []) {
        pairs.push(sent.rightAt(sentBlock.place), this.#spectra.at(this.windows + index - sentBlock.index));
      }
      returns.push(this.fourier.place(block), start, end());
    });
    this.#kernel.int32(this.#table, returns.length + pairs.length).set([...returns, ...pairs]);
    this.fourier.convolve(this.#table, blocks.length, sent, this.#spectra);
  }

  #transform(): void {
    if (this.#isTransformed) return;
    this.#isTransformed = true;
    const { partition } = this.fourier;
    const spectra = this.#kernel.bytes(this.#spectra.start, this.#spectra.bytes);
    const found = this.#kept?.find(this.#response, this.#gain, partition);
    if (found) {
      spectra.set(found);
      return;
    }
    const [first, second, third, fourth] = this.#response.channels;
    this.#transformPair(first!, fourth ?? second ?? first!, 0);
    if (third && second) this.#transformPair(third, second, this.windows);
    this.#kept?.keep(this.#response, this.#gain, partition, spectra);
  }

  #transformPair(left: Float32Array, right: Float32Array, place: number): void {
    const { data, partition, scale } = this.fourier;
    const level = this.#gain * scale;
    for (let index = 0; index < this.windows; index++) {
      const values = this.#kernel.float64(data, 4 * partition).fill(0);
      const start = (index - 1) * partition;
      const end = Math.min(left.length, start + 2 * partition);
      for (let sample = Math.max(0, start); sample < end; sample++) {
        values[2 * (sample - start)] = left[sample]! * level;
        values[2 * (sample - start) + 1] = right[sample]! * level;
      }
      this.fourier.analyse(this.#spectra, place + index);
    }
  }
}

/** A channel as a way from a side to a side; none if it is silent. */
function pathOf(values: Float32Array, from: Side, to: Side): SidePath[] {
  const first = values.findIndex((value) => value !== 0);
  if (first < 0) return [];
  return [{ from, to, first, last: values.findLastIndex((value) => value !== 0) }];
}
