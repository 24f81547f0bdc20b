import { readFileSync } from 'node:fs';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { readSheet } from '../../src/engine/sheet/read-sheet.ts';
import { SheetMemory } from '../../src/engine/sheet/sheet-memory.ts';
import { CUES, makeSheet } from './make-sheet.ts';

const TEXT = JSON.stringify(
  makeSheet({
    cues: [
      ...Object.entries(CUES).map(([id, cue]) => ({ id, ...cue })),
      { id: 'again', type: 'practical', echoOf: 'mop', at: 'shot:2-4.start' },
      { id: 'mop 2', ...CUES.mop, sound: 'mop-1' },
    ],
  }),
  undefined,
  1,
);

/** What people do to a text, well and badly. Places are shares of its length. */
const place = fc.double({ min: 0, max: 1, noNaN: true });
const edit = fc.oneof(
  fc
    .tuple(place, fc.constantFrom('"', '{', '}', ',', '1', 'x', ' ', '/*', '-', '"note": "a", '))
    .map(([at, insert]) => (text: string) => {
      const index = Math.floor(at * text.length);
      return text.slice(0, index) + insert + text.slice(index);
    }),
  fc.tuple(place, fc.nat({ max: 30 })).map(([at, length]) => (text: string) => {
    const index = Math.floor(at * text.length);
    return text.slice(0, index) + text.slice(index + length);
  }),
  // A number, a name, an anchor: nothing else is touched.
  fc
    .tuple(place, fc.constantFrom('1', '-6', '"12f"', '"mop"', '"shot:1-1.end"', 'true'))
    .map(([at, value]) => (text: string) => {
      const values = [...text.matchAll(/(?<=": )("[^"]*"|-?\d+(\.\d+)?)/g)];
      const found = values[Math.floor(at * (values.length - 1))];
      if (!found) return text;
      return text.slice(0, found.index) + value + text.slice(found.index + found[0].length);
    }),
  fc.constantFrom(
    (text: string) =>
      text.replace('"cues": [', '"cues": [{"id": "mop", "type": "silence", "at": "start", "for": "1s"},'),
    (text: string) =>
      text.replace(
        '"cues": [',
        '"cues": [{"id": "new", "type": "practical", "stem": "sfx", "sound": "mop-1", "at": "start"},',
      ),
    (text: string) => text.replace('"seed"', '"sed"'),
    () => TEXT,
  ),
);

test.prop([fc.array(edit, { minLength: 1, maxLength: 6 })], { numRuns: 300 })(
  'a text that is read after others reads as one that is read alone',
  (edits) => {
    const memory = new SheetMemory();
    let text = TEXT;
    readSheet(text, memory);
    for (const make of edits) {
      text = make(text);
      const after = readSheet(text, memory);
      const alone = readSheet(text);
      expect(after.issues).toEqual(alone.issues);
      // Text, so that the order of keys counts too.
      expect(JSON.stringify(after.sheet)).toBe(JSON.stringify(alone.sheet));
      expect(after.locate('/cues/3/at')).toEqual(alone.locate('/cues/3/at'));
    }
  },
);

test('a cue that says what it said is the object that it was, wherever it has gone', () => {
  const demo = readFileSync('cues/ballroom.cues.json', 'utf8');
  const memory = new SheetMemory();
  const before = readSheet(demo, memory).sheet!;
  const added = '"cues": [\n{"id": "new", "type": "silence", "at": "start", "for": "1s"},';
  const after = readSheet(demo.replace('"cues": [', added), memory).sheet!;
  expect(after.cues.length).toBe(before.cues.length + 1);
  expect(after.cues.slice(1).every((cue, index) => cue === before.cues[index])).toBe(true);
  expect(after.sounds).toBe(before.sounds);
});
