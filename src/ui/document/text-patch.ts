import type { TextPatch } from '../workspace.ts';

/** A patch that knows what stood there before, so that it can be taken back. */
export interface Patch extends TextPatch {
  readonly removed: string;
}

/** Makes a patch of a text, with what it removes. */
export function patchOf(text: string, { from, to, insert }: TextPatch): Patch {
  return { from, to, insert, removed: text.slice(from, to) };
}

/** The text with the patch in it. */
export function applyPatch(text: string, { from, to, insert }: TextPatch): string {
  return text.slice(0, from) + insert + text.slice(to);
}

/** The text after several patches, one after another. */
export function applyPatches(text: string, patches: readonly TextPatch[]): string {
  return patches.reduce(applyPatch, text);
}

/** The patches that take others back, in the order in which they are to be applied. */
export function invert(patches: readonly Patch[]): readonly Patch[] {
  return patches
    .map(({ from, insert, removed }) => ({
      from,
      to: from + insert.length,
      insert: removed,
      removed: insert,
    }))
    .reverse();
}

/**
 * Two patches that follow one another as one, where the second touches what the first has written; undefined
 * where it does not.
 */
export function join(first: Patch, second: Patch): Patch | undefined {
  const written = first.from + first.insert.length;
  if (second.from > written || second.to < first.from) return undefined;
  const before = Math.max(0, first.from - second.from);
  const after = Math.max(0, second.to - written);
  const kept = first.insert;
  const head = kept.slice(0, Math.max(0, second.from - first.from));
  const tail = kept.slice(kept.length - Math.max(0, written - second.to));
  const from = first.from - before;
  const removed =
    second.removed.slice(0, before) + first.removed + second.removed.slice(second.removed.length - after);
  return { from, to: from + removed.length, insert: head + second.insert + tail, removed };
}

/** The one patch that makes `after` of `before`, without what is the same at both ends; undefined if they are. */
export function difference(before: string, after: string): TextPatch | undefined {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before.charCodeAt(from) === after.charCodeAt(from)) from += 1;
  let tail = 0;
  while (
    tail < shorter - from &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  ) {
    tail += 1;
  }
  return { from, to: before.length - tail, insert: after.slice(from, after.length - tail) };
}
