import { effect } from '@preact/signals';
import type { Commands } from './command-table.ts';

const STORE = 'runout.keys';

/**
 * Takes over the keys that the user chose on this machine, and keeps them from now on.
 *
 * @returns Ends it.
 */
export function keepKeys({ ownKeys, hasSingleKeys }: Commands, storage: Storage): () => void {
  const kept = read(storage);
  if (typeof kept['hasSingleKeys'] === 'boolean') hasSingleKeys.value = kept['hasSingleKeys'];
  if (typeof kept['own'] === 'object' && kept['own'] !== null) {
    const isKeys = (entry: [string, unknown]): entry is [string, string[]] =>
      Array.isArray(entry[1]) && entry[1].every((key) => typeof key === 'string' && key !== '');
    ownKeys.value = Object.fromEntries(Object.entries(kept['own']).filter(isKeys));
  }
  return effect(() => {
    const text = JSON.stringify({ own: ownKeys.value, hasSingleKeys: hasSingleKeys.value });
    try {
      storage.setItem(STORE, text);
    } catch {
      // A browser that keeps nothing keeps no keys either.
    }
  });
}

function read(storage: Storage): Readonly<Record<string, unknown>> {
  try {
    const kept: unknown = JSON.parse(storage.getItem(STORE) ?? '{}');
    return typeof kept === 'object' && kept !== null ? { ...kept } : {};
  } catch {
    return {};
  }
}
