import type { Command, Workspace } from '../workspace.ts';
import { timelineState } from './timeline-state.ts';

/**
 * Commands as they are while the pointer drags something on the timeline: Undo gives the drag up, and does nothing
 * else; what changes cues does nothing, so that a key that is hit by mistake neither costs the drag nor changes what
 * it began with. All others are as they were.
 */
export function whileFollowing(workspace: Workspace, commands: readonly Command[]): readonly Command[] {
  const { giveUp } = timelineState(workspace);
  return commands.map((command) => {
    const { id, group, run, isEnabled } = command;
    if (id === 'document.undo') {
      return {
        ...command,
        run: (asked) => (giveUp.peek() ?? run)(asked),
        isEnabled: () => giveUp.value !== undefined || (isEnabled?.() ?? true),
      };
    }
    if (group !== 'Cues' && id !== 'document.redo') return command;
    return {
      ...command,
      run: (asked) => {
        if (!giveUp.peek()) run(asked);
      },
    };
  });
}
