import { fc, test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { dealTakes, drawJitter } from '../../src/engine/score/takes.ts';
import { compileCues, cueOf, hit, regionsOf, rules, score } from './make.ts';

it('a practical plays its whole sound at its anchor', () => {
  const [region] = regionsOf(
    score([hit('a', 'shot:1-2', { gainDb: -3, pan: 0.5 })], {
      sheet: { stems: { room: {}, sfx: { gainDb: -2 } } },
    }),
    'a',
  );
  expect(region).toMatchObject({
    sound: 'step-1',
    start: 480000,
    end: 504000,
    origin: 480000,
    gainDb: -5,
    pan: 0.5,
    ramps: [],
  });
});

it('a trim leaves out the head and keeps the length asked for', () => {
  const [region] = regionsOf(score([hit('a', 'start', { trim: { from: '100ms', for: '0.2s' } })]), 'a');
  expect(region).toMatchObject({ start: 0, end: 9600, origin: -4800 });
  expect(rules([hit('a', 'start', { trim: { from: '100ms', for: '0.5s' } })])).toEqual([
    'short-sound /cues/0/trim',
  ]);
  expect(rules([hit('a', 'start', { trim: { from: '0.5s' } })])).toEqual(['short-sound /cues/0/trim']);
});

it('fades are counted from the ends of what is heard', () => {
  const [region] = regionsOf(
    score([hit('a', 'start + 1s', { fadeIn: '10ms', fadeOut: '0.1s', curve: 'linear' })]),
    'a',
  );
  expect(region!.ramps).toEqual([
    { direction: 'in', start: 48000, length: 480, curve: 'linear' },
    { direction: 'out', start: 48000 + 24000 - 4800, length: 4800, curve: 'linear' },
  ]);
});

it('a repeat hits exactly so often, and until bounds starts, not tails', () => {
  const counted = score([hit('a', 'start', { repeat: { every: '0.25s', count: 5 } })]);
  expect(regionsOf(counted, 'a').map((region) => region.start)).toEqual([0, 12000, 24000, 36000, 48000]);
  expect(cueOf(counted, 'a').end).toBe(48000 + 24000);
  const bounded = score([hit('a', 'start', { repeat: { every: '0.25s', until: 'start + 1s' } })]);
  expect(regionsOf(bounded, 'a').map((region) => region.start)).toEqual([0, 12000, 24000, 36000]);
  expect(regionsOf(bounded, 'a').at(-1)!.end).toBe(60000);
});

it('repeats do not drift where their period is no whole number of samples', () => {
  const regions = regionsOf(score([hit('a', 'start', { repeat: { every: '0.01001s', count: 1000 } })]), 'a');
  expect(regions.at(-1)!.start).toBe(Math.floor(0.01001 * 999 * 48000 + 0.5));
});

it('jitter moves every hit but the first, by no more than asked, and none over until', () => {
  const made = score([
    hit('a', 'start + 1s', { repeat: { every: '1s', until: 'start + 40s', jitter: '80ms' } }),
  ]);
  const starts = regionsOf(made, 'a')
    .map((region) => region.start)
    .sort((a, b) => a - b);
  expect(starts[0]).toBe(48000);
  const offsets = starts.map((start, index) => start - 48000 * (index + 1));
  expect(Math.max(...offsets.map(Math.abs))).toBeLessThanOrEqual(3840);
  expect(new Set(offsets).size).toBeGreaterThan(30);
  expect(starts.at(-1)).toBeLessThan(40 * 48000);
});

it('several sounds come in turn, and never the same twice running', () => {
  const made = score([
    hit('a', 'start', { sound: ['step-1', 'step-2', 'step-3'], repeat: { every: '0.3s', count: 90 } }),
  ]);
  const sounds = regionsOf(made, 'a').map((region) => region.sound);
  for (const [index, sound] of sounds.entries()) expect(sound).not.toBe(sounds[index + 1]);
  for (const tag of ['step-1', 'step-2', 'step-3'])
    expect(sounds.filter((sound) => sound === tag)).toHaveLength(30);
});

it('another seed deals other takes, another cue id too', () => {
  const takes = (id: string, seed: number) =>
    regionsOf(
      score(
        [hit(id, 'start', { sound: ['step-1', 'step-2', 'step-3'], repeat: { every: '1s', count: 30 } })],
        { sheet: { seed } },
      ),
      id,
    )
      .map((region) => region.sound)
      .join();
  expect(new Set([takes('a', 1), takes('a', 2), takes('b', 1)]).size).toBe(3);
});

test.prop([fc.integer(), fc.integer({ min: 2, max: 12 }), fc.integer({ min: 0, max: 200 })])(
  'dealt takes never repeat at once, and each deal holds all of them',
  (seed, choices, count) => {
    const takes = dealTakes(seed, choices, count);
    expect(takes).toHaveLength(count);
    for (let at = 1; at < count; at++) expect(takes[at]).not.toBe(takes[at - 1]);
    for (let deal = 0; (deal + 1) * choices <= count; deal++) {
      expect(new Set(takes.slice(deal * choices, (deal + 1) * choices)).size).toBe(choices);
    }
  },
);

test.prop([fc.integer(), fc.nat(1000), fc.nat(10000)])(
  'jitter stays within its range',
  (seed, index, range) => {
    expect(Math.abs(drawJitter(seed, index, range))).toBeLessThanOrEqual(range);
  },
);

it('an until before the first hit, and a rhythm of a million hits, are errors', () => {
  expect(rules([hit('a', 'start + 2s', { repeat: { every: '1s', until: 'start + 1s' } })])).toEqual([
    'empty-cue /cues/0/repeat/until',
  ]);
  expect(rules([hit('a', 'start', { repeat: { every: '1smp', until: 'end' } })])).toEqual([
    'too-many-hits /cues/0/repeat',
  ]);
});

it('a sound whose file could not be read leaves its cue out without a word of its own', () => {
  expect(compileCues([hit('a', 'start', { sound: 'ghost' }), hit('b', 'cue:a.end')]).issues).toEqual([]);
});
