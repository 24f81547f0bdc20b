import { computed } from '@preact/signals';
import type { Command } from '../workspace.ts';
import type { Commands } from './command-table.ts';
import { isSingleCharacter, type Keystroke, matchesKeystroke, parseKeystroke } from './keystroke.ts';
import { isBrowsersOwn } from './listen-to-clipboard.ts';
import { isInDialog, isTextField } from './typing.ts';

/** Keys that a text field needs for itself, with Ctrl or ⌘. */
const FIELD_KEYS = /^[acdvxyz]$|^Arrow|^Home$|^End$|^Backspace$|^Delete$|^Enter$/i;

/** Types nothing anywhere. */
const FUNCTION_KEY = /^F\d+$/;

/**
 * Runs commands by their keys, wherever the focus is: but not in a text field, not behind an open dialog, and not
 * where a part has used the key for itself (it prevents the event's default).
 *
 * A focused button does not also fire on Space: it has Enter.
 *
 * @returns Stops listening.
 */
export function listenToKeys(target: Window, commands: Commands): () => void {
  const listening = new AbortController();
  const held = new Set<string>();
  let isSpaceTaken = false;
  // Keys that ask for another one to be held come first, so that K+J is not J.
  const bindings = computed(() =>
    commands.list.value
      .flatMap((command) => command.keys.map((key) => ({ command, keystroke: parseKeystroke(key) })))
      .sort((a, b) => Number(b.keystroke.held !== undefined) - Number(a.keystroke.held !== undefined)),
  );

  function find(event: KeyboardEvent): { command: Command; keystroke: Keystroke } | undefined {
    return bindings.value.find(
      ({ command, keystroke }) =>
        (command.hasKeys?.() ?? true) &&
        (commands.hasSingleKeys.value || !isSingleCharacter(keystroke.text)) &&
        matchesKeystroke(event, keystroke, held),
    );
  }

  function press(event: KeyboardEvent): void {
    // Browsers send such events, which have no key, when they fill in a form.
    if (!(event instanceof KeyboardEvent) || event.isComposing) return;
    if (!event.defaultPrevented && !isTheFieldsOwn(event)) {
      const found = find(event);
      if (found && !isBrowsersOwn(found.command, found.keystroke.text)) {
        event.preventDefault();
        isSpaceTaken ||= event.code === 'Space';
        if (!event.repeat || repeats(found.keystroke))
          commands.start(found.command, { isHeld: event.repeat });
      }
    }
    held.add(event.code);
  }

  function release(event: KeyboardEvent): void {
    held.delete(event.code);
    if (event.code !== 'Space' || !isSpaceTaken) return;
    // Firefox clicks a button when Space goes up, whatever became of its going down.
    event.preventDefault();
    isSpaceTaken = false;
  }

  const { signal } = listening;
  target.addEventListener('keydown', press, { signal });
  target.addEventListener('keyup', release, { signal });
  // A key that goes up in another window is never seen to.
  target.addEventListener('blur', () => held.clear(), { signal });
  return () => listening.abort();
}

/** Whether a key that is held down runs its command again and again: steps do, switches do not. */
function repeats({ text, held }: Keystroke): boolean {
  return held !== undefined || text.includes('$mod') || !/(^|\+)(Key[A-Z]|Space|Enter|\?)$/.test(text);
}

/** Whether the element that has the focus, or the dialog that is open, has the first right to a key. */
function isTheFieldsOwn(event: KeyboardEvent): boolean {
  const element = event.composedPath()[0];
  if (!(element instanceof Element)) return false;
  if (isInDialog(element)) return true;
  const hasModifier = event.ctrlKey || event.metaKey;
  if (isTextField(element)) {
    const isTyped = !hasModifier && !FUNCTION_KEY.test(event.key);
    return isTyped || FIELD_KEYS.test(event.key);
  }
  if (element instanceof HTMLInputElement && /^(checkbox|radio)$/.test(element.type)) {
    return !hasModifier && (event.code === 'Space' || event.key.startsWith('Arrow'));
  }
  if (element instanceof HTMLInputElement && element.type === 'range') {
    return !hasModifier && /^(Arrow|Home$|End$|Page)/.test(event.key);
  }
  return element instanceof HTMLSelectElement && !hasModifier;
}
