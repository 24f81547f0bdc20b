import type { VarispeedSound } from '../../score/score.ts';
import { SpeedPlace } from '../../score/speed-place.ts';
import type { BlockCache } from '../filter/block-cache.ts';
import { checkRange } from '../resident-sound.ts';
import type { Scratch } from '../scratch.ts';
import type { Sound } from '../sound.ts';
import { soundKernelOf } from '../sound-kernel.ts';
import type { Interpolator } from './interpolator.ts';

/** Samples that are made at once, on the grid of the sound's own index. */
const BLOCK = 4096;

/** How a sound that is made of another one is opened. */
export interface VarispeedOptions {
  /** The sound, as messages call it. */
  readonly name: string;
  /** The compiled kernel. */
  readonly kernel: WebAssembly.Module;
}

/**
 * Another sound, read at a rate that may change, as a turntable or a tape would play it: pitch follows speed.
 *
 * Sample k is what the other sound has at the place that the curve has come to at k (see {@link SpeedPlace}),
 * between its samples by a windowed sinc; beyond its ends it is silent. Each sample is made by
 * itself, so any range at any time has the same bits; the blocks used last are kept, because what is heard directly
 * and in a room is read twice. At a standstill the same place would be heard on and on,
 * an offset and no sound: so below 1/50 of the speed the level falls with the speed, to exact zero.
 *
 * @param sound - The other sound. It stays whose it is: disposing of the new one does not touch it.
 * @throws RangeError if the speed is not one: see {@link SpeedPlace}.
 */
export function openVarispeed(sound: Sound, spec: VarispeedSound, options: VarispeedOptions): Sound {
  return new Varispeed(sound, spec, options);
}

class Varispeed implements Sound {
  readonly name: string;
  readonly channels: 1 | 2;
  readonly samples: number;
  readonly #sound: Sound;
  readonly #speed: SpeedPlace;
  readonly #interpolator: Interpolator;
  readonly #blocks: BlockCache;
  readonly #scratch: Scratch;
  readonly #owner: number;

  constructor(sound: Sound, { speed, samples }: VarispeedSound, { name, kernel }: VarispeedOptions) {
    this.name = name;
    this.channels = sound.channels;
    this.samples = samples;
    this.#sound = sound;
    this.#speed = new SpeedPlace(speed);
    const { interpolator, filters, scratch } = soundKernelOf(kernel);
    this.#interpolator = interpolator;
    this.#blocks = filters.blocks;
    this.#scratch = scratch;
    this.#owner = this.#blocks.register();
  }

  prepare(from: number, count: number): Promise<void> | undefined {
    this.#checkRange(from, count);
    if (count === 0) return undefined;
    const start = Math.floor(from / BLOCK) * BLOCK;
    const stop = Math.min(this.samples, Math.ceil((from + count) / BLOCK) * BLOCK);
    const [first, end] = this.#inside(this.#reached(start, stop - start));
    return end > first ? this.#sound.prepare?.(first, end - first) : undefined;
  }

  read(from: number, count: number, out: Float32Array): void {
    this.#checkRange(from, count);
    const { channels } = this;
    for (let at = from; at < from + count; ) {
      const block = Math.floor(at / BLOCK);
      const start = block * BLOCK;
      const length = Math.min(BLOCK, this.samples - start) * channels;
      const values = this.#blocks.get(this.#owner, block, length, (made) => this.#make(start, made));
      const end = Math.min(from + count, start + BLOCK);
      out.set(values.subarray((at - start) * channels, (end - start) * channels), (at - from) * channels);
      at = end;
    }
  }

  /** Makes the samples from `from` on that fill `values`. */
  #make(from: number, values: Float32Array): void {
    const { channels } = this;
    const count = values.length / channels;
    const atOnce = this.#interpolator.atOnce(this.#speed);
    for (let done = 0; done < count; done += atOnce) {
      const some = Math.min(atOnce, count - done);
      this.#makeSome(from + done, some, values.subarray(done * channels, (done + some) * channels));
    }
  }

  /** Samples [first, end) of the other sound that samples [from, from + count) are made of, or more. */
  #reached(from: number, count: number): readonly [first: number, end: number] {
    const start = this.#speed.at(from);
    const last = this.#speed.at(from + count - 1);
    // Between those two a wave may have turned the sound back.
    const margin = this.#interpolator.reach(this.#speed) + Math.ceil(this.#speed.sway * count);
    return [Math.floor(Math.min(start, last)) - margin, Math.floor(Math.max(start, last)) + margin + 1];
  }

  #inside([first, end]: readonly [number, number]): readonly [first: number, end: number] {
    const { samples } = this.#sound;
    return samples === Number.POSITIVE_INFINITY
      ? [first, end]
      : [Math.min(samples, Math.max(0, first)), Math.max(0, Math.min(samples, end))];
  }

  #makeSome(from: number, count: number, out: Float32Array): void {
    const { channels } = this;
    const { resident } = this.#sound;
    const reached = this.#reached(from, count);
    const [first, end] = reached;
    const [start, stop] = this.#inside(reached);
    const read = (values: Float32Array) =>
      this.#interpolator.read({ first, channels, values }, this.#speed, from, count, out);
    if (resident !== undefined && start === first && stop === end) {
      read(resident.subarray(first * channels, end * channels));
      return;
    }
    this.#scratch.use((end - first) * channels, (values) => {
      if (start > first || stop < end) values.fill(0);
      if (stop > start) {
        const inside = values.subarray((start - first) * channels, (stop - first) * channels);
        // First all of the sound, which may be made with the same interpolator, then its own places.
        this.#sound.read(start, stop - start, inside);
      }
      read(values);
    });
  }

  #checkRange(from: number, count: number): void {
    // Without an end there is none in front, either: what is made up as it is read has samples below 0.
    if (this.samples !== Number.POSITIVE_INFINITY) checkRange(this, from, count);
  }
}
