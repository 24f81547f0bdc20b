import type { View } from './view.ts';

/** A stretch of the film that is heard with one view: it rises over [start, full), and falls over [fall, end). */
export interface Stand {
  readonly view: View;
  /** −∞ for the first. */
  readonly start: number;
  readonly full: number;
  readonly fall: number;
  /** +∞ for the last. */
  readonly end: number;
}
