import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it, test } from 'vitest';
import { loadKernelModule } from '../../src/cli/node/kernel-file.ts';
import { Kernel } from '../../src/engine/kernel/kernel.ts';
import { filterRing, LONGEST_RING } from '../../src/engine/score/filter-ring.ts';
import type { Filter } from '../../src/engine/score/score.ts';
import { designCascade, filterPreroll } from '../../src/engine/sound/filter/cascade.ts';
import { openFiltered } from '../../src/engine/sound/filter/filtered.ts';
import { PHONE_FILTERS, sumToMono } from '../../src/engine/sound/filter/phone.ts';
import { ResidentSound } from '../../src/engine/sound/resident-sound.ts';
import type { Sound } from '../../src/engine/sound/sound.ts';
import { expectSameBits } from '../mix/bits.ts';
import { makeEndless, makeNoise, makeSound, noiseAt } from '../mix/make.ts';
import { filterByReference, referenceLevelDb } from './reference-filter.ts';

const module = loadKernelModule();
const kernel = Kernel.instantiate(module);
const RATE = 48_000;

/** What is asked for. */
const RESPONSE_DB = 0.01;
/** −140 dB of full scale. */
const STATE_LIMIT = 1e-7;
/** Half the last bit of a 32-bit float, of 1. */
const ROUNDING = 2 ** -24;

const filter = (type: Filter['type'], hz: number, q = Math.SQRT1_2, gainDb = 0): Filter => ({
  type,
  hz,
  q,
  gainDb,
});

const anyFilter: fc.Arbitrary<Filter> = fc
  .record({
    type: fc.constantFrom('high-pass', 'low-pass', 'low-shelf', 'high-shelf', 'bell'),
    octave: fc.double({ min: 0, max: 11, noNaN: true }),
    q: fc.double({ min: 0.1, max: 10, noNaN: true }),
    gainDb: fc.double({ min: -40, max: 24, noNaN: true }),
  })
  .map(({ type, octave, q, gainDb }) => filter(type, 11 * 2 ** octave, q, gainDb));

const fewFilters = fc
  .array(anyFilter, { minLength: 1, maxLength: 4 })
  .filter((filters) => filterRing(filters, RATE) < LONGEST_RING);

function open(sound: Sound, filters: readonly Filter[]): Sound {
  return openFiltered(sound, filters, { name: 'filtered', sampleRate: RATE, kernel: module });
}

function readAll(sound: Sound): Float32Array {
  const out = new Float32Array(sound.samples * sound.channels);
  sound.read(0, sound.samples, out);
  return out;
}

/** Level of a filter at a frequency, dB, measured on its impulse response. */
function measureLevelDb(filters: readonly Filter[], hz: number): number {
  const samples = filterRing(filters, RATE);
  const response = readAll(open(new ResidentSound('impulse', 1, impulse(samples)), filters));
  let [real, imaginary] = [0, 0];
  response.forEach((value, n) => {
    real += value * Math.cos((2 * Math.PI * hz * n) / RATE);
    imaginary += value * Math.sin((2 * Math.PI * hz * n) / RATE);
  });
  return 20 * Math.log10(Math.hypot(real, imaginary));
}

function impulse(samples: number): Float32Array {
  const values = new Float32Array(samples);
  values[0] = 1;
  return values;
}

describe('the response of a filter', () => {
  it.each([
    filter('high-pass', 80),
    filter('high-pass', 30, 2),
    filter('low-pass', 5000),
    filter('low-pass', 18_000, 0.5),
    filter('low-shelf', 200, Math.SQRT1_2, 6),
    filter('low-shelf', 60, 1, -20),
    filter('high-shelf', 4000, 0.5, -12),
    filter('high-shelf', 12_000, Math.SQRT1_2, 24),
    filter('bell', 1000, 1, 12),
    filter('bell', 100, 8, -18),
  ])("$type at $hz Hz, q $q, $gainDb dB is the cookbook's to 0.01 dB", (what) => {
    for (const hz of [20, 55.5, 80, 100, 200, 450, 1000, 2000, 4000, 5000, 9000, 12_000, 18_000, 23_000]) {
      const wanted = referenceLevelDb([what], hz, RATE);
      // Further down the rounding of 32-bit samples shows.
      if (wanted < -80) continue;
      expect(Math.abs(measureLevelDb([what], hz) - wanted), `${hz} Hz`).toBeLessThan(RESPONSE_DB);
    }
  });

  it('is what its name says', () => {
    const level = (what: Filter, hz: number) => Math.round(100 * measureLevelDb([what], hz)) / 100;
    expect(level(filter('high-pass', 100), 100)).toBe(-3.01);
    expect(level(filter('low-pass', 100, 4), 100)).toBe(12.04);
    expect(level(filter('bell', 1000, 3, -7.5), 1000)).toBe(-7.5);
    expect(level(filter('low-shelf', 1000, Math.SQRT1_2, 9), 1000)).toBe(4.5);
    expect(level(filter('low-shelf', 1000, Math.SQRT1_2, 9), 10)).toBe(9);
    expect(level(filter('high-shelf', 1000, Math.SQRT1_2, 9), 23_900)).toBe(9);
    expect(Math.abs(level(filter('high-shelf', 1000, Math.SQRT1_2, 9), 10))).toBe(0);
  });
});

