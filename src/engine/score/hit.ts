import type { Cue } from '../sheet/schema.ts';
import { compare, type Rational } from '../time/rational.ts';
import type { MadeSounds } from './made-sounds.ts';
import type { Draft } from './region-draft.ts';

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
  /** How fast it is played, times the cue's own speed. */
  readonly rate: number;
}

/** Where a practical and its source begin (which are one where it is no echo), and where the repeat ends. */
export interface HitPlaces {
  readonly start: Rational;
  readonly sourceStart: Rational;
  readonly until: Rational | undefined;
}

/** What the hits of a practical follow from, besides itself and what all cues do. */
export interface HitReasons extends HitPlaces {
  /** The practical that it rhymes with; itself where it is no echo. */
  readonly source: Cue;
  /** Whose revolutions `rev` counts, in itself and in its source. */
  readonly player: string | undefined;
  readonly sourcePlayer: string | undefined;
}

/** What a practical was found to play, and why. */
export interface KnownHits {
  readonly reasons: HitReasons;
  /** Undefined where they cannot be known, which is an issue already. */
  readonly hits: readonly Hit[] | undefined;
  /** The turn of the memory in which they were found. */
  readonly turn: number;
  /** There was an issue on the way, so that they hold for that turn only. */
  readonly isOnce: boolean;
  /** What else the hits need, and then their drafts. */
  made: MadeSounds;
  /** There once they have been asked for. */
  drafts?: readonly Draft[];
}

export function areReasons(reasons: HitReasons, others: HitReasons): boolean {
  return (
    reasons.source === others.source &&
    reasons.player === others.player &&
    reasons.sourcePlayer === others.sourcePlayer &&
    isPlace(reasons.start, others.start) &&
    isPlace(reasons.sourceStart, others.sourceStart) &&
    isPlace(reasons.until, others.until)
  );
}

function isPlace(place: Rational | undefined, other: Rational | undefined): boolean {
  return place === other || (place !== undefined && other !== undefined && compare(place, other) === 0);
}
