import type { ReadonlySignal } from '@preact/signals';

/** What feeds a player: the studio. */
export interface SoundFeed {
  /**
   * Sends to a player from now on.
   *
   * @param line - The studio's end of the line.
   * @param layout - Channels of each of the player's outputs. Nothing is sent while the film has others.
   */
  connect(line: MessagePort, layout: readonly number[]): void;
  /** Begins a stream at a sample of the film. @returns Its number. */
  seek(sample: number): number;
  /**
   * Begins a stream that ends by itself after `count` samples, in no loop, and that no meter counts: what is heard of
   * a place while it is scrubbed over. @returns Its number.
   */
  burst(sample: number, count: number): number;
  /** What is repeated: once the playhead comes to `to` it goes on at `from`. Takes effect without a gap. */
  setLoop(range: { readonly from: number; readonly to: number } | undefined): void;
  /** Linear gains of the stems in what is measured, in the score's order; all 1 at first. */
  setMeterGains(gains: readonly number[]): void;
  resetMeter(): void;
  readonly loudness: ReadonlySignal<LoudnessReading>;
}

/** Loudness of what was heard last. LUFS and dBTP; −Infinity where there is nothing to measure. */
export interface LoudnessReading {
  readonly momentaryLufs: number;
  readonly shortTermLufs: number;
  /** Since the last reset, as is the peak. */
  readonly integratedLufs: number;
  readonly truePeakDbtp: number;
}

export const NO_LOUDNESS: LoudnessReading = {
  momentaryLufs: Number.NEGATIVE_INFINITY,
  shortTermLufs: Number.NEGATIVE_INFINITY,
  integratedLufs: Number.NEGATIVE_INFINITY,
  truePeakDbtp: Number.NEGATIVE_INFINITY,
};

/** What plays a stream out: the desk. */
export interface Player {
  /** Grows when the player was made anew, for other stems or another rate: it is stopped then and knows no stream. */
  readonly made: ReadonlySignal<number>;
  /**
   * Plays on, nothing older than this stream. Wakes up the sound device, which needs a gesture of the user before.
   *
   * @param burst - Samples of the stream, where it is a burst: it fades out at its end, and no other is played.
   * @returns False where no sound device can be opened, which the user has been told.
   */
  go(stream: number, burst?: number): Promise<boolean>;
  /** Fades out what is heard, within a few milliseconds, and stops. */
  stop(): void;
  /** What is heard at this moment; undefined where nothing of any stream was heard yet. */
  heard(): Heard | undefined;
  /** Number of the last stream that was played to its end. */
  readonly endedStream: ReadonlySignal<number | undefined>;
}

export interface Heard {
  readonly stream: number;
  /** The film's sample. */
  readonly sample: number;
  /** False where the player stands still: stopped, waiting, or at the end. */
  readonly isMoving: boolean;
}
