import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it, test } from 'vitest';
import { loadKernelModule } from '../../src/cli/node/kernel-file.ts';
import { Kernel } from '../../src/engine/kernel/kernel.ts';
import { Mixer } from '../../src/engine/mix/mixer.ts';
import type { Filter, Gate, Region, Score, ScoreStem } from '../../src/engine/score/score.ts';
import { designCascade } from '../../src/engine/sound/filter/cascade.ts';
import { type Sound, SoundError } from '../../src/engine/sound/sound.ts';
import { filterByReference } from '../sound/reference-filter.ts';
import { expectSameBits } from './bits.ts';
import {
  type MadeSound,
  makeEndless,
  makeGate,
  makeNoise,
  makeRegion,
  makeScore,
  makeSound,
  mixerOptions,
} from './make.ts';
import { randomScore, SCORE_SAMPLES, SOUNDS } from './random-score.ts';

const module = loadKernelModule();
const RATE = 48_000;
const HIGH_PASS: readonly Filter[] = [{ type: 'high-pass', hz: 100, q: Math.SQRT1_2, gainDb: 0 }];
const STRIP: readonly Filter[] = [
  ...HIGH_PASS,
  { type: 'bell', hz: 900, q: 3, gainDb: 6 },
  { type: 'high-shelf', hz: 7000, q: 0.7, gainDb: -3 },
];
const { block, preroll } = designCascade(Kernel.instantiate(module), HIGH_PASS, RATE);

/** −140 dB of full scale, and half the last bit of what is near it. */
const LIMIT = 1e-7 + 2 ** -24;

function filtered(
  samples: number,
  regions: readonly Region[],
  stem: Partial<ScoreStem> = {},
  gates: readonly Gate[] = [],
): Score {
  const score = makeScore(samples, regions, gates);
  return { ...score, stems: score.stems.map((plain) => ({ ...plain, filters: HIGH_PASS, ...stem })) };
}

/** A sound that writes down what is read of it. */
function watched(sound: MadeSound): Sound & { readonly reads: [from: number, count: number][] } {
  const reads: [number, number][] = [];
  return {
    channels: sound.channels,
    samples: sound.samples,
    reads,
    read(from, count, out) {
      reads.push([from, count]);
      sound.read(from, count, out);
    },
  };
}

