import { afterEach, describe, expect, it } from 'vitest';
import { duplicateCues } from '../../../src/ui/timeline/cue-actions.ts';
import { splitRepeat } from '../../../src/ui/timeline/split-repeat.ts';
import { closeAll, open } from '../timeline/opened.ts';

afterEach(closeAll);

describe('the selection', () => {
  it('is the repeat again once its split is undone', () => {
    const workspace = open();
    const { document, view } = workspace;
    view.selection.value = ['mop'];
    splitRepeat(workspace, 'mop');
    expect(view.selection.value).toHaveLength(7);
    document.undo();
    expect(view.selection.value).toEqual(['mop']);
  });

  it('has no cue whose making is undone, and goes on with the others', () => {
    const workspace = open();
    const { document, view } = workspace;
    duplicateCues(workspace, ['step']);
    view.selection.value = ['plain', 'step-2'];
    document.undo();
    expect(view.selection.value).toEqual(['plain']);
  });

  it('stays while the text cannot be read, and is looked through when it can be again', () => {
    const { document, view } = open();
    view.selection.value = ['plain', 'step'];
    const change = (before: string, after: string) => {
      const from = document.text.value.indexOf(before);
      document.type(from, from + before.length, after);
    };
    change('"id": "plain"', '"id": plain"');
    change('"id": "step"', '"id": "other"');
    expect(document.value.value).toBeUndefined();
    expect(view.selection.value).toEqual(['plain', 'step']);
    change('"id": plain"', '"id": "plain"');
    expect(view.selection.value).toEqual(['plain']);
  });

  it('goes along with a cue that is called otherwise, and back', () => {
    const { document, view } = open();
    view.selection.value = ['step'];
    const path = ['cues', document.cueIndex('step')!, 'id'];
    document.change('Rename', [{ path, value: 'foot' }], undefined, { from: 'step', to: 'foot' });
    expect(view.selection.value).toEqual(['foot']);
    document.undo();
    expect(view.selection.value).toEqual(['step']);
  });
});
