import fc from 'fast-check';
import { parse } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import { pathAt, pieceValue, readTree, updateTree } from '../../../src/ui/document/json-tree.ts';
import { applyPatch } from '../../../src/ui/document/text-patch.ts';
import { jsonValue, SHEET, written } from './sheets.ts';

const scraps = [
  '',
  '"',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '1',
  ' ',
  '\n',
  '//',
  '/*',
  '*/',
  '"a": 1',
  '{"id": "new"}',
  'true',
];

describe('the tree of a text', () => {
  it('is the same after any patch as one that is read anew', () => {
    fc.assert(
      fc.property(
        jsonValue.chain(written),
        fc.array(fc.tuple(fc.nat(), fc.nat({ max: 6 }), fc.constantFrom(...scraps)), { maxLength: 6 }),
        (start, edits) => {
          let text = start;
          let tree = readTree(text);
          for (const [place, length, insert] of edits) {
            const from = place % (text.length + 1);
            const patch = { from, to: Math.min(text.length, from + length), insert };
            text = applyPatch(text, patch);
            tree = updateTree(tree, text, patch);
            const anew = readTree(text);
            // Where one entry is being typed in, what is around it is still known.
            if (tree.state === 'local') expect(anew.state).toBe('guess');
            else expect(tree).toEqual(anew);
          }
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('is read anew where a record closes sooner and a comment hides its old end', () => {
    const before = '[1, {"at": [2] /* c */ }, 8]';
    const patch = { from: before.indexOf('/*'), to: before.indexOf('c'), insert: '}//' };
    const text = applyPatch(before, patch);
    expect(text).toBe('[1, {"at": [2] }//c */ }, 8]');
    expect(updateTree(readTree(before), text, patch).state).not.toBe('sound');
  });

  it('has the values that the text has', () => {
    fc.assert(
      fc.property(
        jsonValue.chain((value) => written(value).map((text) => ({ value, text }))),
        ({ value, text }) => {
          const { root } = readTree(text);
          expect(root && pieceValue(root)).toEqual(value);
        },
      ),
    );
  });

  it('keeps the values of all cues but the one that was changed', () => {
    const before = readTree(SHEET);
    const from = SHEET.indexOf('12f');
    const patch = { from, to: from + 2, insert: '14' };
    const after = updateTree(before, applyPatch(SHEET, patch), patch);
    const [old, changed] = [before, after].map(({ root }) => root && pieceValue(root)) as {
      cues: unknown[];
    }[];
    expect(changed).toEqual(parse(applyPatch(SHEET, patch)));
    expect(changed!.cues[0]).toBe(old!.cues[0]);
    expect(changed!.cues[1]).not.toBe(old!.cues[1]);
    expect(changed!.cues[2]).toBe(old!.cues[2]);
  });

  it('knows where the other cues are while one of them is no JSON', () => {
    const from = SHEET.indexOf('"wet"') + 4;
    const patch = { from, to: from + 1, insert: '' };
    const text = applyPatch(SHEET, patch);
    const tree = updateTree(readTree(SHEET), text, patch);
    expect(tree.state).toBe('local');
    expect(pathAt(tree, text.indexOf('"door"') + 2)?.path).toEqual(['cues', 2, 'id']);
    const back = { from, to: from, insert: '"' };
    expect(updateTree(tree, SHEET, back)).toEqual(readTree(SHEET));
  });

  it('finds the path of every offset', () => {
    const tree = readTree(SHEET);
    expect(pathAt(tree, SHEET.indexOf('film.edl'))?.path).toEqual(['edit']);
    expect(pathAt(tree, SHEET.indexOf('"gainDb"') + 3)?.path).toEqual(['cues', 0, 'sounds', 0, 'gainDb']);
    expect(pathAt(tree, SHEET.indexOf('// 1.'))?.path).toEqual(['cues']);
    expect(pathAt(tree, 0)).toBeUndefined();
  });
});
