import type { Command } from '../workspace.ts';
import type { Commands } from './command-table.ts';
import { isForTyping } from './typing.ts';

type ClipboardWork = NonNullable<Command['clipboard']>;

/** The keys by which a browser opens the clipboard of itself. By others, a page has to ask the user for leave. */
const OWN_KEYS: Readonly<Record<ClipboardWork, string>> = {
  copy: '$mod+KeyC',
  cut: '$mod+KeyX',
  paste: '$mod+KeyV',
};

/** Whether a command's key is left to the browser, which then opens the clipboard for it. */
export function isBrowsersOwn({ clipboard }: Command, key: string): boolean {
  return clipboard !== undefined && OWN_KEYS[clipboard] === key;
}

/**
 * Runs the commands that copy, cut and paste when the browser opens the clipboard: but not in a text field, not behind
 * an open dialog, and not where text of the page is selected, which is copied then.
 *
 * @returns Stops listening.
 */
export function listenToClipboard(target: Window, commands: Commands): () => void {
  const listening = new AbortController();
  for (const work of ['copy', 'cut', 'paste'] as const) {
    target.addEventListener(
      work,
      (event) => {
        const command = commands.list.peek().find(({ clipboard }) => clipboard === work);
        const element = event.composedPath()[0];
        if (event.defaultPrevented || !event.clipboardData || !command?.keys.includes(OWN_KEYS[work])) return;
        if (element instanceof Element && isForTyping(element)) return;
        if (work !== 'paste' && hasSelectedText(target)) return;
        event.preventDefault();
        commands.start(command, { clipboard: event.clipboardData });
      },
      { signal: listening.signal },
    );
  }
  return () => listening.abort();
}

/** Whether the user has selected text, and has not gone on from it to something else since. */
function hasSelectedText({ document }: Window): boolean {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || selection.toString() === '') return false;
  return document.activeElement?.contains(selection.anchorNode) ?? true;
}
