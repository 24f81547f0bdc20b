import { describe, expect, it } from 'vitest';
import type { Region, Score } from '../../src/engine/score/score.ts';
import { SpeedPlace } from '../../src/engine/score/speed-place.ts';
import { compileCues, cueOf, regionsOf, rules, SEQUENCE, score } from './make.ts';

const on = { id: 'on', type: 'motor-start', stem: 'record', player: 'portable', at: 'start + 1s' };
const off = { id: 'off', type: 'motor-stop', stem: 'record', player: 'portable', at: 'start + 90s' };
const drop = {
  id: 'drop',
  type: 'needle-drop',
  stem: 'record',
  player: 'portable',
  record: 'waltz',
  at: 'cue:on.end + 1s',
};
const loop = {
  id: 'loop',
  type: 'groove-loop',
  stem: 'record',
  player: 'portable',
  at: 'cue:drop.end',
  revolutions: 3,
};
const lift = { id: 'lift', type: 'needle-lift', stem: 'record', player: 'portable', at: 'cue:loop.end' };

/** The place in the groove that a region reads at a sample of the film. */
function placeOf(made: Score, region: Region, sample: number): number {
  const sound = made.sounds[region.sound]!;
  if (sound.kind !== 'varispeed' || made.sounds[sound.of]?.kind !== 'pressing') return sample - region.origin;
  return new SpeedPlace(sound.speed).at(sample - region.origin);
}

/** Regions of the groove and the run-out, in order. */
function grooveOf(made: Score): Region[] {
  return made.stems[2]!.regions.filter(({ sound, cue }) => /:(groove|run-out)/.test(sound) && cue !== 'lift');
}

/** Neighbouring regions of the groove read on from one place, or nearly: how far apart at most, samples. */
function greatestGap(made: Score): number {
  const regions = grooveOf(made);
  return regions.slice(1).reduce((most, region, index) => {
    const before = regions[index]!;
    expect(region.start).toBe(before.end);
    const gap = placeOf(made, region, region.start) - placeOf(made, before, region.start);
    return Math.max(most, Math.abs(gap));
  }, 0);
}

/** What rounding to whole samples leaves between two stretches of one groove. */
const HAIR = 1e-6;

describe('a motor', () => {
  it('that the sheet does not have is left to the sheet to report, and breaks nothing', () => {
    const cues = [on, drop, loop, lift, off].map((cue) => ({ ...cue, player: 'nobody' }));
    expect(() => compileCues(cues)).not.toThrow();
  });

  it('without motor cues makes no sound and no difference', () => {
    const sounds = Object.keys(score(SEQUENCE).sounds);
    expect(sounds.filter((name) => /motor|hum$|switch| x /.test(name))).toEqual(
      sounds.filter((name) => name === 'hum'),
    );
  });

  it('is heard from its start to its stop: a click, a hum, and what turns, with the platter', () => {
    const made = score([on, drop, loop, lift, off]);
    const regions = regionsOf(made, 'on').map(({ sound, start, end }) => ({
      sound: sound.replace(/ x .*/, ' turning'),
      start,
      end,
    }));
    const stop = 90 * 48000;
    expect(regions).toEqual([
      { sound: 'pressing:portable:switch-on', start: 48000, end: 48000 + 14400 },
      { sound: 'pressing:portable:hum', start: 48000, end: stop + 1440 },
      { sound: 'pressing:portable:motor turning', start: 48000, end: 105600 },
      { sound: 'pressing:portable:motor', start: 105600, end: stop },
      { sound: 'pressing:portable:motor turning', start: stop, end: stop + 115200 },
    ]);
    expect(regionsOf(made, 'off').map(({ sound }) => sound)).toEqual(['pressing:portable:switch-off']);
  });

  it('that nobody stops runs to the end of the film, without a warning', () => {
    const { score: made, issues } = compileCues([on]);
    expect(issues.filter(({ rule }) => rule !== 'no-room-tone')).toEqual([]);
    expect(Math.max(...regionsOf(made!, 'on').map(({ end }) => end))).toBe(made!.samples);
  });

  it('that is not up to speed before it is stopped, or before the film ends, is a warning', () => {
    const found = (cues: object[]) =>
      compileCues(cues).issues.map(({ severity, rule, pointer }) => `${severity} ${rule} ${pointer}`);
    const slow = { ...on, for: '5s' };
    expect(found([slow, { ...off, at: 'start + 3s' }])).toEqual(['warning cut-start /cues/0/for']);
    expect(found([{ ...slow, at: 'end - 4s' }])).toEqual(['warning cut-start /cues/0/for']);
    expect(found([slow, { ...off, at: 'cue:on.end' }])).toEqual([]);
    expect(found([{ ...slow, at: 'end - 5s' }])).toEqual([]);
    const { message } = compileCues([slow, { ...off, at: 'start + 3s' }]).issues[0]!;
    expect(message).toContain('"off" stops the motor at 01:00:03:00, 3.000 s (144000 samples) before');
  });

  it('may have sounds of the hand, or no click at all', () => {
    const sheet = {
      players: { portable: { handling: { start: 'step-1', drop: 'step-2', lift: 'step-3', stop: false } } },
    };
    const made = score([on, drop, loop, lift, off], { sheet });
    expect(regionsOf(made, 'on')[0]).toMatchObject({ sound: 'step-1', start: 48000, end: 72000 });
    const dropAt = cueOf(made, 'drop').start;
    expect(regionsOf(made, 'drop').find(({ sound }) => sound === 'step-2')).toMatchObject({
      start: dropAt,
      end: dropAt + 28800,
    });
    expect(regionsOf(made, 'lift').find(({ sound }) => sound === 'step-3')).toBeDefined();
    expect(regionsOf(made, 'off')).toEqual([]);
  });
});

