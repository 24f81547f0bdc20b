import { isRecord } from './raw-cue.ts';

/** What this browser has kept under a name; nothing where that is none of ours. */
export function readKept(storage: Storage, name: string): Readonly<Record<string, unknown>> {
  try {
    const kept: unknown = JSON.parse(storage.getItem(name) ?? '{}');
    return isRecord(kept) ? kept : {};
  } catch {
    return {};
  }
}

/** Keeps values in this browser, as far as it keeps any. */
export function keep(storage: Storage, name: string, values: Readonly<Record<string, unknown>>): void {
  try {
    storage.setItem(name, JSON.stringify(values));
  } catch {
    // It has no room, or may keep nothing: the next visit begins anew.
  }
}
