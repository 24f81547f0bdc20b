import { afterAll, describe, expect, it } from 'vitest';
import { createCommandTable } from '../../../src/ui/command/command-table.ts';
import { cueListCommands } from '../../../src/ui/cue-list/cue-list-commands.ts';
import { deskCommands } from '../../../src/ui/desk-panel/desk-commands.ts';
import { timelineCommands } from '../../../src/ui/timeline/timeline-commands.ts';
import { makeWorkspace } from '../fakes.ts';
import { SHEET, SOUNDS } from '../timeline/make-sheet.ts';

const workspace = makeWorkspace({ text: SHEET, sounds: SOUNDS });
const commands = createCommandTable(
  () => [...deskCommands(workspace), ...timelineCommands(workspace), ...cueListCommands(workspace)],
  workspace.notify,
);
const { selection } = workspace.view;
const sfx = () => workspace.desk.channels.value.find(({ id }) => id === 'sfx')!;
const told = (command: string) => {
  workspace.notices.length = 0;
  commands.run(command);
  return workspace.notices;
};
afterAll(() => workspace.dispose());

describe('a command that makes no sense now', () => {
  it('says what it needs', () => {
    selection.value = [];
    expect(told('desk.mute')).toEqual(['Select a cue first: its lane is what is meant']);
    expect(told('cue.delete')).toEqual(['Select a cue first']);
    expect(told('cue.split')).toEqual(['Select a cue first']);
    expect(told('problems.next')).toEqual(['The sheet has no problems']);
    selection.value = ['nothing'];
    expect(told('desk.solo')).toEqual(['nothing sounds on no lane: select a cue that does']);
    expect(told('cue.split')).toEqual(['Only a repeat, or an echo of one, has hits to be split into']);
  });

  it('says nothing where it does what it says', () => {
    selection.value = ['step'];
    expect([told('desk.mute'), sfx().isMuted.value]).toEqual([[], true]);
  });
});
