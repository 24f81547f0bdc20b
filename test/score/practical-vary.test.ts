import { fc, test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { countBefore } from '../../src/engine/score/rhythm.ts';
import { add, compare, rational, ZERO } from '../../src/engine/time/rational.ts';
import { regionsOf, rules, score } from './make.ts';

const STEPS = ['step-1', 'step-2', 'step-3'];

function steps(id: string, at: string, more: object = {}) {
  return { id, type: 'practical', stem: 'sfx', sound: STEPS, at, ...more };
}

const varied = { vary: { gainDb: 2, pitchPercent: 3 } };

it('levels vary by no more than asked, and no two neighbours need be alike', () => {
  const made = score([
    steps('a', 'start', { gainDb: -6, repeat: { every: '0.5s', count: 60 }, vary: { gainDb: 2 } }),
  ]);
  const gains = regionsOf(made, 'a').map(({ gainDb }) => gainDb + 6);
  expect(Math.max(...gains.map(Math.abs))).toBeLessThanOrEqual(2);
  expect(new Set(gains).size).toBeGreaterThan(45);
  expect(Math.max(...gains)).toBeGreaterThan(1);
  expect(Math.min(...gains)).toBeLessThan(-1);
  expect(regionsOf(made, 'a').every(({ sound }) => STEPS.includes(sound))).toBe(true);
});

it('pitch varies in a few steps, so that hits share what they are made of', () => {
  const made = score([
    steps('a', 'start', { repeat: { every: '0.5s', count: 100 }, vary: { pitchPercent: 3 } }),
  ]);
  const rates = regionsOf(made, 'a').map(({ sound }) => {
    const played = made.sounds[sound]!;
    return played.kind === 'varispeed' ? played.speed.points[0]!.rate : 1;
  });
  expect([...new Set(rates)].sort((a, b) => a - b)).toEqual([
    0.97, 0.9775, 0.985, 0.9925, 1, 1.0075, 1.015, 1.0225, 1.03,
  ]);
  expect(Object.keys(made.sounds).length).toBeLessThanOrEqual(3 * 9);
  for (const { sound, start, end } of regionsOf(made, 'a')) {
    const played = made.sounds[sound]!;
    expect('samples' in played && played.samples).toBe(end - start);
  }
});

it('what does not vary is played as it always was', () => {
  const repeat = { every: '0.5s', count: 20, jitter: '30ms' };
  const plain = score([steps('a', 'start + 1s', { repeat })]);
  expect(score([steps('a', 'start + 1s', { repeat, vary: {} })])).toEqual(plain);
});

it('a hit is what it is, however many others there are', () => {
  const of = (count: number) =>
    regionsOf(score([steps('a', 'start', { repeat: { every: '0.5s', count }, ...varied })]), 'a');
  expect(of(30).slice(0, 10)).toEqual(of(10));
});

it('variation is seeded by the sheet and the cue', () => {
  const of = (id: string, seed: number) =>
    regionsOf(
      score([steps(id, 'start', { repeat: { every: '0.5s', count: 20 }, vary: { gainDb: 3 } })], {
        sheet: { seed },
      }),
      id,
    )
      .map(({ gainDb }) => gainDb)
      .join();
  expect(new Set([of('a', 1), of('a', 1), of('a', 2), of('b', 1)]).size).toBe(3);
});

it('a pitch that varies is on top of the speed, which must stay within what can be read', () => {
  const cue = { speed: 2, vary: { pitchPercent: 50 }, repeat: { every: '0.2s', count: 300 } };
  const rates = Object.values(score([steps('a', 'start', cue)]).sounds).flatMap((sound) =>
    sound.kind === 'varispeed' ? [sound.speed.points[0]!.rate] : [],
  );
  expect(Math.min(...rates)).toBe(1);
  expect(Math.max(...rates)).toBe(3);
  expect(rules([steps('a', 'start', { ...cue, speed: 6 })])).toEqual([
    'speed-range /cues/0/vary/pitchPercent',
  ]);
});

it('a rhythm goes round until its anchor', () => {
  const made = score([
    steps('a', 'start', { repeat: { every: ['1.4s', '1.1s', '1.9s'], until: 'start + 10s' } }),
  ]);
  expect(regionsOf(made, 'a').map(({ start }) => start / 48000)).toEqual([0, 1.4, 2.5, 4.4, 5.8, 6.9, 8.8]);
});

it('a hit that would fall on until is not played, and just before it is', () => {
  const until = (text: string) =>
    regionsOf(score([steps('a', 'start', { repeat: { every: ['1s', '0.5s'], until: text } })]), 'a').length;
  expect(until('start + 2.5s')).toBe(3);
  expect(until('start + 2.5s + 1smp')).toBe(4);
  expect(until('start + 3s')).toBe(4);
});

it('a rhythm of one is a plain repeat', () => {
  const of = (every: unknown) =>
    score([steps('a', 'start', { repeat: { every, count: 9, jitter: '20ms' } })]);
  expect(of(['0.7s'])).toEqual(of('0.7s'));
});

it('a rhythm counts in revolutions and frames too, and is exact over thousands of hits', () => {
  const made = score([steps('a', 'start', { repeat: { every: ['0.01001s', '1f'], count: 1001 } })]);
  expect(regionsOf(made, 'a').at(-1)!.start).toBe(Math.floor((0.01001 + 1 / 24) * 500 * 48000 + 0.5));
});

it('a step of a rhythm that is no sample long is an error at its place', () => {
  expect(rules([steps('a', 'start', { repeat: { every: ['1s', '0.01ms'], count: 3 } })])).toEqual([
    'repeat-every /cues/0/repeat/every/1',
  ]);
});

test.prop([
  fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 6 }),
  fc.integer({ min: -10, max: 2000 }),
])('hits before a place are as many as walking there counts', (every, sevenths) => {
  const room = rational(sevenths, 7);
  const lengths = every.map((length) => rational(length, 9));
  const steps: (typeof ZERO)[] = [];
  let round = ZERO;
  for (const length of lengths) {
    steps.push(round);
    round = add(round, length);
  }
  let [walked, at] = [0, ZERO];
  while (compare(at, room) < 0) at = add(at, lengths[walked++ % lengths.length]!);
  expect(countBefore({ steps, round }, room)).toBe(walked);
});
