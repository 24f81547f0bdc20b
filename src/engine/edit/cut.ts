import type { Camera } from './edit.ts';

/**
 * A shot as a reader of an edit finds it, before it has an id. Frames are counted since midnight; the
 * record range is half-open.
 */
export interface Cut {
  /** Clip name as the edit has it. */
  readonly name?: string | undefined;
  readonly reel?: string | undefined;
  /** Event number as the EDL writes it: `001`. */
  readonly event?: string | undefined;
  /** Id and scene, where the edit itself gives them (inline). */
  readonly id?: string | undefined;
  readonly scene?: string | undefined;
  readonly camera?: Camera | undefined;
  readonly recordIn: number;
  readonly recordOut: number;
  /** Source range in frames at the source's own rate. */
  readonly sourceIn?: number | undefined;
  readonly sourceOut?: number | undefined;
  readonly place: Place;
}

/** Where in the user's input something stands: a pointer into the sheet, or a line of an edit file. */
export interface Place {
  /** RFC 6901 pointer into the cue sheet; empty for an edit file. */
  readonly pointer: string;
  readonly file?: string;
  /** Line, from 1. */
  readonly line?: number;
  /** Column in UTF-16 units, from 1. */
  readonly column?: number;
}
