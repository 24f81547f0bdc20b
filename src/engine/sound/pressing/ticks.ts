import { integerAt, seedOf, uniformAt } from '../../random/random.ts';
import type { PressingSound } from '../../score/score.ts';
import { addRing, fadeEnd } from './ring.ts';

/** −29.6 and −22.4 dBFS: the smallest is 26 dB above the hiss. */
const SMALLEST_TICK = 0.033;
const GREATEST_TICK = 0.076;

/** Half the width of the knock. */
const ATTACK_SECONDS = 0.00006;

/** Time over which a tick is all that is heard, and then that over which the surface comes back. */
const CORE_SECONDS = 0.0016;
const RETURN_SECONDS = 0.0012;

const ANGLES = 4294967296;

/** A scratch across the grooves, which the stylus meets once in every revolution. */
export interface Tick {
  /** Where on the record, as a fraction of a revolution: `angle` / 2³². */
  readonly angle: number;
  /** Samples by which the shape begins before the tick's own sample, the one of its peak. */
  readonly attack: number;
  readonly left: Float64Array;
  readonly right: Float64Array;
}

/** The ticks of a pressing, in order of angle; the same for its groove and its run-out. */
export function ticksOf(sound: Pick<PressingSound, 'seed' | 'ticks'>, sampleRate: number): readonly Tick[] {
  const seed = seedOf(sound.seed, 'ticks');
  // Uneven gaps of some least size: chance, but never two ticks in one.
  const gaps = Array.from(
    { length: sound.ticks + 1 },
    (_, gap) => 0.25 + uniformAt(seedOf(seed, 'gap'), gap),
  );
  const round = gaps.reduce((sum, gap) => sum + gap, 0);
  let angle = 0;
  return gaps.slice(1).map((_, index) => {
    angle += gaps[index]! / round;
    return { angle: Math.floor(angle * ANGLES), ...shapeOf(integerAt(seed, index), sampleRate) };
  });
}

/**
 * The groove index of a tick in its `turn`th revolution, exactly: (turn + angle) · revolution, half up.
 *
 * @param turn - Any integer; negative in the lead-in.
 */
export function tickAt(
  tick: Pick<Tick, 'angle'>,
  turn: number,
  revolution: PressingSound['revolution'],
): number {
  const numerator = (BigInt(turn) * BigInt(ANGLES) + BigInt(tick.angle)) * BigInt(revolution[0]);
  const denominator = BigInt(ANGLES) * BigInt(revolution[1]);
  return Number(floorOf(2n * numerator + denominator, 2n * denominator));
}

/** The first turn whose start is at or before `index`, less one for what begins before it. */
export function turnBefore(index: number, revolution: PressingSound['revolution']): number {
  return Math.floor((index / revolution[0]) * revolution[1]) - 1;
}

/**
 * Knocks and the surface under them: while the stylus is thrown there is nothing else to hear, so a
 * tick's core is the same to the bit in every revolution.
 */
export class Ticks {
  readonly #ticks: readonly Tick[];
  readonly #revolution: PressingSound['revolution'];
  readonly #core: number;
  readonly #return: number;

  constructor(sound: PressingSound, sampleRate: number) {
    this.#ticks = ticksOf(sound, sampleRate);
    this.#revolution = sound.revolution;
    this.#core = coreSamples(sampleRate);
    this.#return = Math.round(RETURN_SECONDS * sampleRate);
  }

  /** Lays the ticks of samples [from, from + count) over what is in the start of `out`, L R L R …. */
  cover(from: number, count: number, out: Float64Array): void {
    if (this.#ticks.length === 0) return;
    const length = this.#core + this.#return;
    const revolution = this.#revolution[0] / this.#revolution[1];
    for (
      let turn = turnBefore(from - length, this.#revolution);
      turn * revolution < from + count + 2;
      turn++
    ) {
      for (const tick of this.#ticks) {
        // Exact places cost big integers: only for those that are near.
        const near = (turn + tick.angle / ANGLES) * revolution - from;
        if (near < -length - 2 || near > count + length) continue;
        this.#coverOne(tick, tickAt(tick, turn, this.#revolution) - tick.attack - from, count, out);
      }
    }
  }

  #coverOne(tick: Tick, at: number, count: number, out: Float64Array): void {
    const { left, right } = tick;
    const end = Math.min(left.length, count - at);
    for (let n = Math.max(0, -at); n < end; n++) {
      const surface = n < this.#core ? 0 : (n - this.#core + 1) / (this.#return + 1);
      const index = 2 * (at + n);
      out[index] = out[index]! * surface + left[n]!;
      out[index + 1] = out[index + 1]! * surface + right[n]!;
    }
  }
}

/** Samples from its first in which a tick is the same to the bit, whatever the surface does. */
export function coreSamples(sampleRate: number): number {
  return Math.round(CORE_SECONDS * sampleRate);
}

function shapeOf(seed: number, sampleRate: number): Omit<Tick, 'angle'> {
  const draw = (index: number) => uniformAt(seed, index);
  const attack = Math.max(1, Math.round(ATTACK_SECONDS * sampleRate));
  const length = coreSamples(sampleRate) + Math.round(RETURN_SECONDS * sampleRate);
  const size = SMALLEST_TICK + (GREATEST_TICK - SMALLEST_TICK) * draw(0);
  const sign = integerAt(seed, 2) & 1 ? 1 : -1;
  const near = new Float64Array(length);
  const far = new Float64Array(length);
  const hz = 1100 + 1500 * draw(1);
  const decaySeconds = 0.0003 + 0.00025 * draw(3);
  // Knock and ring never add up to the knock's peak again, so that it is the one extreme sample.
  addRing(near, attack, { hz, decaySeconds, amplitude: 0.48 }, sampleRate);
  addRing(far, attack, { hz: hz * 0.86, decaySeconds: decaySeconds * 1.1, amplitude: 0.4 }, sampleRate);
  for (const channel of [near, far]) {
    for (let n = -attack; n <= attack; n++) {
      const share = 1 - Math.abs(n) / (attack + 1);
      channel[attack + n] = channel[attack + n]! * (1 - share) + share * share;
    }
    fadeEnd(channel, Math.floor(length / 3));
  }
  const leak = (0.15 + 0.5 * draw(4)) * (draw(5) < 0.3 ? -1 : 1);
  for (let n = 0; n < length; n++) {
    near[n] = near[n]! * size * sign;
    far[n] = far[n]! * size * sign * leak;
  }
  return integerAt(seed, 6) & 1 ? { attack, left: near, right: far } : { attack, left: far, right: near };
}

function floorOf(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  return numerator < 0n && quotient * denominator !== numerator ? quotient - 1n : quotient;
}
