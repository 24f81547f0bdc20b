import { effect, untracked } from '@preact/signals';
import type { ValueChange, Workspace } from '../workspace.ts';

/** A trim that has been written into the sheet. */
export interface Trim {
  readonly id: string;
  readonly label: string;
  readonly gesture: string;
  readonly changes: readonly ValueChange[];
}

interface Guarding {
  /** The sheet had no errors before. */
  readonly isClean: boolean;
  /** The last of its gesture that made none. */
  readonly accepted?: Trim | undefined;
}

const GUARDING = new WeakMap<Workspace['view'], Guarding>();

/** Whether the sheet has no errors as it stands, as far as it has been read. */
export function isClean({ studio, document, view }: Workspace): boolean {
  const isRead = studio.readRevision.peek() >= document.revision.peek();
  const known = isRead ? undefined : GUARDING.get(view)?.isClean;
  return known ?? !errorOf(studio);
}

/**
 * Takes a trim back, with what is wrong with it, where the sheet has an error as soon as it has been read: an editor's
 * edges stop where they cannot go. What the gesture had come to before stays.
 */
export function guardTrim(workspace: Workspace, trim: Trim, wasClean: boolean): void {
  const { document, studio, view } = workspace;
  const before = GUARDING.get(view)?.accepted;
  const accepted = before?.gesture === trim.gesture ? before : undefined;
  GUARDING.set(view, { isClean: wasClean, accepted });
  if (!wasClean) return;
  const revision = document.revision.peek();
  let isDone = false;
  const judge = () => {
    if (isDone || studio.readRevision.peek() < revision) return;
    isDone = true;
    // What was changed since then is judged by itself.
    if (document.revision.peek() !== revision) return;
    const error = errorOf(studio);
    if (!error) {
      GUARDING.set(view, { isClean: true, accepted: trim });
      return;
    }
    document.drop(trim.gesture);
    if (accepted) document.change(accepted.label, accepted.changes, accepted.gesture);
    workspace.notify(`${trim.id} cannot be trimmed so: ${error.message}`, 'problem');
  };
  const stop = effect(() => {
    void studio.readRevision.value;
    untracked(judge);
    if (isDone) queueMicrotask(() => stop());
  });
}

function errorOf({ issues }: Workspace['studio']) {
  return issues.peek().find(({ severity }) => severity === 'error');
}
