import { type ParseErrorCode, printParseErrorCode, visit } from 'jsonc-parser';
import { error, type Issue } from '../issue/issue.ts';
import { pointerOf } from './pointer.ts';
import { shorten } from './shorten.ts';
import { describeSyntaxProblem } from './syntax-problem.ts';

/** A piece of JSON and where it stands in its text: [`from`, `to`), in UTF-16 units from 0. */
export type JsonNode = JsonObject | JsonArray | JsonLeaf;

export interface JsonObject {
  readonly kind: 'object';
  readonly from: number;
  readonly to: number;
  /** By key, in the order written, without those whose key was there before. */
  readonly entries: ReadonlyMap<string, JsonEntry>;
}

export interface JsonEntry {
  readonly keyFrom: number;
  readonly value: JsonNode;
}

export interface JsonArray {
  readonly kind: 'array';
  readonly from: number;
  readonly to: number;
  readonly items: readonly JsonNode[];
}

export interface JsonLeaf {
  readonly kind: 'leaf';
  readonly from: number;
  readonly to: number;
  /** Undefined where what stands there is no value that can be used, which is an issue already. */
  readonly value: string | number | boolean | null | undefined;
}

/** An issue, and the place in the text that it is about. */
export interface TextIssue {
  readonly issue: Issue;
  /** UTF-16 units from 0. */
  readonly offset: number;
}

export interface JsonReading {
  /** Undefined where the text cannot be understood to its end. */
  readonly root?: JsonNode;
  readonly issues: readonly TextIssue[];
}

/** Deeper than any sheet is, and shallow enough that no text can exhaust the stack. */
const DEEPEST = 64;

/**
 * Reads JSON with comments and trailing commas. Slips that leave no doubt (a forgotten comma, a key given
 * twice, a number out of range) are reported and read over; at anything else reading stops.
 */
export function readJson(text: string): JsonReading {
  const builder = new TreeBuilder(text);
  try {
    visit(text, builder.visitor, { allowTrailingComma: true });
  } catch (problem) {
    if (!(problem instanceof Stop)) throw problem;
    return { issues: builder.issues };
  }
  return { ...(builder.root && { root: builder.root }), issues: builder.issues };
}

/** Thrown where reading cannot go on; why is among the issues. */
class Stop extends Error {}

/** An object or array that is being read. */
type Open =
  | {
      readonly kind: 'object';
      readonly from: number;
      readonly entries: Map<string, JsonEntry>;
      key: Key | undefined;
    }
  | { readonly kind: 'array'; readonly from: number; readonly items: JsonNode[] };

interface Key {
  readonly name: string;
  readonly from: number;
}

/** Builds the tree from the parser's events, and words its errors for people who do not write programs. */
class TreeBuilder {
  root: JsonNode | undefined;
  readonly issues: TextIssue[] = [];
  private readonly text: string;
  private readonly open: Open[] = [];
  /** Where the object or array that ended last began: the one that is still open at the end of a cut-off file. */
  private lastBegan: number | undefined;

  constructor(text: string) {
    this.text = text;
  }

  readonly visitor = {
    onObjectBegin: (from: number) => this.begin({ kind: 'object', from, entries: new Map(), key: undefined }),
    onArrayBegin: (from: number) => this.begin({ kind: 'array', from, items: [] }),
    onObjectProperty: (name: string, from: number) => this.startEntry({ name, from }),
    onObjectEnd: (from: number, length: number) => this.end(from + length),
    onArrayEnd: (from: number, length: number) => this.end(from + length),
    onLiteralValue: (value: unknown, from: number, length: number) =>
      this.literal(value, from, from + length),
    onError: (code: ParseErrorCode, from: number, length: number) =>
      this.stumble(printParseErrorCode(code), from, from + length),
  };

  private begin(open: Open): void {
    if (this.open.length >= DEEPEST) {
      this.note(
        'too-deep',
        open.from,
        `brackets are more than ${DEEPEST} deep here, and no sheet needs that`,
      );
      throw new Stop();
    }
    this.open.push(open);
  }

  private end(to: number): void {
    const done = this.open.pop();
    if (!done) return;
    this.lastBegan = done.from;
    const { from } = done;
    if (done.kind === 'object') this.put({ kind: 'object', from, to, entries: done.entries });
    else this.put({ kind: 'array', from, to, items: done.items });
  }

  private startEntry(key: Key): void {
    const parent = this.open.at(-1);
    if (parent?.kind === 'object') parent.key = key;
  }

  private literal(value: unknown, from: number, to: number): void {
    if (typeof value === 'number') {
      if (Number.isFinite(value)) this.put({ kind: 'leaf', from, to, value: value === 0 ? 0 : value });
      else {
        this.note(
          'number',
          from,
          `${shorten(this.text.slice(from, to))} is a larger number than any here can be`,
        );
        this.put({ kind: 'leaf', from, to, value: undefined });
      }
    } else if (typeof value === 'string' || typeof value === 'boolean' || value === null) {
      this.put({ kind: 'leaf', from, to, value });
    }
  }

  private put(node: JsonNode): void {
    const parent = this.open.at(-1);
    if (!parent) {
      this.root = node;
      return;
    }
    if (parent.kind === 'array') {
      parent.items.push(node);
      return;
    }
    const { key } = parent;
    if (!key) return;
    parent.key = undefined;
    if (parent.entries.has(key.name)) {
      this.note(
        'duplicate-key',
        key.from,
        `"${shorten(key.name)}" stands here a second time`,
        'keep one of the two',
        key.name,
      );
      return;
    }
    if (key.name === '__proto__') {
      this.note('unknown-key', key.from, '"__proto__" cannot be a name', 'choose another', key.name);
      return;
    }
    parent.entries.set(key.name, { keyFrom: key.from, value: node });
  }

  private stumble(code: string, from: number, to: number): void {
    // The parser ends what the file cuts off before it says that a bracket is missing.
    const openedAt = /^Close/.test(code) ? this.lastBegan : this.open.at(-1)?.from;
    const problem = describeSyntaxProblem({ text: this.text, code, from, to, openedAt });
    this.note(problem.rule, problem.offset, problem.message, problem.hint);
    if (!problem.harmless) throw new Stop();
  }

  /** Pointer of what is being read, or of the entry of a key. */
  private pointer(key?: string): string {
    const path: (string | number)[] = [];
    for (const open of this.open) {
      const step = open.kind === 'array' ? open.items.length : open.key?.name;
      if (step !== undefined) path.push(step);
    }
    if (key !== undefined) path.push(key);
    return pointerOf(path);
  }

  private note(rule: string, offset: number, message: string, hint?: string, key?: string): void {
    this.issues.push({ issue: error(rule, this.pointer(key), message, hint), offset });
  }
}
