/** Whether two values of JSON's kinds, maps among them, say the same, entries in the same order. */
export function isAlike(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, index) => isAlike(item, b[index]));
  }
  if (a instanceof Map) return b instanceof Map && isAlike([...a], [...b]);
  if (!isRecord(a) || !isRecord(b)) return false;
  const keys = Object.keys(a);
  const others = Object.keys(b);
  return (
    keys.length === others.length &&
    keys.every((key, index) => key === others[index] && isAlike(a[key], b[key]))
  );
}

/**
 * A value that says what `after` does, of which all that `before` says too, part for part, is the part of `before`.
 * Items of an array are held against those of the same index.
 */
export function withParts<Value>(before: unknown, after: Value): Value {
  return likened(before, after) as Value;
}

function likened(before: unknown, after: unknown): unknown {
  if (Object.is(before, after)) return before;
  if (Array.isArray(after)) {
    if (!Array.isArray(before)) return after;
    const items = after.map((item, index) => likened(before[index], item));
    return items.length === before.length && items.every((item, index) => item === before[index])
      ? before
      : items;
  }
  if (!isRecord(after) || !isRecord(before)) return after;
  const keys = Object.keys(after);
  const entries = keys.map((key): [string, unknown] => [
    key,
    Object.hasOwn(before, key) ? likened(before[key], after[key]) : after[key],
  ]);
  const olds = Object.keys(before);
  const isSame =
    olds.length === keys.length &&
    entries.every(([key, value], index) => olds[index] === key && Object.is(before[key], value));
  return isSame ? before : Object.fromEntries(entries);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Map);
}
