import { afterEach, expect, it } from 'vitest';
import { keepListening } from '../../../src/ui/app/keep-listening.ts';
import type { FakeWorkspace } from '../fakes.ts';
import { SHEET } from '../timeline/make-sheet.ts';
import { closeAll, open } from '../timeline/opened.ts';

const RATE = 48000;

/** What a browser keeps, and pages that open a sheet with it. */
function browser() {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
  } as Storage;
  const visit = (sheet: string, text = SHEET) => {
    const workspace = open(text);
    const { transport, desk, studio } = workspace;
    keepListening({ transport, desk, film: studio.film }, sheet, storage);
    return workspace;
  };
  return { kept, visit };
}

const marksOf = ({ transport: { inMark, outMark, isLooping } }: FakeWorkspace) => [
  inMark.value,
  outMark.value,
  isLooping.value,
];
const stripsOf = ({ desk }: FakeWorkspace) =>
  desk.channels.value.map(({ id, isMuted, isSoloed, gainDb }) => [
    id,
    isMuted.value,
    isSoloed.value,
    gainDb.value,
  ]);
const setUp = ({ transport, desk }: FakeWorkspace) => {
  transport.inMark.value = 3 * RATE;
  transport.outMark.value = 40 * RATE;
  transport.isLooping.value = true;
  const [room, sfx, record] = desk.channels.value;
  room!.isMuted.value = true;
  sfx!.gainDb.value = -6.5;
  record!.isSoloed.value = true;
  record!.gainDb.value = Number.NEGATIVE_INFINITY;
};
const UNTOUCHED = [
  ['room', false, false, 0],
  ['sfx', false, false, 0],
  ['record', false, false, 0],
];

afterEach(closeAll);

it('a sheet that is opened again is heard as it was left, and no other', () => {
  const { visit } = browser();
  setUp(visit('/a.cues.json'));
  const other = visit('/b.cues.json');
  expect([marksOf(other), stripsOf(other)]).toEqual([[undefined, undefined, false], UNTOUCHED]);
  const again = visit('/a.cues.json');
  expect(marksOf(again)).toEqual([3 * RATE, 40 * RATE, true]);
  expect(stripsOf(again)).toEqual([
    ['room', true, false, 0],
    ['sfx', false, false, -6.5],
    ['record', false, true, Number.NEGATIVE_INFINITY],
  ]);
});

it('of a film that is shorter now, and of stems that are gone, nothing is taken over', () => {
  const { visit } = browser();
  setUp(visit('/a.cues.json'));
  const shorter = SHEET.replace('01:00:40:00', '01:00:39:00')
    .replace('"sfx": {}', '"fx": {}')
    .replaceAll('"stem": "sfx"', '"stem": "fx"');
  const again = visit('/a.cues.json', shorter);
  expect(marksOf(again)).toEqual([3 * RATE, undefined, true]);
  expect(stripsOf(again)).toEqual([
    ['room', true, false, 0],
    ['fx', false, false, 0],
    ['record', false, true, Number.NEGATIVE_INFINITY],
  ]);
});

it('waits for the film of a sheet that has errors first', () => {
  const { visit } = browser();
  setUp(visit('/a.cues.json'));
  const late = visit('/a.cues.json', SHEET.replace('shot:1-2.start', 'shot:9-9.start'));
  const at = late.document.text.value.indexOf('shot:9-9');
  late.document.type(at, at + 8, 'shot:1-2');
  expect(marksOf(late)).toEqual([3 * RATE, 40 * RATE, true]);
});

it('anything else that is kept there is passed over', () => {
  const { kept, visit } = browser();
  for (const strange of ['[]', '{"/a.cues.json": 5}', '{"/a.cues.json": {"in": "5", "stems": [1]}}', '{']) {
    kept.set('runout.listening', strange);
    const workspace = visit('/a.cues.json');
    expect([marksOf(workspace), stripsOf(workspace)]).toEqual([[undefined, undefined, false], UNTOUCHED]);
  }
});

it('reads and writes nothing for an edit of the sheet', () => {
  const { kept, visit } = browser();
  const workspace = visit('/film/a.cues.json');
  expect(kept.size).toBe(1);
  kept.clear();
  workspace.document.change('Rename', [{ path: ['title'], value: 'Other' }]);
  expect(workspace.studio.film.value?.score.title).toBe('Other');
  expect(kept.size).toBe(0);
  workspace.transport.inMark.value = RATE;
  expect(kept.size).toBe(1);
});
