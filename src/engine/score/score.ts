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
  /** What regions and spaces play, by the name that they use. */
  readonly sounds: Readonly<Record<string, ScoreSound>>;
  /** Rooms that regions send to, by id. */
  readonly spaces: Readonly<Record<string, ScoreSpace>>;
  readonly cues: readonly ScoreCue[];
  /** In order of start; those of one stem do not overlap. */
  readonly gates: readonly Gate[];
  /** In the sheet's order. */
  readonly stems: readonly ScoreStem[];
}

/**
 * One output file. Its regions are in order of start, then of the sheet. A sample of it is made in this order:
 *
 *     regions + returns of spaces ─▶ filters ─▶ level ─▶ ducks ─▶ fall before gates ─▶ zero in gates ─▶ rounded once
 */
export interface ScoreStem {
  readonly id: string;
  readonly channels: StemChannels;
  readonly regions: readonly Region[];
  readonly filters?: readonly Filter[];
  /** In order of `at`. The first point's level holds before it, the last one's after it. */
  readonly level?: readonly LevelPoint[];
  /** Where the stem gives way; of several that overlap, the deepest counts at each sample. */
  readonly ducks?: readonly Duck[];
}

/** Mono, stereo (L R) or 5.1 (L R C LFE Ls Rs, the SMPTE order). */
export type StemChannels = 1 | 2 | 6;

/** A room: what is sent to it comes back as its impulse response answers. */
export interface ScoreSpace {
  /** Key of `Score.sounds`: the impulse response, of 1, 2 or 4 channels (LL LR RL RR). */
  readonly sound: string;
  /** True when the response is brought to unit energy before it is used. */
  readonly normalize: boolean;
  /** Level of the room, dB, after that. */
  readonly gainDb: number;
  /** Stem that the room comes back on, where it is not each sender's own. */
  readonly stem?: string;
}

/** What a region gives to a space: the region after its pan and ramps, at this level instead of its own. */
export interface Send {
  readonly space: string;
  /** dB, with the gains of cue, sound and stem already in it. */
  readonly gainDb: number;
}

/** A filter of second order, as in R. Bristow-Johnson's Audio EQ Cookbook. */
export interface Filter {
  readonly type: 'high-pass' | 'low-pass' | 'low-shelf' | 'high-shelf' | 'bell';
  readonly hz: number;
  readonly q: number;
  /** dB of a shelf or a bell; 0 for the others. */
  readonly gainDb: number;
}

/** A level that a stem has at a sample, and the shape of the way to it: `linear` in dB, or in power. */
export interface LevelPoint {
  readonly at: number;
  readonly gainDb: number;
  readonly curve: Curve;
}

/** A stem gives way by `byDb` in [`start`, `end`), falling over `attack` before and rising over `release` after. */
export interface Duck {
  readonly start: number;
  readonly end: number;
  /** Samples; linear in dB. */
  readonly attack: number;
  readonly release: number;
  /** dB, 0 or more. */
  readonly byDb: number;
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
  /** False where only the send is heard (`"dryDb": "off"`). */
  readonly dry?: false;
  readonly send?: Send;
  /** −1 (left) … 1 (right). */
  readonly pan: number;
  /** 0 (front, as where it is absent) … 1 (Ls and Rs). It counts on 5.1 stems only. */
  readonly surround?: number;
  readonly ramps: readonly Ramp[];
  /** What the level moves by, on top of `gainDb` and of the send's: as a stem's `level` does. */
  readonly level?: readonly LevelPoint[];
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
  /** How long it is in the counts that it may be asked in: picture frames, and seconds. */
  readonly length?: { readonly frames: number; readonly seconds: number };
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
  /** How long a run-out is, in every count that it is decided by. */
  readonly runOut?: RunOutLength;
  readonly off?: true;
}

/** The length of a run-out: revolutions of its player, picture frames, seconds. */
export interface RunOutLength {
  readonly revolutions: number;
  readonly frames: number;
  readonly seconds: number;
}

/** What a region plays. */
export type ScoreSound =
  | FileSound
  | PressingSound
  | FilteredSound
  | VarispeedSound
  | DrivenSound
  | TextureSound
  | MatchedLoopSound;

/** An audio file, read at the score's rate. */
export interface FileSound {
  readonly kind: 'file';
  /** As the sheet names it, relative to the sheet. */
  readonly file: string;
  /** 4 for the impulse response of a true stereo room, and for nothing else. */
  readonly channels: 1 | 2 | 4;
  /** Length at the score's rate. */
  readonly samples: number;
}

