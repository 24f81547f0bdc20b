import { test as property } from '@fast-check/vitest';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSheet } from '../../src/engine/sheet/read-sheet.ts';
import type { Cue } from '../../src/engine/sheet/schema.ts';
import { CUES, makeSheet, makeSheetWithCue, onlyIssue, read, rulesOf } from './make-sheet.ts';

/** What no file, however broken, may take, ms: it tells work that grows without bounds from a busy machine. */
const QUICK_MS = 20_000;

function sheetOf(sheet: unknown) {
  const reading = read(sheet);
  expect(reading.issues).toEqual([]);
  if (!reading.sheet) throw new Error('no sheet');
  return reading.sheet;
}

function cueOf<Type extends Cue['type']>(type: Type, sheet: unknown): Extract<Cue, { type: Type }> {
  const found = sheetOf(sheet).cues.find((cue): cue is Extract<Cue, { type: Type }> => cue.type === type);
  if (!found) throw new Error(`no ${type}`);
  return found;
}

describe('a sheet that holds', () => {
  test('is read with what it leaves out filled in', () => {
    const sheet = sheetOf(makeSheet());
    expect(sheet).toMatchObject({ version: 1, sampleRate: 48000, seed: 0, edit: 'ballroom.edl' });
    const stem = { gainDb: 0, channels: 2 };
    expect(sheet.stems).toEqual({ room: stem, sfx: stem, record: stem });
    expect(sheet.players).toEqual({
      portable: {
        rpm: '100/3',
        pressing: { seed: 0, crackle: 0.4, ticks: 2, scratch: 0, warp: 0, repeat: false },
        wow: 0,
        flutter: 0,
      },
    });
    expect(cueOf('room-tone', makeSheet())).toEqual({
      id: 'tone',
      type: 'room-tone',
      stem: 'room',
      at: 'start',
      until: 'end',
      sounds: [
        { sound: 'hum', gainDb: -6, pan: 0 },
        { sound: 'city', gainDb: 0, pan: 0 },
      ],
      overlap: '1s',
      gainDb: 0,
      pan: 0,
      fadeIn: '0s',
      fadeOut: '0s',
      curve: 'equal-power',
      off: false,
    });
    expect(cueOf('needle-drop', makeSheet())).toMatchObject({ leadIn: '2rev' });
    expect(cueOf('needle-lift', makeSheet())).toMatchObject({ for: '0.3s' });
    expect(cueOf('silence', makeSheet())).toMatchObject({ fadeOut: '10ms', fadeIn: '10ms' });
    expect(cueOf('room-return', makeSheet()).order[0]).toEqual({ sound: 'hum', after: '0s', fade: '1.2s' });
    expect(cueOf('practical', makeSheet()).repeat).toEqual(CUES.mop.repeat);
  });

  test('keeps the order of its stems', () => {
    const stems = { zebra: {}, alpha: {}, room: {}, sfx: {}, record: {} };
    expect(Object.keys(sheetOf(makeSheet({ stems })).stems)).toEqual(Object.keys(stems));
  });

  test('is frozen', () => {
    const sheet = sheetOf(makeSheet());
    expect(Object.isFrozen(sheet) && Object.isFrozen(sheet.cues) && Object.isFrozen(sheet.cues[0])).toBe(
      true,
    );
  });

  test('may have comments, trailing commas, a byte order mark and any line ends', () => {
    const text = JSON.stringify(makeSheet(), undefined, 2);
    const commented = text.replace('{', '{ // a film\r\n /* of\r\n two lines */').replace(/\}$/, ',}');
    expect(readSheet(`\uFEFF${commented}`).issues).toEqual([]);
    expect(readSheet(text.replaceAll('\n', '\r')).issues).toEqual([]);
  });

  test('may have keys of its own that begin with x-, at any depth', () => {
    const sheet = makeSheet({
      'x-reel': 3,
      stems: { room: { 'x-colour': 'red' }, sfx: {}, record: {}, 'x-later': 5 },
      cues: [{ id: 'tone', ...CUES.tone, 'x-by': ['Lou'], sounds: [{ sound: 'hum', 'x-take': { a: 1 } }] }],
    });
    expect(Object.keys(sheetOf(sheet).stems)).toEqual(['room', 'sfx', 'record']);
    expect(sheetOf(sheet)).not.toHaveProperty('x-reel');
  });

  test('may write its edit out', () => {
    const edit = {
      frameRate: '25',
      start: '10:00:00:00',
      shots: [
        { id: '1-1', scene: '1', name: 'A', in: 0, out: 100 },
        { id: '1-2', in: '10:00:04:00', out: '10:00:08:00' },
      ],
      markers: [{ name: 'door slams', at: 12 }],
    };
    expect(sheetOf(makeSheet({ edit })).edit).toEqual(edit);
  });

  test.each([
    [45, '45/1'],
    ['33 1/3', '100/3'],
    ['33⅓', '100/3'],
    [33.3, '333/10'],
  ])('may write a speed as %j', (rpm, exact) => {
    expect(sheetOf(makeSheet({ players: { portable: { rpm } } })).players['portable']?.rpm).toBe(exact);
  });

  test('may say that there are no spaces, no wow and no flutter', () => {
    const players = { portable: { wow: 0, flutter: -0 } };
    expect(sheetOf(makeSheet({ spaces: {}, players })).players['portable']).toMatchObject({
      wow: 0,
      flutter: 0,
    });
  });

  test('may use any name that JSON can hold', () => {
    const sounds = { constructor: { file: 'a.wav' }, 'ein Ton': { file: 'b.wav' }, '💿': { file: 'c.wav' } };
    const cues = Object.keys(sounds).map((sound) => ({
      id: sound,
      type: 'practical',
      stem: 'sfx',
      at: 'start',
      sound,
    }));
    expect(Object.keys(sheetOf(makeSheet({ sounds, cues })).sounds)).toEqual(Object.keys(sounds));
  });
});