describe('against a filter in 64 bits that never stops', () => {
  it.each([
    ['a rumble filter', [filter('high-pass', 20)]],
    ['four at 30 Hz', Array.from({ length: 4 }, () => filter('high-pass', 30))],
    ['a narrow bell', [filter('bell', 40, 10, 12)]],
    ['one that rings for seconds', [filter('bell', 20, 10, 24)]],
    ['a strip', [filter('high-pass', 80), filter('bell', 300, 2, -6), filter('high-shelf', 6000, 0.7, 4)]],
  ])('every block of %s is right to −140 dB', (_, filters) => {
    const { block } = designCascade(kernel, filters, RATE);
    // Loud in front of a block's edge, and silent behind it: whatever is missing shows there.
    const values = Float64Array.from({ length: 3 * block }, (__, n) =>
      n % block > block - 20_000 ? Math.sign(Math.sin((2 * Math.PI * 20 * n) / RATE)) : noiseAt(1, n) / 16,
    );
    const wanted = filterByReference(filters, values, RATE);
    const out = readAll(open(new ResidentSound('x', 1, Float32Array.from(values)), filters));
    const wrong = out.findIndex(
      (value, n) => Math.abs(value - wanted[n]!) > STATE_LIMIT + ROUNDING * Math.max(1, Math.abs(wanted[n]!)),
    );
    expect([wrong, out[wrong]]).toEqual([-1, wanted[wrong]]);
  });

  property.prop([fewFilters], { numRuns: 25 })('any filters are, in the second block of noise', (filters) => {
    const { block, preroll } = designCascade(kernel, filters, RATE);
    fc.pre(preroll < block);
    const values = Float64Array.from({ length: block + 2000 }, (_, n) => noiseAt(3, n));
    const wanted = filterByReference(filters, values, RATE);
    const out = readAll(open(new ResidentSound('x', 1, Float32Array.from(values)), filters));
    const worst = out.subarray(block).reduce((most, value, n) => {
      const right = wanted[block + n]!;
      return Math.max(
        most,
        Math.abs(value - right) / (STATE_LIMIT + ROUNDING * Math.max(1, Math.abs(right))),
      );
    }, 0);
    expect(worst).toBeLessThan(1);
  });
});

describe('any range is the whole', () => {
  const SAMPLES = 150_000;
  const sounds: Readonly<Record<string, Sound>> = {
    stereo: makeNoise(SAMPLES, 2, 1),
    mono: makeNoise(SAMPLES, 1, 2),
    read: makeSound(makeNoise(SAMPLES, 2, 3).resident!, 2),
  };
  const reads = fc.array(
    fc.tuple(
      fc.nat({ max: SAMPLES - 1 }),
      fc.oneof(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 80_000 })),
    ),
    { minLength: 1, maxLength: 6 },
  );

  property.prop([fewFilters, fc.constantFrom(...Object.keys(sounds)), reads], { numRuns: 20 })(
    'whatever was read before, and in whatever pieces',
    (filters, name, pieces) => {
      const sound = sounds[name]!;
      const whole = readAll(open(sound, filters));
      const other = open(sound, filters);
      for (const [from, count] of pieces) {
        const some = Math.min(count, SAMPLES - from);
        const out = new Float32Array(some * other.channels);
        other.read(from, some, out);
        expectSameBits(out, whole.slice(from * other.channels, (from + some) * other.channels));
      }
    },
  );

  test('held in memory or not, and in stereo or mono', () => {
    const values = makeNoise(50_000, 2, 7).resident!;
    const filters = [filter('high-pass', 30), filter('bell', 900, 2, 5)];
    const held = readAll(open(new ResidentSound('held', 2, values), filters));
    expectSameBits(readAll(open(makeSound(values, 2), filters)), held);
    const left = readAll(
      open(
        makeSound(
          values.filter((_, index) => index % 2 === 0),
          1,
        ),
        filters,
      ),
    );
    expectSameBits(
      left,
      held.filter((_, index) => index % 2 === 0),
    );
  });

  test('below sample 0 too, where a sound has no beginning', () => {
    const filters = [filter('high-pass', 100)];
    const whole = new Float32Array(2 * 100_000);
    open(makeEndless(3), filters).read(-50_000, 100_000, whole);
    const part = new Float32Array(2 * 3000);
    open(makeEndless(3), filters).read(-1000, 3000, part);
    expectSameBits(part, whole.slice(2 * 49_000, 2 * 52_000));
  });

  test('when more sounds play than blocks are kept', () => {
    const filters = [filter('low-pass', 2000)];
    const noise = makeNoise(70_000, 2, 9);
    const whole = readAll(open(noise, filters));
    const many = Array.from({ length: 80 }, () => open(noise, filters));
    for (let from = 0; from < 70_000; from += 30_000) {
      for (const sound of many) {
        const out = new Float32Array(2 * 10_000);
        sound.read(from, 10_000, out);
        expectSameBits(out, whole.slice(2 * from, 2 * (from + 10_000)));
      }
    }
  });

  test('a filtered sound can be filtered again', () => {
    const noise = makeNoise(70_000, 1, 9);
    const [first, second] = [filter('low-pass', 2000), filter('high-pass', 300)];
    const twice = readAll(open(open(noise, [first]), [second]));
    const once = readAll(open(noise, [first, second]));
    // Between the two the sound is rounded to 32 bits.
    twice.forEach((value, n) => {
      expect(Math.abs(value - once[n]!)).toBeLessThan(4 * ROUNDING);
    });
  });
});

