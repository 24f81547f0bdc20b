import type { Command } from '../workspace.ts';
import type { AppView } from './view.ts';

/** The panels in the order of their tabs and keys. */
export const PANEL_NAMES = [
  ['cues', 'Cues'],
  ['inspector', 'Inspector'],
  ['text', 'Sheet'],
  ['versions', 'Versions'],
  ['render', 'Render'],
] as const;

const THEMES = ['system', 'dark', 'light'] as const;

/** What the window shows. */
export function viewCommands(view: AppView): readonly Command[] {
  return [
    ...PANEL_NAMES.map(
      ([id, name], index): Command => ({
        id: `view.${id}`,
        title: `Show panel: ${name}`,
        group: 'View',
        keys: [`Digit${index + 1}`],
        run: () => {
          view.isPanelOpen.value = true;
          view.panel.value = id;
        },
      }),
    ),
    {
      id: 'view.panels',
      title: 'Show or hide the panels',
      group: 'View',
      keys: ['KeyP'],
      run: () => {
        view.isPanelOpen.value = !view.isPanelOpen.peek();
      },
    },
    {
      id: 'view.desk',
      title: 'Show or hide the monitor desk',
      group: 'View',
      keys: ['KeyD'],
      run: () => {
        view.isDeskOpen.value = !view.isDeskOpen.peek();
      },
    },
    {
      id: 'view.theme',
      title: 'Change between dark, light and the system’s look',
      group: 'View',
      keys: ['Shift+KeyT'],
      run: () => {
        view.theme.value = THEMES[(THEMES.indexOf(view.theme.peek()) + 1) % THEMES.length] ?? 'system';
      },
    },
  ];
}
