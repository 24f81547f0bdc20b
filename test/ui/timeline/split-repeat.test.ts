import { afterEach, describe, expect, it } from 'vitest';
import { hitsOfCue } from '../../../src/ui/timeline/hits.ts';
import { isRepeat, splitRepeat } from '../../../src/ui/timeline/split-repeat.ts';
import { type FakeWorkspace, makeWorkspace } from '../fakes.ts';
import { DEMO, openDemo } from './demo.ts';
import { SHEET, SOUNDS } from './make-sheet.ts';

let made: FakeWorkspace[] = [];

const keep = (workspace: FakeWorkspace) => {
  made.push(workspace);
  return workspace;
};
const open = (text = SHEET) => keep(makeWorkspace({ text, sounds: SOUNDS }));
/** The small film with other cues instead of its repeat. */
const openWith = (cues: readonly Record<string, unknown>[], change = (sheet: string) => sheet) => {
  const workspace = open(change(SHEET));
  const index = workspace.document.cueIndex('mop')!;
  workspace.document.change('Set', [
    { path: ['cues', index], value: undefined },
    ...cues.map((value, offset) => ({ path: ['cues', index + offset], value, insert: true as const })),
  ]);
  expect(errors(workspace)).toEqual([]);
  return workspace;
};
const errors = (workspace: FakeWorkspace) =>
  workspace.studio.issues.value.filter((issue) => issue.severity === 'error');
const raw = (workspace: FakeWorkspace, id: string) =>
  (workspace.document.value.value as { cues: Record<string, unknown>[] }).cues.find(
    (one) => one['id'] === id,
  );

/** What is heard, with numbers as exact as a sheet writes them and no name of a cue. */
function heard(workspace: FakeWorkspace): unknown {
  const { score } = workspace.studio.film.value!;
  const sounds = (name: string): unknown[] => {
    const sound = score.sounds[name]!;
    return 'of' in sound ? [{ ...sound, of: '' }, ...sounds(sound.of)] : [sound];
  };
  const stems = score.stems.map(({ regions, ...stem }) => ({
    ...stem,
    ducks: stem.ducks?.map((duck) => JSON.stringify(duck)).sort(),
    regions: regions
      .map(({ cue: _cue, sound, ...region }) => JSON.stringify({ region, sounds: sounds(sound) }, round))
      .sort(),
  }));
  return { stems, gates: score.gates };
}

const round = (_: string, value: unknown) =>
  typeof value === 'number' ? Math.round(value * 1e6) / 1e6 : value;

/** Splits a cue, and what is heard before and after it. */
function split(workspace: FakeWorkspace, id: string) {
  const before = heard(workspace);
  expect(splitRepeat(workspace, id)).toBe(true);
  expect(errors(workspace)).toEqual([]);
  return { before, after: heard(workspace) };
}

afterEach(() => {
  for (const workspace of made) workspace.dispose();
  made = [];
});

