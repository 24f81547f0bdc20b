import type { Rational } from '../time/rational.ts';

/** One sounding of a practical: exact but for its jitter, which is drawn in whole samples. */
export interface Hit {
  /** Tag of the sound in the sheet. */
  readonly tag: string;
  /** What is played of it: the sound itself, or one made from it. */
  readonly sound: string;
  readonly start: Rational;
  readonly end: Rational;
  /** Samples that the hit is moved by. */
  readonly jitter: number;
  /** First sample of the sound that is heard. */
  readonly from: number;
  /** Level on top of the cue's, dB. */
  readonly gainDb: number;
}

/** Where a practical and its source begin (which are one where it is no echo), and where the repeat ends. */
export interface HitPlaces {
  readonly start: Rational;
  readonly sourceStart: Rational;
  readonly until: Rational | undefined;
}
