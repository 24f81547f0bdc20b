import { isRecord } from '../raw-cue.ts';
import type { TextPatch, ValueChange } from '../workspace.ts';
import {
  type Container,
  type PlacedPiece,
  partIndex,
  pieceAt,
  pieceValue,
  type Tree,
  updateTree,
  walk,
} from './json-tree.ts';
import { isTall, type Look, lookOf, print, printLines } from './look.ts';
import { applyPatch, type Patch, patchOf } from './text-patch.ts';

/** A text that is being changed at some of its values: everything else in it stays as it was, to the byte. */
export class ValueEdit {
  text: string;
  tree: Tree;
  readonly patches: Patch[] = [];

  constructor(text: string, tree: Tree) {
    this.text = text;
    this.tree = tree;
  }

  /** @throws {@link Unplaceable} where the path leads through something that is no JSON at the moment. */
  change({ path, value, insert }: ValueChange): void {
    const { placed, steps } = walk(this.tree, path);
    if (!placed || placed.piece.kind === 'broken' || this.tree.state === 'guess') throw new Unplaceable();
    if (insert) {
      const at = path.at(-1);
      const parent = pieceAt(this.tree, path.slice(0, -1));
      if (parent?.piece.kind === 'list' && typeof at === 'number') {
        this.insert(path.slice(0, -1), Math.min(at, parent.piece.pieces.length), undefined, value);
        return;
      }
    }
    if (steps === path.length) {
      if (value === undefined) this.remove(path);
      else this.rewrite(path, value);
      return;
    }
    if (value === undefined) return;
    const rest = path
      .slice(steps + 1)
      .reduceRight<unknown>((inner, step) => (typeof step === 'number' ? [inner] : { [step]: inner }), value);
    const step = path[steps]!;
    const reached = path.slice(0, steps);
    if (placed.piece.kind === 'record') {
      this.insert(reached, placed.piece.pieces.length, String(step), rest);
    } else if (placed.piece.kind === 'list' && typeof step === 'number') {
      this.insert(reached, placed.piece.pieces.length, undefined, rest);
    } else {
      this.rewrite(reached, typeof step === 'number' ? [rest] : { [step]: rest });
    }
  }

  /** Makes what lies at a path into a value, and touches in it only what differs. */
  private rewrite(path: readonly (string | number)[], value: unknown): void {
    const placed = pieceAt(this.tree, path);
    if (!placed) return;
    const { piece, at } = placed;
    const old = pieceValue(piece);
    if (isSame(old, value)) return;
    if (piece.kind === 'record' && isRecord(value)) {
      for (const key of new Set(piece.keys)) if (value[key] === undefined) this.remove([...path, key]);
      for (const [key, part] of Object.entries(value)) {
        if (part !== undefined) this.change({ path: [...path, key], value: part });
      }
    } else if (piece.kind === 'list' && Array.isArray(value) && Array.isArray(old)) {
      if (this.isOfLines(placed, path, old)) this.breakLines(placed);
      this.rewriteList(path, old, value);
    } else {
      const tall =
        piece.kind === 'list' || piece.kind === 'record'
          ? isTall(this.text, piece, at)
          : this.isOnOneLine(pieceAt(this.tree, path.slice(0, -1)), path.slice(0, -1))
            ? false
            : undefined;
      const look = lookOf(this.text, this.tree, piece, at);
      const printed = print(value, look, indentAt(this.text, at), tall);
      this.replace(at, at + piece.length, printed);
    }
  }

  /** Whether something of the sheet's that is no part of the format, as versions are, should have a line for each item. */
  private isOfLines(
    placed: PlacedPiece,
    path: readonly (string | number)[],
    old: readonly unknown[],
  ): boolean {
    const { root, from } = this.tree;
    const isTallSheet = root?.kind === 'record' && isTall(this.text, root, from);
    const isOwn = path.length === 1 && String(path[0]).startsWith('x-');
    return isTallSheet && isOwn && old.every(isRecord) && this.isOnOneLine(placed, path);
  }

