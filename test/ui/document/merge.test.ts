import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffLines, linesOf } from '../../../src/ui/document/line-diff.ts';
import { mergedText, mergeTexts, settledText } from '../../../src/ui/document/merge.ts';
import { SHEET } from './sheets.ts';

describe('the lines that differ', () => {
  it('make one text of the other', () => {
    const text = fc.array(fc.constantFrom('a\n', 'b\n', 'c\n', '\n', '{\n', '}\n'), { maxLength: 30 });
    fc.assert(
      fc.property(text, text, fc.string(), (before, after, tail) => {
        const [lines, others] = [linesOf(before.join('') + tail), linesOf(after.join('') + tail)];
        let made: string[] = [];
        let at = 0;
        for (const { from, to, otherFrom, otherTo } of diffLines(lines, others)) {
          made = made.concat(lines.slice(at, from), others.slice(otherFrom, otherTo));
          at = to;
        }
        expect(made.concat(lines.slice(at))).toEqual(others);
      }),
    );
  });
});

/** A list of cues, a line each; `edits` says what happens to each cue on each side. */
const CUES = 12;
const line = (index: number, gainDb: number) => `    {"id": "cue-${index}", "gainDb": ${gainDb}}`;
type Fate = 'kept' | 'mine' | 'theirs' | 'mine gone' | 'theirs gone';
function sheet(fates: readonly Fate[], sides: readonly ('mine' | 'theirs')[]): string {
  const cues = fates.flatMap((fate, index) => {
    for (const side of sides) {
      if (fate === side) return [line(index, side === 'mine' ? 1 : 2)];
      if (fate === `${side} gone`) return [];
    }
    return [line(index, 0)];
  });
  return `{\n  "cues": [\n${cues.join(',\n')}\n  ]\n}\n`;
}

describe('bringing two changed sheets together', () => {
  it('has both changes in it where they are of different cues', () => {
    const fate = fc.constantFrom<Fate>('kept', 'kept', 'mine', 'theirs', 'mine gone', 'theirs gone');
    fc.assert(
      fc.property(fc.array(fate, { minLength: CUES, maxLength: CUES }), (fates) => {
        const merge = mergeTexts(sheet(fates, []), sheet(fates, ['mine']), sheet(fates, ['theirs']));
        const merged = mergedText(merge);
        expect(JSON.parse(merged ?? 'null')).toEqual(JSON.parse(sheet(fates, ['mine', 'theirs'])));
      }),
      { numRuns: 500 },
    );
  });

  it('is the same text as both edits, applied one after the other', () => {
    const mine = SHEET.replace('-6', '-9');
    const theirs = SHEET.replace('"shot:1-4.start"', '"shot:1-4.end"').replace('wet', 'dry');
    const both = mine.replace('"shot:1-4.start"', '"shot:1-4.end"').replace('wet', 'dry');
    expect(mergedText(mergeTexts(SHEET, mine, theirs))).toBe(both);
    expect(mergedText(mergeTexts(SHEET, theirs, mine))).toBe(both);
  });

  it('brings together two keys of one cue', () => {
    const mine = SHEET.replace('wet', 'dry');
    const theirs = SHEET.replace('12f', '20f');
    expect(mergedText(mergeTexts(SHEET, mine, theirs))).toBe(mine.replace('12f', '20f'));
  });

  it('adds the cues of both sides', () => {
    const add = (id: string) => SHEET.replace('"shot:1-4.start"}', `"shot:1-4.start"},\n    {"id": "${id}"}`);
    const merged = mergedText(mergeTexts(SHEET, add('a'), add('b')));
    expect(merged).toContain('"shot:1-4.start"},\n    {"id": "a"},\n    {"id": "b"}\n');
  });

  it('asks where both changed the same value, and takes the side that is chosen', () => {
    const mine = SHEET.replace('12f', '20f').replace('-6', '-9');
    const theirs = SHEET.replace('12f', '30f').replace('film.edl', 'cut-2.edl');
    const merge = mergeTexts(SHEET, mine, theirs);
    expect(mergedText(merge)).toBeUndefined();
    const clash = merge.parts.find((part) => typeof part !== 'string');
    expect(clash).toMatchObject({ line: 16 });
    expect(settledText(merge, () => 'mine')).toBe(mine.replace('film.edl', 'cut-2.edl'));
    expect(settledText(merge, () => 'theirs')).toBe(theirs.replace('-6', '-9'));
  });

  it('asks where one side took away what the other changed', () => {
    const mine = SHEET.replace(/.*"mop", "type".*\n/, '');
    const theirs = SHEET.replace('12f', '30f');
    expect(mergedText(mergeTexts(SHEET, mine, theirs))).toBeUndefined();
  });

  it('never makes two cues of one id, or a text that is no JSON, of two sheets that are well', () => {
    const add = (where: string) => SHEET.replace(where, `$&\n    {"id": "new"},`);
    expect(mergedText(mergeTexts(SHEET, add('// The room.'), add('// 1. Routine.')))).not.toMatch(
      /"new"[\s\S]*"new"/,
    );
  });
});
