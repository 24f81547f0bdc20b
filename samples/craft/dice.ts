import { seedOf, uniformAt } from '../../src/engine/random/random.ts';

/** A seeded run of chances: the same seed and names always roll the same. */
export class Dice {
  readonly #seed: number;
  #rolls = 0;

  constructor(seed: number, ...names: readonly string[]) {
    this.#seed = seedOf(seed, ...names);
  }

  /** Uniform in [0, 1). */
  next(): number {
    return uniformAt(this.#seed, this.#rolls++);
  }

  /** Uniform in [low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.next();
  }

  /** A value that strays from `value` by at most `share` of it (0.1 is ±10 %). */
  about(value: number, share: number): number {
    return value * this.between(1 - share, 1 + share);
  }

  /** Close to a normal distribution, mean 0, deviation 1, never beyond ±3.5: eight uniform rolls, scaled. */
  normal(): number {
    let sum = 0;
    for (let roll = 0; roll < 4; roll++) sum += this.next() + this.next() - 1;
    return sum * 1.2247;
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** Dice of their own for a part of the sound, so that a change in one part leaves the others as they are. */
  of(name: string): Dice {
    return new Dice(this.#seed, name);
  }
}
