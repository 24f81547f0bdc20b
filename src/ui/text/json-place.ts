import { getLocation, parse } from 'jsonc-parser';
import { pointerOf } from '../../engine/index.ts';
import type { SheetDocument } from '../workspace.ts';

/** A place in a sheet's text, as completion and hover need to know it. */
export interface JsonPlace {
  /** Path of the value, or of the entry whose key is here. */
  readonly path: readonly (string | number)[];
  readonly isKey: boolean;
  /** The string, or other literal, that the place lies in; offsets include the quotes. */
  readonly token: { readonly from: number; readonly to: number; readonly text: string } | undefined;
  /** What there is so far of the entry, a cue for instance, that the place lies in. */
  readonly entry: unknown;
}

/** Longest text that is gone through from its beginning, UTF-16 units. */
const LONGEST_READ = 2_000_000;

/** Steps to an entry: a cue, a sound. */
const ENTRY_STEPS = 2;

/** Finds out where an offset lies, also where the text is no JSON around it. */
export function placeAt(document: SheetDocument, offset: number): JsonPlace | undefined {
  const text = document.text.value;
  const around = document.pathAt(offset)?.path.slice(0, ENTRY_STEPS) ?? [];
  const range = around.length === ENTRY_STEPS ? document.rangeOf(pointerOf(around)) : undefined;
  const isInside = range !== undefined && offset > range.from && offset <= range.to;
  const from = isInside ? range.from : 0;
  if (!isInside && around[0] === 'cues') {
    // Between two cues, where a new one may begin.
    return { path: ['cues', 0], isKey: false, token: undefined, entry: undefined };
  }
  if (offset - from > LONGEST_READ) return undefined;
  const piece = text.slice(from, isInside ? range.to : offset + 1000);
  const location = getLocation(piece, offset - from);
  const node = location.previousNode;
  const isInNode = node && node.offset + from < offset && offset <= node.offset + node.length + from;
  const outer = isInside ? around : [];
  return {
    path: [...outer, ...location.path],
    isKey: location.isAtPropertyKey,
    token:
      isInNode && node.type !== 'object' && node.type !== 'array'
        ? {
            from: from + node.offset,
            to: from + node.offset + node.length,
            text: piece.slice(node.offset, node.offset + node.length),
          }
        : undefined,
    entry: isInside ? parse(piece, [], { allowTrailingComma: true }) : document.value.value,
  };
}

/** The part of a value that a path leads to. */
export function partOf(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (part, step) => (typeof part === 'object' && part !== null ? Reflect.get(part, step) : undefined),
    value,
  );
}
