import type { ReadonlySignal, Signal } from '@preact/signals';
import type { CueSheet, Edit, PlacedIssue, Score, SoundInfo } from '../engine/index.ts';
import type { WrittenSound } from '../protocol/protocol.ts';

/**
 * What the parts of the app know of each other. A part (a folder of `src/ui`) imports this file and the
 * engine's door, and no other part; `app` alone knows them all and puts them together.
 *
 * Positions are samples from the edit's first frame, unless a name says otherwise. Signals are read in
 * components and effects; whoever owns one writes it.
 */
export interface Workspace {
  readonly document: SheetDocument;
  readonly studio: Studio;
  readonly transport: Transport;
  readonly desk: Desk;
  readonly view: View;
  readonly commands: CommandTable;
  readonly server: Server;
  readonly picture: Picture;
  /** Says something to the user: shown for a while, and spoken by screen readers. */
  readonly notify: (message: string, kind?: 'done' | 'problem') => void;
}

/** A sheet that compiled: what can be seen and heard of it. */
export interface Film {
  /** Revision of the document that it was made from. */
  readonly revision: number;
  readonly sheet: CueSheet;
  readonly edit: Edit;
  readonly score: Score;
  readonly soundInfos: ReadonlyMap<string, SoundInfo>;
}

/** The worker that compiles and mixes, seen from the page. */
export interface Studio {
  /** The last sheet that compiled; it goes on playing while a newer text has errors. */
  readonly film: ReadonlySignal<Film | undefined>;
  /** Issues of the newest text that was read. */
  readonly issues: ReadonlySignal<readonly PlacedIssue[]>;
  /** Revision that `issues` belongs to; less than the document's while it is being read. */
  readonly readRevision: ReadonlySignal<number>;
  /** Highest and lowest values of what is rendered; undefined while they are not yet made. */
  readonly peaks: PeaksOf;
  /** Grows whenever some peaks were made or changed: draw again. */
  readonly peaksRevision: ReadonlySignal<number>;
  /** A sound of the sheet, decoded, at the score's rate; interleaved. For the inspector. */
  soundSamples(tag: string): Promise<{ readonly channels: number; readonly samples: Float32Array }>;
}

/**
 * Peaks of a stem (a score's stem id, or `'mix'`) in [from, to), in `columns` columns: min and max of each, over all channels, as
 * min0 max0 min1 max1 ….
 */
export type PeaksOf = (stem: string, from: number, to: number, columns: number) => Float32Array | undefined;

/** The transport: where the listener is. */
export interface Transport {
  readonly isPlaying: ReadonlySignal<boolean>;
  /** The sample that is heard now, or where playing would begin. Written once an animation frame. */
  readonly position: ReadonlySignal<number>;
  /** In and out marks. */
  readonly inMark: Signal<number | undefined>;
  readonly outMark: Signal<number | undefined>;
  readonly isLooping: Signal<boolean>;
  /** Speed of the shuttle: 0 when it rests, 1 at play; J K L step it. Sound plays at 1 only. */
  readonly shuttle: ReadonlySignal<number>;
  /** The sample heard at this very moment, finer than `position`. */
  now(): number;
  play(): Promise<void>;
  pause(): void;
  toggle(): void;
  /** Goes to a sample; goes on playing if it was. */
  seek(sample: number): void;
  /**
   * As `seek`, and where nothing plays, and the view wants it, lets `count` samples be heard from there. The playhead
   * stays where it is.
   */
  scrub(sample: number, count: number): void;
  /** Forwards (1) or backwards (−1), faster with each call: J and L. */
  shuttleBy(direction: 1 | -1): void;
}

/** The monitor desk. It changes what is heard, never what is rendered. */
export interface Desk {
  /** In the score's order; new ones appear with new stems. */
  readonly channels: ReadonlySignal<readonly DeskChannel[]>;
  /** The picture's own sound, off at first; undefined without a picture that has one. */
  readonly guide: ReadonlySignal<DeskChannel | undefined>;
  readonly master: MasterMeter;
  readonly masterGainDb: Signal<number>;
  /** Plays as the speaker of a phone would: mono, band-limited. */
  readonly isPhone: Signal<boolean>;
  /** Blocks that came too late since the app was opened. */
  readonly underruns: ReadonlySignal<number>;
  /** The device's latency, ms, as far as it can be known. */
  readonly latencyMs: ReadonlySignal<number>;
}

export interface DeskChannel {
  readonly id: string;
  readonly isMuted: Signal<boolean>;
  readonly isSoloed: Signal<boolean>;
  readonly gainDb: Signal<number>;
  /** Peak of each channel since the last call of an animation frame, dBFS; −Infinity for silence. */
  readonly levelsDb: ReadonlySignal<readonly number[]>;
  /** The highest of them since it was held anew, or the master's last reset. */
  readonly peakDb: ReadonlySignal<number>;
  /** Holds its peak anew. */
  resetPeak(): void;
}

