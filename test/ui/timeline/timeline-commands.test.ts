import { afterEach, describe, expect, it } from 'vitest';
import { pasteCues } from '../../../src/ui/timeline/cue-clipboard.ts';
import { timelineCommands } from '../../../src/ui/timeline/timeline-commands.ts';
import { closeAll, open, raw } from './opened.ts';

afterEach(closeAll);

const opened = () => {
  const workspace = open();
  const commands = timelineCommands(workspace);
  const run = (...ids: readonly string[]) => {
    for (const id of ids) commands.find((command) => command.id === id)!.run();
  };
  const broken = { id: 'broken', type: 'practical' };
  /** With an error the film stays as it is, as it does until a text has been read. */
  const stopFilm = () => {
    const before = workspace.studio.film.value;
    workspace.document.change('Break', [{ path: ['cues', 0], value: broken, insert: true }]);
    expect(workspace.studio.film.value).toBe(before);
  };
  return { workspace, run, stopFilm, at: (id: string) => raw(workspace, id)?.['at'] };
};

describe('a cue that was just made, and that the film has not yet', () => {
  it('is what is duplicated, moved and deleted next', () => {
    const { workspace, run, stopFilm, at } = opened();
    workspace.view.selection.value = ['step'];
    stopFilm();
    run('cue.duplicate', 'cue.duplicate', 'cue.move-right', 'cue.move-right');
    expect(['step', 'step-2', 'step-3'].map(at)).toEqual([
      'shot:1-2.start + 12f',
      'shot:1-2.start + 24f',
      'shot:1-2.start + 38f',
    ]);
    run('cue.delete');
    expect([at('step-2'), at('step-3')]).toEqual(['shot:1-2.start + 24f', undefined]);
  });

  it('is as long as what it was pasted from', () => {
    const { workspace, run, stopFilm, at } = opened();
    workspace.view.selection.value = ['step'];
    stopFilm();
    pasteCues(workspace, JSON.stringify(raw(workspace, 'step')), 0);
    run('cue.duplicate');
    expect([at('step-2'), at('step-3')]).toEqual(['shot:1-1.start', 'shot:1-1.start + 12f']);
  });
});
