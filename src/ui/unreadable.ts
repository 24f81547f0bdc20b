import { rawSheet } from './raw-cue.ts';
import type { Workspace } from './workspace.ts';

/** What keeps everything but the text's own editor from changing the sheet: undefined where its text is JSON. */
export function whyUnreadable({ document, studio }: Workspace): string | undefined {
  if (rawSheet(document)) return undefined;
  const error = studio.issues.value.find(({ severity }) => severity === 'error');
  const place = error ? ` in line ${error.line}` : '';
  return `The sheet’s text has a mistake${place}: mend that first, in Sheet`;
}

/** Whether the sheet can be changed otherwise than as text; where it cannot, says why. */
export function isReadable(workspace: Workspace): boolean {
  const why = whyUnreadable(workspace);
  if (why !== undefined) workspace.notify(why, 'problem');
  return why === undefined;
}
