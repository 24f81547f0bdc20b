import type { Edit, Marker, Scene, Shot } from '../edit/edit.ts';
import type { Issue } from '../issue/issue.ts';
import type { Cue, CueSheet } from '../sheet/schema.ts';
import { frameSeconds, toSample } from '../time/frame-rate.ts';
import { add, type Rational, rational } from '../time/rational.ts';
import { convertedLength } from './converted-length.ts';
import type { ScoreSound, SoundInfo } from './score.ts';
import { ScoreMemory } from './score-memory.ts';

/** What a score is compiled from. */
export interface CompileInput {
  readonly sheet: CueSheet;
  readonly edit: Edit;
  /**
   * What the files hold: sounds by tag, impulse responses by `impulseName` of their space. One that could not
   * be read is left out, and its issue is the caller's.
   */
  readonly sounds: ReadonlyMap<string, SoundInfo>;
  /** Of the scores before, so that what is as it was is not worked out again. Default: none. */
  readonly memory?: ScoreMemory;
}

/** What every step of compiling works with. */
export interface Setting {
  readonly sheet: CueSheet;
  readonly edit: Edit;
  /** What the files of the sheet's sounds hold, by tag; a tag without one has an issue of its own already. */
  readonly sounds: ReadonlyMap<string, SoundInfo>;
  readonly cues: readonly Placed[];
  readonly cuesById: ReadonlyMap<string, Placed>;
  /** By how much drops whose music begins on a platter that is not up to speed yet fall behind, s, by id. */
  readonly lags: ReadonlyMap<string, Rational>;
  readonly shots: ReadonlyMap<string, Shot>;
  readonly scenes: ReadonlyMap<string, Scene>;
  readonly markers: ReadonlyMap<string, Marker>;
  /** Sounds that the score has besides the sheet's own files, by the name that regions use. */
  readonly made: Map<string, ScoreSound>;
  readonly memory: ScoreMemory;
  /** How often an issue was taken, the same again included. */
  readonly reports: { count: number };
  /** Takes an issue; the same one twice (two edges of a cue share an anchor) counts once. */
  readonly report: (issue: Issue) => void;
}

/** How a player's speaker sounds. */
export type SheetSpeaker = Exclude<CueSheet['players'][string]['speaker'], boolean | undefined>;

/** A cue with its place in the sheet. */
export interface Placed<T extends Cue = Cue> {
  readonly cue: T;
  readonly index: number;
  /** `/cues/3` */
  readonly pointer: string;
}

/** Gathers a sheet, an edit and what is known of its sounds; issues go to `issues`. */
export function makeSetting(
  { sheet, edit, sounds, memory = new ScoreMemory('one score') }: CompileInput,
  issues: Issue[],
): Setting {
  const { cues: _, ...whole } = sheet;
  memory.begin({ edit, soundInfos: sounds, sheet: whole });
  const cues = sheet.cues.map((cue, index) => ({ cue, index, pointer: `/cues/${index}` }));
  const reported = new Set<string>();
  const reports = { count: 0 };
  return {
    sheet,
    edit,
    sounds,
    made: new Map(),
    memory,
    reports,
    cues,
    cuesById: firstBy(cues, (placed) => placed.cue.id),
    lags: new Map(),
    shots: firstBy(edit.shots, (shot) => shot.id),
    scenes: firstBy(edit.scenes, (scene) => scene.id),
    markers: firstBy(edit.markers, (marker) => marker.name),
    report(issue) {
      reports.count += 1;
      const key = `${issue.pointer} ${issue.rule} ${issue.message}`;
      if (reported.has(key)) return;
      reported.add(key);
      issues.push(issue);
    },
  };
}

/** Things by name, in their order; of two with one name (an issue elsewhere) the first is meant. */
function firstBy<T>(things: readonly T[], nameOf: (thing: T) => string): ReadonlyMap<string, T> {
  const byName = new Map<string, T>();
  for (const thing of things) {
    const name = nameOf(thing);
    if (!byName.has(name)) byName.set(name, thing);
  }
  return byName;
}

/** The edit's length, seconds from its first frame. */
export function filmSeconds(setting: Setting): Rational {
  return frameSeconds(setting.edit.durationFrames, setting.edit.frameRate);
}

/** A position, seconds from the edit's first frame, as a sample. */
export function sampleAt(setting: Setting, seconds: Rational): number {
  return toSample(seconds, setting.sheet.sampleRate);
}

/** A count of samples as exact seconds. */
export function samplesToSeconds(setting: Setting, samples: number): Rational {
  return rational(samples, setting.sheet.sampleRate);
}

/** A count of samples in words: `1.234 s (59232 samples)`. */
export function lengthText(setting: Setting, samples: number): string {
  const seconds = samples / setting.sheet.sampleRate;
  return `${seconds.toFixed(3)} s (${samples} sample${samples === 1 ? '' : 's'})`;
}

/** A length that begins at a position, in samples: the difference of two rounded positions. */
export function spanSamples(setting: Setting, start: Rational, length: Rational): number {
  return sampleAt(setting, add(start, length)) - sampleAt(setting, start);
}

/** Length of a sound at the sheet's rate, samples; undefined where the file could not be read. */
export function soundSamples(setting: Setting, tag: string): number | undefined {
  const info = setting.sounds.get(tag);
  return info && convertedLength(info.samples, info.sampleRate, setting.sheet.sampleRate);
}
