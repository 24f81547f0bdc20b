import { viewRequest } from './view-request.ts';
import type { View } from './workspace.ts';

export interface CueRequest {
  readonly id: string;
}

/** The cue that the timeline was asked to come to; a new object for every time that it was asked. */
export const cueRequest = viewRequest<CueRequest | undefined>(undefined);

export function askForCue(view: View, id: string): void {
  cueRequest(view).value = { id };
}
