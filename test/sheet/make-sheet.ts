import type { Issue } from '../../src/engine/issue/issue.ts';
import { readSheet, type SheetReading } from '../../src/engine/sheet/read-sheet.ts';

type Json = { readonly [key: string]: unknown };

/** The four beats of a film: a bed, a needle drop with its run-out and lift, three seconds, the return. */
export const CUES = {
  tone: { type: 'room-tone', stem: 'room', sounds: [{ sound: 'hum', gainDb: -6 }, { sound: 'city' }] },
  mop: {
    type: 'practical',
    stem: 'sfx',
    sound: ['mop-1', 'mop-2'],
    at: 'shot:1-3.start + 12f',
    repeat: { every: '1.4s', until: 'shot:1-3.end', jitter: '80ms' },
  },
  drop: {
    type: 'needle-drop',
    stem: 'record',
    player: 'portable',
    record: 'waltz',
    at: 'shot:2-4.start + 2s',
    musicEnd: 'scene:7.start',
  },
  runout: {
    type: 'groove-loop',
    stem: 'record',
    player: 'portable',
    at: 'scene:7.start',
    until: 'scene:8.start - 3.3s',
    exit: 'now',
  },
  lift: { type: 'needle-lift', stem: 'record', player: 'portable', at: 'cue:runout.end' },
  nothing: { type: 'silence', at: 'cue:lift.end', for: '3s' },
  world: {
    type: 'room-return',
    at: 'cue:nothing.end',
    bed: 'tone',
    order: [
      { sound: 'hum', fade: '1.2s' },
      { sound: 'city', after: '2s', fade: '4s' },
    ],
  },
} as const satisfies Record<string, Json>;

/** A sheet that holds, with the keys given put in place of its own. */
export function makeSheet(keys: Json = {}): Json {
  return {
    version: 1,
    edit: 'ballroom.edl',
    frameRate: '24',
    sounds: {
      hum: { file: '../samples/hum.flac' },
      city: { file: '../samples/city.flac' },
      'mop-1': { file: '../samples/mop-1.flac' },
      'mop-2': { file: '../samples/mop-2.flac' },
      waltz: { file: '../samples/waltz.flac', music: { title: 'Waltz', composers: ['Lou'] } },
    },
    players: { portable: {} },
    stems: { room: {}, sfx: {}, record: {} },
    cues: Object.entries(CUES).map(([id, cue]) => ({ id, ...cue })),
    ...keys,
  };
}

/** A sheet with one of its cues changed: keys given replace the cue's own, undefined takes one out. */
export function makeSheetWithCue(id: keyof typeof CUES, keys: Json): Json {
  return makeSheet({
    cues: Object.entries({ ...CUES, [id]: { ...CUES[id], ...keys } }).map(([name, cue]) => ({
      id: name,
      ...cue,
    })),
  });
}

export function read(sheet: unknown): SheetReading {
  return readSheet(JSON.stringify(sheet, undefined, 2));
}

/** What is wrong with a sheet, as `rule pointer`. */
export function rulesOf(sheet: unknown): readonly string[] {
  return read(sheet).issues.map((issue) => `${issue.rule} ${issue.pointer}`);
}

/** The one issue of a text. @throws Error if there is not exactly one. */
export function onlyIssue(text: string): Issue {
  const { issues } = readSheet(text);
  const [issue] = issues;
  if (!issue || issues.length > 1) {
    throw new Error(`expected one issue: ${JSON.stringify(issues, undefined, 1)}`);
  }
  return issue;
}
