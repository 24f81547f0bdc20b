import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type JsonValue, parseOtioJson } from '../../src/engine/edit/otio-json.ts';

/** What JSON.parse would give, so that the two can be compared. */
function toPlain(value: JsonValue): unknown {
  switch (value.kind) {
    case 'object':
      return Object.fromEntries([...value.members].map(([key, member]) => [key, toPlain(member)]));
    case 'array':
      return value.items.map(toPlain);
    case 'string':
      return value.text;
    case 'number':
      return Number(value.digits);
    case 'boolean':
      return value.value;
    case 'null':
      return null;
  }
}

function parse(text: string): JsonValue {
  const value = parseOtioJson(text);
  if (!('kind' in value)) throw new Error(value.message);
  return value;
}

describe('the JSON of timelines', () => {
  it('is read as JSON.parse reads it', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), fc.constantFrom(undefined, 1, '\t'), (text, space) => {
        fc.pre(!/"(?:metadata|__proto__)":/.test(text));
        const value: unknown = JSON.parse(text);
        expect(toPlain(parse(JSON.stringify(value, null, space)))).toEqual(value);
      }),
    );
  });

  it('is refused where JSON.parse refuses it', () => {
    const texts = [
      '',
      '{',
      '[1,]',
      '{"a" 1}',
      '{"a":1,}',
      "{'a':1}",
      '[1 2]',
      '"a',
      '"\n"',
      '"\\x"',
      'tru',
      '1 2',
      '{a:1}',
      '01',
    ];
    for (const text of texts) {
      expect(() => JSON.parse(text), text).toThrow();
      expect(parseOtioJson(text), text).toHaveProperty('message');
    }
  });

  it('is refused wherever it is cut off, at its end', () => {
    const text = JSON.stringify({ a: [1.5, 'x\\"y', null, true], b: { c: {} } });
    for (let length = 0; length < text.length; length++) {
      expect(parseOtioJson(text.slice(0, length)), String(length)).toMatchObject({
        message: expect.any(String),
      });
    }
  });

  it('keeps the digits of numbers, and takes those that Python writes', () => {
    const value = parse('[9007199254740993, Inf, -Infinity, NaN, -0.10, 1e5]');
    expect(
      value.kind === 'array' && value.items.map((item) => item.kind === 'number' && item.digits),
    ).toEqual(['9007199254740993', 'Inf', '-Infinity', 'NaN', '-0.10', '1e5']);
  });

  it('knows where each value stands', () => {
    const text = '{\n  "a": [1, {"b": 2}]\n}';
    const value = parse(text);
    const array = value.kind === 'object' ? value.members.get('a') : undefined;
    expect(array?.offset).toBe(text.indexOf('['));
    expect(array?.kind === 'array' && array.items[1]?.offset).toBe(text.indexOf('{"b"'));
  });

  it('may be deep, but not without end', () => {
    const nest = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    expect(parseOtioJson(nest(200))).toHaveProperty('kind');
    expect(parseOtioJson(nest(1_000_000))).toMatchObject({ message: expect.stringContaining('deeper') });
    expect(parseOtioJson('{"a":'.repeat(1_000_000))).toMatchObject({
      message: expect.stringContaining('deeper'),
    });
  });

  it('may hold strings of any length', () => {
    const long = 'x"\\'.repeat(2_000_000);
    const value = parse(JSON.stringify([long]));
    expect(value.kind === 'array' && value.items[0]?.kind === 'string' && value.items[0].text.length).toBe(
      long.length,
    );
  });
});
