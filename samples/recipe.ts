import type { Dice } from './craft/dice.ts';
import type { Take } from './craft/signal.ts';

/** How one file of the collection is made: what is rendered depends on the seed, the tag and nothing else. */
export interface Recipe {
  /** The file's name without `.flac`. */
  readonly tag: string;
  /** The script that makes it, relative to this folder. */
  readonly script: string;
  readonly seed: number;
  /** Bits of a sample; 16 where not given. */
  readonly bits?: 16 | 24;
  render(dice: Dice): Take | Promise<Take>;
}

/** One recipe for each of `count` takes, `name-1` and on, no two alike. */
export function takes(
  name: string,
  count: number,
  origin: { readonly script: string; readonly seed: number },
  render: (dice: Dice, take: number) => Take,
): readonly Recipe[] {
  return Array.from({ length: count }, (_, take) => ({
    ...origin,
    tag: `${name}-${take + 1}`,
    render: (dice) => render(dice, take),
  }));
}
