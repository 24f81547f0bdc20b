import { type FakeWorkspace, makeWorkspace } from '../fakes.ts';
import { SHEET, SOUNDS } from './make-sheet.ts';

let made: FakeWorkspace[] = [];

/** Keeps a workspace until {@link closeAll}, which every file of tests calls after each. */
export function keep(workspace: FakeWorkspace): FakeWorkspace {
  made.push(workspace);
  return workspace;
}

/** A workspace of the small film. */
export function open(text = SHEET): FakeWorkspace {
  return keep(makeWorkspace({ text, sounds: SOUNDS }));
}

export function closeAll(): void {
  for (const workspace of made) workspace.dispose();
  made = [];
}

/** A cue as the sheet has it. */
export function raw(workspace: FakeWorkspace, id: string): Record<string, unknown> | undefined {
  const { cues } = workspace.document.value.value as { cues: Record<string, unknown>[] };
  return cues.find((one) => one['id'] === id);
}
