import type { Kernel } from '../../kernel/kernel.ts';
import type { MatchedLoopSound } from '../../score/score.ts';
import type { Sound } from '../sound.ts';
import { soundKernelOf } from '../sound-kernel.ts';
import { bestMatch } from './best-match.ts';

/** Samples that are handled at a time. */
const CHUNK = 8192;

/** How a matched loop is opened. */
export interface MatchedLoopOptions {
  /** The compiled kernel. */
  readonly kernel: WebAssembly.Module;
}

/**
 * Another sound, again and again: each pass but the first fades in with equal power while the one before it fades
 * out, where the two are most alike (see {@link bestMatch}). There nothing that goes on, such as a hum, cancels
 * itself, so no crossfade dips.
 *
 * Where it comes round is found when it is first read, and is the same on every machine and thread.
 *
 * @param sound - The other sound. It stays whose it is: disposing of the new one does not touch it.
 */
export function openMatchedLoop(sound: Sound, spec: MatchedLoopSound, options: MatchedLoopOptions): Sound {
  return new MatchedLoop(sound, spec, options);
}

class MatchedLoop implements Sound {
  readonly channels: 1 | 2;
  readonly samples = Number.POSITIVE_INFINITY;
  readonly #sound: Sound;
  readonly #spec: MatchedLoopSound;
  readonly #kernel: Kernel;
  #period: number | undefined;
  #rise: Float64Array | undefined;

  constructor(sound: Sound, spec: MatchedLoopSound, { kernel }: MatchedLoopOptions) {
    this.channels = sound.channels;
    this.#sound = sound;
    this.#spec = spec;
    this.#kernel = soundKernelOf(kernel).kernel;
  }

  prepare(): Promise<void> | undefined {
    return this.#sound.prepare?.(0, this.#sound.samples);
  }

  read(from: number, count: number, out: Float32Array): void {
    const { channels } = this;
    const before = Math.min(count, Math.max(0, -from));
    out.fill(0, 0, before * channels);
    for (let at = from + before; at < from + count; ) {
      const some = Math.min(CHUNK, from + count - at, this.#untilNext(at));
      const part = out.subarray((at - from) * channels, (at - from + some) * channels);
      this.#readPass(at, some, part);
      at += some;
    }
  }

  /** Samples from one beginning to the next. */
  get #turn(): number {
    const { period, earlier, overlap } = this.#spec;
    this.#period ??= bestMatch(this.#sound, period - earlier, period, overlap, this.#kernel);
    return this.#period;
  }

  /** Samples until a crossfade begins or ends. */
  #untilNext(at: number): number {
    const place = at % this.#turn;
    return place < this.#spec.overlap ? this.#spec.overlap - place : this.#turn - place;
  }

  /** Reads a stretch that lies in a crossfade or outside of them, and not in both. */
  #readPass(at: number, count: number, out: Float32Array): void {
    const turn = this.#turn;
    const { overlap } = this.#spec;
    const place = at % turn;
    this.#sound.read(place, count, out);
    if (at < turn || place >= overlap) return;
    const last = new Float32Array(out.length);
    this.#sound.read(turn + place, count, last);
    this.#rise ??= riseOf(this.#kernel, overlap);
    const rise = this.#rise;
    for (let n = 0; n < count; n++) {
      const gain = rise[place + n]!;
      const fall = rise[overlap - place - n]!;
      for (let side = n * this.channels; side < (n + 1) * this.channels; side++) {
        out[side] = out[side]! * gain + last[side]! * fall;
      }
    }
  }
}

/** sin(πk/2N) for k = 0 … N; backwards it is the fall. */
function riseOf(kernel: Kernel, length: number): Float64Array {
  const mark = kernel.mark();
  const gains = kernel.allocate(length * 8);
  kernel.exports.rampGains(gains, length, 0, length, 2, false);
  const rise = new Float64Array(length + 1);
  rise.set(kernel.float64(gains, length));
  rise[length] = 1;
  kernel.release(mark);
  return rise;
}
