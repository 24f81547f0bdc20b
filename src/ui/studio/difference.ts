/**
 * What has to be said of a value for somebody who has the one before it: where a film of thousands of cues was changed
 * in one of them, a few words instead of a copy. Values are those of structured cloning: numbers, text, arrays,
 * records and maps; anything else is said whole.
 */
export type Difference =
  | typeof SAME
  | { readonly kind: 'whole'; readonly value: unknown }
  /** Of a record or a map: what was changed or came, and what is gone. */
  | {
      readonly kind: 'entries';
      readonly changed: readonly (readonly [key: unknown, difference: Difference])[];
      readonly gone: readonly unknown[];
    }
  /** Of an array that is as long as it was. */
  | {
      readonly kind: 'items';
      readonly changed: readonly (readonly [index: number, difference: Difference])[];
    }
  /** Of another array: how many of the items at both ends are as they were, and what stands between them. */
  | {
      readonly kind: 'between';
      readonly head: number;
      readonly tail: number;
      readonly items: readonly unknown[];
    };

const SAME = 0;

/** What makes `after` of `before`. */
export function differenceOf(before: unknown, after: unknown): Difference {
  if (Object.is(before, after)) return SAME;
  if (Array.isArray(before) && Array.isArray(after)) return differenceOfArrays(before, after);
  if (before instanceof Map && after instanceof Map) {
    return differenceOfEntries(before, after, [...after.keys()]);
  }
  if (isRecord(before) && isRecord(after)) {
    const keys = Object.keys(after);
    const lookup = (record: Readonly<Record<string, unknown>>): Lookup => ({
      has: (key) => Object.hasOwn(record, key as string),
      get: (key) => record[key as string],
      keys: () => Object.keys(record),
    });
    return differenceOfEntries(lookup(before), lookup(after), keys);
  }
  return { kind: 'whole', value: after };
}

/**
 * The value that a difference makes of the one before it. What is the same in both is the same object in both; the
 * one before stays as it is.
 */
export function withDifference(before: unknown, difference: Difference): unknown {
  if (difference === SAME) return before;
  switch (difference.kind) {
    case 'whole':
      return difference.value;
    case 'items': {
      const items = [...(before as readonly unknown[])];
      for (const [index, change] of difference.changed) items[index] = withDifference(items[index], change);
      return items;
    }
    case 'between': {
      const items = before as readonly unknown[];
      const { head, tail, items: between } = difference;
      return [...items.slice(0, head), ...between, ...items.slice(items.length - tail)];
    }
    case 'entries': {
      const { changed, gone } = difference;
      // A record's entries, too: a name of the user's own may be `__proto__`.
      const entries = new Map(
        before instanceof Map ? before : Object.entries(before as Record<string, unknown>),
      );
      for (const key of gone) entries.delete(key);
      for (const [key, change] of changed) entries.set(key, withDifference(entries.get(key), change));
      return before instanceof Map ? entries : Object.fromEntries(entries);
    }
  }
}

interface Lookup {
  has(key: unknown): boolean;
  get(key: unknown): unknown;
  keys(): Iterable<unknown>;
}

function differenceOfEntries(before: Lookup, after: Lookup, keys: readonly unknown[]): Difference {
  const changed: [unknown, Difference][] = [];
  const gone: unknown[] = [];
  const order: unknown[] = [];
  for (const key of before.keys()) {
    if (after.has(key)) order.push(key);
    else gone.push(key);
  }
  for (const [index, key] of keys.entries()) {
    // What comes last is added last; entries in another order are another value.
    if (index < order.length && order[index] !== key) return { kind: 'whole', value: wholeOf(after, keys) };
    const isNew = !before.has(key);
    const difference: Difference = isNew
      ? { kind: 'whole', value: after.get(key) }
      : differenceOf(before.get(key), after.get(key));
    if (difference !== SAME) changed.push([key, difference]);
  }
  return changed.length === 0 && gone.length === 0 ? SAME : { kind: 'entries', changed, gone };
}

function wholeOf(after: Lookup, keys: readonly unknown[]): unknown {
  if (after instanceof Map) return after;
  return Object.fromEntries(keys.map((key) => [key, after.get(key)]));
}

function differenceOfArrays(before: readonly unknown[], after: readonly unknown[]): Difference {
  if (before.length === after.length) {
    const changed: [number, Difference][] = [];
    for (let index = 0; index < after.length; index++) {
      const difference = differenceOf(before[index], after[index]);
      if (difference !== SAME) changed.push([index, difference]);
    }
    return changed.length === 0 ? SAME : { kind: 'items', changed };
  }
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && differenceOf(before[head], after[head]) === SAME) head++;
  let tail = 0;
  while (tail < shorter - head && differenceOf(before.at(-1 - tail), after.at(-1 - tail)) === SAME) tail++;
  return { kind: 'between', head, tail, items: after.slice(head, after.length - tail) };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
