import { expect, it } from 'vitest';
import { BED, compileCues, cueOf, hit, regionsOf, SEQUENCE, score } from './make.ts';

const RECORD = SEQUENCE.slice(1, 4);

function duck(under: string, more: object = {}) {
  return { id: 'duck', type: 'duck', under, byDb: 6, attack: '1s', release: '2s', ...more };
}

function ducksOn(made: ReturnType<typeof score>, stem: string) {
  return (made.stems.find(({ id }) => id === stem)!.ducks ?? []).map(({ start, end }) => [start, end]);
}

it('under a cue, the other stems give way while it sounds', () => {
  const made = score([BED, hit('a', 'start + 1s', { repeat: { every: '2s', count: 2 } }), duck('a')]);
  const spans = regionsOf(made, 'a').map(({ start, end }) => [start, end]);
  expect(ducksOn(made, 'room')).toEqual(spans);
  expect(ducksOn(made, 'record')).toEqual(spans);
  expect(made.stems.find(({ id }) => id === 'sfx')!.ducks).toBeUndefined();
  expect(made.stems[0]!.ducks![0]).toMatchObject({ attack: 48000, release: 96000, byDb: 6 });
});

it('under a drop the others give way to its music, and not to the run-out', () => {
  const made = score([BED, ...RECORD, duck('drop')]);
  const [drop, runout] = [cueOf(made, 'drop'), cueOf(made, 'runout')];
  expect(ducksOn(made, 'room')).toEqual([[drop.start, runout.start]]);
});

it('under a player they give way to all of it, from the drop until the needle is gone', () => {
  const made = score([BED, ...RECORD, duck('portable')]);
  expect(ducksOn(made, 'room')).toEqual([[cueOf(made, 'drop').start, cueOf(made, 'lift').end]]);
  expect(ducksOn(made, 'record')).toEqual([]);
});

it('under a player and under its stem are one, where nothing else is on the stem', () => {
  const under = (what: string) => ducksOn(score([BED, ...RECORD, duck(what)]), 'room');
  expect(under('portable')).toEqual(under('record'));
});

it('a player that is called like a cue or a stem is not meant', () => {
  const sheet = { players: { portable: {}, drop: {}, sfx: {} } };
  const plain = score([BED, ...RECORD, duck('drop')]);
  expect(score([BED, ...RECORD, duck('drop')], { sheet }).stems).toEqual(plain.stems);
});

it('a gate between does not keep a duck up', () => {
  const cues = [
    BED,
    hit('a', 'start + 1s', { repeat: { every: '4s', count: 2 } }),
    { id: 'gap', type: 'silence', at: 'start + 2s', for: '1s' },
    duck('a', { stems: ['room'] }),
  ];
  expect(ducksOn(score(cues), 'room').length).toBe(2);
});

it('giving way to what is not there, or to itself, is an error', () => {
  const issues = (cue: object) =>
    compileCues([BED, hit('a', 'start'), cue]).issues.map(({ rule, pointer }) => `${rule} ${pointer}`);
  expect(issues(duck('nobody'))).toEqual(['unknown-cue /cues/2/under']);
  expect(issues(duck('sfx', { stems: ['sfx'] }))).toEqual(['duck-itself /cues/2/stems']);
});

it.each([
  ['a cue that is off', 'a', { off: true }, '"a" is off'],
  ['a stem on which nothing is placed', 'sfx', { off: true }, 'nothing is placed on stem "sfx"'],
  ['a player that plays nothing', 'single', {}, 'player "single" is not heard anywhere'],
  ['a cue that is no sound', 'gap', {}, '"gap" (silence) makes no sound of its own'],
])('under %s it never gives way, which is a warning and no error', (_, under, more, why) => {
  const gap = { id: 'gap', type: 'silence', at: 'start + 2s', for: '1s' };
  const { issues, score: made } = compileCues([BED, hit('a', 'start', more), gap, duck(under)]);
  const message = `duck "duck" never gives way: ${why}`;
  expect(issues).toMatchObject([
    { severity: 'warning', rule: 'empty-duck', pointer: '/cues/3/under', message },
  ]);
  expect(made!.stems.every(({ ducks }) => ducks === undefined)).toBe(true);
});
