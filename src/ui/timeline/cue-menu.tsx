import { typeName } from '../cue-schema.ts';
import { rawCue, textOf } from '../raw-cue.ts';
import type { Workspace } from '../workspace.ts';
import { leaveCue, wantFocus } from './cue-block.tsx';
import { cueMenuItems } from './cue-menu-items.ts';
import { MenuItem, PopupMenu } from './popup-menu.tsx';
import { timelineState } from './timeline-state.ts';

/** What can be done with a cue, at the pointer or beside it. */
export function CueMenu({
  workspace,
  keysOf,
}: {
  readonly workspace: Workspace;
  /** Labels of a command's keys: `Ctrl D`; empty where it has none. */
  readonly keysOf: (command: string) => string;
}) {
  const { cueMenu } = timelineState(workspace);
  const place = cueMenu.value;
  const found = place && rawCue(workspace.document, place.id);
  if (!place || !found) return null;
  const selection = workspace.view.selection.peek();
  const what =
    selection.length > 1 && selection.includes(place.id)
      ? `${selection.length} cues`
      : `${place.id}, ${typeName(textOf(found.cue, 'type') ?? '')}`;
  const close = () => {
    cueMenu.value = undefined;
  };
  const items = cueMenuItems(workspace, place.id, {
    next: (id, going) => leaveCue(workspace, id, going),
    wanted: (id) => wantFocus(workspace, id),
  });
  return (
    <PopupMenu label={`Menu of ${what}`} heading={what} at={place.point} close={close}>
      {items.flatMap(({ title, command, begins, run }) => {
        const keys = command === undefined ? '' : keysOf(command);
        return [
          begins && <hr key={`before ${title}`} />,
          <MenuItem key={title} close={close} run={run}>
            <strong>{title}</strong>
            {keys !== '' && (
              <span class="tl-menu-keys" aria-hidden="true">
                {keys}
              </span>
            )}
          </MenuItem>,
        ];
      })}
    </PopupMenu>
  );
}
