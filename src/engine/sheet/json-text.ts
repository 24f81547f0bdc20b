import { type ParseErrorCode, printParseErrorCode, visit } from 'jsonc-parser';
import { error, type Issue } from '../issue/issue.ts';
import type { JsonValue } from './json-value.ts';
import { pointerOf } from './pointer.ts';
import { shorten } from './shorten.ts';
import { describeSyntaxProblem } from './syntax-problem.ts';

/** An issue, and the place in the text that it is about. */
export interface TextIssue {
  readonly issue: Issue;
  /** UTF-16 units from 0. */
  readonly offset: number;
}

export interface JsonReading {
  /**
   * What the text says; undefined where it cannot be understood to its end. Keys that begin with `x-` are the user's
   * own and are left out, at any depth.
   */
  readonly value: JsonValue;
  /** False where the text cannot be understood to its end. */
  readonly isWhole: boolean;
  readonly issues: readonly TextIssue[];
}

/** Deeper than any sheet is, and shallow enough that no text can exhaust the stack. */
const DEEPEST = 64;

/**
 * Reads JSON with comments and trailing commas. Slips that leave no doubt (a forgotten comma, a key given
 * twice, a number out of range) are reported and read over; at anything else reading stops.
 */
export function readJson(text: string): JsonReading {
  const builder = new Builder(text);
  try {
    visit(text, builder.visitor, { allowTrailingComma: true });
  } catch (problem) {
    if (!(problem instanceof Stop)) throw problem;
    return { value: undefined, isWhole: false, issues: builder.issues };
  }
  return { value: builder.value, isWhole: true, issues: builder.issues };
}

/** Thrown where reading cannot go on; why is among the issues. */
class Stop extends Error {}

/** An object or array that is being read. */
type Open =
  | {
      readonly kind: 'object';
      readonly from: number;
      readonly record: Record<string, JsonValue>;
      /** The key whose value is being read, and where it stands. */
      key: string | undefined;
      keyFrom: number;
      /** Keys that were read and left out; none in most objects. */
      leftOut?: Set<string>;
    }
  | { readonly kind: 'array'; readonly from: number; readonly items: JsonValue[] };

/** Builds the value from the parser's events, and words its errors for people who do not write programs. */
class Builder {
  value: JsonValue;
  readonly issues: TextIssue[] = [];
  private readonly text: string;
  private readonly open: Open[] = [];
  /** Where the object or array that ended last began: the one that is still open at the end of a cut-off file. */
  private lastBegan: number | undefined;

  constructor(text: string) {
    this.text = text;
  }

  readonly visitor = {
    onObjectBegin: (from: number) =>
      this.begin({ kind: 'object', from, record: {}, key: undefined, keyFrom: from }),
    onArrayBegin: (from: number) => this.begin({ kind: 'array', from, items: [] }),
    onObjectProperty: (key: string, from: number) => this.startEntry(key, from),
    onObjectEnd: () => this.end(),
    onArrayEnd: () => this.end(),
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

  private end(): void {
    const done = this.open.pop();
    if (!done) return;
    this.lastBegan = done.from;
    this.put(done.kind === 'object' ? done.record : done.items);
  }

  private startEntry(key: string, from: number): void {
    const parent = this.open.at(-1);
    if (parent?.kind !== 'object') return;
    parent.key = key;
    parent.keyFrom = from;
  }

  private literal(value: unknown, from: number, to: number): void {
    if (typeof value === 'number') {
      if (!Number.isFinite(value)) {
        const digits = shorten(this.text.slice(from, to));
        this.note('number', from, `${digits} is a larger number than any here can be`);
        this.put(undefined);
      } else this.put(value === 0 ? 0 : value);
    } else if (typeof value === 'string' || typeof value === 'boolean' || value === null) {
      this.put(value);
    }
  }

  private put(value: JsonValue): void {
    const parent = this.open.at(-1);
    if (!parent) {
      this.value = value;
      return;
    }
    if (parent.kind === 'array') {
      parent.items.push(value);
      return;
    }
    const { key, keyFrom, record } = parent;
    if (key === undefined) return;
    parent.key = undefined;
    if (Object.hasOwn(record, key) || parent.leftOut?.has(key)) {
      const message = `"${shorten(key)}" stands here a second time`;
      this.note('duplicate-key', keyFrom, message, 'keep one of the two', key);
    } else if (key === '__proto__') {
      this.note('unknown-key', keyFrom, '"__proto__" cannot be a name', 'choose another', key);
    } else if (key.startsWith('x-')) {
      parent.leftOut ??= new Set();
      parent.leftOut.add(key);
    } else record[key] = value;
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
      const step = open.kind === 'array' ? open.items.length : open.key;
      if (step !== undefined) path.push(step);
    }
    if (key !== undefined) path.push(key);
    return pointerOf(path);
  }

  private note(rule: string, offset: number, message: string, hint?: string, key?: string): void {
    this.issues.push({ issue: error(rule, this.pointer(key), message, hint), offset });
  }
}
