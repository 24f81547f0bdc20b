import { describe, expect, it } from 'vitest';
import { compileCues, regionsOf, rules, score } from './make.ts';

const cues = [
  { id: 'drop', type: 'needle-drop', stem: 'record', player: 'portable', record: 'waltz', at: 'start' },
  {
    id: 'loop',
    type: 'groove-loop',
    stem: 'record',
    player: 'portable',
    at: 'cue:drop.end',
    revolutions: 3,
    gainDb: -1,
  },
  { id: 'lift', type: 'needle-lift', stem: 'record', player: 'portable', at: 'cue:loop.end' },
];
const spaces = { ballroom: { impulse: 'hall.wav' } };
const impulses = { ballroom: { sampleRate: 48000, channels: 2, samples: 96000 } };
const SPACE = { to: 'ballroom', sendDb: -12 };

function played(player: object, more: object = {}) {
  return score(cues, { sheet: { players: { portable: player }, spaces, ...more }, impulses });
}

/** How a region of the run-out is heard: what of it, how loud, and how loud in the room. */
function heard(player: object, more: object = {}) {
  return regionsOf(played(player, more), 'loop')
    .filter(({ sound }) => sound.includes('run-out'))
    .map(({ sound, gainDb, dry, send }) => ({
      speaker: sound.endsWith('> speaker:portable'),
      gainDb,
      ...(dry === false && { dry }),
      ...(send && { roomDb: send.gainDb }),
    }));
}

