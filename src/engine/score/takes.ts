import { integerAt, uniformAt } from '../random/random.ts';

/**
 * Which of `choices` sounds each of `count` hits plays. They are dealt like cards: all of them once in a
 * seeded order, then all again in another, and never the same twice running across the deals.
 *
 * @returns Indexes into the choices.
 */
export function dealTakes(seed: number, choices: number, count: number): number[] {
  if (choices === 1) return Array<number>(count).fill(0);
  const dealt: number[] = [];
  for (let deal = 0; dealt.length < count; deal++) {
    const hand = shuffled(seed, deal, choices);
    // The first card of a new deal must not be the last of the one before: swap it away.
    if (hand[0] === dealt.at(-1)) {
      const other = 1 + (integerAt(seed, deal * (choices + 1) + choices) % (choices - 1));
      [hand[0], hand[other]] = [hand[other]!, hand[0]!];
    }
    dealt.push(...hand.slice(0, count - dealt.length));
  }
  return dealt;
}

/** A seeded order of 0 … choices − 1 (Fisher–Yates). */
function shuffled(seed: number, deal: number, choices: number): number[] {
  const hand = Array.from({ length: choices }, (_, choice) => choice);
  for (let last = choices - 1; last > 0; last--) {
    const pick = integerAt(seed, deal * (choices + 1) + last) % (last + 1);
    [hand[last], hand[pick]] = [hand[pick]!, hand[last]!];
  }
  return hand;
}

/** A whole number of samples drawn evenly from [−range, range]. */
export function drawJitter(seed: number, hit: number, range: number): number {
  return Math.floor(uniformAt(seed, hit) * (2 * range + 1)) - range;
}