describe('an issue', () => {
  test('has the line and column of the value that is at fault', () => {
    const text =
      '{\n  "version": 1,\n  "edit": "a.edl",\n  "stems": {"room": {"gainDb": 99}},\n  "cues": []\n}';
    expect(onlyIssue(text)).toMatchObject({
      severity: 'error',
      rule: 'out-of-range',
      pointer: '/stems/room/gainDb',
      line: 4,
      column: 32,
      message: '"gainDb" must be at most 24 (got 99)',
    });
  });

  test('has the place of the key where the key is at fault', () => {
    const text = '{"version": 1, "edit": "a.edl", "stems": {"room": {"gaindB": 9}}, "cues": []}';
    expect(onlyIssue(text)).toMatchObject({
      rule: 'unknown-key',
      pointer: '/stems/room/gaindB',
      line: 1,
      column: text.indexOf('"gaindB"') + 1,
      hint: 'did you mean "gainDb"?',
    });
  });

  test('has the place of the object where a key is missing', () => {
    const text =
      '{"version": 1, "edit": "a.edl", "stems": {"room": {}}, "cues": [\n\t{"id": "a", "type": "silence", "at": "start"}]}';
    expect(onlyIssue(text)).toMatchObject({
      rule: 'missing-key',
      pointer: '/cues/0',
      line: 2,
      column: 2,
      message: 'cue "a" needs "for"',
      hint: 'for example "for": "3s"',
    });
  });

  test('points into a text that breaks its grammar, past escapes too', () => {
    const at = 'marker:\\"\\u0064oor\\" +12f';
    const text = `{"version": 1, "edit": "a.edl", "stems": {"room": {}}, "cues": [\n{"id": "a", "type": "silence", "for": "3s", "at": "${at}"}]}`;
    expect(onlyIssue(text)).toMatchObject({
      rule: 'anchor',
      pointer: '/cues/0/at',
      line: 2,
      column: (text.split('\n')[1] ?? '').indexOf('+12f') + 1,
      hint: 'for example "marker:\\"door\\" + 12f"',
    });
  });

  test('counts columns in UTF-16 units and lines by every kind of line end', () => {
    const text =
      '\uFEFF{"version": 1,\r"edit": "a.edl",\r\n"stems": {"room": {}},\n"title": "💿", "cues": 5}';
    expect(onlyIssue(text)).toMatchObject({ line: 4, column: '"title": "💿", "cues": '.length + 1 });
  });

  test('stands with all the others, in the order of the text', () => {
    const sheet = {
      version: 1,
      edit: 'a\\b.edl',
      frameRate: 24,
      sounds: { hum: { file: '/hum.wav', gain: 1 } },
      stems: { room: { gainDb: 25 } },
      cues: [
        { id: 'a', type: 'silence', at: 'begin', for: '3', stems: ['rom'] },
        { id: 'a', type: 'practical', stem: 'sfx', at: 'shot:', sound: 'hmu', pan: 2 },
        { id: 'b', type: 'nothing' },
      ],
    };
    const { issues } = read(sheet);
    expect(issues.map((issue) => `${issue.rule} ${issue.pointer}`)).toEqual([
      'path /edit',
      'wrong-type /frameRate',
      'path /sounds/hum/file',
      'unknown-key /sounds/hum/gain',
      'out-of-range /stems/room/gainDb',
      'anchor /cues/0/at',
      'duration /cues/0/for',
      'unknown-stem /cues/0/stems/0',
      'duplicate-id /cues/1/id',
      'unknown-stem /cues/1/stem',
      'anchor /cues/1/at',
      'unknown-sound /cues/1/sound',
      'out-of-range /cues/1/pan',
      'unknown-type /cues/2/type',
    ]);
    const places = issues.map((issue) => (issue.line ?? 0) * 1e6 + (issue.column ?? 0));
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  test('is located by its pointer, or by the nearest thing around it that is there', () => {
    const text = '{\n "cues": [\n  {"id": "a/b"}\n ],\n "stems": {"a/b~": {}}\n}';
    const { locate } = readSheet(text);
    expect(locate('')).toEqual({ line: 1, column: 1 });
    expect(locate('/cues/0/id')).toEqual({ line: 3, column: 10 });
    expect(locate('/cues/0/id', 'key')).toEqual({ line: 3, column: 4 });
    expect(locate('/cues/0/at')).toEqual({ line: 3, column: 3 });
    expect(locate('/cues/7/at')).toEqual({ line: 2, column: 10 });
    expect(locate('/stems/a~1b~0', 'key')).toEqual({ line: 5, column: 12 });
    expect(locate('/nothing/here')).toEqual({ line: 1, column: 1 });
    expect(readSheet('').locate('/cues/0')).toEqual({ line: 1, column: 1 });
  });
});

describe('a sheet whose values have the right types', () => {
  test('is handed on, so that later stages can find theirs at the same time', () => {
    const reading = read(makeSheetWithCue('lift', { at: 'cue:runout.end+1s', stem: 'rekord' }));
    expect(reading.issues.map((issue) => issue.rule)).toEqual(['unknown-stem', 'anchor']);
    expect(reading.sheet?.cues[4]).toMatchObject({ at: 'cue:runout.end+1s', stem: 'rekord' });
  });

  test('is handed on without the keys that it should not have', () => {
    const { sheet, issues } = read(makeSheetWithCue('lift', { pann: 1, fade: '1s' }));
    expect(issues.map((issue) => issue.rule)).toEqual(['unknown-key', 'unknown-key']);
    expect(sheet?.cues[4]).toMatchObject({ id: 'lift', pan: 0 });
    expect(sheet?.cues[4]).not.toHaveProperty('pann');
    expect(
      read(makeSheet({ stems: { room: {}, sfx: {}, record: {}, 'a/b': {} } })).sheet?.stems,
    ).toHaveProperty('a/b');
  });

  test('is not, once a value has the wrong type', () => {
    expect(read(makeSheetWithCue('lift', { gainDb: '3' })).sheet).toBeUndefined();
  });
});

describe('a value of the wrong kind', () => {
  test.each<[string, Record<string, unknown>, string, string | undefined]>([
    ['/frameRate', { frameRate: 24 }, '"frameRate" must be a text in double quotes (got 24)', 'write "24"'],
    [
      '/sampleRate',
      { sampleRate: '48000' },
      '"sampleRate" must be a number (got "48000")',
      'write 48000, without the quotes',
    ],
    ['/sampleRate', { sampleRate: 44100.5 }, '"sampleRate" must be a whole number (got 44100.5)', undefined],
    ['/sampleRate', { sampleRate: 4000 }, '"sampleRate" must be at least 8000 (got 4000)', undefined],
    ['/sampleRate', { sampleRate: 384000 }, '"sampleRate" must be at most 192000 (got 384000)', undefined],
    ['/seed', { seed: 1e300 }, '"seed" must be', undefined],
    ['/seed', { seed: 4294967296 }, '"seed" must be at most 4294967295', undefined],
    ['/title', { title: '' }, '"title" is empty', undefined],
    ['/version', { version: '1' }, '"version" must be a number (got "1")', 'write 1, without the quotes'],
    ['/version', { version: 0 }, '"version" must be 1 (got 0)', undefined],
    ['/version', { version: null }, '"version" must be 1 (got null)', undefined],
    ['/cues', { cues: {} }, '"cues" must be a list [ … ] (got an object)', undefined],
    ['/cues/0', { cues: [null] }, 'item 1 of "cues" must be an object { … } (got null)', undefined],
    ['/stems', { stems: ['room'], cues: [] }, '"stems" must be an object { … } (got a list)', undefined],
    ['/edit', { edit: 5 }, '"edit" must be a text in double quotes or an object { … } (got 5)', undefined],
    ['/edit/shots', { edit: { shots: 'all' } }, '"shots" must be a list [ … ] (got "all")', undefined],
    [
      '/edit/shots/0/in',
      { edit: { shots: [{ id: 'a', in: 1.5, out: 3 }] } },
      '"in" must be a text in double quotes or a whole number (got 1.5)',
      undefined,
    ],
    [
      '/edit/shots/0/in',
      { edit: { shots: [{ id: 'a', in: -1, out: 3 }] } },
      '"in" must be at least 0 (got -1)',
      undefined,
    ],
    ['/frameRate', { frameRate: '26' }, '"frameRate": "26" is not a frame rate', undefined],
    [
      '/players/portable/rpm',
      { players: { portable: { rpm: 0 } } },
      '"rpm" must be at least 1 (got 0)',
      undefined,
    ],
    [
      '/players/portable/rpm',
      { players: { portable: { rpm: 'fast' } } },
      '"rpm": "fast" is not a speed',
      'for example "100/3"',
    ],
    [
      '/players/portable/pressing/crackle',
      { players: { portable: { pressing: { crackle: 1.5 } } } },
      '"crackle" must be at most 1',
      undefined,
    ],
    [
      '/players/portable/pressing/ticks',
      { players: { portable: { pressing: { ticks: 2.5 } } } },
      '"ticks" must be a whole number',
      undefined,
    ],
    [
      '/sounds/hum/music/composers',
      { sounds: { hum: { file: 'a', music: { title: 'A', composers: 'Lou' } } }, cues: [] },
      '"composers" must be a list',
      undefined,
    ],
  ])('%s is refused', (pointer, keys, message, hint) => {
    const { issues } = read(makeSheet(keys));
    expect(issues).toHaveLength(1);
    expect(issues[0]).toMatchObject({ pointer, ...(hint !== undefined && { hint }) });
    expect(issues[0]?.message).toContain(message);
  });

  test.each<[string, keyof typeof CUES, Record<string, unknown>, string]>([
    ['a length without a unit', 'nothing', { for: 3 }, 'give it a unit: "3s"'],
    ['a fade that is a number', 'tone', { fadeIn: 0 }, 'give it a unit: "0s"'],
    ['an id that is a number', 'nothing', { id: 7, at: 'start' }, 'for example "drop"'],
  ])('%s says how it is written', (_, id, keys, hint) => {
    const issue = read(makeSheetWithCue(id, keys)).issues.find(({ rule }) => rule === 'wrong-type');
    expect(issue?.hint).toBe(hint);
  });

  test.each<[string, keyof typeof CUES, Record<string, unknown>, string]>([
    ['no time at all', 'nothing', { for: '0s' }, 'duration /cues/5/for'],
    [
      'a repeat that never moves on',
      'mop',
      { repeat: { every: '0f', count: 3 } },
      'duration /cues/1/repeat/every',
    ],
    ['no hits', 'mop', { repeat: { every: '1s', count: 0 } }, 'out-of-range /cues/1/repeat/count'],
    ['an empty list of sounds', 'mop', { sound: [] }, 'wrong-value /cues/1/sound'],
    [
      'no revolutions',
      'runout',
      { until: undefined, exit: undefined, revolutions: 0 },
      'out-of-range /cues/3/revolutions',
    ],
    ['another curve', 'nothing', { curve: 'log' }, 'wrong-value /cues/5/curve'],
    ['another exit', 'runout', { exit: 'later' }, 'wrong-value /cues/3/exit'],
    ['a switch that is a word', 'lift', { off: 'yes' }, 'wrong-type /cues/4/off'],
    ['a stem on a silence', 'nothing', { stem: 'room' }, 'unknown-key /cues/5/stem'],
    ['a gain on a return', 'world', { gainDb: 3 }, 'unknown-key /cues/6/gainDb'],
    ['a level beyond what can be heard', 'lift', { gainDb: -145 }, 'out-of-range /cues/4/gainDb'],
    ['a place outside the room', 'lift', { pan: -1.01 }, 'out-of-range /cues/4/pan'],
  ])('%s is refused', (_, id, keys, rule) => {
    expect(rulesOf(makeSheetWithCue(id, keys))).toEqual([rule]);
  });

  test.each(['', ' drop', 'drop ', 'dr\nop', 'dr\u0000op', 'x'.repeat(1001)])(
    'the id %j is refused',
    (id) => {
      expect(rulesOf(makeSheet({ cues: [{ id, type: 'silence', at: 'start', for: '3s' }] }))).toEqual([
        'id /cues/0/id',
      ]);
    },
  );

  test.each([
    'a/b',
    'a\\b',
    '..',
    '.room',
    'mix',
    'Mix',
    'a:b',
    'a*',
    ' room',
    'room\t',
    '',
    'x'.repeat(101),
  ])('the stem id %j, which could not be part of a file name, is refused', (id) => {
    expect(
      read(makeSheet({ stems: { room: {}, sfx: {}, record: {}, [id]: {} } })).issues.map(
        (issue) => issue.rule,
      ),
    ).toEqual(['id']);
  });

  test('two stems that differ in capitals only are refused', () => {
    expect(rulesOf(makeSheet({ stems: { room: {}, sfx: {}, record: {}, Room: {} } }))).toEqual([
      'id /stems/Room',
    ]);
  });
});

describe('rooms, levels and layouts', () => {
  const hall = { spaces: { hall: { impulse: 'hall.wav' } } };

  test.each<[string, Record<string, unknown>]>([
    ['a room', hall],
    [
      'a room on a stem of its own',
      { spaces: { hall: { impulse: 'hall.wav', normalize: false, stem: 'sfx' } } },
    ],
    ['wow and flutter', { players: { portable: { wow: 0.1, flutter: 0.05 } } }],
    ['a stem in 5.1', { stems: { room: { channels: 6 }, sfx: {}, record: {} } }],
    [
      'a filter on a stem',
      { stems: { room: { filters: [{ type: 'high-pass', hz: 80 }] }, sfx: {}, record: {} } },
    ],
    [
      'a stem that sends',
      { ...hall, stems: { room: { space: { to: 'hall', dryDb: 'off' } }, sfx: {}, record: {} } },
    ],
    ['a player that sends', { ...hall, players: { portable: { space: { to: 'hall' } } } }],
    [
      'a cue that sends',
      { ...hall, cues: [{ id: 'tone', ...CUES.tone, space: { to: 'hall', sendDb: -6 } }] },
    ],
    ['a duck', { cues: [{ id: 'a', type: 'duck', stems: ['room'], under: 'record', byDb: 6 }] }],
    ['a level', { cues: [{ id: 'a', type: 'level', stem: 'room', points: [{ at: 'start', gainDb: -6 }] }] }],
    [
      'a speed',
      {
        cues: [
          {
            id: 'mop',
            ...CUES.mop,
            speed: [
              { at: '0s', rate: 0 },
              { at: '1s', rate: 1 },
            ],
          },
        ],
      },
    ],
  ])('%s is read', (_, keys) => {
    expect(read(makeSheet(keys)).issues).toEqual([]);
  });

  test.each<[string, Record<string, unknown>, string]>([
    [
      'a send to an unknown room',
      { stems: { room: { space: { to: 'hall' } } }, cues: [] },
      'unknown-space /stems/room/space/to',
    ],
    [
      'a room on an unknown stem',
      { spaces: { hall: { impulse: 'h.wav', stem: 'sxf' } } },
      'unknown-stem /spaces/hall/stem',
    ],
    [
      'a player in an unknown room',
      { players: { portable: { space: { to: 'hal' } } } },
      'unknown-space /players/portable/space/to',
    ],
    [
      'seven channels',
      { stems: { room: { channels: 7 }, sfx: {}, record: {} } },
      'wrong-value /stems/room/channels',
    ],
    [
      'a duck of an unknown stem',
      { cues: [{ id: 'a', type: 'duck', stems: ['rom'], under: 'sfx', byDb: 6 }] },
      'unknown-stem /cues/0/stems/0',
    ],
    [
      'a level without points',
      { cues: [{ id: 'a', type: 'level', stem: 'room', points: [] }] },
      'wrong-value /cues/0/points',
    ],
  ])('%s is an issue', (_, keys, expected) => {
    expect(read(makeSheet(keys)).issues.map(({ rule, pointer }) => `${rule} ${pointer}`)).toEqual([expected]);
  });
  test('a newer version of the format is refused without a word on the rest', () => {
    expect(onlyIssue('{"version": 2, "takes": []}')).toMatchObject({
      rule: 'version',
      pointer: '/version',
      line: 1,
      column: 13,
      hint: 'update Runout',
    });
  });
});

test('a level with its unit, and a file where a tag should be, are understood', () => {
  expect(onlyIssue(JSON.stringify(makeSheetWithCue('mop', { gainDb: '-12dB' }))).hint).toBe(
    'write -12, without the quotes',
  );
  const byFile = onlyIssue(JSON.stringify(makeSheetWithCue('mop', { sound: 'mop-1.wav' })));
  expect(byFile.message).toContain('nearest: "mop-1"');
});

describe('keys of which a cue has to choose', () => {
  test.each<[string, keyof typeof CUES, Record<string, unknown>, string]>([
    ['neither count nor until', 'mop', { repeat: { every: '1s' } }, 'missing-key /cues/1/repeat'],
    [
      'both count and until',
      'mop',
      { repeat: { every: '1s', count: 3, until: 'end' } },
      'choice /cues/1/repeat/until',
    ],
    ['neither revolutions nor until', 'runout', { until: undefined, exit: undefined }, 'missing-key /cues/3'],
    ['both revolutions and until', 'runout', { revolutions: 3, exit: undefined }, 'choice /cues/3/until'],
    ['neither at nor musicEnd', 'drop', { at: undefined, musicEnd: undefined }, 'missing-key /cues/2'],
    ['at, musicEnd and from', 'drop', { from: '10s' }, 'choice /cues/2/from'],
  ])('%s is refused', (_, id, keys, rule) => {
    expect(rulesOf(makeSheetWithCue(id, keys))).toEqual([rule]);
  });

  test.each<[string, keyof typeof CUES, Record<string, unknown>]>([
    ['a count', 'mop', { repeat: { every: '1s', count: 3 } }],
    ['revolutions', 'runout', { revolutions: 2.5, until: undefined, exit: undefined }],
    ['a back-timed drop', 'drop', { at: undefined }],
    ['a back-timed drop from the middle of a track', 'drop', { at: undefined, from: '10s' }],
    ['a drop in the middle of a track', 'drop', { musicEnd: undefined, from: '10s' }],
  ])('%s is not', (_, id, keys) => {
    expect(rulesOf(makeSheetWithCue(id, keys))).toEqual([]);
  });

  test('that has no say in the end of a loop is a warning', () => {
    const { issues, sheet } = read(makeSheetWithCue('runout', { revolutions: 3, until: undefined }));
    expect(issues).toMatchObject([{ severity: 'warning', rule: 'choice', pointer: '/cues/3/exit' }]);
    expect(sheet).toBeDefined();
  });
});

describe('a text that is no JSON', () => {
  test.each<[string, string, string, number, number]>([
    ['', 'empty', 'the sheet is empty', 1, 1],
    [' \n\t', 'empty', 'the sheet is empty', 1, 1],
    ['\uFEFF', 'empty', 'the sheet is empty', 1, 1],
    ['// later\n', 'empty', 'nothing in it but comments', 2, 1],
    ['{', 'truncated', 'ends inside the { that begins on line 1', 1, 2],
    ['{\n"cues": [\n{"id": "a"},\n', 'truncated', 'ends inside the [ that begins on line 2', 4, 1],
    ['{\n"cues": [\n{"id": "a"', 'truncated', 'ends inside the { that begins on line 3', 3, 11],
    ['{"title": "Ball', 'truncated', 'ends inside the text that begins on line 1', 1, 16],
    ['{"title":', 'truncated', 'ends inside the {', 1, 10],
    ['{"title"', 'truncated', 'ends inside the {', 1, 9],
    ['{"title": "Ball\nroom"}', 'syntax', 'no closing double quote on its line', 1, 11],
    ['{"a": 1} {"b": 2}', 'syntax', 'stands after the end of the sheet', 1, 10],
    ['{"a": [1}', 'syntax', '} stands here while the [ of line 1 is still open', 1, 9],
    ['{"a": {"b": 1]', 'syntax', '] stands here while the { of line 1 is still open', 1, 14],
    ['{"a": }', 'syntax', 'a value is missing before this }', 1, 7],
    ['{"a": , "b": 1}', 'syntax', 'a value is missing before this comma', 1, 7],
    ['{"a": 1,, "b": 1}', 'syntax', 'this comma is one too many', 1, 9],
    ['{"a" 1}', 'syntax', 'a colon is missing before 1', 1, 6],
    ['{"a"; 1}', 'syntax', '; means nothing here', 1, 5],
    ['{a: 1}', 'syntax', 'a stands without double quotes', 1, 2],
    ["{'a': 1}", 'syntax', 'not a plain double quote', 1, 2],
    ['{“a”: 1}', 'syntax', 'not a plain double quote', 1, 2],
    ['{"a": True}', 'syntax', 'True is not a value', 1, 7],
    ['{"a": NaN}', 'number', 'NaN is not a number', 1, 7],
    ['{"a": -Infinity}', 'number', '-Infinity is not a number', 1, 7],
    ['{"a": .5}', 'syntax', '.5 is not how a number is written', 1, 7],
    ['{"a": 1.}', 'syntax', '1. is not a number', 1, 7],
    ['{"a": 1e}', 'syntax', '1e is not a number', 1, 7],
    ['{"a": 01}', 'syntax', '1 stands right after a digit', 1, 8],
    ['{"a": "C:\\sounds"}', 'syntax', '\\s in a text stands for nothing', 1, 10],
    ['{"a": "\\u12"}', 'syntax', '\\u in a text stands for nothing', 1, 8],
    ['{"a": "x\ty"}', 'syntax', 'the text holds a tab', 1, 9],
    ['{"a": 1, /* b', 'syntax', 'a comment begins here and is never closed', 1, 10],
    ['{"a": 1 # b\n}', 'syntax', '# begins no comment', 1, 9],
    ['{"a":\u00a01}', 'syntax', 'the invisible character U+00A0', 1, 6],
    ['<cues/>', 'not-json', 'is XML or HTML', 1, 1],
    ['TITLE: BALLROOM\nFCM: NON-DROP FRAME\n', 'not-json', 'is an EDL', 1, 1],
    ['RIFF\u0000\u0001', 'not-json', 'is not text', 1, 1],
    ['{\u0000"\u0000', 'not-json', 'is not text', 1, 1],
    ['[]', 'wrong-type', 'a sheet is an object { … } (got a list)', 1, 1],
    ['5', 'wrong-type', 'a sheet is an object { … } (got 5)', 1, 1],
    ['"cues"', 'wrong-type', 'a sheet is an object { … } (got "cues")', 1, 1],
  ])('%j is refused: %s, %s', (text, rule, message, line, column) => {
    const issue = onlyIssue(text);
    expect(issue.message).toContain(message);
    expect(issue).toMatchObject({ severity: 'error', rule, line, column });
    expect(readSheet(text).sheet).toBeUndefined();
  });

  test('in one place only is read over, and the rest is checked too', () => {
    const text = JSON.stringify(makeSheet({ title: 'A', seed: 1.5 }));
    const { issues } = readSheet(
      text.replace('"frameRate"', ' "frameRate"').replace('"ballroom.edl",', '"ballroom.edl"'),
    );
    expect(issues.map((issue) => `${issue.rule} ${issue.pointer}`)).toEqual(['syntax ', 'wrong-type /seed']);
    expect(issues[0]).toMatchObject({ message: 'a comma is missing before "frameRate"' });
  });

  test('but has a key twice is read over, and both are told apart by place', () => {
    const text = JSON.stringify(makeSheet()).replace('"sounds":{', '"sounds":{"hum":{"file":"b.wav"},');
    expect(onlyIssue(text)).toMatchObject({
      rule: 'duplicate-key',
      pointer: '/sounds/hum',
      column: text.lastIndexOf('"hum":{') + 1,
    });
  });

  test('but has a number that no computer holds is read over', () => {
    const text = JSON.stringify(makeSheet({ seed: 7 })).replace('"seed":7', '"seed":1e400');
    expect(onlyIssue(text)).toMatchObject({
      rule: 'number',
      pointer: '/seed',
      message: '1e400 is a larger number than any here can be',
    });
  });

  test('but has __proto__ for a name changes nothing but that', () => {
    const text = JSON.stringify(makeSheet()).replace('"sounds":{', '"sounds":{"__proto__":{"file":"b.wav"},');
    expect(onlyIssue(text)).toMatchObject({ rule: 'unknown-key', pointer: '/sounds/__proto__' });
    expect(({} as Record<string, unknown>)['file']).toBeUndefined();
  });
});

describe('a text that is made to hurt', () => {
  const quickly = (text: string) => {
    const began = performance.now();
    const reading = readSheet(text);
    expect(performance.now() - began).toBeLessThan(QUICK_MS);
    return reading;
  };

  test.each([
    ['lists', '['.repeat(100_000)],
    ['objects', '{"cues":'.repeat(100_000)],
    ['closed lists', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['lists in a sheet', `{"version":1,"cues":${'['.repeat(100_000)}`],
  ])('is refused quickly: 100 000 %s in each other', (_, text) => {
    expect(quickly(text).issues).toMatchObject([{ rule: 'too-deep' }]);
  });

  test('is refused quickly: more text than a sheet has', () => {
    expect(quickly(`{"version": 1, "title": "${'x'.repeat(17 * 1024 * 1024)}"}`).issues).toMatchObject([
      { rule: 'too-large' },
    ]);
  });

  test('is refused quickly: a field that goes on and on', () => {
    const reading = quickly(
      JSON.stringify(makeSheetWithCue('lift', { at: `start${' + 1s'.repeat(200_000)}` })),
    );
    expect(reading.issues).toMatchObject([{ rule: 'anchor', pointer: '/cues/4/at' }]);
    expect(reading.issues[0]?.message.length).toBeLessThan(200);
  });

  test('has its first thousand issues listed, and says that there are more', () => {
    const cues = Array.from({ length: 3000 }, (_, index) => ({
      id: `c${index}`,
      type: 'silence',
      at: 'begin',
      for: '1s',
    }));
    const { issues } = quickly(JSON.stringify(makeSheet({ cues })));
    expect(issues).toHaveLength(1001);
    expect(issues[999]).toMatchObject({ pointer: '/cues/999/at' });
    expect(issues[1000]).toMatchObject({ rule: 'too-many', severity: 'error' });
  });

  const text = JSON.stringify(makeSheet(), undefined, 1);

  property.prop([fc.integer({ min: 1, max: text.length - 1 })], { numRuns: 300 })(
    'is refused wherever it is cut off',
    (length) => {
      const { issues, sheet } = readSheet(text.slice(0, length));
      expect(issues).toHaveLength(1);
      expect(issues[0]).toMatchObject({ severity: 'error' });
      expect(sheet).toBeUndefined();
    },
  );

  property.prop(
    [
      fc.integer({ min: 0, max: text.length - 1 }),
      fc.integer({ min: 0, max: 3 }),
      fc.string({ unit: 'binary', maxLength: 3 }),
    ],
    { numRuns: 500 },
  )('is read or refused whatever a slip makes of it', (at, removed, added) => {
    const slipped = text.slice(0, at) + added + text.slice(at + removed);
    const lines = slipped.split(/\r\n|\r|\n/);
    for (const issue of readSheet(slipped).issues) {
      expect(issue.line).toBeLessThanOrEqual(lines.length);
      expect(issue.column).toBeLessThanOrEqual((lines[(issue.line ?? 1) - 1] ?? '').length + 2);
      expect(issue.message).toBeTruthy();
    }
  });

  property.prop([fc.json()], { numRuns: 300 })('is refused if it is any other JSON', (json) => {
    const { issues, sheet } = readSheet(json);
    expect(issues.length).toBeGreaterThan(0);
    expect(sheet).toBeUndefined();
  });
});