/** The mix as it is played, before the master's gain and the phone. */
export interface MasterMeter {
  readonly levelsDb: ReadonlySignal<readonly number[]>;
  /** LUFS; −Infinity where there is nothing to measure. Integrated: since the last reset. */
  readonly momentaryLufs: ReadonlySignal<number>;
  readonly shortTermLufs: ReadonlySignal<number>;
  readonly integratedLufs: ReadonlySignal<number>;
  /** Highest since the last reset. */
  readonly truePeakDbtp: ReadonlySignal<number>;
  /** True when something clipped since the last reset. */
  readonly hasClipped: ReadonlySignal<boolean>;
  reset(): void;
}

/** The sheet's text, and every way to change it. Text and parsed value are one thing: there is no second state. */
export interface SheetDocument {
  readonly text: ReadonlySignal<string>;
  /** Grows with every change. */
  readonly revision: ReadonlySignal<number>;
  /** Not saved yet. */
  readonly isDirty: ReadonlySignal<boolean>;
  /** It cannot be saved before the user has chosen between it and its file, and has put that off. Saving asks again. */
  readonly isConflictWaiting: ReadonlySignal<boolean>;
  /** What an undo or a redo would take back or do again: "Move mop", or undefined. */
  readonly undoLabel: ReadonlySignal<string | undefined>;
  readonly redoLabel: ReadonlySignal<string | undefined>;
  /**
   * Changes values in the text and leaves everything else in it as it is: comments, order, spaces. One undo step;
   * changes with the same `gesture` directly after one another are one step together.
   *
   * @param renames - The cue that is called otherwise by it.
   */
  change(label: string, changes: readonly ValueChange[], gesture?: string, renames?: Renaming): void;
  /** The cue that the newest change has called otherwise, be it made, taken back or done again. */
  readonly renamed: ReadonlySignal<Renaming | undefined>;
  /** Takes back what a gesture has changed, if it is what was changed last, as if it had not been: no redo knows of it. */
  drop(gesture: string): void;
  /** Replaces [from, to) of the text, as the text editor does. */
  type(from: number, to: number, insert: string): void;
  /** Replaces several places of the text, one after another, as one undo step: a replace-all, several cursors. */
  edit(label: string, patches: readonly TextPatch[]): void;
  /**
   * What has happened to the text since it was at a revision, one patch after another; undefined where that is
   * too long ago to be known.
   */
  patchesSince(revision: number): readonly TextPatch[] | undefined;
  /** The text as its file holds it: with the file's own line ends and byte order mark. */
  readonly fileText: ReadonlySignal<string>;
  undo(): void;
  redo(): void;
  save(): Promise<void>;
  /** The sheet's JSON as it stands, also where it has not the shape of a sheet; undefined where it is no JSON. */
  readonly value: ReadonlySignal<unknown>;
  /** Place of a JSON pointer in the text, for jumping there. */
  rangeOf(pointer: string): { readonly from: number; readonly to: number } | undefined;
  /** The innermost value that holds an offset of the text: its path, and where it stands. */
  pathAt(offset: number): PlacedPath | undefined;
  /** Index in `/cues` of a cue. */
  cueIndex(id: string): number | undefined;
  readonly versions: Versions;
}

/** Ids of a cue, before and after. */
export interface Renaming {
  readonly from: string;
  readonly to: string;
}