describe('a needle', () => {
  it('that drops on a platter that is up to speed plays as it does without a motor', () => {
    const made = score([on, drop, loop, lift]);
    const plain = score([{ ...drop, at: 'start + 3.2s' }, loop, lift]);
    const record = (from: Score) => from.stems[2]!.regions.filter(({ cue }) => cue !== 'on');
    expect(record(made)).toEqual(record(plain));
  });

  it('that drops while the platter comes up to speed plays slowly at first, and its angle goes on', () => {
    const made = score([on, { ...drop, at: 'cue:on.start + 0.2s' }, loop, lift]);
    const [first, second] = grooveOf(made);
    expect(first).toMatchObject({ start: 57600, end: 105600 });
    expect(second).toMatchObject({ start: 105600 });
    // Two turns of lead-in are a time: the music is not late, and the groove before it is shorter.
    expect(cueOf(made, 'drop').edges!['music']).toBe(57600 + 2 * 86400);
    const passed = placeOf(made, second!, 105600) - placeOf(made, first!, 57600);
    expect(passed).toBeLessThan(0.8 * 48000);
    expect(passed).toBeGreaterThan(0.7 * 48000);
    expect(greatestGap(made)).toBeLessThan(HAIR);
  });

  it('whose music begins before the platter is up to speed ends later by what it lost', () => {
    const late = { ...drop, at: 'cue:on.start + 0.2s', leadIn: '0.2s' };
    const made = score([on, late, loop, lift]);
    const { start, end, edges } = cueOf(made, 'drop');
    expect(edges!['music']).toBe(start + 9600);
    const lost = end - edges!['music']! - 60 * 48000;
    // From 0.4 s to 1.2 s of spinning up: (1 − u)² from a third of the way on.
    expect(lost).toBeGreaterThan(57600 * (8 / 81));
    expect(lost).toBeLessThan(57600 * (8 / 81) + 300);
    const music = regionsOf(made, 'drop').filter(({ sound }) => sound.startsWith('waltz'));
    expect(music.map((region) => [region.start, region.end])).toEqual([
      [67200, 105600],
      [105600, end],
    ]);
    expect(end - music[1]!.origin).toBe(60 * 48000);
    const sound = made.sounds[music[0]!.sound]!;
    if (sound.kind !== 'varispeed') throw new Error('not turning');
    // The music begins with its first sample, to half a sample.
    expect(Math.abs(new SpeedPlace(sound.speed).at(67200 - music[0]!.origin))).toBeLessThan(0.51);
    expect(greatestGap(made)).toBeLessThan(HAIR);
  });

  it('keeps its back-timing on a platter that is not up to speed: the end stays, with a word about the beginning', () => {
    const cues = (more: object) => [
      { ...on, at: 'cue:drop - 0.2s' },
      { ...drop, leadIn: '0.1s', ...more },
    ];
    const found = compileCues(cues({ at: undefined, musicEnd: 'scene:3.start + 30s' }));
    expect(found.issues.map(({ rule }) => rule)).toContain('late-music');
    expect(cueOf(found.score!, 'drop').end).toBe(80 * 48000);
    const placed = compileCues(cues({ at: 'shot:2-1', musicEnd: 'scene:3.start + 10s' }));
    expect(placed.issues.map(({ rule }) => rule)).not.toContain('late-music');
    expect(cueOf(placed.score!, 'drop').end).toBe(60 * 48000);
    for (const made of [found.score!, placed.score!]) {
      const music = regionsOf(made, 'drop').findLast(({ sound }) => sound.startsWith('waltz'))!;
      expect(music.end - music.origin).toBe(60 * 48000);
      expect(greatestGap(made)).toBeLessThan(HAIR);
    }
  });

  it('keeps its back-timing with wow, flutter, warp and any lead-in', () => {
    const players = { portable: { wow: 0.4, flutter: 0.2, pressing: { warp: 1, seed: 4 } } };
    for (const leadIn of ['0s', '2rev', '777smp']) {
      const made = score([on, { ...drop, leadIn, musicEnd: 'scene:3.start' }], { sheet: { players } });
      const music = regionsOf(made, 'drop').find(({ sound }) => sound.startsWith('waltz'))!;
      expect([music.end, music.end - music.origin]).toEqual([50 * 48000, 60 * 48000]);
      const sound = made.sounds[music.sound]!;
      if (sound.kind !== 'varispeed') throw new Error('not turned');
      const place = new SpeedPlace(sound.speed);
      expect([place.at(0), Math.abs(place.at(60 * 48000) - 60 * 48000) < HAIR]).toEqual([0, true]);
    }
  });

  it('that is down when the motor stops is dragged to a standstill, record and groove alike', () => {
    const made = score([on, drop, { ...off, at: 'cue:drop.music + 10s', for: '2s' }]);
    const stop = cueOf(made, 'off').start;
    const last = regionsOf(made, 'drop').filter(({ start }) => start === stop);
    expect(last.map(({ sound, end }) => [sound.replace(/ x .*/, ''), end]).sort()).toEqual([
      ['pressing:portable:groove', stop + 96000],
      ['waltz', stop + 96000],
    ]);
    for (const region of last) {
      const sound = made.sounds[region.sound]!;
      if (sound.kind !== 'varispeed') throw new Error('not turning');
      const place = new SpeedPlace(sound.speed);
      const at = (sample: number) => place.at(sample - region.origin);
      expect(at(stop)).toBeCloseTo(stop - grooveOf(made)[0]!.origin, 6);
      expect(at(stop + 96000) - at(stop + 95999)).toBeLessThan(1e-3);
    }
    expect(greatestGap(made)).toBeLessThan(HAIR);
    // The record never comes to its end, so no run-out is heard.
    expect(made.stems[2]!.regions.some(({ sound }) => sound.includes('run-out'))).toBe(false);
  });

  it('that is down when the motor stops and starts again plays on from where it stood', () => {
    const again = { ...on, id: 'again', at: 'cue:off.end + 1s' };
    const made = score([on, drop, { ...off, at: 'cue:drop.music + 10s' }, again, lift2()]);
    expect(greatestGap(made)).toBeLessThan(HAIR);
    const music = regionsOf(made, 'drop').filter(({ sound }) => sound.startsWith('waltz'));
    expect(music.at(-1)!.end).toBe(cueOf(made, 'lift').start);
  });

  it('may leave while the platter slows down, and what it leaves slows down under it', () => {
    const made = score([on, drop, loop, { ...off, at: 'cue:loop.end - 1s' }, lift]);
    const left = regionsOf(made, 'lift').find(({ sound }) => sound.includes('run-out'))!;
    expect(made.sounds[left.sound]!.kind).toBe('varispeed');
    const before = grooveOf(made).at(-1)!;
    expect(placeOf(made, left, left.start)).toBeCloseTo(placeOf(made, before, left.start), 6);
  });

  function lift2() {
    return { ...lift, at: 'cue:again.end + 5s' };
  }
});

