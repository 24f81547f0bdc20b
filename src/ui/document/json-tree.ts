import { visit } from 'jsonc-parser';
import type { PlacedPath, TextPatch } from '../workspace.ts';

/**
 * The tree of a sheet's text. A piece knows its length and where its parts lie in it, and not where it lies
 * itself: after a change of the text all pieces but those around the change are the same objects as before,
 * and so are the values that are made of them.
 */
export type Piece = Leaf | Container | Broken;
export type Container = List | Entries;

interface Extent {
  /** UTF-16 units. */
  readonly length: number;
}

export interface Leaf extends Extent {
  readonly kind: 'leaf';
  readonly value: string | number | boolean | null;
}

export interface List extends Extent {
  readonly kind: 'list';
  /** Where each item begins, from the list's own beginning. */
  readonly starts: readonly number[];
  readonly pieces: readonly Piece[];
}

export interface Entries extends Extent {
  readonly kind: 'record';
  /** In the order written; a key that is given twice is here twice. */
  readonly keys: readonly string[];
  /** Where each key begins, and each value. */
  readonly keyStarts: readonly number[];
  readonly starts: readonly number[];
  readonly pieces: readonly Piece[];
}

/** A cue, or another entry, that is being typed in and is no JSON at the moment. */
export interface Broken extends Extent {
  readonly kind: 'broken';
}

export interface Tree {
  /** Undefined where there is nothing. */
  readonly root: Piece | undefined;
  /** Where the root begins. */
  readonly from: number;
  /**
   * `sound`: the text is JSON. `local`: it is but for one broken piece. `guess`: it is not, and the tree is what
   * could be made out of it.
   */
  readonly state: 'sound' | 'local' | 'guess';
}

/** As deep as the engine reads. */
const DEEPEST = 64;

/** Parts up to this length are read again whole when nothing smaller could be, UTF-16 units. */
const SOON_READ = 64 * 1024;

/** Reads a text. */
export function readTree(text: string): Tree {
  const builder = new Builder();
  try {
    visit(text, builder, { allowTrailingComma: true });
  } catch (problem) {
    if (!(problem instanceof TooDeep)) throw problem;
    return { root: undefined, from: 0, state: 'guess' };
  }
  const state = builder.errors > 0 || !builder.root ? 'guess' : 'sound';
  return { root: builder.root, from: builder.from, state };
}

class TooDeep extends Error {}

interface Open {
  readonly kind: 'list' | 'record';
  readonly from: number;
  readonly keys: string[];
  readonly keyStarts: number[];
  readonly starts: number[];
  readonly pieces: Piece[];
}

/** Builds the tree from the parser's events. */
class Builder {
  root: Piece | undefined;
  from = 0;
  errors = 0;
  private readonly open: Open[] = [];

  readonly onObjectBegin = (from: number) => this.begin('record', from);
  readonly onArrayBegin = (from: number) => this.begin('list', from);
  readonly onObjectEnd = (from: number, length: number) => this.end(from + length);
  readonly onArrayEnd = (from: number, length: number) => this.end(from + length);
  readonly onError = () => {
    this.errors += 1;
  };
  readonly onObjectProperty = (key: string, from: number) => {
    const parent = this.open.at(-1);
    if (!parent) return;
    // A key before this one that has no value yet never gets one.
    parent.keys.length = parent.pieces.length;
    parent.keyStarts.length = parent.pieces.length;
    parent.keys.push(key);
    parent.keyStarts.push(from - parent.from);
  };
  readonly onLiteralValue = (value: string | number | boolean | null, from: number, length: number) => {
    this.put({ kind: 'leaf', length, value }, from);
  };

  private begin(kind: Open['kind'], from: number): void {
    if (this.open.length >= DEEPEST) throw new TooDeep();
    this.open.push({ kind, from, keys: [], keyStarts: [], starts: [], pieces: [] });
  }

  private end(to: number): void {
    const done = this.open.pop();
    if (!done) return;
    const { from, kind, keys, keyStarts, starts, pieces } = done;
    const length = to - from;
    keys.length = pieces.length;
    keyStarts.length = pieces.length;
    this.put(
      kind === 'list' ? { kind, length, starts, pieces } : { kind, length, keys, keyStarts, starts, pieces },
      from,
    );
  }

  private put(piece: Piece, from: number): void {
    const parent = this.open.at(-1);
    if (!parent) {
      if (this.root) return;
      this.root = piece;
      this.from = from;
      return;
    }
    if (parent.kind === 'record' && parent.keys.length !== parent.pieces.length + 1) return;
    parent.starts.push(from - parent.from);
    parent.pieces.push(piece);
  }
}

