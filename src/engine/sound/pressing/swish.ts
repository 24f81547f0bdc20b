import { seedOf } from '../../random/random.ts';
import type { PressingSound } from '../../score/score.ts';
import { OctaveNoise } from './octave-noise.ts';
import { normalize } from './ring.ts';
import { tickAt, turnBefore } from './ticks.ts';

/** Part of a revolution that it lasts. */
const SHARE = 0.45;
/** −47 dBFS. */
const PEAK = 0.0045;
/** Its noise lies in the octaves whose rates are in this range. */
const LOWEST_RATE_HZ = 300;
const HIGHEST_RATE_HZ = 1600;
/** Where the revolution is when it begins: a record is never quite centred. */
const START = { angle: 0 };

/** The record's eccentric edge going by: a soft breath, the same in every revolution. */
export class Swish {
  readonly #revolution: PressingSound['revolution'];
  /** L R L R … */
  readonly #shape: Float64Array;

  constructor(sound: PressingSound, sampleRate: number) {
    this.#revolution = sound.revolution;
    const samples = Math.floor((SHARE * sound.revolution[0]) / sound.revolution[1]);
    this.#shape = new Float64Array(2 * samples);
    if (samples === 0) return;
    const gains: number[] = [];
    for (let rate = sampleRate; rate >= LOWEST_RATE_HZ; rate /= 2) {
      gains.push(rate > HIGHEST_RATE_HZ ? 0 : 1);
    }
    new OctaveNoise(seedOf(sound.seed, 'swish'), gains, gains.length - 1, samples).write(
      0,
      samples,
      1,
      this.#shape,
    );
    for (let n = 0; n < samples; n++) {
      const place = (n + 0.5) / samples;
      const bump = 4 * place * (1 - place);
      const swell = bump * bump;
      this.#shape[2 * n] = this.#shape[2 * n]! * swell;
      this.#shape[2 * n + 1] = this.#shape[2 * n + 1]! * swell;
    }
    normalize(this.#shape, PEAK);
  }

  /** Adds samples [from, from + count), L R L R …, to the start of `out`. */
  add(from: number, count: number, out: Float64Array): void {
    const shape = this.#shape;
    for (let turn = turnBefore(from, this.#revolution); ; turn++) {
      const at = 2 * (tickAt(START, turn, this.#revolution) - from);
      if (at >= 2 * count) return;
      const end = Math.min(shape.length, 2 * count - at);
      for (let n = Math.max(0, -at); n < end; n++) out[at + n] = out[at + n]! + shape[n]!;
    }
  }
}
