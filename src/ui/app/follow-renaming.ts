import { effect } from '@preact/signals';
import type { Workspace } from '../workspace.ts';

/** Keeps a cue selected when it is called otherwise, also by undo and redo. @returns Stops following. */
export function followRenaming({ document, view }: Pick<Workspace, 'document' | 'view'>): () => void {
  return effect(() => {
    const renamed = document.renamed.value;
    if (!renamed) return;
    const { from, to } = renamed;
    view.selection.value = view.selection.peek().map((id) => (id === from ? to : id));
  });
}