/** The tree after a patch, of which `text` is the result: only what is around the patch is read. */
export function updateTree(tree: Tree, text: string, patch: TextPatch): Tree {
  const { root, from } = tree;
  if (!root || tree.state === 'guess') return readTree(text);
  const delta = patch.insert.length - (patch.to - patch.from);
  const change = { text, from: patch.from, to: patch.to, delta };
  if (patch.from <= from || patch.to >= from + root.length) {
    return readTree(text);
  }
  const reread = readAgain(root, from, change);
  if (reread) {
    const state = tree.state === 'local' && holdsBroken(reread) ? 'local' : 'sound';
    return { root: reread, from, state };
  }
  const broken = breakEntry(root, from, change, 0);
  // Two places that are broken may make up one comment or text together, so that is read with care.
  if (!broken || (tree.state === 'local' && countBroken(broken) > 1)) return readTree(text);
  return { root: broken, from, state: 'local' };
}

interface Change {
  /** The text after the change. */
  readonly text: string;
  /** The patch, in the text before the change. */
  readonly from: number;
  readonly to: number;
  readonly delta: number;
}

/** The piece after a change within it, or undefined where it is not one piece of JSON any more. */
function readAgain(piece: Piece, at: number, change: Change): Piece | undefined {
  if (piece.kind === 'list' || piece.kind === 'record') {
    const inner = partAround(piece, at, change);
    if (inner !== undefined) {
      const part = readAgain(piece.pieces[inner]!, at + piece.starts[inner]!, change);
      if (part) return withPart(piece, inner, part, change.delta);
    }
    const spliced = readParts(piece, at, change);
    if (spliced) return spliced;
    if (piece.length > SOON_READ) return undefined;
  }
  const length = piece.length + change.delta;
  const tree = readTree(change.text.slice(at, at + length));
  if (tree.state !== 'sound' || tree.from !== 0 || tree.root?.length !== length) return undefined;
  return tree.root.kind === piece.kind || piece.kind === 'broken' || piece.kind === 'leaf'
    ? tree.root
    : undefined;
}

/** Index of the part, no leaf, that a change lies wholly within. */
function partAround(piece: Container, at: number, { from, to }: Change): number | undefined {
  const index = lastAtOrBefore(piece.starts, from - at - 1);
  const part = piece.pieces[index];
  if (!part || part.kind === 'leaf') return undefined;
  return to < at + piece.starts[index]! + part.length ? index : undefined;
}

/** Index of the last of some rising numbers that is at most `limit`; −1 if none is. */
function lastAtOrBefore(numbers: readonly number[], limit: number): number {
  let low = -1;
  let high = numbers.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (numbers[middle]! <= limit) low = middle;
    else high = middle;
  }
  return low;
}

function withPart(piece: Container, index: number, part: Piece, delta: number): Container {
  const shift = (starts: readonly number[], first: number) =>
    starts.map((start, which) => (which < first ? start : start + delta));
  const pieces = piece.pieces.slice();
  pieces[index] = part;
  const length = piece.length + delta;
  const starts = shift(piece.starts, index + 1);
  if (piece.kind === 'list') return { kind: 'list', length, starts, pieces };
  const keyStarts = shift(piece.keyStarts, index + 1);
  return { kind: 'record', length, keys: piece.keys, keyStarts, starts, pieces };
}

/** Reads the parts again that a change touches, and what lies between them; the others stay. */
function readParts(piece: Container, at: number, change: Change): Container | undefined {
  const slotStarts = piece.kind === 'record' ? piece.keyStarts : piece.starts;
  const count = piece.pieces.length;
  const endOf = (index: number) => piece.starts[index]! + piece.pieces[index]!.length;
  const from = change.from - at;
  const to = change.to - at;
  if (from < 1 || to > piece.length - 1) return undefined;
  let first = Math.max(0, lastAtOrBefore(slotStarts, from));
  while (first < count && endOf(first) < from) first += 1;
  const next = lastAtOrBefore(slotStarts, to) + 1;
  const left = first > 0 ? endOf(first - 1) : 1;
  const right = next < count ? slotStarts[next]! : piece.length - 1;
  if (right - left > SOON_READ * 16) return undefined;
  const [opening, closing, stand] = piece.kind === 'list' ? ['[', ']', '0'] : ['{', '}', '"":0'];
  // What is left and right of the parts is stood for by something that only commas can part from them.
  const head = opening + (first > 0 ? stand : '');
  const between = change.text.slice(at + left, at + right + change.delta);
  const whole = head + between + (next < count ? stand : '') + closing;
  const read = readTree(whole);
  const { root } = read;
  if (read.state !== 'sound' || read.from !== 0 || root?.kind !== piece.kind) return undefined;
  // It may close sooner, before what is a comment then.
  if (root.length !== whole.length) return undefined;
  const leading = first > 0 ? 1 : 0;
  const trailing = next < count ? 1 : 0;
  const until = root.pieces.length - trailing;
  if (until < leading) return undefined;
  if (leading && root.pieces[0]?.length !== 1) return undefined;
  if (trailing && root.pieces[until]?.length !== 1) return undefined;
  const splice = (before: readonly number[], made: readonly number[]) => [
    ...before.slice(0, first),
    ...made.slice(leading, until).map((start) => start - head.length + left),
    ...before.slice(next).map((start) => start + change.delta),
  ];
  const pieces = [
    ...piece.pieces.slice(0, first),
    ...root.pieces.slice(leading, until),
    ...piece.pieces.slice(next),
  ];
  const length = piece.length + change.delta;
  const starts = splice(piece.starts, root.starts);
  if (piece.kind === 'list' || root.kind === 'list') return { kind: 'list', length, starts, pieces };
  const keyStarts = splice(piece.keyStarts, root.keyStarts);
  const keys = [...piece.keys.slice(0, first), ...root.keys.slice(leading, until), ...piece.keys.slice(next)];
  return { kind: 'record', length, keys, keyStarts, starts, pieces };
}

