import type { Signal } from '@preact/signals';
import { afterEach, describe, expect, it } from 'vitest';
import { readSheet } from '../../../src/engine/index.ts';
import { cueTypes } from '../../../src/ui/cue-schema.ts';
import { addSounds } from '../../../src/ui/timeline/add-sounds.ts';
import {
  addCue,
  deleteCues,
  duplicateCues,
  freeId,
  moveCues,
  placeAt,
  tieCues,
  trimCueBy,
} from '../../../src/ui/timeline/cue-actions.ts';
import { dropSounds } from '../../../src/ui/timeline/drop-sounds.ts';
import { hitsOfCue } from '../../../src/ui/timeline/hits.ts';
import { timelineState } from '../../../src/ui/timeline/timeline-state.ts';
import { type FakeWorkspace, makeWorkspace } from '../fakes.ts';
import { SHEET } from './make-sheet.ts';
import { closeAll, keep, open, raw } from './opened.ts';

const FRAME = 2000;
const RATE = 48000;

const cue = (workspace: FakeWorkspace, id: string) =>
  workspace.studio.film.value?.score.cues.find((one) => one.id === id);
const errors = (workspace: FakeWorkspace) =>
  workspace.studio.issues.value.filter((issue) => issue.severity === 'error');

afterEach(closeAll);

