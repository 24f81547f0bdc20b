import { effect } from '@preact/signals';
import { rawSheet } from '../raw-cue.ts';
import type { Workspace } from '../workspace.ts';

/**
 * Keeps a cue selected when it is called otherwise, and none that the text has no more, also by undo and redo. While
 * the text is no JSON, nobody knows which it has.
 *
 * @returns Stops following.
 */
export function followCues({ document, view }: Pick<Workspace, 'document' | 'view'>): () => void {
  return effect(() => {
    const renamed = document.renamed.value;
    const isReadable = rawSheet(document) !== undefined;
    const before = view.selection.peek();
    const after = before
      .map((id) => (id === renamed?.from ? renamed.to : id))
      .filter((id) => !isReadable || document.cueIndex(id) !== undefined);
    const isSame = after.length === before.length && after.every((id, index) => id === before[index]);
    if (!isSame) view.selection.value = after;
  });
}