describe('splitting a repeat', () => {
  it('leaves the score as it is, but for the names of its cues', () => {
    const workspace = open();
    const { before, after } = split(workspace, 'mop');
    expect(after).toEqual(before);
    expect(workspace.document.text.value).toContain('// hits');
    expect(workspace.view.selection.value).toHaveLength(7);
    workspace.document.undo();
    expect(workspace.document.text.value).toBe(SHEET);
  });

  it('leaves what each repeat of the ballroom sounds like, and each echo, as it was', () => {
    const demo = keep(openDemo());
    const ids = demo.studio.film.value!.sheet.cues.map(({ id }) => id);
    const repeats = ids.filter((id) => isRepeat(demo, id));
    expect(repeats.length).toBeGreaterThan(20);
    const before = heard(demo);
    for (const id of repeats) splitRepeat(demo, id);
    expect(demo.document.text.value).not.toMatch(/"(every|echoOf)"/);
    expect(errors(demo)).toEqual([]);
    expect(heard(demo)).toEqual(before);
  });

  it('makes hits of its echoes too, in the same step of undo, and says so', () => {
    const demo = keep(openDemo());
    split(demo, 'mop');
    expect(demo.notices).toEqual([
      'mop is 8 cues now. So that they sound as before, its echoes are too: mop-again is 8 cues',
    ]);
    expect(raw(demo, 'mop-again-3')).toMatchObject({
      stem: 'sfx',
      at: expect.stringContaining('shot:8-2.start'),
    });
    expect(demo.document.text.value).not.toContain('echoOf');
    demo.document.undo();
    expect(demo.document.text.value).toBe(DEMO);
  });

  it('splits an echo by itself, and leaves its source a repeat', () => {
    const demo = keep(openDemo());
    const { before, after } = split(demo, 'mop-again');
    expect(after).toEqual(before);
    expect(raw(demo, 'mop')).toHaveProperty('repeat');
    expect(demo.notices).toEqual(['mop-again is 8 cues now']);
  });

  const MOP = {
    id: 'mop',
    type: 'practical',
    stem: 'sfx',
    sound: ['step-1', 'step-2', 'step-3'],
    at: 'shot:1-1.start + 12f',
    repeat: { every: '1.4s', count: 4, jitter: '60ms' },
  };

  it('keeps the level and the pitch that each hit was given', () => {
    const vary = { gainDb: 3, pitchPercent: 5 };
    const workspace = openWith([{ ...MOP, gainDb: -7.5, speed: 1.02, vary }]);
    const { before, after } = split(workspace, 'mop');
    expect(after).toEqual(before);
    expect(raw(workspace, 'mop-2')).not.toHaveProperty('vary');
    const speeds = openWith([
      {
        ...MOP,
        speed: [
          { at: '0s', rate: 0.5 },
          { at: '0.3s', rate: 1 },
        ],
        vary,
      },
    ]);
    const both = split(speeds, 'mop');
    expect(both.after).toEqual(both.before);
  });

  it('keeps what is tied to its end, and what gives way to it', () => {
    const workspace = openWith([
      MOP,
      { id: 'after', type: 'practical', stem: 'room', sound: 'step-1', at: 'cue:mop.end + 4f' },
      { id: 'with', type: 'practical', stem: 'room', sound: 'step-1', at: 'cue:mop + 4f' },
      { id: 'low', type: 'duck', under: 'mop', byDb: 6 },
    ]);
    const { before, after } = split(workspace, 'mop');
    const depths = (from: unknown) => JSON.stringify(from).replaceAll(/"cue":"[^"]*"/g, '');
    expect(depths(after)).toBe(depths(before));
    expect(raw(workspace, 'after')).toMatchObject({ at: 'cue:mop-4.end + 4f' });
    expect(raw(workspace, 'with')).toMatchObject({ at: 'cue:mop + 4f' });
    expect(raw(workspace, 'low-4')).toMatchObject({ under: 'mop-4' });
  });

  it('splits what is switched off into hits that are', () => {
    const workspace = openWith([
      MOP,
      { id: 'again', type: 'practical', echoOf: 'mop', at: 'shot:2-1.start + 12f', gainDb: -3, off: true },
    ]);
    const { before, after } = split(workspace, 'mop');
    expect(after).toEqual(before);
    expect(raw(workspace, 'again-4')).toMatchObject({ off: true, stem: 'sfx', gainDb: -3 });
  });

  it('leaves out the hits that the film was over before, and says so', () => {
    const workspace = openWith([{ ...MOP, at: 'end - 2s', repeat: { every: '0.9s', count: 5 } }]);
    const { before, after } = split(workspace, 'mop');
    expect(after).toEqual(before);
    expect(workspace.notices).toEqual(['mop is 3 cues now. 2 that would begin after the film are left out']);
  });

  it('says so where a hit was louder than a cue can be', () => {
    const workspace = openWith([{ ...MOP, gainDb: 23.5, vary: { gainDb: 6 } }]);
    expect(splitRepeat(workspace, 'mop')).toBe(true);
    expect(errors(workspace)).toEqual([]);
    expect(workspace.notices[0]).toMatch(/^mop is 4 cues now\. A level lies within -144 and 24 dB, so mop/);
  });

  it('is exact to the sample where frames are not whole samples', () => {
    const cues = [
      {
        ...MOP,
        at: 'shot:1-1.start + 13f',
        trim: { from: '1f', for: '7f' },
        fadeIn: '1f',
        fadeOut: '2f',
        repeat: { every: ['17f', '0.7003s'], count: 9, jitter: '3f' },
      },
    ];
    const workspace = openWith(cues, (sheet) => sheet.replace('"frameRate": "24"', '"frameRate": "29.97"'));
    const { before, after } = split(workspace, 'mop');
    expect(after).toEqual(before);
  });

  it('is not done while the sheet has an error', () => {
    const workspace = open();
    const broken = { id: 'broken', type: 'practical', stem: 'none', sound: 'step-1', at: 'start' };
    workspace.document.change('Break', [{ path: ['cues', 0], value: broken, insert: true }]);
    expect(splitRepeat(workspace, 'mop')).toBe(false);
    expect(workspace.notices).toEqual([
      'What mop plays is not known before the errors of the sheet are put right',
    ]);
  });

  it('is not done to what is no repeat', () => {
    expect(splitRepeat(open(), 'step')).toBe(false);
  });
});

describe('the hits that a repeat is drawn with', () => {
  it('are one where a gate parts it', () => {
    const workspace = open();
    const hole = { id: 'hole', type: 'silence', at: 'shot:1-1.start + 2.1s', for: '0.1s' };
    workspace.document.change('Cut', [{ path: ['cues', 2], value: hole, insert: true }]);
    const { score } = workspace.studio.film.value!;
    const own = score.stems[1]!.regions.filter((region) => region.cue === 'mop');
    expect(hitsOfCue(workspace.studio.film.value!, 'mop')).toHaveLength(own.length - 1);
  });

  it('are as many as it plays where a cut to another camera parts one', () => {
    expect(hitsOfCue(keep(openDemo()).studio.film.value!, 'mop-first')).toHaveLength(7);
  });
});
