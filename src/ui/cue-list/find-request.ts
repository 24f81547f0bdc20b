import { viewRequest } from '../view-request.ts';
import type { View } from '../workspace.ts';

/** Grows when the field to find cues in was asked for: it takes the focus. */
export const findRequests = viewRequest(0);

/** What is sought in the list while it is there: the commands go through what is found. */
export const soughtCues = viewRequest('');

export function askForFind(view: View): void {
  findRequests(view).value += 1;
}
