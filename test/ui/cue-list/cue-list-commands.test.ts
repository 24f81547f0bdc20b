import { afterEach, describe, expect, it } from 'vitest';
import { cueListCommands } from '../../../src/ui/cue-list/cue-list-commands.ts';
import { type FakeWorkspace, makeWorkspace } from '../fakes.ts';
import { SHEET, SOUNDS } from '../timeline/make-sheet.ts';

let workspace: FakeWorkspace;
const run = (id: string) =>
  cueListCommands(workspace)
    .find((command) => command.id === id)!
    .run();

afterEach(() => workspace.dispose());

describe('selecting all cues', () => {
  it('takes them in order of time, and leaves the one that the inspector shows', () => {
    workspace = makeWorkspace({ text: SHEET, sounds: SOUNDS });
    workspace.view.selection.value = ['lift', 'mop'];
    run('cues.select-all');
    expect(workspace.view.selection.value).toEqual([
      'tone',
      'step',
      'answer',
      'plain',
      'drop',
      'runout',
      'lift',
      'nothing',
      'back',
      'mop',
    ]);
  });
});

describe('going to the next version', () => {
  it('says what to do where there are no two', () => {
    workspace = makeWorkspace({ text: SHEET, sounds: SOUNDS });
    const { versions } = workspace.document;
    run('versions.next');
    versions.keep('runout A', ['runout']);
    versions.keep('pair A', ['mop', 'step']);
    run('versions.next');
    versions.switchTo('runout A');
    workspace.document.change('Longer', [{ path: ['cues', 6, 'revolutions'], value: 3 }]);
    versions.remove('pair A');
    const before = workspace.document.text.value;
    run('versions.previous');
    expect(workspace.notices).toEqual([
      'No version is kept yet: keep one in Versions, change something, and keep that too',
      '"pair A" is the only version of these cues: change something, and keep that under another name, in Versions',
      '"runout A" is the only version of "runout": keep what you have changed since under another name, in Versions',
    ]);
    expect(workspace.document.text.value).toBe(before);
  });

  it('goes between two', () => {
    workspace = makeWorkspace({ text: SHEET, sounds: SOUNDS });
    const { versions } = workspace.document;
    versions.keep('two', ['runout']);
    workspace.document.change('Longer', [{ path: ['cues', 6, 'revolutions'], value: 3 }]);
    versions.keep('three', ['runout']);
    run('versions.next');
    expect([versions.current.value, workspace.notices]).toEqual(['two', []]);
  });

  it('takes versions of some of the same cues for alternatives, and no others', () => {
    workspace = makeWorkspace({ text: SHEET, sounds: SOUNDS });
    const { versions } = workspace.document;
    versions.keep('pair', ['mop', 'step']);
    versions.keep('other', ['runout']);
    versions.keep('whole');
    versions.keep('one', ['mop']);
    const visited = [1, 2, 3].map(() => {
      run('versions.next');
      return versions.list.value.filter(({ isHeard, cues }) => isHeard && cues?.includes('mop'))[0]?.name;
    });
    expect(visited).toEqual(['pair', 'one', 'pair']);
  });
});