  /** Gives each item of a list a line of its own. */
  private breakLines({ piece, at }: PlacedPiece): void {
    if (piece.kind !== 'list') return;
    const look = lookOf(this.text, this.tree, piece, at);
    const outer = look.lineBreak + indentAt(this.text, at);
    const slots = new Slots(this.text, piece, at);
    const { text } = this;
    const breakBefore = (to: number, lineBreak: string) => {
      let from = to;
      while (text[from - 1] === ' ' || text[from - 1] === '\t') from -= 1;
      this.replace(from, to, lineBreak);
    };
    // From the last on, so that the others stay where they are.
    breakBefore(at + piece.length - 1, outer);
    for (let index = slots.count - 1; index >= 0; index -= 1) {
      breakBefore(slots.start(index), outer + look.unit);
    }
  }

  /** Items with ids, as cues are, are the same item where they have the same id; others by their place. */
  private rewriteList(
    path: readonly (string | number)[],
    old: readonly unknown[],
    value: readonly unknown[],
  ): void {
    const ids = value.map(idOf);
    const oldIds = old.map(idOf);
    const byId = [...ids, ...oldIds].every((id) => id !== undefined) && new Set(ids).size === ids.length;
    const present: unknown[] = [...old];
    const take = (index: number) => {
      this.remove([...path, index]);
      present.splice(index, 1);
    };
    if (byId) {
      const wanted = new Set(ids);
      for (let index = present.length - 1; index >= 0; index -= 1) {
        if (!wanted.has(idOf(present[index]))) take(index);
      }
      for (const [index, item] of value.entries()) {
        const found = present.findIndex((other, place) => place >= index && idOf(other) === ids[index]);
        if (found > index) take(found);
        if (found === index) this.rewrite([...path, index], item);
        else {
          this.insert(path, index, undefined, item);
          present.splice(index, 0, item);
        }
      }
      for (let index = present.length - 1; index >= value.length; index -= 1) take(index);
      return;
    }
    let head = 0;
    while (head < Math.min(old.length, value.length) && isSame(old[head], value[head])) head += 1;
    let tail = 0;
    const most = Math.min(old.length, value.length) - head;
    while (tail < most && isSame(old[old.length - 1 - tail], value[value.length - 1 - tail])) tail += 1;
    const pairs = Math.min(old.length, value.length) - head - tail;
    for (let index = head; index < head + pairs; index += 1) this.rewrite([...path, index], value[index]);
    for (let index = old.length - tail - 1; index >= head + pairs; index -= 1) take(index);
    for (let index = head + pairs; index < value.length - tail; index += 1) {
      this.insert(path, index, undefined, value[index]);
    }
  }

  /** Puts a value into the list or object at a path, in the look of what stands next to it. */
  private insert(
    path: readonly (string | number)[],
    index: number,
    key: string | undefined,
    value: unknown,
  ): void {
    const placed = pieceAt(this.tree, path);
    if (!placed || (placed.piece.kind !== 'list' && placed.piece.kind !== 'record')) throw new Unplaceable();
    const { piece, at } = placed;
    const slots = new Slots(this.text, piece, at);
    const neighbour = piece.pieces[index > 0 ? index - 1 : 0];
    const neighbourAt = neighbour ? at + piece.starts[index > 0 ? index - 1 : 0]! : at;
    const look = lookOf(this.text, this.tree, neighbour ?? piece, neighbourAt);
    const isSection = path.length === 0 && isTall(this.text, piece, at);
    const tall = this.isOnOneLine(placed, path) ? false : this.tallness(piece, at);
    const write = (indent: string) =>
      (key === undefined ? '' : JSON.stringify(key) + look.colon) +
      (isSection && Array.isArray(value) && value.length > 0
        ? printLines(value, look, indent)
        : print(value, look, indent, tall));
    if (!neighbour) this.insertFirst(placed, path, look, write);
    else if (!slots.isOnOwnLine(index > 0 ? index - 1 : 0)) {
      const written = write(indentAt(this.text, slots.start(0)));
      if (index > 0) this.replace(slots.end(index - 1), slots.end(index - 1), look.comma + written);
      else this.replace(slots.start(0), slots.start(0), written + look.comma);
    } else this.insertLine(slots, index, look, write);
  }

  /** What is like its neighbours has a line for each part, or one line, as most of them have. */
  private tallness(piece: Container, at: number): boolean | undefined {
    let tall = 0;
    let flat = 0;
    for (const [index, part] of piece.pieces.entries()) {
      if (index > 20) break;
      if (part.kind !== 'list' && part.kind !== 'record') continue;
      if (part.pieces.length === 0) continue;
      if (isTall(this.text, part, at + piece.starts[index]!)) tall += 1;
      else flat += 1;
    }
    return tall + flat === 0 ? undefined : tall > flat;
  }

