import { cueTypes, typeName } from '../cue-schema.ts';
import { timecodeAt } from '../film-clock.ts';
import { TypeIcon } from '../type-icon.tsx';
import type { Workspace } from '../workspace.ts';
import { addCue } from './cue-actions.ts';
import { MenuItem, PopupMenu } from './popup-menu.tsx';
import { timelineState } from './timeline-state.ts';

/** The types of cue that can be made, as the schema lists them. */
export function TypeMenu({ workspace }: { workspace: Workspace }) {
  const { menu, clock } = timelineState(workspace);
  const place = menu.value;
  if (!place || !clock.value) return null;
  const close = () => {
    menu.value = undefined;
  };
  const at = timecodeAt(place.sample, clock.value);
  const heading = `New cue at ${at}${place.stem === undefined ? '' : ` on ${place.stem}`}`;
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
    </PopupMenu>
  );
}
