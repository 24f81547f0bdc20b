import type { CueSheet, Edit, FilePorts, PlacedIssue, Score, SoundInfo } from '../../engine/index.ts';
import type { SoundProblem } from '../browser-sounds.ts';
import type { LoudnessReading } from '../playback.ts';
import type { Difference } from './difference.ts';

/** The files around the sheet, in a worker. */
export interface StudioFiles extends FilePorts {
  /** Times so far that a file was asked for and nobody answered. */
  unanswered(): number;
  /** Forgets what is known of some files, or of all: they have changed. */
  forget(paths: readonly string[] | 'all'): void;
}

/** The sheet, as the server knows it. */
export interface SheetPlace {
  /** Absolute. */
  readonly sheetPath: string;
  /** As the user named it. */
  readonly name: string;
  /** Absolute path of the folder that the sheet's paths must stay in. */
  readonly root: string;
}

/** The first message of a worker says what it is to be. `access` is what it opens files with; plain data. */
export type StartMessage<Access> =
  | {
      readonly kind: 'reader';
      readonly access: Access;
      readonly place: SheetPlace;
      /** To the mixer: {@link ScoreMessage}. */
      readonly mixer: MessagePort;
    }
  | {
      readonly kind: 'mixer';
      readonly access: Access;
      /** From the reader. */
      readonly reader: MessagePort;
      readonly kernel: WebAssembly.Module;
      readonly options: MixingOptions;
    };

export interface MixingOptions {
  /** How far ahead of the playhead it mixes, milliseconds. */
  readonly aheadMs: number;
}

/** To the reader. */
export type ToReader =
  | { readonly kind: 'read'; readonly revision: number; readonly text: string }
  | { readonly kind: 'forget'; readonly paths: readonly string[] | 'all' };

/** From the reader: what it found. */
export interface Reading {
  readonly revision: number;
  readonly issues: readonly PlacedIssue[];
  /** Whoever has the files did not answer: nothing can be said of this text until they do. */
  readonly isUnanswered?: true;
  /** Where it compiled: what is different from the last film that was told of, a {@link ReadFilm}. */
  readonly film?: Difference;
}

/** A sheet that compiled. */
export interface ReadFilm {
  readonly sheet: CueSheet;
  readonly edit: Edit;
  readonly score: Score;
  readonly soundInfos: ReadonlyMap<string, SoundInfo>;
}

/** From the reader to the mixer. */
export interface ScoreMessage {
  readonly revision: number;
  /**
   * What is different from the last score that was told of. Absent where the sheet has errors: what can be found of
   * its files is told all the same.
   */
  readonly score?: Difference;
  /** Absolute paths of the files, by the score's names of the sounds: what is different from the last. */
  readonly paths: Difference;
  /** How long it took to read and compile. */
  readonly readMilliseconds: number;
  /** Files that have changed since the last score. */
  readonly changed: readonly string[] | 'all';
}

/** To the mixer. */
export type ToMixer =
  | { readonly kind: 'connect'; readonly line: MessagePort; readonly layout: readonly number[] }
  | {
      readonly kind: 'seek';
      readonly stream: number;
      readonly sample: number;
      /** Samples after which it ends, where it is a burst. */
      readonly burst?: number;
    }
  | { readonly kind: 'loop'; readonly range?: { readonly from: number; readonly to: number } }
  | { readonly kind: 'gains'; readonly gains: readonly number[] }
  | { readonly kind: 'reset-meter' }
  /** The range that is looked at: its peaks come first. */
  | { readonly kind: 'look'; readonly from: number; readonly to: number }
  | ({ readonly kind: 'detail' } & DetailRequest)
  | { readonly kind: 'samples'; readonly id: number; readonly tag: string; readonly rate: number };

/** Peaks finer than those of the whole film. */
export interface DetailRequest {
  /** A stem's id, or `mix`. */
  readonly stem: string;
  readonly from: number;
  readonly to: number;
  /** Samples of a cell. */
  readonly cell: number;
}

/** From the mixer. */
export type FromMixer =
  | { readonly kind: 'loudness'; readonly reading: LoudnessReading }
  | PeaksMessage
  | ({ readonly kind: 'detail'; readonly revision: number; readonly peaks: Float32Array } & DetailRequest)
  | {
      readonly kind: 'samples';
      readonly id: number;
      readonly sound?: { readonly channels: number; readonly samples: Float32Array };
      readonly problem?: string;
    }
  | { readonly kind: 'sound-problem'; readonly problem: SoundProblem }
  | { readonly kind: 'problem'; readonly message: string }
  | ({ readonly kind: 'playing' } & PlayingScore);

/** A score that is played from now on. */
export interface PlayingScore {
  readonly revision: number;
  /** How long it took to read and compile it, and then to open it for mixing. */
  readonly readMilliseconds: number;
  readonly openMilliseconds: number;
}

/** Peaks of some cells of the whole film: of each stem, then of the mix. */
export interface PeaksMessage {
  readonly kind: 'peaks';
  /** Of the score that they were mixed from. */
  readonly revision: number;
  /** Samples of its film. */
  readonly samples: number;
  /** Ids of its stems, and `mix`. */
  readonly ids: readonly string[];
  /** Index of the first cell. */
  readonly firstCell: number;
  /** min0 max0 min1 max1 …, one array a stem and one for the mix. */
  readonly peaks: readonly Float32Array[];
}
