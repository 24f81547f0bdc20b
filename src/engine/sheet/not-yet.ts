import type { Path } from './pointer.ts';

/**
 * What the format has in store and this version does not play. A sheet that asks for it is refused with a
 * word of its own, rather than rendered without it.
 */
const LATER_KEYS: ReadonlyMap<string, readonly string[]> = new Map([
  ['cues', ['space']],
  ['stems', ['send', 'space', 'channels', 'filters', 'automation']],
]);
const LATER_TYPES: readonly string[] = ['duck', 'level'];

/** What to say of a key that a later version knows, if it is one. */
export function notYetKey(path: Path, key: string): string | undefined {
  const [section] = path;
  if (section === 'spaces' && path.length === 1) return `space "${key}": spaces are ${NOT_HERE}`;
  const later = path.length === 2 && LATER_KEYS.get(String(section))?.includes(key);
  return later ? `"${key}" is ${NOT_HERE}` : undefined;
}

/** What to say of a type of cue that a later version knows, if it is one. */
export function notYetType(type: string): string | undefined {
  return LATER_TYPES.includes(type) ? `the cue type "${type}" is ${NOT_HERE}` : undefined;
}

const NOT_HERE = 'not in this version of Runout';