describe('moving', () => {
  it('changes the anchor and nothing else of the text', () => {
    const workspace = open();
    expect(errors(workspace)).toEqual([]);
    moveCues(workspace, ['step'], 8 * FRAME);
    expect(workspace.document.text.value).toBe(SHEET.replace('shot:1-2.start + 12f', 'shot:1-2.start + 20f'));
    expect(cue(workspace, 'step')?.start).toBe(10 * RATE + 20 * FRAME);
  });

  it('stops at the first sample of the film, with a word, and does not pass it by being nudged on', () => {
    const workspace = open();
    const said = () => timelineState(workspace).done.value;
    expect(moveCues(workspace, ['mop'], -5 * RATE)).toBe(true);
    expect([cue(workspace, 'mop')?.start, errors(workspace)]).toEqual([0, []]);
    expect(said()).toBe('mop: shot:1-1.start, the film begins here');
    const { value: text } = workspace.document.text;
    expect(moveCues(workspace, ['mop'], -FRAME)).toBe(false);
    expect(workspace.document.text.value).toBe(text);
    expect(said()).toBe('mop: the film begins here');
    // From between two frames too, and dragged to where texts are short.
    moveCues(workspace, ['mop'], 777);
    moveCues(workspace, ['mop'], -FRAME, { tolerance: 900 });
    expect([cue(workspace, 'mop')?.start, errors(workspace)]).toEqual([0, []]);
  });

  it('stops at the last sample of the film', () => {
    const workspace = open();
    moveCues(workspace, ['plain'], 3600 * RATE);
    expect([cue(workspace, 'plain')?.start, errors(workspace)]).toEqual([40 * RATE - 1, []]);
    expect(timelineState(workspace).done.value).toContain('the film ends here');
  });

  it('stops all of several where the first of them is stopped, and those that are tied to them count', () => {
    const workspace = open();
    moveCues(workspace, ['mop', 'plain'], -20 * RATE);
    expect([cue(workspace, 'mop')?.start, cue(workspace, 'plain')?.start]).toEqual([0, 15.5 * RATE]);
    const tied = open(SHEET.replace('"cue:step.end + 1s"', '"cue:step.start - 4s"'));
    moveCues(tied, ['step'], -10 * RATE);
    expect([cue(tied, 'answer')?.start, cue(tied, 'step')?.start]).toEqual([0, 4 * RATE]);
    expect(errors(tied)).toEqual([]);
  });

  it('stops at the ends of the film by its own end too, where that takes a start along', () => {
    const said = (workspace: FakeWorkspace) => timelineState(workspace).done.value;
    // "lift" begins where "runout" ends, and "nothing" and "back" after it.
    const workspace = open();
    expect(trimCueBy(workspace, 'runout', 'end', 20 * RATE)).toBe(true);
    expect([cue(workspace, 'back')?.start, errors(workspace)]).toEqual([40 * RATE - 1, []]);
    expect(said(workspace)).toContain('the film ends here');
    const backTimed = open(
      SHEET.replace('{"portable": {}}', '{"portable": {}, "other": {}}').replace(
        '{"id": "back"',
        '{"id": "late", "type": "needle-drop", "stem": "record", "player": "other", "record": "dance", "musicEnd": "shot:2-2.end"},\n    {"id": "back"',
      ),
    );
    const { start, end } = cue(backTimed, 'late')!;
    expect(trimCueBy(backTimed, 'late', 'end', -20 * RATE)).toBe(true);
    expect([cue(backTimed, 'late')?.start, errors(backTimed)]).toEqual([0, []]);
    expect(cue(backTimed, 'late')?.end).toBe(end - start);
    expect(said(backTimed)).toContain('the film begins here');
  });

  it('stays tied to its shot where it is moved into another, until it is tied to that', () => {
    const workspace = open();
    moveCues(workspace, ['step'], 12 * RATE);
    const { start } = cue(workspace, 'step')!;
    expect(raw(workspace, 'step')?.['at']).toBe('shot:1-2.start + 300f');
    expect(tieCues(workspace, ['step', 'nothing'])).toBe(true);
    expect(raw(workspace, 'step')?.['at']).toBe('shot:2-1.start + 60f');
    expect(cue(workspace, 'step')?.start).toBe(start);
    const { notices } = workspace;
    expect(tieCues(workspace, ['step'])).toBe(false);
    expect(notices.at(-1)).toBe('step: already tied to the shot that it begins in');
    expect(tieCues(workspace, ['tone'])).toBe(false);
    expect(notices.at(-1)).toBe('tone: no place in a shot to be tied to');
  });

  it('takes the end of a repeat along when it is copied, and leaves the original as it was', () => {
    const workspace = open();
    const before = raw(workspace, 'mop');
    duplicateCues(workspace, ['mop']);
    expect(errors(workspace)).toEqual([]);
    expect(raw(workspace, 'mop')).toEqual(before);
    const [own, copy] = [cue(workspace, 'mop')!, cue(workspace, 'mop-2')!];
    expect(copy.start).toBeGreaterThanOrEqual(own.end);
    expect(copy.start - own.start).toBeLessThan(own.end - own.start + FRAME);
    const { repeat } = raw(workspace, 'mop-2') as { repeat: Record<string, unknown> };
    expect(repeat['until']).not.toBe('shot:1-1.end - 1s');
    expect(hitsOfCue(workspace.studio.film.value!, 'mop-2').length).toBe(
      hitsOfCue(workspace.studio.film.value!, 'mop').length,
    );
  });

  it('is made and copied within the film, also at its very end', () => {
    const workspace = open();
    addCue(workspace, 'practical', 40 * RATE, 'sfx');
    expect(cue(workspace, 'step-3')?.start).toBe(40 * RATE - FRAME);
    duplicateCues(workspace, ['step-3']);
    duplicateCues(workspace, ['tone']);
    expect([cue(workspace, 'tone-2')?.start, errors(workspace)]).toEqual([0, []]);
  });

  it('knows where a cue is by its text while the film is still being compiled', () => {
    const workspace = open();
    const { film } = workspace.studio;
    const before = film.value;
    // As from a worker that is late: the film stays the old one.
    for (let nudge = 0; nudge < 20; nudge++) {
      moveCues(workspace, ['mop'], -FRAME);
      (film as Signal).value = before;
    }
    expect(raw(workspace, 'mop')?.['at']).toBe('shot:1-1.start');
  });

  it('stays on the frame, however often a cue in seconds is nudged, and comes back to its text', () => {
    const workspace = open(SHEET.replace('shot:1-2.start + 12f', 'shot:1-2.start + 0.5s'));
    const { text } = workspace.document;
    const [before, start] = [text.value, cue(workspace, 'step')!.start];
    for (let nudge = 0; nudge < 50; nudge++) moveCues(workspace, ['step'], FRAME);
    expect(cue(workspace, 'step')?.start).toBe(start + 50 * FRAME);
    for (let nudge = 0; nudge < 50; nudge++) moveCues(workspace, ['step'], -FRAME);
    expect(text.value).toBe(before);
  });

  it('is one step of undo', () => {
    const workspace = open();
    moveCues(workspace, ['step'], FRAME, { gesture: 'one' });
    moveCues(workspace, ['step'], FRAME, { gesture: 'one' });
    workspace.document.undo();
    expect(workspace.document.text.value).toBe(SHEET);
  });

  it('takes along what is tied to the cue, once', () => {
    const workspace = open();
    const before = cue(workspace, 'answer')!.start;
    moveCues(workspace, ['step', 'answer'], 5 * FRAME);
    expect(cue(workspace, 'answer')?.start).toBe(before + 5 * FRAME);
    expect(raw(workspace, 'answer')?.['at']).toBe('cue:step.end + 1s');
  });

  it('keeps a repeat as long as it is', () => {
    const workspace = open();
    const length = () => cue(workspace, 'mop')!.end - cue(workspace, 'mop')!.start;
    const before = length();
    moveCues(workspace, ['mop'], 6 * FRAME);
    expect(length()).toBe(before);
    expect(raw(workspace, 'mop')?.['repeat']).toMatchObject({ until: 'shot:1-1.end - 0.75s' });
  });

  it('leaves a timecode a timecode', () => {
    const workspace = open();
    moveCues(workspace, ['plain'], -FRAME);
    expect(raw(workspace, 'plain')?.['at']).toBe('01:00:15:23');
  });

  it('writes out a place that the text leaves to the default', () => {
    const workspace = open();
    moveCues(workspace, ['tone'], 24 * FRAME);
    expect(raw(workspace, 'tone')?.['at']).toBe('start + 24f');
  });

  it('ties a cue to the shot it is dropped on where that is asked for, in the unit that it had', () => {
    const workspace = open();
    moveCues(workspace, ['step'], 12 * RATE, { reties: true });
    expect(raw(workspace, 'step')?.['at']).toBe('shot:2-1.start + 60f');
  });

  it('ties a cue that crosses a cut to the shot in which it begins', () => {
    const workspace = open();
    // Its tail lies in the next shot.
    moveCues(workspace, ['step'], 9 * RATE + 6 * FRAME, { reties: true });
    expect(cue(workspace, 'step')!.end).toBeGreaterThan(20 * RATE);
    expect(raw(workspace, 'step')?.['at']).toBe('shot:1-2.start + 234f');
  });

  it('moves a cue to another stem', () => {
    const workspace = open();
    moveCues(workspace, ['step'], 0, { stem: 'room' });
    expect(raw(workspace, 'step')?.['stem']).toBe('room');
  });
});