describe('the filters of a stem', () => {
  test('are those of a filter that never stops, to −140 dB', () => {
    const samples = 2 * block + 5000;
    const noise = makeNoise(samples, 1, 3);
    const score = filtered(samples, [makeRegion({ sound: 'noise', start: 0, end: samples, gainDb: -6 })], {
      filters: STRIP,
    });
    const [out] = new Mixer(mixerOptions(module, score, { noise })).read(0, samples);
    const level = 10 ** (-6 / 20);
    const wanted = filterByReference(STRIP, Float64Array.from(noise.resident!), RATE).map((y) => y * level);
    const worst = wanted.reduce((most, value, n) => Math.max(most, Math.abs(out![2 * n]! - value)), 0);
    expect(worst).toBeLessThan(LIMIT);
  });

  test('come after the sum of the regions, and before level and gates', () => {
    const samples = 20_000;
    const sounds = { a: makeNoise(samples, 2, 1), b: makeNoise(samples, 2, 2) };
    const regions = [
      makeRegion({ sound: 'a', start: 0, end: samples, gainDb: -12 }),
      makeRegion({ sound: 'b', start: 5000, end: 15_000, gainDb: -20 }),
    ];
    const gates = [makeGate({ start: 12_000, end: 12_500, fadeOut: 480 })];
    const level = [
      { at: 3000, gainDb: 0, curve: 'linear' as const },
      { at: 9000, gainDb: -20, curve: 'linear' as const },
    ];
    const read = (stem: Partial<ScoreStem>, withGates: readonly Gate[] = gates) =>
      new Mixer(mixerOptions(module, filtered(samples, regions, stem, withGates), sounds)).read(
        0,
        samples,
      )[0]!;
    const flat = read({});
    const levelled = read({ level });
    flat.forEach((value, index) => {
      const at = index >> 1;
      const db = Math.max(-20, Math.min(0, (-20 * (at - 3000)) / 6000));
      // The product is rounded to 32 bits after the filter's output was: twice half a bit.
      expect(Math.abs(levelled[index]! - value * 10 ** (db / 20))).toBeLessThan(2 ** -23);
    });
    expect(flat.subarray(24_000, 25_000).every((value) => Object.is(value, 0))).toBe(true);
    const unfiltered = read({ filters: [] }, []);
    const wanted = filterByReference(
      HIGH_PASS,
      Float64Array.from({ length: 11_000 }, (_, n) => unfiltered[2 * n]!),
      RATE,
    );
    for (let n = 0; n < 11_000; n++) expect(Math.abs(flat[2 * n]! - wanted[n]!)).toBeLessThan(LIMIT);
  });

  test('hear nothing inside a gate, and ring on behind it', () => {
    const values = new Float32Array(2000).fill(0.5, 0, 1200);
    const gates = [makeGate({ start: 1000, end: 1100 })];
    const score = filtered(2000, [makeRegion({ sound: 'dc', start: 0, end: 2000 })], {}, gates);
    const [out] = new Mixer(mixerOptions(module, score, { dc: makeSound(values, 1) })).read(0, 2000);
    const heard = Float64Array.from(values, (value, n) => (n >= 1000 && n < 1100 ? 0 : value));
    const wanted = filterByReference(HIGH_PASS, heard, RATE);
    for (let n = 0; n < 2000; n++) {
      const right = n >= 1000 && n < 1100 ? 0 : wanted[n]!;
      expect(Math.abs(out![2 * n]! - right)).toBeLessThan(LIMIT);
    }
  });

  test.each([1, 6] as const)('work on each channel of a stem of %d', (channels) => {
    const noise = makeNoise(3000, 1, 4);
    const score = filtered(3000, [makeRegion({ sound: 'noise', start: 0, end: 3000, pan: -1 })], {
      channels,
    });
    const options = mixerOptions(module, score, { noise });
    const plain = { ...score, stems: score.stems.map(({ filters: _, ...stem }) => stem) };
    const [out] = new Mixer(options).read(0, 3000);
    const [unfiltered] = new Mixer({ ...options, score: plain }).read(0, 3000);
    for (let channel = 0; channel < channels; channel++) {
      const one = Float64Array.from({ length: 3000 }, (_, n) => unfiltered![n * channels + channel]!);
      const wanted = filterByReference(HIGH_PASS, one, RATE);
      // The unfiltered sum was rounded to 32 bits before it came here, twice as loud as full scale at most.
      for (let n = 0; n < 3000; n++) {
        expect(Math.abs(out![n * channels + channel]! - wanted[n]!)).toBeLessThan(4 * LIMIT);
      }
    }
  });
});

describe('any range is the whole', () => {
  const filtersOf = (score: Score): Score => ({
    ...score,
    stems: score.stems.map((stem, index) => (index === 0 ? { ...stem, filters: STRIP } : stem)),
  });

  property.prop(
    [
      randomScore.map(filtersOf),
      fc.integer({ min: 1, max: 3000 }),
      fc.array(fc.tuple(fc.nat({ max: SCORE_SAMPLES }), fc.nat({ max: SCORE_SAMPLES })), {
        minLength: 1,
        maxLength: 6,
      }),
    ],
    { numRuns: 40 },
  )('on a score with everything in it', (score, blockSamples, reads) => {
    const whole = new Mixer(mixerOptions(module, score, SOUNDS)).read(0, SCORE_SAMPLES);
    const mixer = new Mixer(mixerOptions(module, score, SOUNDS, blockSamples));
    for (const [a, b] of reads) {
      const [from, to] = [Math.min(a, b), Math.max(a, b)];
      mixer.read(from, to - from).forEach((samples, index) => {
        const { channels } = score.stems[index]!;
        expectSameBits(samples, whole[index]!.slice(channels * from, channels * to));
      });
    }
  });

  const SAMPLES = 5 * block + 777;
  property.prop(
    [
      fc.constantFrom(HIGH_PASS, STRIP, [{ type: 'bell' as const, hz: 40, q: 10, gainDb: 12 }]),
      fc.constantFrom(1000, 8192, 100_000),
      fc.array(fc.tuple(fc.nat({ max: SAMPLES - 1 }), fc.integer({ min: 1, max: 50_000 })), {
        minLength: 1,
        maxLength: 6,
      }),
    ],
    { numRuns: 8 },
  )('over many blocks, forwards and backwards', (filters, blockSamples, reads) => {
    const score = filtered(SAMPLES, [makeRegion({ sound: 'endless', start: 300, end: SAMPLES })], {
      filters,
    });
    const sounds = { endless: makeEndless(8) };
    const [whole] = new Mixer(mixerOptions(module, score, sounds)).read(0, SAMPLES);
    const mixer = new Mixer(mixerOptions(module, score, sounds, blockSamples));
    for (const [from, count] of reads) {
      const some = Math.min(count, SAMPLES - from);
      expectSameBits(mixer.read(from, some)[0]!, whole!.slice(2 * from, 2 * (from + some)));
    }
  });
});

