/**
 * A value of an OTIO file with its place. Numbers keep their digits: OTIO writes integers that a double
 * cannot hold, and times are wanted exactly.
 */
export type JsonValue =
  | { readonly kind: 'object'; readonly offset: number; readonly members: ReadonlyMap<string, JsonValue> }
  | { readonly kind: 'array'; readonly offset: number; readonly items: readonly JsonValue[] }
  | { readonly kind: 'string'; readonly offset: number; readonly text: string }
  /** As written: `24.0`, `1e3`, `Inf`, `-Infinity`, `NaN`. */
  | { readonly kind: 'number'; readonly offset: number; readonly digits: string }
  | { readonly kind: 'boolean'; readonly offset: number; readonly value: boolean }
  | { readonly kind: 'null'; readonly offset: number };

export type JsonObject = Extract<JsonValue, { readonly kind: 'object' }>;

/** What is wrong with a text that is not JSON. The offset counts UTF-16 units. */
export interface JsonFault {
  readonly message: string;
  readonly offset: number;
}

/** Deep enough for any real timeline, and far from the end of the stack. */
const DEEPEST = 200;

/** Other programs' notes, often most of the file. They are checked, but not kept. */
const UNREAD_KEY = 'metadata';

const NUMBER = /-?(?:(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|Infinity|Inf|NaN)/y;
const SPACE = /[ \t\r\n]*/y;

/**
 * Reads JSON as Python's OTIO writes it: strict JSON, and `Inf`, `Infinity` and `NaN` besides.
 *
 * @returns The value, or the first fault.
 */
export function parseOtioJson(text: string): JsonValue | JsonFault {
  const reader = new JsonReader(text);
  try {
    return reader.readDocument();
  } catch (fault) {
    if (fault instanceof Fault) return { message: fault.message, offset: fault.offset };
    throw fault;
  }
}

class Fault extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

class JsonReader {
  readonly #text: string;
  #offset = 0;

  constructor(text: string) {
    this.#text = text;
  }

  readDocument(): JsonValue {
    const value = this.#readValue(0);
    this.#skipSpace();
    if (this.#offset < this.#text.length) this.#fail('something follows the end of the JSON');
    return value;
  }

  #readValue(depth: number): JsonValue {
    if (depth > DEEPEST) this.#fail(`values are nested deeper than ${DEEPEST}`);
    this.#skipSpace();
    const offset = this.#offset;
    const first = this.#text[offset];
    if (first === '{') return this.#readObject(offset, depth);
    if (first === '[') return this.#readArray(offset, depth);
    if (first === '"') return { kind: 'string', offset, text: this.#readString() };
    for (const [word, value] of [
      ['true', true],
      ['false', false],
    ] as const) {
      if (this.#take(word)) return { kind: 'boolean', offset, value };
    }
    if (this.#take('null')) return { kind: 'null', offset };
    const digits = this.#match(NUMBER);
    if (digits !== undefined) return { kind: 'number', offset, digits };
    return this.#fail(
      first === undefined ? 'the file ends in mid-value; it is cut off' : 'no JSON value here',
    );
  }

  #readObject(offset: number, depth: number): JsonValue {
    const members = new Map<string, JsonValue>();
    this.#offset += 1;
    this.#skipSpace();
    if (this.#take('}')) return { kind: 'object', offset, members };
    do {
      this.#skipSpace();
      const key = this.#readString();
      this.#skipSpace();
      if (!this.#take(':')) this.#fail('a ":" is missing after the key');
      const value = this.#readValue(depth + 1);
      if (key !== UNREAD_KEY) members.set(key, value);
      this.#skipSpace();
    } while (this.#take(','));
    if (!this.#take('}')) this.#fail('a "," or "}" is missing');
    return { kind: 'object', offset, members };
  }

  #readArray(offset: number, depth: number): JsonValue {
    const items: JsonValue[] = [];
    this.#offset += 1;
    this.#skipSpace();
    if (this.#take(']')) return { kind: 'array', offset, items };
    do {
      items.push(this.#readValue(depth + 1));
      this.#skipSpace();
    } while (this.#take(','));
    if (!this.#take(']')) this.#fail('a "," or "]" is missing');
    return { kind: 'array', offset, items };
  }

  #readString(): string {
    const start = this.#offset;
    if (this.#text[start] !== '"') this.#fail('a string in double quotes is missing');
    // By hand: a pattern that loops over a string of megabytes overflows the matcher's stack.
    let end = start + 1;
    while (end < this.#text.length && this.#text[end] !== '"') end += this.#text[end] === '\\' ? 2 : 1;
    this.#offset = end + 1;
    if (end >= this.#text.length) this.#fail('a string does not end');
    try {
      return String(JSON.parse(this.#text.slice(start, end + 1)));
    } catch {
      this.#offset = start;
      return this.#fail('a string holds a control character or an unknown escape');
    }
  }

  #skipSpace(): void {
    this.#match(SPACE);
  }

  #take(word: string): boolean {
    if (!this.#text.startsWith(word, this.#offset)) return false;
    this.#offset += word.length;
    return true;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#offset;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#offset += found.length;
    return found;
  }

  #fail(message: string): never {
    throw new Fault(
      this.#offset >= this.#text.length ? 'the file ends in mid-value; it is cut off' : message,
      this.#offset,
    );
  }
}