describe('what a change says that it did', () => {
  it('holds until the text is another or another cue is selected', () => {
    const workspace = open();
    const { done } = timelineState(workspace);
    moveCues(workspace, ['step'], 8 * FRAME);
    expect(done.value).toBe('step: shot:1-2.start + 20f');
    workspace.document.undo();
    expect(done.value).toBe('');
    trimCueBy(workspace, 'nothing', 'end', 12 * FRAME);
    expect(done.value).toBe('nothing: for 3.5s');
    workspace.view.selection.value = ['step'];
    expect(done.value).toBe('');
  });
});

describe('trimming', () => {
  const trimmed = (id: string, edge: 'start' | 'end', samples: number) => {
    const workspace = open();
    const before = cue(workspace, id)!;
    expect(trimCueBy(workspace, id, edge, samples)).toBe(true);
    expect(errors(workspace)).toEqual([]);
    return { workspace, before, after: cue(workspace, id)!, raw: raw(workspace, id)! };
  };

  it('ends a silence later by its length', () => {
    const { before, after, raw: own } = trimmed('nothing', 'end', 12 * FRAME);
    expect(own['for']).toBe('3.5s');
    expect([after.start, after.end]).toEqual([before.start, before.end + 12 * FRAME]);
  });

  it('ends a run-out by revolutions', () => {
    const { after, before, raw: own } = trimmed('runout', 'end', -43200);
    expect(own['revolutions']).toBe(1.5);
    expect(after.end).toBe(before.end - 43200);
  });

  it('ends a sound earlier by its trim, and gives it back', () => {
    const { workspace, before, after, raw: own } = trimmed('step', 'end', -4 * FRAME);
    expect(own['trim']).toEqual({ for: '8f' });
    expect(after.end).toBe(before.end - 4 * FRAME);
    trimCueBy(workspace, 'step', 'end', 2 * FRAME);
    expect(raw(workspace, 'step')?.['trim']).toEqual({ for: '10f' });
  });

  it('begins a sound later without moving what is heard of it', () => {
    const { workspace, before, after } = trimmed('step', 'start', 3 * FRAME);
    expect([after.start, after.end]).toEqual([before.start + 3 * FRAME, before.end]);
    const region = workspace.studio.film.value?.score.stems[1]?.regions.find((one) => one.cue === 'step');
    expect(region?.origin).toBe(before.start);
  });

  it('begins a sound later that ends before its file does, and leaves that end', () => {
    const workspace = open();
    trimCueBy(workspace, 'step', 'end', -4 * FRAME);
    const before = cue(workspace, 'step')!;
    trimCueBy(workspace, 'step', 'start', 2 * FRAME);
    expect(raw(workspace, 'step')?.['trim']).toEqual({ from: '2f', for: '6f' });
    const after = cue(workspace, 'step')!;
    expect([after.start, after.end]).toEqual([before.start + 2 * FRAME, before.end]);
  });

  it('does not begin a sound before its file does', () => {
    const workspace = open();
    expect(trimCueBy(workspace, 'step', 'start', -FRAME)).toBe(false);
    expect(workspace.document.text.value).toBe(SHEET);
  });

  it('ends a bed earlier where the text leaves it to the film', () => {
    const { raw: own } = trimmed('tone', 'end', -24 * FRAME);
    expect(own['until']).toBe('end - 24f');
  });

  it('gives a repeat more room for hits', () => {
    const { raw: own } = trimmed('mop', 'end', 24 * FRAME);
    expect(own['repeat']).toMatchObject({ until: 'shot:1-1.end + 0s' });
  });
});

