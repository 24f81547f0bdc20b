import { seedOf } from '../../random/random.ts';
import type { PressingSound } from '../../score/score.ts';
import { type NoiseKernel, OctaveNoise } from './octave-noise.ts';
import { addRing, fadeEnd, normalize } from './ring.ts';
import { tickAt, turnBefore } from './ticks.ts';

/** Part of a revolution that it lasts. */
const SHARE = 0.45;
/** RMS at its height, −53 dBFS: in the run-out, and, of a record as warped as can be, what comes on top everywhere. */
const RUN_OUT_LEVEL = 0.0022;
const WARP_LEVEL = 0.0042;
/** Its noise lies in the octaves whose rates are in this range. */
const LOWEST_RATE_HZ = 300;
const HIGHEST_RATE_HZ = 1600;
/** RMS of that noise, of octaves with a peak of 1 each. */
const NOISE_RMS = 0.59;
/** What the arm does on its way over a warp: it swings, below all that is heard. Peak, −40 dBFS. */
const SWING_PEAK = 0.01;
const SWING_HZ = 9;
const SWING_SECONDS = 0.7;
/** Where the revolution is when it begins: a record is never quite centred. */
const START = { angle: 0 };

/**
 * The record's uneven edge going by once a revolution: a soft breath, of noise that is another every time. A warped
 * one breathes in the music, too, and swings the arm.
 */
export class Swish {
  readonly #revolution: PressingSound['revolution'];
  readonly #noise: OctaveNoise;
  readonly #length: number;
  readonly #level: number;
  /** What the arm does, of one channel. */
  readonly #swing: Float64Array;
  readonly #block: Float64Array;

  /** Undefined where the record has none: flat, in the music. */
  static open(room: NoiseKernel, sound: PressingSound, sampleRate: number, block: number): Swish | undefined {
    const { part, warp = 0 } = sound;
    const level = (part === 'run-out' ? RUN_OUT_LEVEL : 0) + WARP_LEVEL * warp;
    return level === 0 ? undefined : new Swish(room, sound, sampleRate, block, level);
  }

  private constructor(
    room: NoiseKernel,
    sound: PressingSound,
    sampleRate: number,
    block: number,
    level: number,
  ) {
    const { revolution, seed, warp = 0 } = sound;
    this.#revolution = revolution;
    this.#length = (SHARE * revolution[0]) / revolution[1];
    this.#level = level / NOISE_RMS;
    this.#block = new Float64Array(2 * block);
    const gains: number[] = [];
    for (let rate = sampleRate; rate >= LOWEST_RATE_HZ; rate /= 2) {
      gains.push(rate > HIGHEST_RATE_HZ ? 0 : 1);
    }
    this.#noise = new OctaveNoise(room, seedOf(seed, 'swish'), gains, gains.length - 1);
    this.#swing = new Float64Array(warp === 0 ? 0 : Math.round(SWING_SECONDS * sampleRate));
    if (warp === 0) return;
    addRing(this.#swing, 0, { hz: SWING_HZ, decaySeconds: 0.16, amplitude: 1 }, sampleRate);
    fadeEnd(this.#swing, Math.floor(this.#swing.length / 2));
    normalize(this.#swing, SWING_PEAK * warp);
  }

  /** Adds samples [from, from + count), L R L R …, to the start of `out`. */
  add(from: number, count: number, out: Float64Array): void {
    for (let turn = turnBefore(from, this.#revolution); ; turn++) {
      const at = tickAt(START, turn, this.#revolution) - from;
      if (at >= count) return;
      this.#breathe(from, at, count, out);
      const end = Math.min(this.#swing.length, count - at);
      for (let n = Math.max(0, -at); n < end; n++) {
        out[2 * (at + n)] = out[2 * (at + n)]! + this.#swing[n]!;
        out[2 * (at + n) + 1] = out[2 * (at + n) + 1]! + this.#swing[n]! * 0.9;
      }
    }
  }

  /** @param at - Where in the block the turn begins. */
  #breathe(from: number, at: number, count: number, out: Float64Array): void {
    const start = Math.max(0, at);
    const end = Math.min(count, Math.ceil(at + this.#length));
    if (end <= start) return;
    this.#noise.write(from + start, end - start, this.#level, this.#block);
    for (let n = start; n < end; n++) {
      const place = Math.min(1, (n - at + 0.5) / this.#length);
      const bump = 4 * place * (1 - place);
      const swell = bump * bump;
      out[2 * n] = out[2 * n]! + this.#block[2 * (n - start)]! * swell;
      out[2 * n + 1] = out[2 * n + 1]! + this.#block[2 * (n - start) + 1]! * swell;
    }
  }
}
