import type { Edit } from '../edit/edit.ts';
import { isAlike } from '../sheet/likeness.ts';
import type { Cue, CueSheet } from '../sheet/schema.ts';
import type { Rational } from '../time/rational.ts';
import type { GateDraft } from './gate-draft.ts';
import type { KnownHits } from './hit.ts';
import type { MadeSounds } from './made-sounds.ts';
import type { Stand } from './perspective/stand.ts';
import type { Draft } from './region-draft.ts';
import type { Region, Score, ScoreCue, SoundInfo } from './score.ts';

/** All that every cue of a film follows from, besides itself and the cues that it names. */
export interface Ground {
  readonly edit: Edit;
  readonly soundInfos: ReadonlyMap<string, SoundInfo>;
  /** The sheet without its cues. */
  readonly sheet: Omit<CueSheet, 'cues'>;
}

/** What became of a draft, and between which gates. */
interface KnownPieces {
  readonly gates: readonly GateDraft[];
  readonly pieces: readonly Draft[];
  readonly made: MadeSounds;
}

/** What is kept of things, by the things themselves. */
interface Kept<Thing, What> {
  get(thing: Thing): What | undefined;
  set(thing: Thing, what: What): unknown;
}

const NOTHING: Kept<unknown, never> = { get: () => undefined, set: () => undefined };

/**
 * What compiling a score keeps for the one after it, which differs in a cue or two: what each cue has come to. A score
 * is the same with a memory as without one, and what of it is as it was is the very object that it was.
 *
 * What was found with an issue on the way is not kept, so that the issue is found again.
 */
export class ScoreMemory {
  /** Of practicals, by the cue as the sheet has it: one that is written anew is another. */
  readonly hits: Kept<Cue, KnownHits>;
  readonly pieces: Kept<Draft, KnownPieces>;
  /** As the score has them, by the drafts that they come from. */
  readonly regions: Kept<Draft, Region>;
  readonly cues: Kept<Cue, ScoreCue>;
  /** How the film is heard, by the strength of the perspective. */
  readonly tracks = new Map<number, readonly Stand[]>();
  /** Where anchors lie that follow from the edit alone, by their text. */
  readonly places = new Map<string, Rational>();
  /** The last score. */
  score: Score | undefined;
  /** Grows with every score that is compiled: what holds for one only is known by it. */
  turn = 0;
  #ground: Ground | undefined;
  #gates: readonly GateDraft[] = [];
  #since = 0;

  /** @param span - For one score only what its own steps ask for again is kept. */
  constructor(span: 'one score' | 'many scores' = 'many scores') {
    const isOne = span === 'one score';
    this.hits = isOne ? new Map() : new WeakMap();
    this.pieces = isOne ? NOTHING : new WeakMap();
    this.regions = isOne ? NOTHING : new WeakMap();
    this.cues = isOne ? NOTHING : new WeakMap();
  }

  /** Begins another score. Where all cues have another ground, nothing of what was kept holds. */
  begin(ground: Ground): void {
    this.turn += 1;
    if (this.#ground && isAlike(this.#ground, ground)) return;
    this.#ground = ground;
    this.#since = this.turn;
    this.tracks.clear();
    this.places.clear();
  }

  /** Whether what was kept in some turn stands on the ground of this one. */
  holds(turn: number): boolean {
    return turn >= this.#since;
  }

  /** The gates as they were kept before, where they are the same. */
  gatesAs(gates: readonly GateDraft[]): readonly GateDraft[] {
    if (!isAlike(this.#gates, gates)) this.#gates = gates;
    return this.#gates;
  }
}
