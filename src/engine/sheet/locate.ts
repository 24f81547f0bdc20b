import type { JsonNode } from './json-text.ts';
import { stepsOf } from './pointer.ts';

/** A place in a text: line and column (UTF-16 units), both from 1. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

/**
 * Finds where a JSON pointer stands in the sheet: its value, or the key that it has in its object. What is
 * not there is looked for in the nearest thing around it that is.
 */
export type Locate = (pointer: string, at?: 'key' | 'value') => TextPosition;

/**
 * Makes the function that turns an offset (UTF-16 units from 0) into line and column. The text is gone through
 * when it is first asked: a sheet without a fault never does.
 */
export function indexLines(text: string): (offset: number) => TextPosition {
  let starts: readonly number[] | undefined;
  return (offset) => {
    starts ??= lineStarts(text);
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - starts[low]! + 1 };
  };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (const lineBreak of text.matchAll(/\r\n|\r|\n/g)) starts.push(lineBreak.index + lineBreak[0].length);
  return starts;
}

/** The offset at which a pointer's value, or the key that it has, stands. */
export function offsetOf(root: JsonNode | undefined, pointer: string, at: 'key' | 'value'): number {
  let node = root;
  let offset = root?.from ?? 0;
  for (const step of stepsOf(pointer)) {
    if (node?.kind === 'object') {
      const entry = node.entries.get(step);
      if (!entry) return offset;
      node = entry.value;
      offset = at === 'key' ? entry.keyFrom : entry.value.from;
    } else if (node?.kind === 'array') {
      const item: JsonNode | undefined = /^\d+$/.test(step) ? node.items[Number(step)] : undefined;
      if (!item) return offset;
      node = item;
      offset = item.from;
    } else return offset;
  }
  return offset;
}
