import { seedOf, uniformAt } from '../../random/random.ts';
import type { PressingScratch, PressingSound } from '../../score/score.ts';
import { addRing, fadeEnd, normalize } from './ring.ts';
import { tickAt, turnBefore } from './ticks.ts';

/** Where it is met first, unless it is said: so many revolutions behind the track's beginning. */
const EARLIEST = 12;
const LATEST = 24;
/** Revolutions that it crosses, unless it is said: of the slightest, and by how many more of the deepest. */
const FEWEST = 6;
const MORE = 14;
/** −26 dBFS, and −15 for the deepest. */
const SMALLEST_PEAK = 0.05;
const DEEPEST_MORE = 0.13;
/** How far it moves along the groove with each revolution at most, s. */
const SLANT_SECONDS = 0.0016;
const SECONDS = 0.009;
const ANGLES = 4294967296;

/**
 * A scratch: something hard was drawn across the record, and every revolution that it crosses throws the stylus, in
 * at one wall and out at the other. It begins shallow, is deepest in its middle, and runs out; it lies askew, so each
 * revolution meets it a little later or earlier.
 */
export class Scratch {
  readonly #revolution: PressingSound['revolution'];
  readonly #angle: number;
  readonly #first: number;
  readonly #turns: number;
  readonly #slant: number;
  readonly #depth: number;
  readonly #seed: number;
  readonly #left: Float64Array;
  readonly #right: Float64Array;

  constructor(sound: PressingSound, scratch: PressingScratch, sampleRate: number) {
    this.#seed = seedOf(sound.seed, 'scratch');
    this.#revolution = sound.revolution;
    const draw = (index: number) => uniformAt(this.#seed, index);
    const revolution = sound.revolution[0] / sound.revolution[1];
    const place =
      scratch.at === undefined ? EARLIEST + (LATEST - EARLIEST) * draw(0) : scratch.at / revolution;
    this.#first = Math.floor(place);
    this.#angle = Math.floor((place - this.#first) * ANGLES);
    this.#turns = scratch.revolutions ?? Math.round(FEWEST + MORE * scratch.depth);
    this.#slant = SLANT_SECONDS * (0.25 + 0.75 * draw(1)) * (draw(2) < 0.5 ? -1 : 1) * sampleRate;
    this.#depth = scratch.depth;
    const length = Math.round(SECONDS * sampleRate);
    this.#left = new Float64Array(length);
    this.#right = new Float64Array(length);
    const apart = Math.round((0.0007 + 0.0011 * draw(3)) * sampleRate);
    for (const [wall, amplitude] of [
      [0, 1],
      [apart, -0.7],
    ] as const) {
      for (const [hz, decaySeconds, share] of [
        [2600 + 1400 * draw(4), 0.00035, 1],
        [900 + 300 * draw(5), 0.0011, 0.8],
        [170 + 60 * draw(6), 0.003, 0.35],
      ] as const) {
        addRing(this.#left, wall, { hz, decaySeconds, amplitude: amplitude * share }, sampleRate);
        addRing(
          this.#right,
          wall,
          { hz: hz * 0.93, decaySeconds, amplitude: -0.8 * amplitude * share },
          sampleRate,
        );
      }
    }
    for (const channel of [this.#left, this.#right]) {
      fadeEnd(channel, Math.floor(length / 3));
      normalize(channel, 1);
    }
  }

  /** Adds samples [from, from + count), L R L R …, to the start of `out`. */
  add(from: number, count: number, out: Float64Array): void {
    const { length } = this.#left;
    const reach = length + Math.ceil(Math.abs(this.#slant) * this.#turns);
    const start = Math.max(this.#first, turnBefore(from - reach, this.#revolution));
    for (let turn = start; turn < this.#first + this.#turns; turn++) {
      const crossing = turn - this.#first;
      const at =
        tickAt({ angle: this.#angle }, turn, this.#revolution) + Math.round(this.#slant * crossing) - from;
      if (at >= count + reach) return;
      const peak = this.#peakOf(crossing);
      const end = Math.min(length, count - at);
      for (let n = Math.max(0, -at); n < end; n++) {
        out[2 * (at + n)] = out[2 * (at + n)]! + this.#left[n]! * peak;
        out[2 * (at + n) + 1] = out[2 * (at + n) + 1]! + this.#right[n]! * peak;
      }
    }
  }

  #peakOf(crossing: number): number {
    const place = (crossing + 0.5) / this.#turns;
    const across = 0.25 + 0.75 * 4 * place * (1 - place);
    const chance = 0.75 + 0.5 * uniformAt(this.#seed, 16 + crossing);
    return (SMALLEST_PEAK + DEEPEST_MORE * this.#depth) * across * chance;
  }
}
