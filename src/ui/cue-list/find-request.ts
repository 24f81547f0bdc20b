import { type Signal, signal } from '@preact/signals';
import type { View } from '../workspace.ts';

const requests = new WeakMap<View, Signal<number>>();

/** Grows when the field to find cues in was asked for: it takes the focus. */
export function findRequests(view: View): Signal<number> {
  const known = requests.get(view) ?? signal(0);
  requests.set(view, known);
  return known;
}

export function askForFind(view: View): void {
  findRequests(view).value += 1;
}
