import { afterEach, describe, expect, test } from 'vitest';
import { renameCue } from '../../../src/ui/inspector/rename.ts';
import { type FakeWorkspace, makeWorkspace } from '../fakes.ts';
import { SHEET, SOUNDS } from '../timeline/make-sheet.ts';

let workspace: FakeWorkspace;
const open = (text = SHEET) => {
  workspace = makeWorkspace({ text, sounds: SOUNDS });
};
const text = () => workspace.document.text.value;
const errors = () => workspace.studio.issues.value.filter(({ severity }) => severity === 'error');
const starts = () => workspace.studio.film.value?.score.cues.map(({ start, end }) => [start, end]);

afterEach(() => workspace.dispose());

describe('a cue that is renamed', () => {
  test('takes its anchors along, changes nothing else of the text, and is one step of undo', () => {
    open();
    const before = starts();
    workspace.view.selection.value = ['mop', 'lift'];
    expect(renameCue(workspace, 'lift', 'needle up')).toBeUndefined();
    expect(text()).toBe(
      SHEET.replace('"id": "lift"', '"id": "needle up"').replace(
        '"cue:lift.end"',
        '"cue:\\"needle up\\".end"',
      ),
    );
    expect([errors(), starts()]).toEqual([[], before]);
    expect(workspace.view.selection.value).toEqual(['mop', 'needle up']);
    expect(workspace.notices).toEqual([
      '"lift" is called "needle up" now, and the place that names it follows',
    ]);
    workspace.document.undo();
    expect(text()).toBe(SHEET);
  });

  test('stays selected when that is undone and redone, and nothing else is then', () => {
    open();
    const { document, view } = workspace;
    view.selection.value = ['mop', 'lift'];
    renameCue(workspace, 'lift', 'up');
    renameCue(workspace, 'up', 'needle');
    document.undo();
    expect(view.selection.value).toEqual(['mop', 'up']);
    document.undo();
    expect(view.selection.value).toEqual(['mop', 'lift']);
    document.redo();
    expect(view.selection.value).toEqual(['mop', 'up']);
    // Another cue that has the name which was left, and is taken back.
    document.change('Add', [
      { path: ['cues', 0], value: { id: 'lift', type: 'needle-lift', at: 'start' }, insert: true },
    ]);
    view.selection.value = ['lift'];
    document.undo();
    expect(view.selection.value).toEqual([]);
    document.undo();
    expect(view.selection.value).toEqual([]);
  });

  test('takes beds, echoes and ducks along, and offsets and notes stay as they were written', () => {
    open(
      SHEET.replace(
        '{"id": "back"',
        '{"id": "again", "type": "practical", "stem": "sfx", "echoOf": "step", "at": "cue:step.end  +  2s", "note": "as cue:step.start"},\n    {"id": "low", "type": "duck", "under": "step", "byDb": 6},\n    {"id": "back"',
      ),
    );
    expect(errors()).toEqual([]);
    renameCue(workspace, 'step', 'foot');
    expect(errors()).toEqual([]);
    expect(text()).toContain('"echoOf": "foot", "at": "cue:foot.end  +  2s", "note": "as cue:step.start"');
    expect(text()).toContain('"under": "foot"');
    renameCue(workspace, 'tone', 'hall');
    expect([errors(), text().includes('"bed": "hall"')]).toEqual([[], true]);
  });

  test('is the same cue in the versions that were kept', () => {
    open();
    const { versions } = workspace.document;
    versions.keep('short', ['runout', 'lift']);
    versions.keep('whole');
    renameCue(workspace, 'runout', 'groove');
    workspace.document.change('Longer', [{ path: ['cues', 6, 'revolutions'], value: 3 }]);
    versions.switchTo('short');
    const cues = (workspace.document.value.value as { cues: Record<string, unknown>[] }).cues;
    expect(cues.map(({ id }) => id)).not.toContain('runout');
    expect(cues.find(({ id }) => id === 'groove')?.['revolutions']).toBe(2);
    versions.switchTo('whole');
    expect([errors(), text().includes('cue:groove.end'), text().includes('cue:runout')]).toEqual([
      [],
      true,
      false,
    ]);
  });

  test('says that chance falls otherwise, where there is some in it', () => {
    open();
    renameCue(workspace, 'mop', 'broom');
    expect(workspace.notices[0]).toBe(
      '"mop" is called "broom" now. What is left to chance in it is drawn by its name, so it falls otherwise now',
    );
  });

  test('is refused a name that is empty or another’s, also another’s in a version', () => {
    open();
    expect(renameCue(workspace, 'step', '')).toBe('A cue needs a name');
    expect(renameCue(workspace, 'step', 'mop')).toBe('Another cue is called "mop"');
    workspace.document.versions.keep('with plain', ['plain']);
    workspace.document.change('Delete', [{ path: ['cues', 4], value: undefined }]);
    expect(renameCue(workspace, 'step', 'plain')).toBe('A version that was kept has another cue "plain"');
    expect(renameCue(workspace, 'step', 'step')).toBeUndefined();
    expect(workspace.notices).toEqual([]);
  });
});
