import type { CommandTable } from '../workspace.ts';
import { ariaKeystroke, keyLabels } from './keystroke.ts';

/** What a control says of the keys of its command, to the eye (as a tooltip) and to a screen reader. */
export interface Shortcut {
  readonly title: string;
  readonly 'aria-keyshortcuts'?: string;
}

/** The attributes of a control that does what a command does: `<button {...shortcutOf(commands, 'transport.toggle')}>`. */
export function shortcutOf(commands: CommandTable, id: string): Shortcut {
  const command = commands.all.find((candidate) => candidate.id === id);
  if (!command) return { title: '' };
  const keys = command.keys.map((key) => keyLabels(key).join(' '));
  const aria = command.keys.map((key) => ariaKeystroke(key)).filter((key) => key !== undefined);
  return {
    title: keys.length > 0 ? `${command.title} (${keys.join(', ')})` : command.title,
    ...(aria.length > 0 && { 'aria-keyshortcuts': aria.join(' ') }),
  };
}

/** Labels of the first of a command's keys, as menus have them beside a command: `Ctrl D`; empty without one. */
export function keysOf(commands: CommandTable, id: string): string {
  const [key] = commands.all.find((candidate) => candidate.id === id)?.keys ?? [];
  return key === undefined ? '' : keyLabels(key).join(' ');
}
