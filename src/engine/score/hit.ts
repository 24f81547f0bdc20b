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

/** What a practical was found to play, and the places for which. */
export interface KnownHits {
  readonly places: HitPlaces;
  /** Undefined where they cannot be known, which is an issue already. */
  readonly hits: readonly Hit[] | undefined;
}

/** Whether places are the very positions of others. */
export function arePlaces(places: HitPlaces, others: HitPlaces): boolean {
  return (
    places.start === others.start &&
    places.sourceStart === others.sourceStart &&
    places.until === others.until
  );
}
