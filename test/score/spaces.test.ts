import { expect, it } from 'vitest';
import type { SoundInfo } from '../../src/engine/score/score.ts';
import { BED, compileCues, hit, regionsOf, rules, score } from './make.ts';

const HALL: SoundInfo = { sampleRate: 48000, channels: 2, samples: 96000 };
const spaces = {
  hall: { impulse: 'hall.wav' },
  plate: { impulse: 'plate.wav', stem: 'room', gainDb: -3, normalize: false },
};
const impulses = { hall: HALL, plate: { ...HALL, channels: 1 } };
const inHall = (cue: object) => score([cue], { sheet: { spaces }, impulses });

it('a cue sends at its own level, and the direct sound can be trimmed or taken away', () => {
  const cue = hit('a', 'start', { gainDb: -3, space: { to: 'hall', sendDb: -6, dryDb: -2 } });
  expect(regionsOf(inHall(cue), 'a')[0]).toMatchObject({ gainDb: -5, send: { space: 'hall', gainDb: -9 } });
  const off = regionsOf(inHall(hit('a', 'start', { space: { to: 'hall', dryDb: 'off' } })), 'a')[0]!;
  expect(off).toMatchObject({ gainDb: 0, dry: false, send: { space: 'hall', gainDb: 0 } });
});

it('a cue is heard in its own room, else in its player’s, else in its stem’s', () => {
  const stems = { room: {}, sfx: { space: { to: 'plate' } }, record: { space: { to: 'plate' } } };
  const players = { portable: { space: { to: 'hall' } } };
  const drop = {
    id: 'drop',
    type: 'needle-drop',
    stem: 'record',
    player: 'portable',
    record: 'waltz',
    at: 'start',
  };
  const made = score([hit('a', 'start'), hit('b', 'start', { space: { to: 'hall' } }), drop, BED], {
    sheet: { spaces, stems, players },
    impulses,
  });
  const roomOf = (cue: string) => new Set(regionsOf(made, cue).map((region) => region.send?.space));
  expect([roomOf('a'), roomOf('b'), roomOf('drop'), roomOf('tone')]).toEqual(
    ['plate', 'hall', 'hall', undefined].map((space) => new Set([space])),
  );
});

it('a room that is sent to brings its response into the score, one that is not stays out', () => {
  const made = inHall(hit('a', 'start', { space: { to: 'plate' } }));
  expect(made.spaces).toEqual({
    plate: { sound: 'impulse:plate', normalize: false, gainDb: -3, stem: 'room' },
  });
  expect(made.sounds['impulse:plate']).toEqual({
    kind: 'file',
    file: 'plate.wav',
    channels: 1,
    samples: 96000,
  });
});

it('a response that is too long, or has three channels, is an error', () => {
  const wrong = { hall: { ...HALL, samples: 48000 * 30 + 1 }, plate: { ...HALL, channels: 3 } };
  expect(rules([], { sheet: { spaces }, impulses: wrong })).toEqual([
    'impulse-length /spaces/hall/impulse',
    'impulse-channels /spaces/plate/impulse',
  ]);
});

it('filters make a sound of their own, which two cues with the same filters share', () => {
  const filters = [
    { type: 'high-pass', hz: 80 },
    { type: 'bell', hz: 900, q: 2, gainDb: -4 },
  ];
  const made = score([
    hit('a', 'start', { filters }),
    hit('b', 'shot:1-2', { filters }),
    hit('c', 'shot:1-2'),
  ]);
  const [a, b, c] = ['a', 'b', 'c'].map((cue) => regionsOf(made, cue)[0]!.sound);
  expect(a).toBe(b);
  expect(c).toBe('step-1');
  expect(made.sounds[a!]).toMatchObject({ kind: 'filtered', of: 'step-1' });
  expect(Object.keys(made.sounds)).toEqual(['step-1', a]);
});

it('a filter at half the sample rate or above is an error, on a cue and on a stem', () => {
  const filters = [{ type: 'low-pass', hz: 24000 }];
  expect(
    rules([hit('a', 'start', { filters })], {
      sheet: { stems: { room: {}, sfx: { filters }, record: {} } },
    }).sort(),
  ).toEqual(['filter-hz /cues/0/filters/0/hz', 'filter-hz /stems/sfx/filters/0/hz']);
});

it('filters that would ring for half a minute are an error, alone or together', () => {
  const rulesOf = (filters: readonly object[]) => rules([hit('a', 'start', { filters })]);
  expect(rulesOf([{ type: 'bell', hz: 5, q: 40, gainDb: 6 }])).toEqual(['filter-ring /cues/0/filters']);
  const bell = { type: 'bell', hz: 20, q: 10, gainDb: 18 };
  expect(rulesOf([bell])).toEqual([]);
  expect(rulesOf([bell, bell, bell])).toEqual(['filter-ring /cues/0/filters']);
});

