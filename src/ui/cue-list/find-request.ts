import { viewRequest } from '../view-request.ts';
import type { View } from '../workspace.ts';

/** Grows when the field to find cues in was asked for: it takes the focus. */
export const findRequests = viewRequest(0);

export function askForFind(view: View): void {
  findRequests(view).value += 1;
}
