import type { Region } from './score.ts';

/** A region on its way into the score, still knowing where it is to go. */
export interface Draft extends Region {
  readonly stem: string;
  /** True for what is heard as from a line, in no place of the picture: perspective leaves it alone. */
  readonly isLine?: true;
}