describe('making and taking away', () => {
  it('makes a cue of every type that the schema knows, each of the right shape', () => {
    for (const { type } of cueTypes()) {
      const workspace = open();
      expect(addCue(workspace, type, 11 * RATE, 'sfx'), type).toBe(true);
      const [id] = workspace.view.selection.value;
      const index = workspace.document.cueIndex(id!);
      const { issues } = readSheet(workspace.document.text.value);
      expect(
        issues.filter((issue) => issue.pointer.startsWith(`/cues/${index}`)),
        type,
      ).toEqual([]);
    }
  });

  it('says what is missing where a type needs what the sheet has not', () => {
    const workspace = open();
    workspace.document.change('Take the player away', [{ path: ['players'], value: undefined }]);
    expect(addCue(workspace, 'needle-lift', 0, 'record')).toBe(false);
    expect(workspace.notices.at(-1)).toContain('needs a player');
  });

  it('says so where no film has compiled yet', () => {
    const workspace = open('{"version": 1}');
    expect(addCue(workspace, 'practical', 0, 'sfx')).toBe(false);
    expect(workspace.notices.at(-1)).toContain('errors');
  });

  it('ties a new cue to the shot that it lies in', () => {
    expect(placeAt(open(), 11 * RATE)).toBe('shot:1-2.start + 24f');
  });

  it('makes a cue on the frame that the timecode says, and with Snap off on the sample', () => {
    const workspace = open();
    const sample = 11 * RATE + 1500;
    addCue(workspace, 'practical', sample, 'sfx');
    expect(raw(workspace, 'step-1')?.['at']).toBe('shot:1-2.start + 24f');
    workspace.view.isSnapping.value = false;
    addCue(workspace, 'practical', sample, 'sfx');
    expect(raw(workspace, 'step-2')?.['at']).toBe('shot:1-2.start + 24.75f');
  });

  it('begins the first bed with the film, and a second where it is asked for', () => {
    const workspace = open();
    deleteCues(workspace, ['tone', 'back']);
    addCue(workspace, 'room-tone', 11 * RATE, 'room');
    expect(raw(workspace, 'room-tone')?.['at']).toBe('start');
    addCue(workspace, 'room-tone', 11 * RATE, 'room');
    expect(raw(workspace, 'room-tone-2')?.['at']).toBe('shot:1-2.start + 24f');
  });

  it('puts a new cue after the one before it', () => {
    const workspace = open();
    addCue(workspace, 'practical', 11 * RATE, 'sfx');
    const ids = (workspace.document.value.value as { cues: { id: string }[] }).cues.map(({ id }) => id);
    expect(ids.indexOf('step-1')).toBe(ids.indexOf('step') + 1);
  });

  it('plays what its neighbours on the lane play, and is called after that', () => {
    const workspace = open();
    addCue(workspace, 'practical', 5 * RATE, 'sfx');
    expect(raw(workspace, 'step')).toBeDefined();
    expect(raw(workspace, 'step-2')).toMatchObject({ sound: ['step-1', 'step-2', 'step-3'], stem: 'sfx' });
    expect(workspace.notices.at(-1)).toBe(
      'New practical "step-2" on sfx at 01:00:05:00, with 3 takes of "step-1"',
    );
    addCue(workspace, 'practical', 13 * RATE, 'sfx');
    expect(workspace.notices.at(-1)).toBe(
      'New practical "step-3" on sfx at 01:00:13:00, with the sound "step-2"',
    );
    // Where none is yet: no music, and not what lies under the whole film.
    addCue(workspace, 'practical', 5 * RATE, 'room');
    expect(raw(workspace, workspace.view.selection.value[0]!)).toMatchObject({
      sound: 'step-1',
      stem: 'room',
    });
  });

  it('is said to do what it does, where it has no place of its own', () => {
    const workspace = open();
    addCue(workspace, 'duck', 23 * FRAME, 'sfx');
    expect(workspace.notices.at(-1)).toBe('New duck "duck": room and sfx give way to drop');
    addCue(workspace, 'level', 23 * FRAME, 'sfx');
    expect(workspace.notices.at(-1)).toBe('New level "level": sfx stays at 0 dB until it has a second point');
  });

  it('lays a bed of the longest sound that no needle drop plays', () => {
    // A record need not be marked as music.
    const workspace = open(SHEET.replace(', "music": {"title": "Dance"}', ''));
    deleteCues(workspace, ['tone', 'back']);
    addCue(workspace, 'room-tone', 0, 'room');
    expect(raw(workspace, 'room-tone')).toMatchObject({ sounds: [{ sound: 'hum' }] });
  });

  it('lies on the stem where its like lie, where no lane was said', () => {
    const workspace = open();
    const madeOn = (type: string) => {
      addCue(workspace, type, 5 * RATE, undefined);
      return raw(workspace, workspace.view.selection.value[0]!)?.['stem'];
    };
    expect([madeOn('practical'), madeOn('groove-loop'), madeOn('needle-lift'), madeOn('level')]).toEqual([
      'sfx',
      'record',
      'record',
      'room',
    ]);
  });

  it('deletes several at once, and only these', () => {
    const workspace = open();
    deleteCues(workspace, ['answer', 'plain']);
    expect(workspace.studio.film.value?.score.cues.map(({ id }) => id)).toEqual([
      'tone',
      'mop',
      'step',
      'drop',
      'runout',
      'lift',
      'nothing',
      'back',
    ]);
    workspace.document.undo();
    expect(workspace.document.text.value).toBe(SHEET);
  });

  it('leaves what was tied to a deleted cue in its place, in the same step of undo', () => {
    const workspace = open();
    const places = (...ids: string[]) =>
      ids.map((id) => [cue(workspace, id)?.start, cue(workspace, id)?.end]);
    const before = places('answer', 'nothing', 'back');
    deleteCues(workspace, ['step', 'lift']);
    expect([places('answer', 'nothing', 'back'), errors(workspace)]).toEqual([before, []]);
    expect(raw(workspace, 'answer')?.['at']).toBe('shot:1-2.start + 48f');
    expect(workspace.notices).toEqual(['Deleted 2 cues: answer and nothing keep their places']);
    workspace.document.undo();
    expect(workspace.document.text.value).toBe(SHEET);
    // What goes with it needs no place.
    deleteCues(workspace, ['step', 'answer']);
    expect(workspace.notices.at(-1)).toBe('Deleted 2 cues');
  });

  it('names what cannot do without a deleted cue', () => {
    const workspace = open(
      SHEET.replace('"bed": "tone"', '"bed": "tone", "note": "tone"').replace(
        '"cues": [',
        '"cues": [{"id": "echo-1", "type": "practical", "echoOf": "step", "at": "cue:step.end + 2s"}, {"id": "under", "type": "duck", "under": "drop", "stems": ["room"], "byDb": 6},',
      ),
    );
    expect(errors(workspace)).toEqual([]);
    workspace.document.versions.keep('late', ['answer']);
    const said = (id: string) => {
      deleteCues(workspace, [id]);
      workspace.document.undo();
      return workspace.notices.at(-1);
    };
    expect(said('tone')).toBe('Deleted tone. Still needed by back');
    expect(said('step')).toBe(
      'Deleted step: echo-1 and answer keep their places. Still needed by echo-1 and version “late”',
    );
    expect(said('drop')).toBe('Deleted drop. Still needed by runout, lift and 1 more');
    expect(said('runout')).toBe('Deleted runout: lift keeps its place');
    // The needle would be down still, and no bed would come back from anything.
    workspace.document.change('Again', [
      {
        path: ['cues', 12],
        value: { ...raw(workspace, 'drop'), id: 'again', at: 'shot:2-2.start + 6s' },
        insert: true,
      },
    ]);
    expect(errors(workspace)).toEqual([]);
    expect(said('lift')).toBe('Deleted lift: nothing keeps its place. Still needed by again');
    expect(said('nothing')).toBe('Deleted nothing: back keeps its place. Still needed by back');
  });

  it('duplicates a cue behind itself, under a free name', () => {
    const workspace = open();
    duplicateCues(workspace, ['step']);
    expect(raw(workspace, 'step-2')?.['at']).toBe('shot:1-2.start + 24f');
    expect(workspace.view.selection.value).toEqual(['step-2']);
  });

  it('counts on from a number that a name has', () => {
    expect(freeId('step-2', new Set(['step-2', 'step-3']))).toBe('step-4');
    expect(freeId('mop', new Set())).toBe('mop');
  });

  it('makes a practical of a sound file that is dropped on a lane', async () => {
    const workspace = open();
    const file = new File([new Uint8Array(4)], 'Door slam (2).wav');
    await dropSounds(workspace, [file], 21 * RATE, 'sfx');
    expect(workspace.writtenSounds).toEqual(['Door slam (2).wav']);
    expect(raw(workspace, 'door-slam-2')).toEqual({
      id: 'door-slam-2',
      type: 'practical',
      stem: 'sfx',
      sound: 'door-slam-2',
      at: 'shot:2-1.start + 24f',
    });
    workspace.document.undo();
    expect(workspace.document.text.value).toBe(SHEET);
  });

  const drop = async (seconds: readonly number[], place: number) => {
    const workspace = open();
    const names = ['take 10.wav', 'take 2.wav', 'take 1.wav', 'take 3.wav'];
    const files = seconds.map((length, index) => new File([new Uint8Array(24000 * length)], names[index]!));
    await dropSounds(workspace, files, place, 'sfx');
    return workspace;
  };
  const places = (workspace: FakeWorkspace) => {
    const { cues } = workspace.document.value.value as { cues: Record<string, unknown>[] };
    return cues.flatMap(({ id, at }) => (/^take/.test(String(id)) ? [[id, at]] : []));
  };

  it('puts several sound files one after another, in the order of their names, as one step of undo', async () => {
    const workspace = await drop([1, 2, 1.25], 15 * RATE);
    expect(workspace.writtenSounds).toEqual(['take 1.wav', 'take 2.wav', 'take 10.wav']);
    expect(places(workspace)).toEqual([
      ['take-1', 'shot:1-2.start + 120f'],
      ['take-2', 'shot:1-2.start + 150f'],
      ['take-10', 'shot:1-2.start + 198f'],
    ]);
    expect(workspace.view.selection.value).toEqual(['take-1', 'take-2', 'take-10']);
    expect(workspace.notices).toEqual([
      '3 sounds are cues now, one after another: "take-1", "take-2", "take-10"',
    ]);
    workspace.document.undo();
    expect(workspace.document.text.value).toBe(SHEET);
  });

  it('begins the next one on the frame after the end of the one before, or off frames at its end', async () => {
    // 1.26 seconds are 30.24 frames.
    expect(places(await drop([1, 1.26], 20 * RATE))).toEqual([
      ['take-2', 'shot:2-1.start'],
      ['take-10', 'shot:2-1.start + 31f'],
    ]);
    expect(places(await drop([1, 1.26], 20 * RATE + 1))).toEqual([
      ['take-2', 'shot:2-1.start + 0.0005f'],
      ['take-10', 'shot:2-1.start + 30.2405f'],
    ]);
  });

  it('writes no sound file that would begin after the film, and says so', async () => {
    const workspace = await drop([1, 1, 3, 1], 38 * RATE);
    expect(places(workspace)).toEqual([['take-1', 'shot:2-2.start + 192f']]);
    expect(workspace.writtenSounds).toEqual(['take 1.wav']);
    expect(workspace.notices).toEqual([
      'take 2.wav and 2 more could not be added: the film ends before them',
      'take 1.wav is sound "take-1" now, and cue "take-1" plays it',
    ]);
  });
});