it('a constant speed makes a sound longer or shorter, and begins at its trim', () => {
  const made = score([hit('a', 'start', { speed: 2, trim: { from: '100ms' } })]);
  const region = regionsOf(made, 'a')[0]!;
  expect(region).toMatchObject({ start: 0, end: 9600, origin: 0 });
  expect(made.sounds[region.sound]).toMatchObject({
    kind: 'varispeed',
    of: 'step-1',
    samples: 9600,
    speed: { from: 4800 },
  });
});

it('a speed that ends at 0 ends its cue there, with a warning; points out of order are an error', () => {
  const stop = [
    { at: '0s', rate: 1 },
    { at: '0.2s', rate: 0 },
  ];
  const { issues, score: made } = compileCues([hit('a', 'start', { speed: stop })]);
  expect(issues.map((issue) => issue.rule)).toEqual(['speed-stops']);
  expect(regionsOf(made!, 'a')[0]!.end).toBe(9600);
  expect(rules([hit('a', 'start', { speed: [...stop].reverse() })])).toEqual([
    'speed-order /cues/0/speed/1/at',
  ]);
});

it('wow and flutter turn the record, and neither its end nor its groove moves', () => {
  const drop = {
    id: 'drop',
    type: 'needle-drop',
    stem: 'record',
    player: 'portable',
    record: 'waltz',
    at: 'start',
  };
  const made = score([drop], { sheet: { players: { portable: { wow: 0.2, flutter: 0.1 } } } });
  const music = regionsOf(made, 'drop').find((region) => region.sound.startsWith('waltz'))!;
  const plain = regionsOf(score([drop]), 'drop').find((region) => region.sound === 'waltz')!;
  expect([music.start, music.end, music.origin]).toEqual([plain.start, plain.end, plain.origin]);
  expect(made.sounds[music.sound]).toMatchObject({
    kind: 'varispeed',
    samples: 60 * 48000,
    speed: {
      waves: [{ period: 86400 }, { period: 43200 }, { period: 28800 }, { period: 4800 }],
    },
  });
});

it('a level gives its points to its stem', () => {
  const level = {
    id: 'l',
    type: 'level',
    stem: 'room',
    points: [
      { at: 'start', gainDb: 0 },
      { at: 'shot:1-2', gainDb: -6, curve: 'equal-power' },
    ],
  };
  const made = score([level, { ...level, id: 'm', points: [{ at: 'scene:2', gainDb: -3 }] }]);
  expect(made.stems[0]!.level).toEqual([
    { at: 0, gainDb: 0, curve: 'linear' },
    { at: 480000, gainDb: -6, curve: 'equal-power' },
    { at: 960000, gainDb: -6, curve: 'linear' },
    { at: 960000, gainDb: -3, curve: 'linear' },
  ]);
  expect(rules([level, { ...level, id: 'm', points: [{ at: 'start + 1s', gainDb: -3 }] }])).toEqual([
    'levels-overlap /cues/1',
  ]);
  expect(rules([{ ...level, points: [...level.points].reverse() }])).toEqual([
    'level-order /cues/0/points/1/at',
  ]);
});

it('a duck gives way where the score has the other sound, by default on all other stems', () => {
  const duck = { id: 'd', type: 'duck', under: 'a', byDb: 6, attack: '0.1s', release: '0.2s' };
  const made = score([hit('a', 'shot:1-2', { repeat: { every: '0.25s', count: 3 } }), duck]);
  const span = { start: 480000, end: 480000 + 24000 + 24000, attack: 4800, release: 9600, byDb: 6 };
  expect(made.stems.map((stem) => stem.ducks)).toEqual([[span], undefined, [span]]);
  const under = score([
    hit('a', 'shot:1-2'),
    hit('b', 'scene:2'),
    { ...duck, under: 'sfx', stems: ['room'] },
  ]);
  expect(under.stems[0]!.ducks!.map(({ start }) => start)).toEqual([480000, 960000]);
  expect(rules([{ ...duck, under: 'nobody' }])).toEqual(['unknown-cue /cues/0/under']);
  expect(rules([{ ...duck, under: 'sfx', stems: ['sfx'] }])).toEqual(['duck-itself /cues/0/stems']);
});

it('a duck does not act where a gate has taken the other sound away', () => {
  const silence = { id: 'n', type: 'silence', at: 'shot:1-2', for: '1s', fadeIn: '0s' };
  const made = score([BED, silence, { id: 'd', type: 'duck', under: 'tone', byDb: 6, stems: ['sfx'] }]);
  expect(made.stems[1]!.ducks!.map(({ start, end }) => [start, end])).toEqual([
    [0, 480000],
    [528000, 4800000],
  ]);
});
