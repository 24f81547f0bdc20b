import { formatPlace } from '../engine/index.ts';
import { isRecord } from './raw-cue.ts';

/** The place at the beginning of an anchor, where it is a cue. */
const CUE_PLACE = /^(\s*)cue:(?:"(?:[^"\\]|\\.)*"|[^\s."\\]+)/;

/** An anchor on a cue, tied to another cue instead; its edge and its offsets stay. */
export function tiedToOther(anchor: string, id: string): string {
  const place = formatPlace({ kind: 'ref', to: 'cue', id });
  return anchor.replace(CUE_PLACE, (_, space: string) => space + place);
}

/** Texts below a value, with their paths; none of those that are for people alone. */
export function textsIn(
  value: unknown,
  path: readonly (string | number)[],
): readonly { readonly path: readonly (string | number)[]; readonly value: string }[] {
  if (typeof value === 'string') return [{ path, value }];
  if (Array.isArray(value)) return value.flatMap((item, index) => textsIn(item, [...path, index]));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    isFreeText(key) ? [] : textsIn(part, [...path, key]),
  );
}

/** Whether a key holds a name or words, and nothing that could name a cue. */
export function isFreeText(key: string | undefined): boolean {
  return key !== undefined && (key === 'id' || key === 'note' || key.startsWith('x-'));
}
