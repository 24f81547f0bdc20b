import { afterEach, expect, it } from 'vitest';
import { cueListCommands } from '../../../src/ui/cue-list/cue-list-commands.ts';
import { documentCommands } from '../../../src/ui/document/document-commands.ts';
import { timelineCommands } from '../../../src/ui/timeline/timeline-commands.ts';
import { timelineState } from '../../../src/ui/timeline/timeline-state.ts';
import { whileFollowing } from '../../../src/ui/timeline/while-following.ts';
import type { Workspace } from '../../../src/ui/workspace.ts';
import { closeAll, open } from './opened.ts';

afterEach(closeAll);

const allOf = (workspace: Workspace) =>
  whileFollowing(workspace, [
    ...timelineCommands(workspace),
    ...cueListCommands(workspace),
    ...documentCommands(workspace),
  ]);

it('while something is dragged no command changes the sheet, or the selection, and Undo gives it up alone', () => {
  const workspace = open();
  const { document, view } = workspace;
  const index = document.cueIndex('step')!;
  for (const gainDb of [-3, -6]) document.change('Set', [{ path: ['cues', index, 'gainDb'], value: gainDb }]);
  document.undo();
  const before = document.text.value;
  view.selection.value = ['step'];
  const commands = allOf(workspace);
  const { giveUp } = timelineState(workspace);
  let givenUp = 0;
  giveUp.value = () => {
    givenUp += 1;
  };
  for (const { id, group, run } of commands) {
    if (group === 'Cues' || id === 'document.redo') run();
  }
  expect([document.text.value, view.selection.value, workspace.notices]).toEqual([before, ['step'], []]);
  const undo = commands.find(({ id }) => id === 'document.undo')!;
  undo.run();
  expect([document.text.value, givenUp]).toEqual([before, 1]);
  giveUp.value = undefined;
  undo.run();
  expect(document.text.value).not.toBe(before);
});

it('Undo gives a drag up where there is nothing to undo', () => {
  const workspace = open();
  const undo = allOf(workspace).find(({ id }) => id === 'document.undo')!;
  expect(undo.isEnabled?.()).toBe(false);
  timelineState(workspace).giveUp.value = () => {};
  expect(undo.isEnabled?.()).toBe(true);
});