/** Entries of sections are what breaks by itself: a cue, a sound. */
const ENTRY_DEPTH = 2;

/** The piece with the entry broken that the change lies in; undefined where it lies in none. */
function breakEntry(piece: Piece, at: number, change: Change, depth: number): Piece | undefined {
  if (depth === ENTRY_DEPTH) return { kind: 'broken', length: piece.length + change.delta };
  if (piece.kind !== 'list' && piece.kind !== 'record') return undefined;
  const index = partAround(piece, at, change);
  if (index === undefined) return undefined;
  const part = breakEntry(piece.pieces[index]!, at + piece.starts[index]!, change, depth + 1);
  return part && withPart(piece, index, part, change.delta);
}

function holdsBroken(root: Piece): boolean {
  return countBroken(root) > 0;
}

function countBroken(root: Piece): number {
  let count = 0;
  for (const section of partsOf(root)) {
    for (const entry of partsOf(section)) if (entry.kind === 'broken') count += 1;
  }
  return count;
}

function partsOf(piece: Piece): readonly Piece[] {
  return piece.kind === 'list' || piece.kind === 'record' ? piece.pieces : [];
}

const values = new WeakMap<Container, unknown>();

/** The value of a piece. The same piece always gives the same object, which nobody may change. */
export function pieceValue(piece: Piece): unknown {
  if (piece.kind === 'leaf') return piece.value;
  if (piece.kind === 'broken') return undefined;
  const known = values.get(piece);
  if (known !== undefined) return known;
  const value = piece.kind === 'list' ? piece.pieces.map(pieceValue) : recordOf(piece);
  values.set(piece, value);
  return value;
}

/** Of a key that is given twice, the first counts, as in the engine. */
function recordOf(piece: Entries): Record<string, unknown> {
  const entries = new Map<string, unknown>();
  for (const [index, key] of piece.keys.entries()) {
    if (!entries.has(key)) entries.set(key, pieceValue(piece.pieces[index]!));
  }
  return Object.fromEntries(entries);
}

/** A piece and where it begins in the text. */
export interface PlacedPiece {
  readonly piece: Piece;
  readonly at: number;
}

/** What a path leads to; undefined where there is nothing. */
export function pieceAt(tree: Tree, path: readonly (string | number)[]): PlacedPiece | undefined {
  const { placed, steps } = walk(tree, path);
  return steps === path.length ? placed : undefined;
}

/** Goes along a path as far as there is something, and says how many steps that were. */
export function walk(
  tree: Tree,
  path: readonly (string | number)[],
): { readonly placed: PlacedPiece | undefined; readonly steps: number } {
  if (!tree.root) return { placed: undefined, steps: 0 };
  let piece = tree.root;
  let at = tree.from;
  for (const [steps, step] of path.entries()) {
    const index = partIndex(piece, step);
    if (index === undefined || (piece.kind !== 'list' && piece.kind !== 'record')) {
      return { placed: { piece, at }, steps };
    }
    at += piece.starts[index]!;
    piece = piece.pieces[index]!;
  }
  return { placed: { piece, at }, steps: path.length };
}

/** Index of the part that a step leads to. */
export function partIndex(piece: Piece, step: string | number): number | undefined {
  if (piece.kind === 'record') {
    const index = piece.keys.indexOf(String(step));
    return index < 0 ? undefined : index;
  }
  if (piece.kind !== 'list') return undefined;
  const index = typeof step === 'number' ? step : /^\d+$/.test(step) ? Number(step) : -1;
  return index >= 0 && index < piece.pieces.length ? index : undefined;
}

/** The innermost piece that holds an offset. */
export function pathAt(tree: Tree, offset: number): PlacedPath | undefined {
  const { root } = tree;
  if (!root || offset < tree.from || offset > tree.from + root.length) return undefined;
  const path: (string | number)[] = [];
  let piece = root;
  let at = tree.from;
  while (piece.kind === 'list' || piece.kind === 'record') {
    const slots: readonly number[] = piece.kind === 'record' ? piece.keyStarts : piece.starts;
    const index = lastAtOrBefore(slots, offset - at);
    const part = piece.pieces[index];
    if (!part || offset > at + piece.starts[index]! + part.length) break;
    path.push(piece.kind === 'record' ? piece.keys[index]! : index);
    at += piece.starts[index]!;
    piece = part;
  }
  return { path, from: at, to: at + piece.length };
}
