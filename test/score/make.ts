import type { Edit, Marker, Shot } from '../../src/engine/edit/edit.ts';
import { compile } from '../../src/engine/score/compile.ts';
import type { Region, Score, SoundInfo } from '../../src/engine/score/score.ts';
import { impulseName } from '../../src/engine/score/spaces.ts';
import { cueSheetSchema } from '../../src/engine/sheet/schema.ts';
import { type FrameRate, parseFrameRate } from '../../src/engine/time/frame-rate.ts';

/** Frames per shot, by shot id; scenes are the part before the dash. */
export const SHOTS = { '1-1': 240, '1-2': 240, '2-1': 480, '2-2': 240, '3-1': 1200 };

/** An edit of shots laid end to end from 01:00:00:00. */
export function makeEdit(
  options: {
    frameRate?: string;
    startFrame?: number;
    shots?: Record<string, number>;
    markers?: readonly Marker[];
  } = {},
): Edit {
  const frameRate = rateOf(options.frameRate ?? '24');
  const startFrame = options.startFrame ?? 86400;
  let frame = startFrame;
  const shots: Shot[] = Object.entries(options.shots ?? SHOTS).map(([id, frames]) => {
    const recordIn = frame;
    frame += frames;
    return { id, scene: id.split('-')[0]!, recordIn, recordOut: frame };
  });
  const sceneIds = [...new Set(shots.map((shot) => shot.scene!))];
  return {
    format: 'inline',
    frameRate,
    startFrame,
    durationFrames: frame - startFrame,
    shots,
    scenes: sceneIds.map((id) => {
      const own = shots.filter((shot) => shot.scene === id);
      return { id, recordIn: own[0]!.recordIn, recordOut: own.at(-1)!.recordOut };
    }),
    markers: options.markers ?? [],
  };
}

export function rateOf(name: string): FrameRate {
  const rate = parseFrameRate(name);
  if (!rate) throw new Error(`no such rate: ${name}`);
  return rate;
}

/** Sounds that every test sheet has: seconds at 48 kHz, or a full description. */
export const SOUNDS: Record<string, number | SoundInfo> = {
  hum: 20,
  creak: 30,
  city: 45,
  'step-1': 0.5,
  'step-2': 0.6,
  'step-3': 0.7,
  waltz: 60,
};

/** A sheet with three stems, one player and the sounds above; `cues` are as a user writes them. */
export function makeSheet(cues: readonly object[], more: object = {}) {
  const sounds = Object.fromEntries(Object.keys(SOUNDS).map((tag) => [tag, { file: `${tag}.wav` }]));
  // Through JSON, so that `undefined` takes a key away as it would in a file.
  const written = {
    version: 1,
    edit: 'edit.edl',
    sounds,
    players: { portable: {}, single: { rpm: 45 } },
    stems: { room: {}, sfx: {}, record: {} },
    cues,
    ...more,
  };
  return cueSheetSchema('grammar').parse(JSON.parse(JSON.stringify(written)));
}

export function makeSounds(sounds: Record<string, number | SoundInfo> = SOUNDS): Map<string, SoundInfo> {
  return new Map(
    Object.entries(sounds).map(([tag, sound]) => [
      tag,
      typeof sound === 'number'
        ? { sampleRate: 48000, channels: 2, samples: Math.round(sound * 48000) }
        : sound,
    ]),
  );
}

interface CompileOptions {
  readonly edit?: Edit;
  readonly sheet?: object;
  readonly sounds?: Record<string, number | SoundInfo>;
  readonly impulses?: Record<string, SoundInfo>;
}

/** Compiles cues and expects nothing to be an error. */
export function score(cues: readonly object[], options: CompileOptions = {}): Score {
  const result = compileCues(cues, options);
  if (!result.score) throw new Error(JSON.stringify(result.issues, undefined, 1));
  return result.score;
}

/** Compiles cues and gives back the issues as `rule pointer`. */
export function rules(cues: readonly object[], options: CompileOptions = {}): string[] {
  return compileCues(cues, options).issues.map((issue) => `${issue.rule} ${issue.pointer}`);
}

export function compileCues(cues: readonly object[], options: CompileOptions = {}) {
  return compile({
    sheet: makeSheet(cues, options.sheet),
    edit: options.edit ?? makeEdit(),
    sounds: new Map([
      ...makeSounds({ ...SOUNDS, ...options.sounds }),
      ...Object.entries(options.impulses ?? {}).map(([space, info]) => [impulseName(space), info] as const),
    ]),
  });
}

export function cueOf(from: Score, id: string) {
  const cue = from.cues.find((candidate) => candidate.id === id);
  if (!cue) throw new Error(`no cue ${id}`);
  return cue;
}

export function regionsOf(from: Score, cue: string): Region[] {
  return from.stems.flatMap((stem) => stem.regions.filter((region) => region.cue === cue));
}

/** A practical of one sound, as short as can be. */
export function hit(id: string, at: string, more: object = {}) {
  return { id, type: 'practical', stem: 'sfx', sound: 'step-1', at, ...more };
}

export const BED = {
  id: 'tone',
  type: 'room-tone',
  stem: 'room',
  sounds: [{ sound: 'hum', gainDb: -6 }, { sound: 'creak' }],
};

/** The heart of the film on the test edit: drop, run-out, lift, three seconds, return. */
export const SEQUENCE = [
  BED,
  {
    id: 'drop',
    type: 'needle-drop',
    stem: 'record',
    player: 'portable',
    record: 'waltz',
    at: 'shot:1-2.start',
    musicEnd: 'scene:3.start',
  },
  {
    id: 'runout',
    type: 'groove-loop',
    stem: 'record',
    player: 'portable',
    at: 'scene:3.start',
    revolutions: 5,
  },
  { id: 'lift', type: 'needle-lift', stem: 'record', player: 'portable', at: 'cue:runout.end' },
  { id: 'nothing', type: 'silence', at: 'cue:lift.end', for: '3s' },
  {
    id: 'world',
    type: 'room-return',
    at: 'cue:nothing.end',
    bed: 'tone',
    order: [
      { sound: 'hum', fade: '1.2s' },
      { sound: 'creak', after: '0.8s' },
    ],
  },
];
