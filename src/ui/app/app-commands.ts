import { type Help, helpCommands } from '../command/help-commands.ts';
import { cueListCommands } from '../cue-list/cue-list-commands.ts';
import { deskCommands } from '../desk-panel/desk-commands.ts';
import { documentCommands } from '../document/document-commands.ts';
import { timelineCommands } from '../timeline/timeline-commands.ts';
import { whileFollowing } from '../timeline/while-following.ts';
import { transportCommands } from '../transport-bar/transport-commands.ts';
import type { Command, Workspace } from '../workspace.ts';
import type { AppView } from './view.ts';
import { viewCommands } from './view-commands.ts';

/** Everything that can be done in the app, part by part. */
export function appCommands(workspace: Workspace, view: AppView, help: Help): readonly Command[] {
  return whileFollowing(workspace, [
    ...transportCommands(workspace),
    ...timelineCommands(workspace),
    ...cueListCommands(workspace),
    ...deskCommands(workspace),
    ...documentCommands(workspace),
    ...viewCommands(view),
    ...helpCommands(help),
  ]);
}
