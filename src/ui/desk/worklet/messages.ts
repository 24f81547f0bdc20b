import type { Segment } from './stem-player.ts';

/** What the page tells the worklet, over the node's own port. */
export type ToWorklet =
  /** The worklet's end of the line to the studio; transferred. */
  | { readonly kind: 'line'; readonly line: MessagePort }
  /** Alone: a newer stream is not played. */
  | { readonly kind: 'go'; readonly stream: number; readonly isAlone?: true }
  | { readonly kind: 'stop'; readonly frame: number }
  /** Linear gains of the stems in the levels of the mix. */
  | { readonly kind: 'gains'; readonly gains: readonly number[] }
  /** Sends copies of what is put out until so many samples were; for tests. */
  | { readonly kind: 'capture'; readonly samples: number };

/** What the worklet tells the page. */
export type FromWorklet =
  | ({ readonly kind: 'segment' } & Segment)
  | { readonly kind: 'underrun' }
  | { readonly kind: 'ended'; readonly stream: number }
  | LevelsMessage
  | CaptureMessage;

/** Highest magnitudes since the last message: of each channel of each stem, one after another, and of the mix. */
export interface LevelsMessage {
  readonly kind: 'levels';
  readonly stems: Float32Array;
  readonly mix: Float32Array;
}

/** What was put out from the film's sample `from` on: for each stem, its channels interleaved. */
export interface CaptureMessage {
  readonly kind: 'captured';
  readonly from: number;
  /** The context's frame at which it was put out. */
  readonly frame: number;
  readonly stems: readonly Float32Array[];
  readonly isLast: boolean;
}

/** How the processor is made. */
export interface StemPlayerOptions {
  /** Channels of each output. */
  readonly layout: readonly number[];
}

export const STEM_PLAYER = 'runout-stem-player';