/** A piece of text, [from, to), that becomes another. In UTF-16 units. */
export interface TextPatch {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/** A path into the sheet's JSON, and the place of what lies there in the text. */
export interface PlacedPath {
  readonly path: readonly (string | number)[];
  readonly from: number;
  readonly to: number;
}

/** A value to set (or, where it is undefined, to take away) at a JSON path; `insert` makes room in an array. */
export interface ValueChange {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
  readonly insert?: true;
}

/**
 * Variants kept side by side, such as several lengths of a hold: each of some cues, or of the whole sheet. They
 * stand in the sheet itself, under `x-versions`.
 */
export interface Versions {
  readonly list: ReadonlySignal<readonly Version[]>;
  /** Name of the one that is heard now, the last one where several are (of different cues); empty without one. */
  readonly current: ReadonlySignal<string>;
  /**
   * Keeps the sheet as it stands under a name; what is done later is not part of it. With ids of cues, it is a
   * version of these alone, and everything else stays common to all; but where another version of them is without
   * some cue that is here, it is a version of that one too. A version of that name is replaced.
   */
  keep(name: string, cues?: readonly string[]): void;
  /**
   * Brings a version back as it was kept; what is in no version and would be lost is kept first, as one of its own.
   * Where cues of the version that is left are not of this one, and so stay, the user is told.
   */
  switchTo(name: string): void;
  /**
   * What is to be changed with it where cues are split: their versions are ones of their parts too, kept without them,
   * so that none of these sounds beside what it was made from.
   *
   * @param others - By a cue's id, what its versions hold besides: other cues by id, as they were, or null for none.
   */
  split(others: ReadonlyMap<string, Readonly<Record<string, unknown>>>): readonly ValueChange[];
  /** Marks one as the one that was decided on, instead of others of the same cues. */
  choose(name: string, note?: string): void;
  /** Writes a note on one. */
  annotate(name: string, note: string): void;
  remove(name: string): void;
}

export interface Version {
  readonly name: string;
  readonly note: string;
  /** It was decided on. */
  readonly isChosen: boolean;
  /** It is the one that was kept or switched to last. */
  readonly isHeard: boolean;
  /** It is heard and something was changed since, which is in no version yet. */
  readonly isChanged: boolean;
  /** Ids of the cues that it is a version of; undefined for the whole sheet. */
  readonly cues?: readonly string[];
}

/** What is looked at; nothing of it is in the sheet. */
export interface View {
  /** Ids of the selected cues; the last is the one that the inspector shows. */
  readonly selection: Signal<readonly string[]>;
  /** First sample at the timeline's left edge, and samples for each CSS pixel. */
  readonly from: Signal<number>;
  readonly samplesPerPixel: Signal<number>;
  readonly isFollowing: Signal<boolean>;
  readonly isSnapping: Signal<boolean>;
  /** A little is heard of each place that the playhead is dragged or stepped to. */
  readonly isScrubHeard: Signal<boolean>;
  /** Waveforms of the lanes are 2 to the power of it as high as would leave all lanes in view, 0 … 3. */
  readonly waveZoom: Signal<number>;
  readonly theme: Signal<'system' | 'light' | 'dark'>;
  /** Which panel beside the timeline is open. */
  readonly panel: Signal<'inspector' | 'text' | 'cues' | 'versions' | 'render'>;
  /** A place in the text that was asked for: the text panel goes there. */
  readonly textTarget: Signal<{ readonly from: number; readonly to: number } | undefined>;
}

/** Everything that can be done, in one table: keys, palette, menus and help read it. */
export interface CommandTable {
  readonly all: readonly Command[];
  /** Runs one by its id. */
  run(id: string): void;
}

/** How a command was asked for. */
export interface Asked {
  /** By a key that is being held down, and has run it already. */
  readonly isHeld?: boolean;
  /** The clipboard, where the browser has opened it for its own key. */
  readonly clipboard?: DataTransfer;
}

export interface Command {
  /** `transport.toggle`. */
  readonly id: string;
  readonly title: string;
  readonly group: 'Transport' | 'View' | 'Cues' | 'Desk' | 'File' | 'Help';
  /** As tinykeys writes them: `Space`, `Shift+KeyL`, `$mod+KeyZ`. */
  readonly keys: readonly string[];
  readonly run: (asked?: Asked) => void;
  /** Whether its keys are meant, where others have a use for them too, as any button has for Enter. Default: always. */
  readonly hasKeys?: () => boolean;
  /** What it does with the clipboard; with the browser's own key for it, it is called when that has been opened. */
  readonly clipboard?: 'copy' | 'cut' | 'paste';
  /** False while it makes no sense. Default: always enabled. */
  readonly isEnabled?: () => boolean;
  /** What is told to who asks for it while it is not. */
  readonly needs?: () => string;
}

/** The preview's server. */
export interface Server {
  readonly sheetName: string;
  readonly picture?: string;
  /** URL of the picture, for a media element. */
  readonly pictureUrl?: string;
  /** False while the server cannot be reached. */
  readonly isConnected: ReadonlySignal<boolean>;
  /** Writes a sound file beside the sheet. */
  writeSound(name: string, bytes: Blob): Promise<WrittenSound>;
}

/** The picture, as far as other parts need to know of it. */
export interface Picture {
  /**
   * How far the frame on screen is from the frame that is heard, in frames; positive: the picture is late.
   * Undefined while nothing is measured: the animatic is drawn from what is heard.
   */
  readonly driftFrames: ReadonlySignal<number | undefined>;
  /**
   * Where small pictures of frames come from; undefined while there are none. Another function where others would
   * come: of another file, or of one that begins elsewhere.
   */
  readonly still: ReadonlySignal<StillOf | undefined>;
}

/**
 * A small picture of a frame, counted from the edit's first; undefined where the file has none there. It comes when
 * nothing better is to be done, and stays with whoever made it: nobody closes it.
 *
 * @param heightPx - Of the picture, in the device's pixels.
 * @param signal - Calls it off.
 */
export type StillOf = (
  frame: number,
  heightPx: number,
  signal: AbortSignal,
) => Promise<ImageBitmap | undefined>;