describe('silence', () => {
  test('stays silence', () => {
    const out = readAll(
      open(new ResidentSound('x', 2, new Float32Array(2 * 40_000)), [filter('bell', 50, 9, 20)]),
    );
    expectSameBits(out, new Float32Array(2 * 40_000));
  });

  test('comes back after a sound as exact zeros', () => {
    const out = readAll(open(new ResidentSound('x', 1, impulse(30_000)), [filter('low-pass', 1000)]));
    expect(out.subarray(2000).every((value) => Object.is(value, 0))).toBe(true);
  });
});

describe('what is refused', () => {
  it.each([
    [filter('bell', 24_000), /below 24000 Hz, half the sample rate \(got 24000 Hz\)/],
    [filter('bell', 0), /above 0 Hz/],
    [filter('low-pass', Number.NaN), /above 0 Hz/],
    [filter('low-pass', 100, 0), /q of a low-pass must be above 0 \(got 0\)/],
    [filter('bell', 100, 1, Number.POSITIVE_INFINITY), /gain of a bell/],
    [filter('bell', 5, 40, 24), /ring for more than 21\.8 s.*bell at 5 Hz with q 40/],
  ])('%s', (what, message) => {
    expect(() => open(makeNoise(10, 1, 1), [what])).toThrow(RangeError);
    expect(() => open(makeNoise(10, 1, 1), [what])).toThrow(message);
  });

  test('a range that is not inside the sound', () => {
    const sound = open(makeNoise(100, 1, 1), [filter('bell', 100)]);
    expect(() => sound.read(90, 11, new Float32Array(11))).toThrow(/samples 90 to 101 of filtered/);
  });
});

property.prop([fc.array(anyFilter, { minLength: 1, maxLength: 4 })], { numRuns: 100 })(
  'what planning takes for a ring is never less than the pre-roll',
  (filters) => {
    const ring = filterRing(filters, RATE);
    fc.pre(ring < LONGEST_RING);
    expect(filterPreroll(filters, RATE, kernel)).toBeLessThanOrEqual(ring);
  },
);

test('the blocks that are read, and what comes before them, are prepared', () => {
  const filters = [filter('high-pass', 100)];
  const { block, preroll } = designCascade(kernel, filters, RATE);
  const asked: number[][] = [];
  const other: Sound = {
    ...makeSound(new Float32Array(4 * block), 1),
    prepare(from, count) {
      asked.push([from, from + count]);
      return Promise.resolve();
    },
  };
  const sound = open(other, filters);
  sound.prepare?.(2 * block + 7, 10);
  sound.prepare?.(3, 10);
  sound.prepare?.(block - 1, 2);
  expect(asked).toEqual([
    [2 * block - preroll, 3 * block],
    [0, block],
    [0, 2 * block],
  ]);
});

describe('the phone', () => {
  it('lets through what is between 300 Hz and 3.4 kHz', () => {
    for (const hz of [500, 1000, 2000]) expect(Math.abs(measureLevelDb(PHONE_FILTERS, hz))).toBeLessThan(0.3);
    for (const hz of [300, 3400]) expect(measureLevelDb(PHONE_FILTERS, hz)).toBeCloseTo(-3.01, 1);
    for (const hz of [75, 12_000]) expect(measureLevelDb(PHONE_FILTERS, hz)).toBeLessThan(-48);
  });

  it('has one channel: equal sides keep their level, opposite ones are gone', () => {
    expect([...sumToMono(Float32Array.of(0.5, 0.5, 0.25, -0.25), 2)]).toEqual([0.5, 0]);
    expect([...sumToMono(Float32Array.of(0.5, -1), 1)]).toEqual([0.5, -1]);
    // L R C LFE Ls Rs.
    expect([...sumToMono(Float32Array.of(0.5, 0.5, 0, 1, 0, 0), 6)]).toEqual([0.5]);
    expect(sumToMono(Float32Array.of(0, 0, 1, 0, 0, 0), 6)[0]).toBeCloseTo(Math.SQRT1_2, 7);
  });
});
