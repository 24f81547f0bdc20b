/**
 * The compiled result: every region, gate and length in integer samples from the edit's first frame. Plain
 * frozen data, so that it can be printed, compared and sent to another thread. All ranges are half-open.
 */
export interface Score {
  readonly title: string;
  /** Samples per second of everything here. */
  readonly sampleRate: number;
  /** Length of every stem. */
  readonly samples: number;
  /** The first sample, counted from midnight: the stems' TimeReference. */
  readonly startSample: number;
  readonly seed: number;
  /** What regions play, by the name that regions use. */
  readonly sounds: Readonly<Record<string, ScoreSound>>;
  readonly cues: readonly ScoreCue[];
  /** In order of start; those of one stem do not overlap. */
  readonly gates: readonly Gate[];
  /** In the sheet's order. */
  readonly stems: readonly ScoreStem[];
}

/** One output file. Its regions are in order of start, then of the sheet. */
export interface ScoreStem {
  readonly id: string;
  readonly regions: readonly Region[];
}

/**
 * A piece of a sound at an exact sample. At timeline sample t it plays the sound's sample t − `origin`
 * (before any loop), times its gain, its pan and every one of its ramps.
 */
export interface Region {
  /** Id of the cue that asked for it. */
  readonly cue: string;
  /** Key of `Score.sounds`. */
  readonly sound: string;
  readonly start: number;
  readonly end: number;
  /** Timeline sample at which the sound's sample 0 lies; less than `start` when the head is trimmed off. */
  readonly origin: number;
  /** Level, dB: of the cue, the sound and the stem together. */
  readonly gainDb: number;
  /** −1 (left) … 1 (right). */
  readonly pan: number;
  readonly ramps: readonly Ramp[];
  readonly loop?: Loop;
}

/**
 * A sound repeated without end: pass k begins at `origin` + k·`period`, and each pass but the first fades in
 * over `overlap` while the one before it fades out.
 */
export interface Loop {
  /** The sound's length less `overlap`. At least `overlap`, and at least 1. */
  readonly period: number;
  readonly overlap: number;
  readonly curve: Curve;
}

/** `equal-power`: sin(πk/2N) and cos(πk/2N); `linear`: k/N and 1 − k/N; k = 0 … N − 1. */
export type Curve = 'equal-power' | 'linear';

/**
 * A gain that rises (`in`) or falls (`out`) over [`start`, `start` + `length`). A rising one is 0 before and
 * 1 after, a falling one 1 before and 0 after.
 */
export interface Ramp {
  readonly direction: 'in' | 'out';
  readonly start: number;
  readonly length: number;
  readonly curve: Curve;
}

/** A span in which the stems named are exactly zero, and the fall of those stems before it. */
export interface Gate {
  /** Id of the silence that asked for it. */
  readonly cue: string;
  /** Ids of stems. */
  readonly stems: readonly string[];
  readonly start: number;
  readonly end: number;
  /** Samples before `start` over which the stems fall to zero. */
  readonly fadeOut: number;
  readonly curve: Curve;
}

/** Where a cue ended up. */
export interface ScoreCue {
  readonly id: string;
  readonly type: string;
  readonly stem?: string;
  readonly start: number;
  readonly end: number;
  /** Edges that the cue's type names, besides start and end: `music` of a needle drop. */
  readonly edges?: Readonly<Record<string, number>>;
  readonly off?: true;
}

/** What a region plays. */
export type ScoreSound = FileSound | PressingSound;

/** An audio file, read at the score's rate. */
export interface FileSound {
  readonly kind: 'file';
  /** As the sheet names it, relative to the sheet. */
  readonly file: string;
  readonly channels: 1 | 2;
  /** Length at the score's rate. */
  readonly samples: number;
}

/**
 * The surface of a record, made up as it is read; stereo. Its sample index is the groove's: 0 is where the
 * track begins, the lead-in lies below 0.
 */
export interface PressingSound {
  readonly kind: 'pressing';
  readonly part: PressingPart;
  readonly seed: number;
  /** Samples in one revolution, as an exact fraction: 86400 / 1 at 33⅓ rpm and 48 kHz. */
  readonly revolution: readonly [numerator: number, denominator: number];
  /** Dust, 0 … 1. */
  readonly crackle: number;
  /** Ticks in one revolution. */
  readonly ticks: number;
}

/**
 * `groove`: lead-in and music; `run-out`: the locked groove, whose index goes on from the groove's;
 * `drop`: the stylus touches (index 0); `lift`: it leaves (index 0).
 */
export type PressingPart = 'groove' | 'run-out' | 'drop' | 'lift';

/** What compile needs to know of an audio file: read from its header, not by decoding it. */
export interface SoundInfo {
  /** Samples per second in the file. */
  readonly sampleRate: number;
  readonly channels: number;
  /** Samples (on all channels at once) in the file. */
  readonly samples: number;
  /** `bext` TimeReference: samples since midnight at the file's own rate. */
  readonly timeReference?: number;
}
