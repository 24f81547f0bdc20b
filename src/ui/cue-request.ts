import { type Signal, signal } from '@preact/signals';
import type { View } from './workspace.ts';

export interface CueRequest {
  readonly id: string;
}

const requests = new WeakMap<View, Signal<CueRequest | undefined>>();

/** The cue that the timeline was asked to come to; a new object for every time that it was asked. */
export function cueRequest(view: View): Signal<CueRequest | undefined> {
  const known = requests.get(view) ?? signal<CueRequest | undefined>(undefined);
  requests.set(view, known);
  return known;
}

export function askForCue(view: View, id: string): void {
  cueRequest(view).value = { id };
}
