import { afterEach, describe, expect, it } from 'vitest';
import { duplicateCues } from '../../../src/ui/timeline/cue-actions.ts';
import { hitsOfCue } from '../../../src/ui/timeline/hits.ts';
import { isRepeat, splitRepeat } from '../../../src/ui/timeline/split-repeat.ts';
import type { FakeWorkspace } from '../fakes.ts';
import { DEMO, openDemo } from './demo.ts';
import { SHEET } from './make-sheet.ts';
import { closeAll, keep, open, raw } from './opened.ts';

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

afterEach(closeAll);

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

  it('makes its parts belong to the versions of the cue, so that none sounds beside what it was made from', () => {
    const workspace = open();
    const { document, view, notices } = workspace;
    const { versions } = document;
    const regions = () =>
      workspace.studio.film.value!.score.stems[1]!.regions.map(({ cue, start }) => `${cue} ${start}`);
    versions.keep('mop A', ['mop']);
    const repeated = regions();
    splitRepeat(workspace, 'mop');
    const split = regions();
    const parts = view.selection.value;
    versions.keep('Version A', parts);
    versions.switchTo('mop A');
    expect(regions()).toEqual(repeated);
    versions.switchTo('Version A');
    expect(regions().toSorted()).toEqual(split.toSorted());
    expect(versions.list.value.map(({ name, cues }) => [name, cues])).toEqual([
      ['mop A', parts],
      ['Version A', parts],
    ]);
    expect(notices.slice(1)).toEqual([]);

    // What is kept of the first part alone brings back the others too: the other version takes them away.
    versions.keep('first', ['mop']);
    versions.switchTo('mop A');
    versions.switchTo('first');
    expect(regions().toSorted()).toEqual(split.toSorted());

    // A new cue is never called what a version brings back.
    versions.switchTo('mop A');
    duplicateCues(workspace, ['mop']);
    expect(view.selection.value).toEqual([`mop-${parts.length + 1}`]);
  });

  it('is gone back on by a version of the cue without keeping its parts first, and loses none of them', () => {
    const workspace = open();
    const { versions } = workspace.document;
    versions.keep('mop A', ['mop']);
    const { text } = workspace.document;
    const before = text.value;
    splitRepeat(workspace, 'mop');
    const parts = workspace.view.selection.value;
    versions.switchTo('mop A');
    expect(versions.list.value).toMatchObject([
      { name: 'mop A', isHeard: true, isChanged: false },
      { name: 'mop A, changed', cues: parts },
    ]);
    workspace.document.undo();
    workspace.document.undo();
    expect(text.value).toBe(before);
  });

  it('is gone back on with all that it has changed: echoes, ducks, and what is tied to its end', () => {
    const workspace = openWith([
      MOP,
      { id: 'after', type: 'practical', stem: 'room', sound: 'step-1', at: 'cue:mop.end + 4f' },
      { id: 'low', type: 'duck', under: 'mop', byDb: 6 },
      { id: 'again', type: 'practical', echoOf: 'mop', at: 'shot:2-1.start + 12f' },
    ]);
    const { versions } = workspace.document;
    const before = heard(workspace);
    for (const kept of ['mop', 'again']) {
      versions.keep('A', [kept]);
      splitRepeat(workspace, 'mop');
      versions.switchTo('A');
      expect(errors(workspace)).toEqual([]);
      expect(heard(workspace), kept).toEqual(before);
      expect(raw(workspace, kept)).toHaveProperty(kept === 'mop' ? 'repeat' : 'echoOf');
      while (workspace.document.undoLabel.value !== 'Set') workspace.document.undo();
    }
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