  /** Whether something below the sheet itself stands on one line, and what comes into it should too. */
  private isOnOneLine(placed: PlacedPiece | undefined, path: readonly (string | number)[]): boolean {
    if (path.length === 0 || (placed?.piece.kind !== 'list' && placed?.piece.kind !== 'record')) return false;
    return placed.piece.pieces.length > 0 && !isTall(this.text, placed.piece, placed.at);
  }

  private insertFirst(
    { piece, at }: PlacedPiece,
    path: readonly (string | number)[],
    look: Look,
    write: (indent: string) => string,
  ): void {
    const inner = this.text.slice(at + 1, at + piece.length - 1);
    const outer = indentAt(this.text, at);
    const indent = outer + look.unit;
    const lastBreak = inner.lastIndexOf('\n');
    if (inner.trim() !== '') {
      // Only comments: after them.
      const end = at + piece.length - 1;
      if (lastBreak < 0) this.replace(end, end, ` ${write(outer)}`);
      else {
        const from = at + 1 + lastBreak + 1;
        this.replace(from, end, `${indent}${write(indent)}${look.lineBreak}${outer}`);
      }
      return;
    }
    const isSection =
      path.length === 1 && this.tree.root && this.text.slice(this.tree.from, at).includes('\n');
    const isTallHere = lastBreak >= 0 || (isSection && piece.kind === 'list');
    const written = isTallHere
      ? `${look.lineBreak}${indent}${write(indent)}${look.lineBreak}${outer}`
      : piece.kind === 'record'
        ? look.pad + write(outer) + look.pad
        : write(outer);
    this.replace(at + 1, at + piece.length - 1, written);
  }

  private insertLine(slots: Slots, index: number, look: Look, write: (indent: string) => string): void {
    if (index === 0) {
      const first = slots.start(0);
      const indent = indentAt(this.text, first);
      const line = lineEndAfter(this.text, slots.at + 1);
      if (line && line.end < first) {
        this.replace(line.end, line.end, `${look.lineBreak}${indent}${write(indent)},`);
      } else this.replace(first, first, `${write(indent)},${look.lineBreak}${indent}`);
      return;
    }
    const end = slots.end(index - 1);
    const indent = indentAt(this.text, slots.start(index - 1));
    const line = lineEndAfter(this.text, end);
    if (!line) {
      this.replace(end, end, look.comma + write(indent));
      return;
    }
    const isLast = index === slots.count;
    // Where commas lead their lines, or the one before was the last, there is none yet.
    const written = `${look.lineBreak}${indent}${write(indent)}`;
    if (line.hasComma) this.replace(line.end, line.end, `${written},`);
    else if (isLast) {
      // In this order the text is JSON after each step.
      this.replace(end, end, ',');
      this.replace(line.end + 1, line.end + 1, written);
    } else this.replace(end, end, `,${written}`);
  }

  /** Takes an item or an entry away, with its comma and, where it has them to itself, its lines. */
  private remove(path: readonly (string | number)[]): void {
    const parent = pieceAt(this.tree, path.slice(0, -1));
    const step = path.at(-1);
    if (!parent || step === undefined || (parent.piece.kind !== 'list' && parent.piece.kind !== 'record'))
      return;
    const index = partIndex(parent.piece, step);
    if (index === undefined) return;
    const slots = new Slots(this.text, parent.piece, parent.at);
    const { text } = this;
    const start = slots.start(index);
    const end = slots.end(index);
    const comma = skipTrivia(text, end);
    const hasComma = text[comma] === ',';
    const lineStart = text.lastIndexOf('\n', start - 1) + 1;
    const line = lineEndAfter(text, end);
    const hasOwnLines =
      line !== undefined && /^[ \t]*$/.test(text.slice(lineStart, start)) && lineStart > slots.at;
    const isOnly = slots.count === 1;
    const before = index > 0 ? skipTrivia(text, slots.end(index - 1)) : -1;

    if (hasOwnLines && (!hasComma || line.hasComma)) {
      const lineBreak = text.startsWith('\r\n', line.end) ? 2 : 1;
      this.replace(lineStart, Math.min(text.length, line.end + lineBreak), '');
    } else if (hasComma) {
      const next = index + 1 < slots.count ? slots.start(index + 1) : comma + 1;
      const gap = text.slice(comma + 1, next);
      this.replace(start, /^[ \t]*$/.test(gap) ? next : comma + 1, '');
    } else if (before >= 0 && /^,\s*$/.test(text.slice(before, start))) {
      this.replace(before, end, '');
      return;
    } else this.replace(start, end, '');
    if (!hasComma && before >= 0 && text[before] === ',') this.replace(before, before + 1, '');
    if (isOnly) this.collapse(path.slice(0, -1));
  }

