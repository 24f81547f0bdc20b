import { type Signal, signal } from '@preact/signals';
import type { Command } from '../workspace.ts';

/** What of the help is open. */
export interface Help {
  readonly isPaletteOpen: Signal<boolean>;
  readonly isShortcutSheetOpen: Signal<boolean>;
}

export function createHelp(): Help {
  return { isPaletteOpen: signal(false), isShortcutSheetOpen: signal(false) };
}

/** Commands of the help itself. */
export function helpCommands(help: Help): readonly Command[] {
  return [
    {
      id: 'help.palette',
      title: 'Find a command',
      group: 'Help',
      keys: ['$mod+KeyK'],
      run: () => {
        help.isPaletteOpen.value = true;
      },
    },
    {
      id: 'help.keys',
      title: 'Show all keys',
      group: 'Help',
      keys: ['Shift+?', '?'],
      run: () => {
        help.isShortcutSheetOpen.value = true;
      },
    },
  ];
}