describe('an impossible order names both cues', () => {
  it.each([
    ['a motor that starts twice', [on, { ...on, id: 'twice', at: 'start + 5s' }], 'twice', '"on"'],
    ['a motor that stops twice', [on, off, { ...off, id: 'twice', at: 'start + 95s' }], 'twice', '"off"'],
    ['a drop before the motor starts', [on, { ...drop, at: 'start' }], 'drop', '"on"'],
    [
      'a drop after the motor has stopped',
      [on, { ...off, at: 'start + 5s' }, { ...drop, at: 'start + 20s' }],
      'drop',
      '"off"',
    ],
    [
      'a run-out on a record that stands',
      [
        { ...drop, at: 'start' },
        { ...off, at: 'start + 5s' },
        { ...loop, at: 'start + 20s' },
      ],
      'loop',
      '"off"',
    ],
    [
      'a run-out before the drop',
      [
        { ...loop, at: 'start' },
        { ...drop, at: 'start + 10s' },
      ],
      'loop',
      '"drop"',
    ],
    [
      'a lift before the drop',
      [
        { ...lift, at: 'start' },
        { ...drop, at: 'start + 10s' },
      ],
      'lift',
      '"drop"',
    ],
    [
      'a second lift',
      [
        { ...drop, at: 'start' },
        { ...lift, at: 'start + 9s' },
        { ...lift, id: 'twice', at: 'start + 12s' },
      ],
      'twice',
      '"lift"',
    ],
  ])('%s', (_, cues, id, other) => {
    const issue = compileCues(cues).issues.find(({ rule }) => rule === 'player-order')!;
    expect(issue.message).toContain(`"${id}"`);
    expect(issue.message).toContain(other);
    expect(issue.hint).not.toBe('');
  });

  it('and what a hand can do at one sample is possible', () => {
    const cues = [
      on,
      { ...drop, at: 'cue:on' },
      { ...lift, at: 'start + 20s' },
      { ...off, at: 'cue:lift' },
      { ...on, id: 'again', at: 'cue:off' },
    ];
    expect(rules(cues).filter((rule) => rule.startsWith('player-order'))).toEqual([]);
  });

  it('a motor that is tied to the end of the record that waits for it does not go round for ever', () => {
    const cues = [
      { ...on, at: 'cue:drop.end - 60s' },
      { ...drop, at: 'cue:on + 0.1s', leadIn: '0.1s' },
    ];
    expect(rules(cues).some((rule) => rule.startsWith('cycle'))).toBe(true);
  });
});

it('a run-out tells its length in revolutions, frames and seconds', () => {
  const made = score(
    [drop, { ...loop, revolutions: undefined, until: 'cue:drop.end + 10s' }, lift].map(untied),
  );
  expect(cueOf(made, 'loop').runOut).toEqual({ revolutions: 5.555556, frames: 240, seconds: 10 });
  const at45 = score(
    [
      { ...drop, player: 'single' },
      { ...loop, player: 'single' },
      { ...lift, player: 'single' },
    ].map(untied),
  );
  expect(cueOf(at45, 'loop').runOut).toEqual({ revolutions: 3, frames: 96, seconds: 4 });
  expect(cueOf(at45, 'drop')).not.toHaveProperty('runOut');
});

/** Without the motor that the others are tied to. */
function untied<Cue extends { at: string }>(cue: Cue): Cue {
  return { ...cue, at: cue.at.replace(/^cue:on.*/, 'start') };
}
