/**
 * How sound gets from the studio's worker to the desk's worklet: over a line (one MessagePort at each end) that
 * does not pass the page, so that a busy page cannot make it stop.
 *
 *     studio's worker ── blocks, jumps ──▶ worklet (one output a stem) ──▶ desk
 *                     ◀── blocks that were played ──
 *
 * A stream is what is played from one jump to the next; its places are counted in samples from its beginning. A
 * newer version of a stream takes over from an older one at the same place, without a gap, as soon as its first
 * block is there: that is how an edit is heard. Blocks that were played come back, which keeps their number
 * bounded and lets the worker measure what was heard.
 */
export type LineMessage = Block | Jump | End;

/** Some samples of every stem. */
export interface Block {
  readonly kind: 'block';
  readonly stream: number;
  readonly version: number;
  /** Place of its first sample in the stream. */
  readonly at: number;
  /** The film's sample that it begins with. */
  readonly from: number;
  /** Samples. */
  readonly count: number;
  /** The stems one after another, each with its channels interleaved. Transferred. */
  readonly samples: Float32Array<ArrayBuffer>;
}

/** A new stream begins: forget the old one, be silent until the first block comes. */
export interface Jump {
  readonly kind: 'jump';
  readonly stream: number;
}

/** A version of the stream ends at a place. */
export interface End {
  readonly kind: 'end';
  readonly stream: number;
  readonly version: number;
  readonly at: number;
}

/** What the worklet says back. */
export type LineAnswer = PlayedBlock | Standing | Going;

/** A block on its way back, and what was heard of it: its samples [playedFrom, playedTo), none if they are equal. */
export interface PlayedBlock {
  readonly kind: 'played';
  readonly stream: number;
  readonly version: number;
  readonly at: number;
  readonly count: number;
  readonly playedFrom: number;
  readonly playedTo: number;
  readonly samples: Float32Array<ArrayBuffer>;
}

/** The worklet stands still at a place of a stream. */
export interface Standing {
  readonly kind: 'standing';
  readonly stream: number;
  readonly at: number;
}

export interface Going {
  readonly kind: 'going';
}
