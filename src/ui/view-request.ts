import { type Signal, signal } from '@preact/signals';
import type { View } from './workspace.ts';

/** A signal of each view, by which one part of the app asks another for something, and what it is at first. */
export function viewRequest<Value>(first: Value): (view: View) => Signal<Value> {
  const requests = new WeakMap<View, Signal<Value>>();
  return (view) => {
    const known = requests.get(view) ?? signal(first);
    requests.set(view, known);
    return known;
  };
}
