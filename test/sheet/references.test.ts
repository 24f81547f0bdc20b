import { describe, expect, test } from 'vitest';
import { CUES, makeSheet, makeSheetWithCue, read, rulesOf } from './make-sheet.ts';

describe('a name that the sheet does not have', () => {
  test.each<[string, keyof typeof CUES, Record<string, unknown>, string, string]>([
    ['stem', 'mop', { stem: 'sfz' }, 'unknown-stem /cues/1/stem', 'sfx'],
    ['sound of a practical', 'mop', { sound: 'mop-3' }, 'unknown-sound /cues/1/sound', 'mop-1'],
    ['sound among several', 'mop', { sound: ['mop-1', 'mop_2'] }, 'unknown-sound /cues/1/sound/1', 'mop-2'],
    ['player', 'lift', { player: 'Portable2' }, 'unknown-player /cues/4/player', 'portable'],
    ['record', 'drop', { record: 'walz' }, 'unknown-sound /cues/2/record', 'waltz'],
    [
      'stem of a silence',
      'nothing',
      { stems: ['room', 'records'] },
      'unknown-stem /cues/5/stems/1',
      'record',
    ],
    ['bed', 'world', { bed: 'tome' }, 'unknown-bed /cues/6/bed', 'tone'],
  ])('is an issue with the nearest that it has: %s', (_, id, keys, rule, near) => {
    const { issues } = read(makeSheetWithCue(id, keys));
    expect(issues.map((issue) => `${issue.rule} ${issue.pointer}`)).toEqual([rule]);
    expect(issues[0]?.message).toContain(`(nearest: "${near}")`);
  });

  test('is found in a cue that is off or has other faults, too', () => {
    expect(rulesOf(makeSheetWithCue('mop', { off: true, stem: 'x', pan: 7 }))).toEqual([
      'unknown-stem /cues/1/stem',
      'out-of-range /cues/1/pan',
    ]);
  });

  test('says where the names are when there is none near', () => {
    const { issues } = read(
      makeSheet({
        sounds: {},
        cues: [{ id: 'a', type: 'practical', stem: 'sfx', at: 'start', sound: 'hum' }],
      }),
    );
    expect(issues).toMatchObject([{ rule: 'unknown-sound', hint: '"sounds": there are none yet' }]);
  });

  test('may be one that begins with x-, which is not read', () => {
    const sheet = makeSheet({
      sounds: { 'x-ray': { file: 'a.wav' } },
      cues: [{ id: 'a', type: 'practical', stem: 'sfx', at: 'start', sound: 'x-ray' }],
    });
    expect(read(sheet).issues[0]?.hint).toContain('begin with x- are ignored');
  });

  test.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])('may be %s', (sound) => {
    const cues = [{ id: 'a', type: 'practical', stem: 'sfx', at: 'start', sound }];
    expect(rulesOf(makeSheet({ cues }))).toEqual(['unknown-sound /cues/0/sound']);
  });
});

describe('ids of cues', () => {
  test('that come twice are an issue at the second', () => {
    const sheet = makeSheet({
      cues: [
        { id: 'tone', ...CUES.tone },
        { id: 'mop', ...CUES.mop },
        { id: 'tone', ...CUES.nothing, at: 'start' },
      ],
    });
    expect(read(sheet).issues).toMatchObject([
      {
        rule: 'duplicate-id',
        pointer: '/cues/2/id',
        message: 'two cues have the id "tone": the 1st and the 3rd cue',
      },
    ]);
  });
});

describe('stems', () => {
  test('have to be named', () => {
    expect(rulesOf(makeSheet({ stems: {}, cues: [] }))).toEqual(['no-stems /stems']);
  });
});

describe('a room-return', () => {
  test('brings back a room-tone, and nothing else', () => {
    const { issues } = read(makeSheetWithCue('world', { bed: 'mop' }));
    expect(issues).toMatchObject([
      {
        rule: 'unknown-bed',
        pointer: '/cues/6/bed',
        message: 'cue "mop" is a practical, and only a room-tone is a bed that comes back',
      },
    ]);
  });

  test('lists every sound of its bed', () => {
    const { issues } = read(makeSheetWithCue('world', { order: [{ sound: 'city' }] }));
    expect(issues).toMatchObject([
      {
        rule: 'return-order',
        pointer: '/cues/6/order',
        message: '"order" leaves out "hum" of the bed "tone"',
      },
    ]);
  });

  test('lists no sound twice', () => {
    const order = [{ sound: 'hum' }, { sound: 'city' }, { sound: 'hum' }];
    expect(rulesOf(makeSheetWithCue('world', { order }))).toEqual(['return-order /cues/6/order/2/sound']);
  });

  test('lists no sound that its bed does not have', () => {
    const order = [{ sound: 'hum' }, { sound: 'city' }, { sound: 'waltz' }];
    expect(rulesOf(makeSheetWithCue('world', { order }))).toEqual(['unknown-sound /cues/6/order/2/sound']);
  });
});
