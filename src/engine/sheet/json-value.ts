import { appendStep } from './pointer.ts';

/** A value as JSON can hold it; undefined where the text has something unusable, which is an issue already. */
export type JsonValue = string | number | boolean | null | undefined | JsonList | JsonRecord;
export type JsonList = readonly JsonValue[];
export interface JsonRecord {
  readonly [key: string]: JsonValue;
}

/** The value without the keys that lie at some pointers. */
export function withoutKeys(value: JsonValue, pointers: ReadonlySet<string>, pointer = ''): JsonValue {
  const within = (part: JsonValue, step: string | number) =>
    withoutKeys(part, pointers, appendStep(pointer, step));
  if (isList(value)) return value.map(within);
  if (!isRecord(value)) return value;
  const kept = Object.entries(value).filter(([key]) => !pointers.has(appendStep(pointer, key)));
  return Object.fromEntries(kept.map(([key, part]) => [key, within(part, key)]));
}

/** The value as an object; one without keys if it is none. */
export function recordIn(value: JsonValue): JsonRecord {
  return isRecord(value) ? value : {};
}

/** The value as a list; an empty one if it is none. */
export function listIn(value: JsonValue): JsonList {
  return isList(value) ? value : [];
}

export function isRecord(value: JsonValue): value is JsonRecord {
  return typeof value === 'object' && value !== null && !isList(value);
}

export function isList(value: JsonValue): value is JsonList {
  return Array.isArray(value);
}

/** What lies at the end of a path, if anything does. */
export function valueAt(value: JsonValue, path: readonly (string | number)[]): JsonValue {
  let at = value;
  for (const step of path) {
    if (isList(at) && typeof step === 'number') at = at[step];
    else if (isRecord(at) && Object.hasOwn(at, step)) at = at[step];
    else return undefined;
  }
  return at;
}