describe('a player', () => {
  it('without a speaker is heard as it was', () => {
    expect(heard({})).toEqual([{ speaker: false, gainDb: -1 }]);
    expect(heard({ speaker: false, space: SPACE })).toEqual([{ speaker: false, gainDb: -1, roomDb: -13 }]);
  });

  it('with a speaker is heard through it, near, and in its room, far', () => {
    expect(heard({ speaker: true })).toEqual([{ speaker: true, gainDb: -1 }]);
    expect(heard({ speaker: true, space: SPACE })).toEqual([{ speaker: true, gainDb: -1, roomDb: -13 }]);
  });

  it('blends the line, the speaker near and the speaker far, as film-long levels', () => {
    const hear = { dryDb: -20, nearDb: -3, farDb: -6 };
    expect(heard({ speaker: true, space: SPACE, hear })).toEqual([
      { speaker: false, gainDb: -21 },
      { speaker: true, gainDb: -4, roomDb: -7 },
    ]);
    expect(heard({ speaker: true, space: SPACE, hear: { nearDb: 'off' } })).toEqual([
      { speaker: true, gainDb: -1, dry: false, roomDb: -13 },
    ]);
    expect(heard({ speaker: true, space: SPACE, hear: { farDb: 'off' } })).toEqual([
      { speaker: true, gainDb: -1 },
    ]);
    expect(heard({ speaker: true, space: SPACE, hear: { dryDb: 0, nearDb: 'off', farDb: 'off' } })).toEqual([
      { speaker: false, gainDb: -1 },
    ]);
  });

  it('is heard through its speaker with all that the pickup gives: touch, groove, music, run-out and lift', () => {
    const made = played({ speaker: true });
    const sounds = made.stems[2]!.regions.map(({ sound }) => sound);
    expect(sounds.every((sound) => sound.endsWith('> speaker:portable'))).toBe(true);
    expect(new Set(sounds.map((sound) => sound.split(' > ')[0]))).toEqual(
      new Set([
        'pressing:portable:drop',
        'pressing:portable:groove',
        'waltz',
        'pressing:portable:lead-out',
        'pressing:portable:run-out',
        'pressing:portable:lift',
      ]),
    );
    expect(made.sounds['waltz > driven:portable']).toEqual({
      kind: 'driven',
      of: 'waltz > amplifier:portable',
      drive: 1 + 6 * 0.3,
      bias: 0.12 * 0.3,
    });
  });

  it('may have a speaker of another size, down to a stem at 8 kHz', () => {
    const speaker = { lowHz: 300, highHz: 3400, drive: 0, body: 0 };
    const made = played({ speaker });
    expect(made.sounds['waltz > driven:portable']).toMatchObject({ drive: 1, bias: 0 });
    const cone = made.sounds['waltz > speaker:portable'];
    if (cone?.kind !== 'filtered') throw new Error('not filtered');
    expect(cone.filters[0]).toMatchObject({ type: 'high-pass', hz: 300 });
    expect(cone.filters.at(-1)).toMatchObject({ type: 'low-pass', hz: 3400 });
    const slow = played({ speaker: true }, { sampleRate: 8000 });
    for (const sound of Object.values(slow.sounds)) {
      if (sound.kind === 'filtered') for (const { hz } of sound.filters) expect(hz).toBeLessThan(4000);
    }
  });

  it('keeps the filters of its cues, behind its speaker', () => {
    const filters = [{ type: 'high-pass', hz: 80 }];
    const made = score(
      cues.map((cue) => ({ ...cue, filters })),
      { sheet: { players: { portable: { speaker: true } } } },
    );
    for (const { sound } of made.stems[2]!.regions) {
      expect(sound).toContain(' > speaker:portable > high-pass 80 Hz');
    }
  });

  it('that is to be heard in a room that it does not have is a warning', () => {
    const found = compileCues(cues, {
      sheet: { players: { portable: { speaker: true, hear: { farDb: -3 } } } },
    });
    expect(found.issues.find(({ rule }) => rule === 'no-room')).toMatchObject({
      severity: 'warning',
      pointer: '/players/portable/hear/farDb',
    });
  });

  it.each([
    ['all of it off', { nearDb: 'off', farDb: 'off' }, 'silent-player', '/hear'],
    ['near off, and far without a room', { nearDb: 'off' }, 'no-room', '/hear'],
    ['near off, and far at a level without a room', { nearDb: 'off', farDb: 0 }, 'no-room', '/hear/farDb'],
  ])('that nobody can hear is a warning: %s', (_, hear, rule, key) => {
    const found = compileCues(cues, { sheet: { players: { portable: { speaker: true, hear } } } });
    const heard = found.issues.filter((issue) => issue.pointer.startsWith('/players'));
    expect(heard).toMatchObject([{ severity: 'warning', rule, pointer: `/players/portable${key}` }]);
    expect(heard[0]!.message).toContain('so nothing of');
    const dry = { portable: { speaker: true, hear: { ...hear, farDb: 'off', dryDb: -6 } } };
    expect(rules(cues, { sheet: { players: dry } }).filter((text) => text.includes('/players'))).toEqual([]);
  });

  it('that is silent in a room, too, is a warning', () => {
    const portable = { speaker: true, hear: { nearDb: 'off', farDb: 'off' }, space: { to: 'hall' } };
    const sheet = { players: { portable }, spaces: { hall: { impulse: 'hall.wav' } } };
    const impulses = { hall: { sampleRate: 48000, channels: 2, samples: 48000 } };
    expect(rules(cues, { sheet, impulses })).toContain('silent-player /players/portable/hear');
  });

  it('whose scratch lies behind the end of all its records is a warning', () => {
    const found = (at: string, depth = 0.5) =>
      compileCues(cues, {
        sheet: { players: { portable: { pressing: { scratch: { at, depth } } } } },
      }).issues.filter(({ rule }) => rule === 'late-scratch');
    expect(found('60s')).toMatchObject([
      { severity: 'warning', pointer: '/players/portable/pressing/scratch/at' },
    ]);
    expect([...found('59.9s'), ...found('60s', 0)]).toEqual([]);
  });

  it('has a scratch where its player says, in any unit', () => {
    for (const [at, samples] of [
      ['10s', 480_000],
      ['5rev', 432_000],
      ['12f', 24_000],
    ]) {
      const pressing = { scratch: { depth: 0.5, at, revolutions: 8 } };
      expect(played({ pressing }).sounds['pressing:portable:groove']).toMatchObject({
        scratch: { depth: 0.5, at: samples, revolutions: 8 },
      });
    }
    expect(played({ pressing: { scratch: 0.7 } }).sounds['pressing:portable:groove']).toMatchObject({
      scratch: { depth: 0.7 },
    });
    expect(played({}).sounds['pressing:portable:groove']).not.toHaveProperty('scratch');
  });
});

it('wow is at its peak once a revolution, with harmonics, and what is chance in it ends where it began', () => {
  const made = played({ wow: 1, flutter: 0.5 });
  const name = regionsOf(made, 'drop').find(({ sound }) => sound.startsWith('waltz'))!.sound;
  const sound = made.sounds[name];
  if (sound?.kind !== 'varispeed') throw new Error('not turned');
  const { waves, drifts = [] } = sound.speed;
  let most = 0;
  for (let k = 0; k < 86400; k += 10) {
    const rate = waves
      .filter(({ period }) => period > 10_000)
      .reduce(
        (sum, { period, peak, phase }) => sum + peak * Math.sin((2 * Math.PI * (k + phase)) / period),
        0,
      );
    most = Math.max(most, Math.abs(rate));
  }
  const chance = drifts[0]!.peak;
  expect(most + chance).toBeGreaterThan(0.0099);
  expect(most + chance).toBeLessThanOrEqual(0.01);
  expect(chance).toBeCloseTo(0.001, 6);
  for (const { step, knots } of drifts) expect(step * (knots - 1)).toBeCloseTo(60 * 48000, 6);
  expect(rules(cues).filter((rule) => !rule.startsWith('no-room-tone'))).toEqual([]);
});