/** Another sound of the score, filtered: it is as long, and what would ring on after its end is cut. */
export interface FilteredSound {
  readonly kind: 'filtered';
  /** Key of `Score.sounds`. */
  readonly of: string;
  readonly filters: readonly Filter[];
}

/** Another sound of the score, read at a rate that may change. */
export interface VarispeedSound {
  readonly kind: 'varispeed';
  /** Key of `Score.sounds`. */
  readonly of: string;
  readonly speed: SpeedCurve;
  /** Samples until the other sound is used up. */
  readonly samples: number;
}

/**
 * Another sound of the score, repeated without end, that comes round where its end and its beginning are most
 * alike: that is found when it is opened, `earlier` samples before `period` at most. Silent below 0.
 */
export interface MatchedLoopSound {
  readonly kind: 'matched-loop';
  /** Key of `Score.sounds`. */
  readonly of: string;
  /** The longest that it may be from one beginning to the next, samples. */
  readonly period: number;
  /** Samples of its crossfade, of equal power. */
  readonly overlap: number;
  /** Samples. */
  readonly earlier: number;
}

/** Noise without an end that has the spectrum, the stereo image and the steady tones of another sound of the score. */
export interface TextureSound {
  readonly kind: 'texture';
  /** Key of `Score.sounds`. */
  readonly of: string;
  /** What its chance comes from; its sample index is its own, and is good below 0 too. */
  readonly seed: number;
}

/**
 * Another sound of the score, its channels made one, driven into a gentle limit: as loud as it was where it is
 * soft, rounder where it is loud.
 */
export interface DrivenSound {
  readonly kind: 'driven';
  /** Key of `Score.sounds`. */
  readonly of: string;
  /** Level at which it is half a decibel or so rounder, as a gain that brings it to full scale: 1 or more. */
  readonly drive: number;
  /** How much more it gives one way than the other, 0 … 0.5. */
  readonly bias: number;
}

/**
 * How fast a sound is read: sound samples per sample, as a function of the sample k of the varispeed sound. The
 * place in the other sound is `from` plus the exact integral of the rate from 0 to k. Before the first point
 * the first rate holds, after the last the last; between, the rate is a straight line.
 */
export interface SpeedCurve {
  /** Place in the other sound at k = 0, samples. */
  readonly from: number;
  /** In order of `at`, samples; at least one; rates 0 … 8, and not 0 for good. */
  readonly points: readonly { readonly at: number; readonly rate: number }[];
  /** Added to the rate: `peak`·sin(2π(k + `phase`)/`period`); over a period they add up to zero. */
  readonly waves: readonly { readonly period: number; readonly peak: number; readonly phase: number }[];
  /** Moves the place without a pattern, and leaves it where it was at both its ends. */
  readonly drifts?: readonly SpeedDrift[];
}

/** Chance in a speed: between knots every `step` samples, at which the place lies somewhere, it moves smoothly. */
export interface SpeedDrift {
  readonly seed: number;
  /** Samples from one knot to the next. */
  readonly step: number;
  /** Knots, of which the first, at sample 0, and the last are at their place. */
  readonly knots: number;
  /** The most that it adds to the rate, or takes from it. */
  readonly peak: number;
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
  readonly scratch?: PressingScratch;
  /** How far the record is from flat, 0 … 1. */
  readonly warp?: number;
  /** True where hiss and dust of the run-out come round with every revolution, too. */
  readonly repeat?: boolean;
}

/** A scratch across neighbouring revolutions. */
export interface PressingScratch {
  /** 0 … 1. */
  readonly depth: number;
  /** Place in the groove, samples, from which on the stylus meets it. By the seed, where it is not here. */
  readonly at?: number;
  /** How many revolutions it crosses. By the seed and the depth, where it is not here. */
  readonly revolutions?: number;
}

/**
 * `groove`: lead-in and music; `run-out`: the locked groove, whose index goes on from the groove's;
 * `drop`: the stylus touches (index 0); `lead-out`: it slides down the wide spiral behind the music (index 0);
 * `lift`: it leaves (index 0); `motor`: what turns the platter, at its speed; `hum`: what the mains do to it, at any;
 * `switch-on`, `switch-off`: a click (index 0).
 */
export type PressingPart =
  | 'groove'
  | 'run-out'
  | 'drop'
  | 'lead-out'
  | 'lift'
  | 'motor'
  | 'hum'
  | 'switch-on'
  | 'switch-off';

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
