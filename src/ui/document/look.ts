import type { Container, Piece, Tree } from './json-tree.ts';

/** How a text is written: what a new value in it should look like. */
export interface Look {
  /** Between a key and its value: `: `. */
  readonly colon: string;
  /** Between two values on one line: `, `. */
  readonly comma: string;
  /** Inside the braces of an object on one line: `{"a": 1}` or `{ "a": 1 }`. */
  readonly pad: string;
  /** One step of indentation. */
  readonly unit: string;
  readonly lineBreak: string;
  /** Longest object or list that stands on one line, UTF-16 units. */
  readonly longestFlat: number;
}

/** What goes on one line where nothing around says otherwise. */
const LONGEST_FLAT = 100;

const PLAIN: Look = {
  colon: ': ',
  comma: ', ',
  pad: '',
  unit: '  ',
  lineBreak: '\n',
  longestFlat: LONGEST_FLAT,
};

/** More pieces than it takes to see how a text is written. */
const MOST_LOOKED_AT = 400;

/** What was seen of a look so far. */
type Seen = { -readonly [Part in keyof Look]?: Look[Part] };

/**
 * How the neighbourhood of a piece is written, and where that does not say it, the whole text.
 *
 * @param at - Where the piece begins in the text.
 */
export function lookOf(text: string, tree: Tree, piece: Piece, at: number): Look {
  const seen: Seen = { lineBreak: text.includes('\r\n') ? '\r\n' : '\n' };
  const unit = /\n([ \t]+)\S/.exec(text.slice(0, 10_000))?.[1];
  if (unit) seen.unit = unit;
  observe(text, piece, at, seen, { left: MOST_LOOKED_AT });
  if (tree.root) observe(text, tree.root, tree.from, seen, { left: MOST_LOOKED_AT });
  return { ...PLAIN, ...seen };
}

function observe(text: string, piece: Piece, at: number, seen: Seen, budget: { left: number }): void {
  if ((piece.kind !== 'list' && piece.kind !== 'record') || piece.pieces.length === 0) return;
  if (
    piece.length > (seen.longestFlat ?? LONGEST_FLAT) &&
    piece.length < 10_000 &&
    !isTall(text, piece, at)
  ) {
    seen.longestFlat = piece.length;
  }
  for (const [index, part] of piece.pieces.entries()) {
    budget.left -= 1;
    if (budget.left < 0) return;
    const start = at + piece.starts[index]!;
    if (piece.kind === 'record') {
      const key = text.slice(at + piece.keyStarts[index]!, start);
      const colon = /"([ \t]*:[ \t]*)$/.exec(key)?.[1];
      if (colon !== undefined) seen.colon ??= colon;
      const opening = text.slice(at + 1, at + piece.keyStarts[0]!);
      if (/^[ \t]*$/.test(opening)) seen.pad ??= opening;
    }
    if (index > 0) {
      const end = at + piece.starts[index - 1]! + piece.pieces[index - 1]!.length;
      const next = piece.kind === 'record' ? at + piece.keyStarts[index]! : start;
      const comma = text.slice(end, next);
      if (/^,[ \t]*$/.test(comma)) seen.comma ??= comma;
    }
    // What is no part of the format, such as versions, is written for no reader.
    if (piece.kind === 'record' && piece.keys[index]?.startsWith('x-')) continue;
    observe(text, part, start, seen, budget);
  }
}

/** True when something in the piece stands on a line of its own. */
export function isTall(text: string, piece: Container, at: number): boolean {
  return text.slice(at, at + piece.length).includes('\n');
}

/**
 * Prints a value.
 *
 * @param indent - What the line begins with that the value stands in.
 * @param tall - Whether lists and objects have a line for each part; without it, those that are long.
 */
export function print(value: unknown, look: Look, indent: string, tall?: boolean): string {
  const line = printLine(value, look);
  const isLeaf = typeof value !== 'object' || value === null || Object.keys(value).length === 0;
  if (isLeaf || !(tall ?? line.length > look.longestFlat)) return line;
  const inner = indent + look.unit;
  // What lies deeper is as long as it is: a tall cue has a short `repeat`.
  const parts = Array.isArray(value)
    ? value.map((item) => print(item, look, inner))
    : entriesOf(value).map(([key, part]) => JSON.stringify(key) + look.colon + print(part, look, inner));
  const [opening, closing] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const separator = `,${look.lineBreak}${inner}`;
  return `${opening}${look.lineBreak}${inner}${parts.join(separator)}${look.lineBreak}${indent}${closing}`;
}

/** Prints the items of a list, each on a line of its own, whatever is in it: a change of one is a change of one line. */
export function printLines(items: readonly unknown[], look: Look, indent: string): string {
  const inner = look.lineBreak + indent + look.unit;
  return `[${items.map((item) => inner + printLine(item, look)).join(',')}${look.lineBreak}${indent}]`;
}

function printLine(value: unknown, look: Look): string {
  if (Array.isArray(value)) return `[${value.map((item) => printLine(item, look)).join(look.comma)}]`;
  if (typeof value === 'object' && value !== null) {
    const parts = entriesOf(value).map(
      ([key, part]) => JSON.stringify(key) + look.colon + printLine(part, look),
    );
    return parts.length === 0 ? '{}' : `{${look.pad}${parts.join(look.comma)}${look.pad}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

function entriesOf(value: object): [string, unknown][] {
  return Object.entries(value).filter(([, part]) => part !== undefined);
}
