import { isList, isRecord, type JsonValue, valueAt } from './json-value.ts';
import type { Path } from './pointer.ts';
import { shorten } from './shorten.ts';

/** What a message calls a field: `"at"`, or `item 3 of "sound"`. */
export function nameOf(path: Path): string {
  const step = path.at(-1);
  if (step === undefined) return 'the sheet';
  return typeof step === 'number' ? `item ${step + 1} of ${nameOf(path.slice(0, -1))}` : `"${shorten(step)}"`;
}

/** What a message calls the thing that a path leads to: `cue "drop"`, `sound "hum"`, `"repeat" of cue "mop"`. */
export function ownerOf(path: Path, sheet: JsonValue): string {
  const [section, name] = path;
  if (section === undefined || name === undefined) return nameOf(path);
  const kind = typeof section === 'string' ? KINDS.get(section) : undefined;
  if (path.length > 2) {
    return kind === undefined
      ? nameOf(path)
      : `${nameOf(path.slice(2))} of ${ownerOf(path.slice(0, 2), sheet)}`;
  }
  if (kind === undefined) return nameOf(path);
  if (typeof name === 'string') return `${kind} "${shorten(name)}"`;
  const id = valueAt(sheet, [...path, 'id']);
  return typeof id === 'string' && id !== '' ? `${kind} "${shorten(id)}"` : `${kind} ${name + 1}`;
}

const KINDS: ReadonlyMap<string, string> = new Map([
  ['cues', 'cue'],
  ['sounds', 'sound'],
  ['stems', 'stem'],
  ['players', 'player'],
]);

/** What stands there, for "got …". */
export function describeValue(value: JsonValue): string {
  if (isList(value)) return 'a list';
  if (isRecord(value)) return 'an object';
  if (value === undefined) return 'nothing';
  return typeof value === 'string' ? `"${shorten(value)}"` : String(value);
}
