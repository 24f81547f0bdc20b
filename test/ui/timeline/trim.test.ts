import { afterEach, describe, expect, it } from 'vitest';
import { nudgeSamples, trimCueBy } from '../../../src/ui/timeline/cue-actions.ts';
import { editableCue } from '../../../src/ui/timeline/editable-cue.ts';
import { roomToTrim } from '../../../src/ui/timeline/room-to-move.ts';
import { timelineState } from '../../../src/ui/timeline/timeline-state.ts';
import { whyNoTrim } from '../../../src/ui/timeline/why-no-trim.ts';
import type { FakeWorkspace } from '../fakes.ts';
import { DEMO, openDemo } from './demo.ts';
import { SHEET, SOUNDS } from './make-sheet.ts';
import { closeAll, keep, open, raw as rawOf } from './opened.ts';

const FRAME = 2000;
const RATE = 48000;
const EDGES = ['start', 'end'] as const;

const errors = (workspace: FakeWorkspace) =>
  workspace.studio.issues.value.filter((issue) => issue.severity === 'error').map(({ message }) => message);
const cue = (workspace: FakeWorkspace, id: string) =>
  workspace.studio.film.value!.score.cues.find((one) => one.id === id)!;
const raw = (workspace: FakeWorkspace, id: string) => rawOf(workspace, id)!;
const said = (workspace: FakeWorkspace) => timelineState(workspace).done.value;

afterEach(closeAll);

