import { cueTypes, typeName } from '../cue-schema.ts';
import { timecodeAt } from '../film-clock.ts';
import { TypeIcon } from '../type-icon.tsx';
import type { Workspace } from '../workspace.ts';
import { addSounds } from './add-sounds.ts';
import { addCue } from './cue-actions.ts';
import { MenuItem, PopupMenu } from './popup-menu.tsx';
import { timelineState } from './timeline-state.ts';

/** What can be made at a place: cues of the types that the schema lists, and sounds with a cue for each. */
export function TypeMenu({
  workspace,
  keysOf,
}: {
  readonly workspace: Workspace;
  /** Labels of a command's keys: `Ctrl I`; empty where it has none. */
  readonly keysOf: (command: string) => string;
}) {
  const { menu, clock } = timelineState(workspace);
  const place = menu.value;
  if (!place || !clock.value) return null;
  const close = () => {
    menu.value = undefined;
  };
  const at = timecodeAt(place.sample, clock.value);
  const heading = `New cue at ${at}${place.stem === undefined ? '' : ` on ${place.stem}`}`;
  // Elsewhere than at the playhead the keys would do something else.
  const keys = place.point ? '' : keysOf('cue.sounds');
  return (
    <PopupMenu label={heading} heading={heading} at={place.point} close={close}>
      {cueTypes().map(({ type, description }) => (
        <MenuItem key={type} close={close} run={() => addCue(workspace, type, place.sample, place.stem)}>
          <TypeIcon look="tl-icon" type={type} />
          <span>
            <strong>{typeName(type)}</strong>
            <small>{description}</small>
          </span>
        </MenuItem>
      ))}
      <hr />
      <MenuItem close={close} run={() => void addSounds(workspace, place)}>
        <strong>Add sounds …</strong>
        {keys !== '' && (
          <span class="tl-menu-keys" aria-hidden="true">
            {keys}
          </span>
        )}
      </MenuItem>
    </PopupMenu>
  );
}
