import { effect } from '@preact/signals';
import { keep, readKept } from '../kept-values.ts';
import type { Commands } from './command-table.ts';

const STORE = 'runout.keys';

/**
 * Takes over the keys that the user chose on this machine, and keeps them from now on.
 *
 * @returns Ends it.
 */
export function keepKeys({ ownKeys, hasSingleKeys }: Commands, storage: Storage): () => void {
  const kept = readKept(storage, STORE);
  if (typeof kept['hasSingleKeys'] === 'boolean') hasSingleKeys.value = kept['hasSingleKeys'];
  if (typeof kept['own'] === 'object' && kept['own'] !== null) {
    const isKeys = (entry: [string, unknown]): entry is [string, string[]] =>
      Array.isArray(entry[1]) && entry[1].every((key) => typeof key === 'string' && key !== '');
    ownKeys.value = Object.fromEntries(Object.entries(kept['own']).filter(isKeys));
  }
  return effect(() => keep(storage, STORE, { own: ownKeys.value, hasSingleKeys: hasSingleKeys.value }));
}