describe('a trim', () => {
  it('of any edge of any cue of the ballroom, by any amount, leaves a sheet without errors, or says why not', () => {
    const demo = keep(openDemo());
    const ids = demo.studio.film.value!.sheet.cues.map(({ id }) => id);
    const amounts = [FRAME, -FRAME, 777, -RATE, 2.5 * RATE, -1e8, 1e8];
    const wrong: string[] = [];
    let tried = 0;
    for (const id of ids) {
      for (const edge of EDGES) {
        // Not all of them at each edge, so that it does not take minutes.
        for (const amount of [0, 2, 4, 5].map((place) => amounts[(tried + place) % 7]!)) {
          const told = demo.notices.length;
          const isTrimmed = trimCueBy(demo, id, edge, amount);
          const isQuiet = demo.notices.length === told && said(demo) === '';
          if (errors(demo).length > 0) wrong.push(`${id} ${edge} ${amount}: ${errors(demo)[0]}`);
          if (isQuiet) wrong.push(`${id} ${edge} ${amount}: nothing was said`);
          if (isTrimmed && demo.document.text.value !== DEMO) demo.document.undo();
          expect(demo.document.text.value === DEMO, id).toBe(true);
        }
        tried += 1;
      }
    }
    expect(wrong).toEqual([]);
    // What other cues forbid is known when it has been tried; what a cue's own sound does is known beforehand.
    const takenBack = demo.notices.filter((notice) => notice.includes('cannot be trimmed so'));
    expect(takenBack.filter((notice) => !/inside silence|player "portable"/.test(notice))).toEqual([]);
  });

  it('stops at the end of the sound, and leaves no length behind that says so', () => {
    const workspace = open();
    trimCueBy(workspace, 'step', 'end', -4 * FRAME);
    expect(trimCueBy(workspace, 'step', 'end', 50 * FRAME)).toBe(true);
    expect(said(workspace)).toBe('step: the sound ends here');
    expect([errors(workspace), raw(workspace, 'step')['trim']]).toEqual([[], undefined]);
    expect(trimCueBy(workspace, 'step', 'end', FRAME)).toBe(false);
    expect(said(workspace)).toBe('step: the sound ends here');
  });

  it('stops at the beginning of the sound, and where a frame is left of it', () => {
    const workspace = open();
    trimCueBy(workspace, 'step', 'start', 3 * FRAME);
    const { end } = cue(workspace, 'step');
    expect(trimCueBy(workspace, 'step', 'start', -20 * FRAME)).toBe(true);
    expect([said(workspace), raw(workspace, 'step')['trim']]).toEqual([
      'step: shot:1-2.start + 12f, the sound begins here',
      undefined,
    ]);
    expect(trimCueBy(workspace, 'step', 'start', 40 * FRAME)).toBe(true);
    expect(said(workspace)).toMatch(/a frame of it is left$/);
    expect([cue(workspace, 'step').start, cue(workspace, 'step').end]).toEqual([end - FRAME, end]);
  });

  it('stops at the end of the sound at another speed, and with a pitch that was drawn', () => {
    const workspace = open();
    const index = workspace.document.cueIndex('step')!;
    workspace.document.change('Set', [
      { path: ['cues', index, 'speed'], value: 1.25 },
      { path: ['cues', index, 'vary'], value: { pitchPercent: 6 } },
    ]);
    const { end } = cue(workspace, 'step');
    trimCueBy(workspace, 'step', 'end', -2 * FRAME);
    expect(cue(workspace, 'step').end).toBe(end - 2 * FRAME);
    trimCueBy(workspace, 'step', 'end', 50 * FRAME);
    expect([cue(workspace, 'step').end, errors(workspace)]).toEqual([end, []]);
  });

  it('is of the take that plays: takes that are too short for it are left out', () => {
    const workspace = open();
    const index = workspace.document.cueIndex('step')!;
    const takes = ['step-1', 'step-2', 'step-3'];
    workspace.document.change('Set', [{ path: ['cues', index, 'sound'], value: takes }]);
    const before = cue(workspace, 'step');
    const played = takes.find((tag) => SOUNDS.get(tag)!.samples === before.end - before.start);
    expect(trimCueBy(workspace, 'step', 'end', -FRAME)).toBe(true);
    expect([errors(workspace), cue(workspace, 'step').end]).toEqual([[], before.end - FRAME]);
    expect(played).toBeDefined();
    expect(raw(workspace, 'step')['sound']).toEqual(played === 'step-1' ? takes : played);
    workspace.document.undo();
    // To where all of them have something, they stay.
    trimCueBy(workspace, 'step', 'end', -(before.end - before.start) + 10 * FRAME);
    expect([errors(workspace), raw(workspace, 'step')['sound']]).toEqual([[], takes]);
  });

  it('is not offered at the edges of an echo, and says what to trim', () => {
    const demo = keep(openDemo());
    for (const edge of EDGES) {
      expect(trimCueBy(demo, 'mop-again', edge, -FRAME)).toBe(false);
      expect(demo.notices).toEqual([
        'mop-again is an echo, and as long as what it echoes: trim mop, or split mop-again where that repeats',
      ]);
      demo.notices.length = 0;
    }
    expect(demo.document.text.value).toBe(DEMO);
  });

  it('stops where the record ends', () => {
    const workspace = open(
      SHEET.replace('"at": "shot:2-1.start"}', '"at": "shot:2-1.start", "musicEnd": "scene:2.start + 8s"}'),
    );
    expect(errors(workspace)).toEqual([]);
    const { end } = cue(workspace, 'drop');
    trimCueBy(workspace, 'drop', 'start', -100 * RATE);
    expect([errors(workspace), said(workspace)]).toEqual([
      [],
      expect.stringMatching(/the film begins here$|the record is no longer$/),
    ]);
    expect(cue(workspace, 'drop').end).toBe(end);
    trimCueBy(workspace, 'drop', 'end', 100 * RATE);
    expect([errors(workspace), said(workspace)]).toEqual([
      [],
      expect.stringMatching(/the record is no longer$/),
    ]);
    expect(workspace.notices).toEqual([]);
  });

  it('says why the beginning of a repeat stays, however it is tried', () => {
    const workspace = open();
    expect(whyNoTrim(editableCue(workspace, 'mop')!, 'start')).toMatch(/^mop begins with its first hit/);
    expect(trimCueBy(workspace, 'mop', 'start', FRAME)).toBe(false);
    expect(workspace.notices).toEqual([
      'mop begins with its first hit: move it, or split it into its hits and take some away',
    ]);
  });

  it('leaves a repeat one hit, and says where a hit more would need more', () => {
    const workspace = open();
    expect(trimCueBy(workspace, 'mop', 'end', -100 * RATE)).toBe(true);
    expect([errors(workspace), said(workspace)]).toEqual([
      [],
      expect.stringMatching(/one hit of it is left$/),
    ]);
    const index = workspace.document.cueIndex('mop')!;
    const repeat = { every: ['1s', '2s'], count: 3 };
    workspace.document.change('Set', [{ path: ['cues', index, 'repeat'], value: repeat }]);
    expect(trimCueBy(workspace, 'mop', 'end', nudgeSamples(workspace, 0, 1))).toBe(false);
    expect(workspace.notices).toEqual(['mop ends with a whole hit: the next one lies further off']);
    trimCueBy(workspace, 'mop', 'end', 1.5 * RATE);
    expect(raw(workspace, 'mop')['repeat']).toMatchObject({ count: 4 });
  });

  it('that makes an error after all is taken back, as far as it did, with what is wrong', () => {
    const workspace = open();
    const covered = { id: 'covered', type: 'practical', stem: 'sfx', sound: 'step-1', at: 'end - 1s' };
    workspace.document.change('Add', [{ path: ['cues', 0], value: covered, insert: true }]);
    const { end } = cue(workspace, 'nothing');
    const gesture = 'held';
    expect(trimCueBy(workspace, 'nothing', 'end', FRAME, { gesture })).toBe(true);
    trimCueBy(workspace, 'nothing', 'end', cue(workspace, 'covered').start - end, { gesture });
    expect([errors(workspace), cue(workspace, 'nothing').end]).toEqual([[], end + FRAME]);
    expect(workspace.notices).toEqual([
      expect.stringMatching(/^nothing cannot be trimmed so: "covered" would/),
    ]);
    workspace.document.undo();
    expect(cue(workspace, 'nothing').end).toBe(end);
  });

  it('is not judged where the sheet had errors before', () => {
    const workspace = open();
    const index = workspace.document.cueIndex('plain')!;
    workspace.document.change('Break', [{ path: ['cues', index, 'at'], value: 'shot:none.start' }]);
    expect(errors(workspace)).toHaveLength(1);
    expect(trimCueBy(workspace, 'step', 'end', -FRAME)).toBe(true);
    expect(raw(workspace, 'step')['trim']).toEqual({ for: '11f' });
  });

  it('has room in whole numbers of samples', () => {
    const demo = keep(openDemo());
    for (const { id } of demo.studio.film.value!.sheet.cues)
      for (const edge of EDGES) {
        const { back, on } = roomToTrim(demo, id, edge);
        expect(
          [back, on].filter((one) => Number.isFinite(one) && !Number.isInteger(one)),
          id,
        ).toEqual([]);
      }
  });
});
