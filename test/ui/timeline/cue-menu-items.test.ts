import { afterEach, describe, expect, it } from 'vitest';
import { type CueMenuItem, cueMenuItems } from '../../../src/ui/timeline/cue-menu-items.ts';
import { type FakeWorkspace, makeWorkspace } from '../fakes.ts';
import { SHEET, SOUNDS } from './make-sheet.ts';

let workspace: FakeWorkspace;
const asked: string[] = [];

const menuOf = (id: string, selection: readonly string[] = [id]): readonly CueMenuItem[] => {
  workspace = makeWorkspace({ text: SHEET, sounds: SOUNDS });
  workspace.view.selection.value = selection;
  return cueMenuItems(workspace, id, {
    next: (one) => asked.push(`next to ${one}`),
    wanted: (one) => asked.push(`to ${one}`),
  });
};
const run = (items: readonly CueMenuItem[], title: string) =>
  items.find((item) => item.title === title)!.run();
const cues = () => (workspace.document.value.value as { cues: Record<string, unknown>[] }).cues;
const ids = () => cues().map(({ id }) => id);

afterEach(() => {
  workspace.dispose();
  asked.length = 0;
});

describe('the menu of a cue', () => {
  it('splits only what repeats', () => {
    expect(menuOf('step').map(({ title }) => title)).not.toContain('Split into its hits');
    workspace.dispose();
    run(menuOf('mop'), 'Split into its hits');
    expect(ids().filter((id) => String(id).startsWith('mop')).length).toBeGreaterThan(1);
  });

  it('says what its switch would do', () => {
    expect(menuOf('plain').map(({ title }) => title)).toContain('Switch on');
    workspace.dispose();
    run(menuOf('step'), 'Switch off');
    expect(cues().find(({ id }) => id === 'step')?.['off']).toBe(true);
  });

  it('is that of all cues that are selected, if it is one of them, and else its own', () => {
    run(menuOf('step', ['answer', 'step']), 'Delete');
    expect([ids().includes('step'), ids().includes('answer')]).toEqual([false, false]);
    workspace.dispose();
    run(menuOf('step', ['answer']), 'Delete');
    expect([ids().includes('step'), ids().includes('answer')]).toEqual([false, true]);
  });

  it('gives the focus on: to the copy, and away from what is deleted', () => {
    run(menuOf('step'), 'Duplicate');
    workspace.dispose();
    run(menuOf('answer'), 'Delete');
    expect(asked).toEqual(['to step-2', 'next to answer']);
  });

  it('goes to the line of the text, and to the place in the film', () => {
    const items = menuOf('step');
    run(items, 'Show in the text');
    const { from, to } = workspace.view.textTarget.value!;
    expect(JSON.parse(workspace.document.text.value.slice(from, to))).toMatchObject({ id: 'step' });
    run(items, 'Go to where it begins');
    expect(workspace.transport.position.value).toBe(10.5 * 48000);
  });

  it('keeps a version under the next free name', () => {
    run(menuOf('runout'), 'Keep as version “runout A”');
    expect(workspace.document.versions.list.value.map(({ name, cues: own }) => [name, own])).toEqual([
      ['runout A', ['runout']],
    ]);
  });
});