test('a pre-roll of several blocks is kept from block to block', () => {
  const ringing: readonly Filter[] = [{ type: 'bell', hz: 20, q: 10, gainDb: 24 }];
  const cascade = designCascade(Kernel.instantiate(module), ringing, RATE);
  expect(cascade.preroll).toBeGreaterThan(4 * cascade.block);
  const samples = 7 * cascade.block;
  const sound = makeNoise(10_007, 1, 5);
  const loop = { period: 10_000, overlap: 7, curve: 'linear' as const };
  const score = filtered(samples, [makeRegion({ sound: 'noise', start: 0, end: samples, loop })], {
    filters: ringing,
  });
  const played = new Mixer(mixerOptions(module, score, { noise: sound }));
  const sought = new Mixer(mixerOptions(module, score, { noise: sound }));
  for (let index = 0; index < 7; index++) {
    const [wanted] = played.read(index * cascade.block, 1000);
    if (index % 3 === 0) expectSameBits(sought.read(index * cascade.block, 1000)[0]!, wanted!);
  }
});

describe('work', () => {
  const samples = 6 * block;
  const noise = makeNoise(samples, 1, 1);
  const regions = [makeRegion({ sound: 'noise', start: 0, end: samples })];

  test('is done once when a stem is played from end to end', () => {
    const sound = watched(noise);
    const mixer = new Mixer(mixerOptions(module, filtered(samples, regions), { noise: sound }));
    for (let from = 0; from < samples; from += 5000) mixer.read(from, Math.min(5000, samples - from));
    expect(sound.reads.reduce((sum, [, count]) => sum + count, 0)).toBe(samples);
  });

  test('is a block and its pre-roll after a seek', () => {
    const sound = watched(noise);
    const mixer = new Mixer(mixerOptions(module, filtered(samples, regions), { noise: sound }));
    mixer.read(4 * block + 100, 10);
    expect(sound.reads.reduce((sum, [, count]) => sum + count, 0)).toBe(block + preroll);
    expect(Math.min(...sound.reads.map(([from]) => from))).toBe(4 * block - preroll);
  });

  test('on a block that a sound has broken is done again', () => {
    let isBroken = true;
    const sound: Sound = {
      channels: 1,
      samples,
      read(from, count, out) {
        if (isBroken && from + count > block + 20_000) throw new SoundError('gone');
        noise.read(from, count, out);
      },
    };
    const [wanted] = new Mixer(mixerOptions(module, filtered(samples, regions), { noise })).read(block, 10);
    const mixer = new Mixer(mixerOptions(module, filtered(samples, regions), { noise: sound }));
    mixer.read(block - 10, 10);
    expect(() => mixer.read(block, 10)).toThrow('gone');
    isBroken = false;
    expectSameBits(mixer.read(block, 10)[0]!, wanted!);
  });

  it('asks for all that it needs to be prepared', () => {
    const prepared: number[][] = [];
    const sound: Sound = {
      ...makeSound(noise.resident!, 1),
      prepare(from, count) {
        prepared.push([from, from + count]);
        return Promise.resolve();
      },
    };
    const mixer = new Mixer(mixerOptions(module, filtered(samples, regions), { noise: sound }));
    expect(mixer.prepare(4 * block + 100, 10)).toBeInstanceOf(Promise);
    expect(prepared).toEqual([[4 * block - preroll, 5 * block]]);
  });
});
