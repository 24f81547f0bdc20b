import type { Signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Command } from '../workspace.ts';
import type { Commands } from './command-table.ts';
import { KeyEditor } from './key-editor.tsx';
import './command.css';

const GROUPS: readonly Command['group'][] = ['Transport', 'Cues', 'View', 'Desk', 'File', 'Help'];

/** What the mouse does on the timeline: no commands, but looked for on the same sheet. */
const MOUSE: readonly (readonly [what: string, does: string])[] = [
  ['Click the ruler', 'go there'],
  ['Drag along the ruler', 'scrub'],
  ['Wheel', 'scroll'],
  ['Ctrl or ⌘ + wheel', 'zoom at the pointer'],
  ['Shift + wheel', 'scroll sideways'],
  ['Shift + click on a cue', 'select up to it'],
  ['Ctrl or ⌘ + click on a cue', 'select it besides'],
  ['Drag beside all cues', 'select what it touches'],
  ['Alt while dragging', 'no snapping'],
  ['Shift while dragging', 'stay on the lane'],
  ['Ctrl or ⌘ at the end of a drag', 'tie to the shot there'],
  ['Esc or Undo while dragging', 'leave it as it was'],
  ['Esc', 'select nothing'],
  ['Right click on a cue', 'its menu'],
  ['Right click beside it', 'new cue there'],
];

/** The sheet of all keys, and the switch for those that are a character alone. */
export function ShortcutSheet({ commands, isOpen }: { commands: Commands; isOpen: Signal<boolean> }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const shown = isOpen.value;
  useEffect(() => {
    if (shown) dialog.current?.showModal();
    else dialog.current?.close();
  }, [shown]);

  return (
    <dialog
      ref={dialog}
      class="shortcuts"
      aria-labelledby="shortcuts-title"
      onClose={() => {
        isOpen.value = false;
      }}
      closedby="any"
    >
      <header>
        <h2 id="shortcuts-title">
          Keys <span class="soft">Press one to change it.</span>
        </h2>
        <label class="shortcuts-switch">
          <input
            type="checkbox"
            checked={commands.hasSingleKeys.value}
            onChange={(event) => {
              commands.hasSingleKeys.value = event.currentTarget.checked;
            }}
          />
          Letters and signs alone are keys too
        </label>
        <button type="button" class="is-quiet" onClick={() => dialog.current?.close()}>
          Close
        </button>
      </header>
      {shown && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <section class="shortcuts-groups" tabIndex={0} aria-label="All keys">
          <div class="shortcuts-columns">
            {GROUPS.map((group) => (
              <Group
                key={group}
                name={group}
                list={commands.list.value.filter(
                  (command) => command.group === group && isShown(command, commands),
                )}
                commands={commands}
              />
            ))}
            <section>
              <h3>Mouse, on the timeline</h3>
              <dl>
                {MOUSE.map(([what, does]) => (
                  <div key={what}>
                    <dt>{does}</dt>
                    <dd>{what}</dd>
                  </div>
                ))}
              </dl>
            </section>
          </div>
        </section>
      )}
    </dialog>
  );
}

/** Those that have a key, or had one. */
function isShown({ id, keys }: Command, commands: Commands): boolean {
  return keys.length > 0 || id in commands.ownKeys.value;
}

function Group(props: { name: string; list: readonly Command[]; commands: Commands }) {
  const { name, list, commands } = props;
  if (list.length === 0) return null;
  return (
    <section>
      <h3>{name}</h3>
      <dl>
        {list.map((command) => (
          <div key={command.id}>
            <dt>{command.title}</dt>
            <dd>
              <KeyEditor command={command} commands={commands} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
