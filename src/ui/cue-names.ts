import { formatPlace } from '../engine/index.ts';
import { isRecord } from './raw-cue.ts';
import { cueTiedTo } from './revolution.ts';

/** Keys that hold the id of a cue. */
const NAMING = new Set(['bed', 'echoOf', 'under']);
/** The place at the beginning of an anchor, where it is a cue. */
const CUE_PLACE = /^(\s*)cue:(?:"(?:[^"\\]|\\.)*"|[^\s."\\]+)/;

/** What cues are called otherwise: the new id of one, or undefined where it keeps its own. */
export interface NewNames {
  readonly of: (id: string) => string | undefined;
  /** Whether a name is that of a stem, which `under` may mean as well. */
  readonly isStem: (name: string) => boolean;
}

/** A text of a cue, in which other cues are called otherwise: an anchor, or an id below a key that names a cue. */
export function renamedText(text: string, key: string | number | undefined, names: NewNames): string {
  if (typeof key === 'string' && NAMING.has(key))
    return key === 'under' && names.isStem(text) ? text : (names.of(text) ?? text);
  const tied = cueTiedTo(text);
  const to = tied === undefined ? undefined : names.of(tied);
  if (to === undefined) return text;
  return tiedToOther(text, to);
}

/** An anchor on a cue, tied to another cue instead; its edge and its offsets stay. */
export function tiedToOther(anchor: string, id: string): string {
  const place = formatPlace({ kind: 'ref', to: 'cue', id });
  return anchor.replace(CUE_PLACE, (_, space: string) => space + place);
}

/** A value of a cue with all below it, in which other cues are called otherwise. Its own id stays. */
export function renamedIn(value: unknown, names: NewNames, key?: string): unknown {
  if (typeof value === 'string') return isFreeText(key) ? value : renamedText(value, key, names);
  if (Array.isArray(value)) return value.map((item) => renamedIn(item, names));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([own, part]) => [own, isFreeText(own) ? part : renamedIn(part, names, own)]),
  );
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

/** Keys whose texts are for people alone, and a cue's own id. */
export function isFreeText(key: string | undefined): boolean {
  return key !== undefined && (key === 'id' || key === 'note' || key.startsWith('x-'));
}
