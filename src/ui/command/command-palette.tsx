import type { Signal } from '@preact/signals';
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Command } from '../workspace.ts';
import type { Commands } from './command-table.ts';
import { Keys } from './keys.tsx';
import { matchTitle } from './match-title.ts';
import './command.css';

/**
 * Every command by its name: type a part of it, Enter runs it.
 *
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/combobox/ (list autocomplete with manual selection)
 */
export function CommandPalette({ commands, isOpen }: { commands: Commands; isOpen: Signal<boolean> }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const shown = isOpen.value;

  // Not after the next frame: what is typed meanwhile would be taken for keys of the app.
  useLayoutEffect(() => {
    if (!shown) return dialog.current?.close();
    setQuery('');
    setActive(0);
    dialog.current?.showModal();
  }, [shown]);

  const found = useMemo(
    () => (shown ? commands.all.filter(({ title, group }) => matchTitle(`${title} ${group}`, query)) : []),
    [commands, query, shown],
  );
  useEffect(() => list.current?.children[active]?.scrollIntoView({ block: 'nearest' }), [active]);

  function run(command: Command | undefined): void {
    if (!command) return;
    isOpen.value = false;
    // Closed first: a command may open a dialog of its own, or ask where the focus is.
    dialog.current?.close();
    commands.run(command.id);
  }

  function press(event: KeyboardEvent): void {
    const last = found.length - 1;
    const next = { ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + 8, PageUp: active - 8 }[
      event.key
    ];
    if (next !== undefined) setActive(Math.max(0, Math.min(last, next)));
    else if (event.key === 'Enter') run(found[active]);
    else return;
    event.preventDefault();
  }

  return (
    <dialog
      ref={dialog}
      class="palette"
      aria-label="Commands"
      onClose={() => {
        isOpen.value = false;
      }}
      closedby="any"
    >
      <input
        role="combobox"
        aria-label="Find a command"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={found[active] && `${id}-${active}`}
        placeholder="Type what you want to do"
        spellcheck={false}
        value={query}
        onInput={(event) => {
          setQuery(event.currentTarget.value);
          setActive(0);
        }}
        onKeyDown={press}
      />
      <div ref={list} id={`${id}-list`} role="listbox" aria-label="Commands">
        {found.map((command, index) => {
          const isEnabled = command.isEnabled?.() ?? true;
          return (
            // Keys are the combobox's: the list never has the focus.
            // biome-ignore lint/a11y/useKeyWithClickEvents: see above
            <div
              key={command.id}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              aria-disabled={!isEnabled}
              onPointerMove={() => setActive(index)}
              onClick={() => run(command)}
            >
              <span>{command.title}</span>
              <span class="palette-group">{command.group}</span>
              {command.keys[0] && <Keys text={command.keys[0]} />}
            </div>
          );
        })}
      </div>
      {found.length === 0 && <p class="palette-none">Nothing is called that.</p>}
    </dialog>
  );
}
