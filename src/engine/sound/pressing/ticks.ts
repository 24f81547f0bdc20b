import { integerAt, seedOf, uniformAt } from '../../random/random.ts';
import type { PressingSound } from '../../score/score.ts';
import { addRing, fadeEnd } from './ring.ts';

/** −22 and −15 dBFS: the smallest is 34 dB above the hiss. */
const SMALLEST_TICK = 0.08;
const GREATEST_TICK = 0.175;
/** In the music, where it is one of many. */
const MUSIC_SHARE = 0.6;

/** Half the width of the knock. */
const ATTACK_SECONDS = 0.00006;

/** Time over which a tick is all that is heard, and then that over which the surface comes back. */
const CORE_SECONDS = 0.0032;
const RETURN_SECONDS = 0.0024;

const ANGLES = 4294967296;

/** A knock that the stylus gets once in every revolution. */
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

/** Revolutions in which one mark on the record gives way to the next. */
const CELL = 10;
/** How far a mark in the music may lie from its tick's angle, in revolutions. */
const STRAY = 0.05;
/** How far a mark moves along the groove from one revolution to the next at most, s: a scratch at some 45°. */
const SLANT_SECONDS = 0.0004;
/** Smaller than this, a mark is not there. */
const LEAST_SHARE = 0.06;
/** Revolutions in which the ticks of the lead-in are left behind. */
const LEAVING = 4;

/** A mark on the record as one revolution meets it. */
interface Mark {
  /** Samples by which it comes after its tick's own angle. */
  readonly shift: number;
  /** How much of it the stylus hits, 0 … 1. */
  readonly share: number;
}

const WHOLE: readonly Mark[] = [{ shift: 0, share: 1 }];

/**
 * Knocks and the surface under them: while the stylus is thrown there is nothing else to hear, so a
 * tick's core is the same to the bit in every revolution that meets all of it.
 *
 * In the run-out, and in the lead-in, every revolution does: the groove is locked. In the music the groove is a
 * spiral, and a mark on the record is only as wide as some revolutions: the stylus comes into it, over it and out of
 * it again, each time a little earlier or later, as the mark lies across. Then another has come, near the same angle.
 */
export class Ticks {
  readonly #ticks: readonly Tick[];
  readonly #part: PressingSound['part'];
  readonly #seeds: readonly number[];
  readonly #revolution: PressingSound['revolution'];
  readonly #core: number;
  readonly #return: number;
  readonly #slant: number;

  constructor(sound: PressingSound, sampleRate: number) {
    this.#ticks = ticksOf(sound, sampleRate);
    this.#part = sound.part;
    this.#seeds = this.#ticks.map((_, index) => seedOf(sound.seed, 'marks', String(index)));
    this.#revolution = sound.revolution;
    this.#core = coreSamples(sampleRate);
    this.#return = Math.round(RETURN_SECONDS * sampleRate);
    this.#slant = SLANT_SECONDS * sampleRate;
  }

  /** Lays the ticks of samples [from, from + count) over what is in the start of `out`, L R L R …. */
  cover(from: number, count: number, out: Float64Array): void {
    if (this.#ticks.length === 0) return;
    const revolution = this.#revolution[0] / this.#revolution[1];
    const stray = this.#part === 'groove' ? STRAY * revolution + CELL * this.#slant : 0;
    const length = this.#core + this.#return + stray;
    for (
      let turn = turnBefore(from - length, this.#revolution);
      turn * revolution < from + count + stray + 2;
      turn++
    ) {
      for (const [index, tick] of this.#ticks.entries()) {
        // Exact places cost big integers: only for those that are near.
        const near = (turn + tick.angle / ANGLES) * revolution - from;
        if (near < -length - 2 || near > count + length) continue;
        for (const { shift, share } of this.#marksOf(index, turn)) {
          const at = tickAt(tick, turn, this.#revolution) + shift - tick.attack - from;
          this.#coverOne(tick, at, count, share, out);
        }
      }
    }
  }

  #marksOf(index: number, turn: number): readonly Mark[] {
    if (this.#part === 'run-out' || turn < 0) return WHOLE;
    const seed = this.#seeds[index]!;
    const marks: Mark[] = [];
    const past = turn / LEAVING;
    if (past < 1) marks.push({ shift: 0, share: 1 - past * past });
    const offset = integerAt(seed, -1) % CELL;
    const here = Math.floor((turn + offset) / CELL);
    for (let cell = here - 1; cell <= here + 1; cell++) {
      const draw = (what: number) => uniformAt(seed, 8 * cell + what);
      const centre = CELL * (cell + 0.3 + 0.4 * draw(0)) - offset;
      const width = CELL * (0.4 + 0.25 * draw(1));
      const away = (turn - centre) / width;
      const share = MUSIC_SHARE * (1 - away * away) * (0.5 + 0.5 * draw(2));
      if (share < LEAST_SHARE) continue;
      const stray = (2 * draw(3) - 1) * STRAY * (this.#revolution[0] / this.#revolution[1]);
      const slant = (2 * draw(4) - 1) * this.#slant * (turn - centre);
      marks.push({ shift: Math.round(stray + slant), share });
    }
    return marks;
  }

  #coverOne({ left, right }: Tick, at: number, count: number, share: number, out: Float64Array): void {
    const end = Math.min(left.length, count - at);
    for (let n = Math.max(0, -at); n < end; n++) {
      const covered = n < this.#core ? 1 : 1 - (n - this.#core + 1) / (this.#return + 1);
      const surface = 1 - share * covered;
      const index = 2 * (at + n);
      out[index] = out[index]! * surface + left[n]! * share;
      out[index + 1] = out[index + 1]! * surface + right[n]! * share;
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
  // What the arm and the body of the pickup do with it.
  const body = { hz: 260 + 300 * draw(7), decaySeconds: 0.0011 + 0.0006 * draw(8), amplitude: 0.34 };
  // Knock and ring never add up to the knock's peak again, so that it is the one extreme sample.
  addRing(near, attack, { hz, decaySeconds, amplitude: 0.4 }, sampleRate);
  addRing(near, attack, body, sampleRate);
  addRing(far, attack, { hz: hz * 0.86, decaySeconds: decaySeconds * 1.1, amplitude: 0.36 }, sampleRate);
  addRing(far, attack, { ...body, hz: body.hz * 1.06 }, sampleRate);
  for (const channel of [near, far]) {
    for (let n = -attack; n <= attack; n++) {
      const share = 1 - Math.abs(n) / (attack + 1);
      channel[attack + n] = channel[attack + n]! * (1 - share) + share * share;
    }
    fadeEnd(channel, Math.floor(length / 3));
  }
  // Never with opposite signs: a tick must not go out in mono, on a phone or through one small speaker.
  const leak = 0.5 + 0.4 * draw(4);
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