  /** `[ ]` is written `[]`. */
  private collapse(path: readonly (string | number)[]): void {
    const placed = pieceAt(this.tree, path);
    if (!placed) return;
    const from = placed.at + 1;
    const to = placed.at + placed.piece.length - 1;
    if (from < to && this.text.slice(from, to).trim() === '') this.replace(from, to, '');
  }

  private replace(from: number, to: number, insert: string): void {
    const patch = patchOf(this.text, { from, to, insert });
    this.text = applyPatch(this.text, patch);
    this.tree = updateTree(this.tree, this.text, patch);
    this.patches.push(patch);
  }
}

/** Thrown where a value cannot be placed because the text around it is no JSON. */
export class Unplaceable extends Error {
  constructor() {
    super('the text has a mistake where this would change it');
  }
}

/** The items of a list, or the entries of an object with their keys, and where they stand in the text. */
class Slots {
  readonly at: number;
  readonly count: number;
  private readonly text: string;
  private readonly piece: Container;

  constructor(text: string, piece: Container, at: number) {
    this.text = text;
    this.piece = piece;
    this.at = at;
    this.count = piece.pieces.length;
  }

  start(index: number): number {
    const starts = this.piece.kind === 'record' ? this.piece.keyStarts : this.piece.starts;
    return this.at + starts[index]!;
  }

  end(index: number): number {
    return this.at + this.piece.starts[index]! + this.piece.pieces[index]!.length;
  }

  isOnOwnLine(index: number): boolean {
    const before = index > 0 ? this.end(index - 1) : this.at;
    return this.text.slice(before, this.start(index)).includes('\n');
  }
}

/** Spaces and comments, a comma among them, up to the end of the line; undefined where something else stands there. */
function lineEndAfter(
  text: string,
  from: number,
): { readonly end: number; readonly hasComma: boolean } | undefined {
  const pattern =
    /(?:[ \t]|\/\*(?:(?!\*\/)[^\n])*\*\/)*(,?)(?:[ \t]|\/\*(?:(?!\*\/)[^\n])*\*\/)*(?:\/\/[^\r\n]*)?(?=\r?\n|$)/y;
  pattern.lastIndex = from;
  const found = pattern.exec(text);
  return found ? { end: from + found[0].length, hasComma: found[1] === ',' } : undefined;
}

/** The first offset from `from` on that is neither space nor comment. */
function skipTrivia(text: string, from: number): number {
  const pattern = /(?:\s|\/\/[^\r\n]*|\/\*[\s\S]*?\*\/)*/y;
  pattern.lastIndex = from;
  return from + (pattern.exec(text)?.[0].length ?? 0);
}

/** The spaces that the line of an offset begins with. */
function indentAt(text: string, offset: number): string {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(lineStart, offset))?.[0] ?? '';
}

function idOf(value: unknown): string | undefined {
  const id = isRecord(value) ? value['id'] : undefined;
  return typeof id === 'string' ? id : undefined;
}

/** True when two values of JSON are the same, whatever the order of their keys. */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, index) => isSame(item, b[index]))
    );
  }
  if (!isRecord(a) || !isRecord(b)) return false;
  const keys = Object.keys(a).filter((key) => a[key] !== undefined);
  const others = Object.keys(b).filter((key) => b[key] !== undefined);
  return (
    keys.length === others.length && keys.every((key) => Object.hasOwn(b, key) && isSame(a[key], b[key]))
  );
}

/** The text of a sheet with changes of its values in it, and the patches that made it. */
export function changeValues(
  text: string,
  tree: Tree,
  changes: readonly ValueChange[],
): { readonly text: string; readonly tree: Tree; readonly patches: readonly TextPatch[] } {
  const edit = new ValueEdit(text, tree);
  for (const change of changes) edit.change(change);
  return edit;
}
