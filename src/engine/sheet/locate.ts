import { type Node, parseTree } from 'jsonc-parser';
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

/**
 * Makes the function that finds the offset (UTF-16 units from 0) at which a pointer's value, or the key that it has,
 * stands in a text that can be read to its end. As with lines, only a sheet with a fault is gone through for it.
 */
export function indexPlaces(text: string): (pointer: string, at: 'key' | 'value') => number {
  let root: Node | undefined;
  return (pointer, at) => {
    root ??= parseTree(text, [], { allowTrailingComma: true });
    return offsetIn(root, pointer, at);
  };
}

function offsetIn(root: Node | undefined, pointer: string, at: 'key' | 'value'): number {
  let node = root;
  let offset = root?.offset ?? 0;
  for (const step of stepsOf(pointer)) {
    const isIndex = node?.type === 'array' && /^\d+$/.test(step);
    const entry: Node | undefined = isIndex ? undefined : entryIn(node, step);
    node = isIndex ? node?.children?.[Number(step)] : entry?.children?.[1];
    if (!node) return offset;
    offset = entry && at === 'key' ? entry.offset : node.offset;
  }
  return offset;
}

/** A key of an object and its value; of a key that is given twice, the first. */
function entryIn(node: Node | undefined, key: string): Node | undefined {
  if (node?.type !== 'object') return undefined;
  return node.children?.find(({ children }) => children?.[0]?.value === key && children.length === 2);
}
