import { type Signal, signal } from '@preact/signals';
import type { View } from './workspace.ts';

const requests = new WeakMap<View, Signal<string | undefined>>();

/** The id of the cue whose name is to be written anew; undefined once its field has been come to. */
export function renameRequest(view: View): Signal<string | undefined> {
  const known = requests.get(view) ?? signal<string | undefined>(undefined);
  requests.set(view, known);
  return known;
}
