import type { Command, Workspace } from '../workspace.ts';

/** Undo, redo and save. */
export function documentCommands({ document }: Workspace): readonly Command[] {
  return [
    {
      id: 'document.undo',
      title: 'Undo',
      group: 'File',
      keys: ['$mod+KeyZ'],
      run: () => document.undo(),
      isEnabled: () => document.undoLabel.value !== undefined,
    },
    {
      id: 'document.redo',
      title: 'Redo',
      group: 'File',
      keys: ['$mod+Shift+KeyZ', '$mod+KeyY'],
      run: () => document.redo(),
      isEnabled: () => document.redoLabel.value !== undefined,
    },
    {
      id: 'document.save',
      title: 'Save the sheet',
      group: 'File',
      keys: ['$mod+KeyS'],
      run: () => void document.save(),
    },
  ];
}
