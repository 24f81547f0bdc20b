import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pieceAt, pieceValue, readTree } from '../../../src/ui/document/json-tree.ts';
import { changeValues, isSame } from '../../../src/ui/document/value-edit.ts';
import type { ValueChange } from '../../../src/ui/workspace.ts';
import { jsonValue, SHEET, TALL_SHEET, written } from './sheets.ts';

function changed(text: string, ...changes: ValueChange[]): string {
  return changeValues(text, readTree(text), changes).text;
}

function parts(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  const inner = Array.isArray(value)
    ? value.flatMap((part, index) => parts(part, [...path, index]))
    : typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, part]) => parts(part, [...path, key]))
      : [];
  return [path, ...inner];
}

const CUE = { id: 'new', type: 'practical', at: 'start' };

describe('changing a value', () => {
  it('leaves every byte outside it as it was', () => {
    const place = jsonValue.chain((value) =>
      fc.record({ text: written(value), path: fc.constantFrom(...parts(value)) }),
    );
    fc.assert(
      fc.property(place, jsonValue, ({ text, path }, value) => {
        const tree = readTree(text);
        const before = pieceAt(tree, path)!;
        const after = changeValues(text, tree, [{ path, value }]);
        const placed = pieceAt(after.tree, path)!;
        expect(after.tree).toEqual(readTree(after.text));
        expect(pieceValue(placed.piece)).toEqual(value);
        expect(after.text.slice(0, before.at)).toBe(text.slice(0, before.at));
        const tail = text.slice(before.at + before.piece.length);
        expect(after.text.slice(placed.at + placed.piece.length)).toBe(tail);
      }),
      { numRuns: 2000 },
    );
  });

  it('takes away, adds and makes room, and what comes of it is JSON with all else in it', () => {
    const place = jsonValue
      .filter((value) => typeof value === 'object' && value !== null)
      .chain((value) =>
        fc.record({
          value: fc.constant(value),
          text: written(value),
          path: fc.constantFrom(...parts(value)),
        }),
      );
    fc.assert(
      fc.property(place, jsonValue, fc.boolean(), ({ value, text, path }, added, remove) => {
        if (path.length === 0) return;
        const expected = structuredClone(value);
        const step = path.at(-1)!;
        const parent = path.slice(0, -1).reduce<unknown>((at, one) => Reflect.get(Object(at), one), expected);
        let change: ValueChange;
        if (remove) {
          if (Array.isArray(parent)) parent.splice(Number(step), 1);
          else Reflect.deleteProperty(Object(parent), step);
          change = { path, value: undefined };
        } else if (Array.isArray(parent)) {
          parent.splice(Number(step), 0, added);
          change = { path, value: added, insert: true };
        } else {
          Reflect.set(Object(parent), 'brand new', added);
          change = { path: [...path.slice(0, -1), 'brand new'], value: added };
        }
        const after = changeValues(text, readTree(text), [change]);
        expect(after.tree.state).toBe('sound');
        expect(pieceValue(after.tree.root!)).toEqual(expected);
      }),
      { numRuns: 3000 },
    );
  });

  it('writes a new cue on a line of its own, where the others are', () => {
    expect(changed(SHEET, { path: ['cues', 2], value: CUE, insert: true })).toBe(
      SHEET.replace(
        '// again in 8-2\n',
        '// again in 8-2\n    {"id": "new", "type": "practical", "at": "start"},\n',
      ),
    );
    expect(changed(SHEET, { path: ['cues', 0], value: CUE, insert: true })).toBe(
      SHEET.replace('"cues": [\n', '"cues": [\n    {"id": "new", "type": "practical", "at": "start"},\n'),
    );
    expect(changed(SHEET, { path: ['cues', 3], value: CUE, insert: true })).toBe(
      SHEET.replace(
        '"shot:1-4.start"}\n',
        '"shot:1-4.start"},\n    {"id": "new", "type": "practical", "at": "start"}\n',
      ),
    );
  });

  it('writes a new cue with a line for each key, where the others have them', () => {
    expect(changed(TALL_SHEET, { path: ['cues', 2], value: CUE, insert: true })).toBe(
      TALL_SHEET.replace(
        '\t\t}\n\t]',
        '\t\t},\n\t\t{\n\t\t\t"id": "new",\n\t\t\t"type": "practical",\n\t\t\t"at": "start"\n\t\t}\n\t]',
      ),
    );
    expect(changed(TALL_SHEET, { path: ['cues', 0, 'at'], value: 'start' })).toBe(
      TALL_SHEET.replace('"room-tone"\n', '"room-tone",\n\t\t\t"at": "start"\n'),
    );
  });

  it('takes a cue away with its line and its comma', () => {
    expect(changed(SHEET, { path: ['cues', 1], value: undefined })).toBe(
      SHEET.replace(/ {4}\{"id": "mop".*\n/, ''),
    );
    expect(changed(SHEET, { path: ['cues', 2], value: undefined })).toBe(
      SHEET.replace(/ {4}\{"id": "door".*\n/, '').replace('}, // again', '} // again'),
    );
    expect(changed(SHEET, ...[2, 1].map((index) => ({ path: ['cues', index], value: undefined })))).toContain(
      '-6}]}\n\n    // 1. Routine.\n  ]',
    );
  });

  it('changes only the keys of a cue that differ', () => {
    const cue = {
      id: 'mop',
      type: 'practical',
      stem: 'sfx',
      sound: ['mop', 'hum'],
      at: 'shot:1-3.start + 20f',
      off: true,
    };
    expect(changed(SHEET, { path: ['cues', 1], value: cue })).toBe(
      SHEET.replace(
        '"sound": "mop", "at": "shot:1-3.start + 12f", "note": "wet"',
        '"sound": ["mop", "hum"], "at": "shot:1-3.start + 20f", "off": true',
      ),
    );
  });

  it('fills an empty sheet', () => {
    expect(changed('{\n  "cues": []\n}', { path: ['cues', 0], value: CUE, insert: true })).toBe(
      '{\n  "cues": [\n    {"id": "new", "type": "practical", "at": "start"}\n  ]\n}',
    );
    expect(changed('{}', { path: ['players', 'portable', 'rpm'], value: 45 })).toBe(
      '{"players": {"portable": {"rpm": 45}}}',
    );
  });
});

it('two values are the same whatever the order of their keys', () => {
  expect(isSame({ a: 1, b: [{ c: null }] }, { b: [{ c: null }], a: 1 })).toBe(true);
  expect(isSame({ a: 1 }, { a: 1, b: 2 })).toBe(false);
  expect(isSame([1, 2], [1, 2, 3])).toBe(false);
});
