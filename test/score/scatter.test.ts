import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { Region } from '../../src/engine/score/score.ts';
import { compileCues, cueOf, regionsOf, rules, score } from './make.ts';

const SCATTER = {
  id: 'creaks',
  type: 'scatter',
  stem: 'sfx',
  sound: ['step-1', 'step-2', 'step-3'],
  perMinute: 30,
};
const FILM = 4_800_000;

/** An event as a listener would tell it from others. */
function eventsOf(cue: object, more: readonly object[] = [], sheet: object = {}): string[] {
  const made = score([{ ...SCATTER, ...cue }, ...more], { sheet });
  return regionsOf(made, 'creaks').map(tell);
}

const tell = ({ start, sound, gainDb, pan }: Region) => `${start} ${sound} ${gainDb} ${pan}`;
const startsOf = (events: readonly string[]) => events.map((event) => Number.parseInt(event, 10));
const takesOf = (events: readonly string[]) => events.map((event) => event.split(' ')[1]!);

it('a scatter fills the film by default, and its edges are its own', () => {
  const made = score([SCATTER]);
  expect(cueOf(made, 'creaks')).toMatchObject({ start: 0, end: FILM });
  const regions = regionsOf(made, 'creaks');
  expect(regions.length).toBeGreaterThan(30);
  expect(regions.length).toBeLessThan(70);
  expect(regions.every(({ start, origin, end }) => origin === start && end <= FILM)).toBe(true);
});

it('over an hour its rate is the one asked for, and what lies between two events is anything but even', () => {
  const shots = { '1-1': 24 * 3600 };
  const edit = makeHour(shots);
  const starts = regionsOf(score([{ ...SCATTER, apart: '0.5s' }], { edit }), 'creaks').map((r) => r.start);
  expect(starts.length / 60).toBeGreaterThan(28);
  expect(starts.length / 60).toBeLessThan(32);
  const gaps = starts.slice(1).map((start, index) => (start - starts[index]!) / 48_000);
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  const spread = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length);
  // Beyond the least distance, what lies between raindrops: its spread is its mean.
  expect(spread / (mean - 0.5)).toBeGreaterThan(0.9);
  expect(spread / (mean - 0.5)).toBeLessThan(1.1);
});

function makeHour(shots: Record<string, number>) {
  const frames = shots['1-1']!;
  return {
    format: 'inline' as const,
    frameRate: { num: 24, den: 1, dropFrame: false },
    startFrame: 0,
    durationFrames: frames,
    shots: [{ id: '1-1', recordIn: 0, recordOut: frames }],
    scenes: [],
    markers: [],
  };
}

describe('an edge that moves leaves what stays as it is', () => {
  const all = eventsOf({});

  it('a later end adds events, and moves none', () => {
    const some = eventsOf({ until: 'shot:2-1.end' });
    expect(some.length).toBeGreaterThan(5);
    expect(all.slice(0, some.length)).toEqual(some);
  });

  it('a later beginning takes some away, and moves none', () => {
    const some = eventsOf({ at: 'shot:2-1.start' });
    expect(some.length).toBeGreaterThan(5);
    expect(startsOf(all.slice(all.length - some.length))).toEqual(startsOf(some));
    expect(startsOf(some)[0]).toBeGreaterThanOrEqual(960_000);
  });

  it('nor does anything else in the sheet', () => {
    const other = { ...SCATTER, id: 'other', perMinute: 7 };
    expect(eventsOf({}, [other])).toEqual(all);
  });

  it('another seed, or another id, is another chance', () => {
    expect(eventsOf({}, [], { seed: 3 })).not.toEqual(all);
    const renamed = score([{ ...SCATTER, id: 'groans' }]);
    expect(regionsOf(renamed, 'groans').map(tell)).not.toEqual(all);
  });
});