describe('adding sounds without a drag', () => {
  const files = [new File([new Uint8Array(24000)], 'b.wav'), new File([new Uint8Array(24000)], 'a.wav')];
  const choose = async () => files;

  it('puts them where a drop would, on the frame that the playhead is in', async () => {
    const workspace = open();
    await addSounds(workspace, { sample: 21 * RATE + 700, stem: 'record' }, choose);
    expect([raw(workspace, 'a'), raw(workspace, 'b')]).toMatchObject([
      { stem: 'record', at: 'shot:2-1.start + 24f' },
      { stem: 'record', at: 'shot:2-1.start + 48f' },
    ]);
    workspace.document.undo();
    expect(workspace.document.text.value).toBe(SHEET);
  });

  it('takes the first lane where none is meant', async () => {
    const workspace = open();
    await addSounds(workspace, { sample: 0, stem: undefined }, choose);
    expect(raw(workspace, 'a')).toMatchObject({ stem: 'room', at: 'shot:1-1.start' });
  });

  it('writes nothing where none is chosen', async () => {
    const workspace = open();
    await addSounds(workspace, { sample: 0, stem: 'sfx' }, async () => []);
    expect([workspace.writtenSounds, workspace.notices]).toEqual([[], []]);
  });

  it('says why there is nowhere to put them before it asks for any', async () => {
    const workspace = makeWorkspace({ text: '{' });
    keep(workspace);
    const asked: string[] = [];
    const ask = async () => {
      asked.push('files');
      return [];
    };
    await addSounds(workspace, { sample: 0, stem: undefined }, ask);
    const stemless = makeWorkspace({ text: '{"version": 1}' });
    keep(stemless);
    await addSounds(stemless, { sample: 0, stem: undefined }, ask);
    expect([asked, ...workspace.notices, ...stemless.notices]).toEqual([
      [],
      'The sheet’s text has a mistake in line 1: mend that first, in Sheet',
      'The sheet has no stem yet, so there is no lane for sounds: add one in Sheet',
    ]);
  });
});

describe('a text with a mistake in it', () => {
  it('is not changed by hand, and its line is named', async () => {
    const workspace = open();
    const quote = workspace.document.text.value.indexOf('"id"');
    workspace.document.type(quote, quote + 1, '');
    const broken = workspace.document.text.value;
    const line = broken.slice(0, quote).split('\n').length;
    expect(moveCues(workspace, ['mop'], FRAME)).toBe(false);
    expect(addCue(workspace, 'practical', 0, 'sfx')).toBe(false);
    await dropSounds(workspace, [new File([], 'a.wav')], 0, 'sfx');
    expect(workspace.document.text.value).toBe(broken);
    expect(workspace.notices).toEqual(
      Array.from(
        { length: 3 },
        () => `The sheet’s text has a mistake in line ${line}: mend that first, in Sheet`,
      ),
    );
  });
});