property.prop(
  [
    fc.record({
      perMinute: fc.double({ min: 1, max: 60, noNaN: true }),
      apartMs: fc.integer({ min: 0, max: 1000 }),
      seed: fc.nat(),
      silences: fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 3 }),
    }),
  ],
  { numRuns: 60 },
)('events keep their distance, no take comes twice running, none begins in a silence', (asked) => {
  const places = [...new Set(asked.silences)].sort((a, b) => a - b);
  const silences = places.map((place, index) => ({
    id: `s${index}`,
    type: 'silence',
    at: `start + ${place * 3}s`,
    for: '2.5s',
    fadeOut: '0s',
    fadeIn: '0s',
  }));
  const events = eventsOf(
    { perMinute: asked.perMinute, apart: `${asked.apartMs}ms`, sound: ['step-1', 'step-2'] },
    silences,
    { seed: asked.seed },
  );
  const starts = [...new Set(startsOf(events))];
  const inSilence = (start: number) =>
    places.some((at) => start > at * 144_000 && start < at * 144_000 + 120_000);
  expect(starts.filter(inSilence)).toEqual([]);
  // A region that goes on after a silence begins at its end; it is no event of its own.
  const own = starts.filter((start) => !places.some((at) => start === at * 144_000 + 120_000));
  for (let index = 1; index < own.length; index++) {
    expect(own[index]! - own[index - 1]!).toBeGreaterThanOrEqual(asked.apartMs * 48);
  }
  const takes = takesOf(events.filter((event) => own.includes(Number.parseInt(event, 10))));
  expect(takes.filter((take, index) => take === takes[index - 1])).toEqual([]);
});

it('each varies in level, place and pitch, within what is asked', () => {
  const vary = { gainDb: 5, pan: 0.7, pitchPercent: 4 };
  const made = score([{ ...SCATTER, gainDb: -12, pan: 0.1, vary }]);
  const regions = regionsOf(made, 'creaks');
  for (const { gainDb, pan } of regions) {
    expect(Math.abs(gainDb + 12)).toBeLessThanOrEqual(5);
    expect(Math.abs(pan - 0.1)).toBeLessThanOrEqual(0.7 + 1e-9);
  }
  expect(new Set(regions.map(({ pan }) => pan)).size).toBeGreaterThan(20);
  expect(Object.values(made.sounds).some(({ kind }) => kind === 'varispeed')).toBe(true);
});

it('more than can lie so far apart is an error, and so is an end before the beginning', () => {
  expect(rules([{ ...SCATTER, apart: '3s' }])).toEqual(['scatter-rate /cues/0/perMinute']);
  expect(rules([{ ...SCATTER, at: 'end - 1s', until: 'start + 1s' }])).toEqual(['empty-cue /cues/0']);
});

it('one that chance leaves without an event says so', () => {
  expect(rules([{ ...SCATTER, perMinute: 0.001 }])).toEqual(['empty-scatter /cues/0']);
});

describe('one whose events are all left out says what took them', () => {
  const silence = { id: 'nothing', type: 'silence', at: 'start', for: '10s' };
  const last = { ...SCATTER, sound: 'city', at: 'end - 50s' };
  it.each([
    ['chance', [{ ...SCATTER, perMinute: 0.001 }], /by chance none falls/, /"perMinute"/],
    [
      'a silence',
      [{ ...SCATTER, until: 'start + 10s' }, silence],
      /all \d+ would begin in silence "nothing"/,
      /cue:nothing/,
    ],
    [
      'a sound longer than the film',
      [{ ...last, at: 'end - 40s' }],
      /^45\.000 s .*longer than the 40\.000 s/,
      /shorter sound/,
    ],
    [
      'the end of the film',
      [{ ...last, at: 'end - 45.5s' }],
      /(all \d+|the only one) would be cut by the end/,
      /earlier/,
    ],
    [
      'a silence and the end of the film',
      [last, { ...silence, at: 'end - 50s' }],
      /^\d+ would begin in silence "nothing", and \d+ would be cut/,
      /shorter sound.*cue:nothing/,
    ],
  ])('%s', (_, cues, why, cure) => {
    const { issues } = compileCues(cues);
    expect(issues).toMatchObject([{ severity: 'warning', rule: 'empty-scatter', pointer: '/cues/0' }]);
    expect(issues[0]!.message.replace(/^.* is heard: (its )?/, '')).toMatch(why);
    expect(issues[0]!.hint).toMatch(cure);
  });
});

it('what the end of the film would cut is left out, without a warning', () => {
  const long = { ...SCATTER, sound: 'city', perMinute: 60 };
  const { score: made, issues } = compileCues([long]);
  expect(issues).toEqual([]);
  expect(regionsOf(made!, 'creaks').every(({ end }) => end <= FILM)).toBe(true);
});

it('a scatter that begins in a silence is no error: it begins after it', () => {
  const silence = { id: 'nothing', type: 'silence', at: 'start', for: '3s' };
  expect(rules([silence, { ...SCATTER, at: 'cue:nothing.start' }])).toEqual([]);
});

it('`duck` gives way under it, as under any cue', () => {
  const duck = { id: 'way', type: 'duck', under: 'creaks', byDb: 3, stems: ['room'] };
  expect(score([SCATTER, duck]).stems[0]!.ducks!.length).toBeGreaterThan(10);
});
