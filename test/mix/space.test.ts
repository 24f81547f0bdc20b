import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { loadKernelModule } from '../../src/cli/node/kernel-file.ts';
import { Mixer } from '../../src/engine/mix/mixer.ts';
import { KeptSpectra } from '../../src/engine/mix/space/kept-spectra.ts';
import { partitionOf } from '../../src/engine/mix/space/partition.ts';
import type { Region, Score, ScoreSpace } from '../../src/engine/score/score.ts';
import type { ImpulseResponse } from '../../src/engine/sound/impulse-response.ts';
import type { Sound } from '../../src/engine/sound/sound.ts';
import { expectSameBits } from './bits.ts';
import { kernelCurves, makeGate, makeNoise, makeRegion, makeScore, makeSound } from './make.ts';
import { SCORE_SAMPLES, SOUNDS } from './random-score.ts';
import { decay, makeResponse, RESPONSES, randomSpaceScore } from './random-spaces.ts';
import { addRegion, fallBefore } from './reference.ts';
import { referenceReturns } from './reference-space.ts';

const kernel = loadKernelModule();
const curves = kernelCurves(kernel);
const soundMap = new Map(Object.entries(SOUNDS));
const responseMap = new Map(Object.entries(RESPONSES));

/**
 * Of a 32-bit float: its last bit; and what 64-bit transforms leave of a block of full scale, some −290 dB. The
 * sums that are asked for are exact to −130 dBFS.
 */
const LAST_BIT = 2 ** -23;
const ROUNDING = 1e-13;

interface Made {
  readonly score: Score;
  readonly sounds?: Readonly<Record<string, Sound>>;
  readonly responses?: Readonly<Record<string, ImpulseResponse>>;
  readonly blockSamples?: number;
}

function makeMixer({ score, sounds = SOUNDS, responses = RESPONSES, blockSamples = 8192 }: Made): Mixer {
  return new Mixer({
    kernel,
    score,
    sounds: new Map(Object.entries(sounds)),
    responses: new Map(Object.entries(responses)),
    blockSamples,
  });
}

/** A score of one stem, all of whose regions are heard in one room and nowhere else. */
function wetScore(samples: number, regions: readonly Region[], space: Partial<ScoreSpace> = {}): Score {
  const wet = regions.map(
    (region): Region => ({ ...region, dry: false, send: { space: 'hall', gainDb: region.gainDb } }),
  );
  const hall = { sound: 'room', normalize: false, gainDb: 0, ...space };
  return { ...makeScore(samples, wet), spaces: { hall } };
}

describe('against direct convolution in 64-bit float', () => {
  property.prop([randomSpaceScore, fc.integer({ min: 1, max: 3000 })], { numRuns: 40 })(
    'every sample is what the rules say, and exactly zero where nothing that was sent is heard',
    (score, blockSamples) => {
      const stems = makeMixer({ score, blockSamples }).read(0, SCORE_SAMPLES);
      stems.forEach((samples, stemIndex) => {
        const { id, regions } = score.stems[stemIndex]!;
        const gates = score.gates.filter((gate) => gate.stems.includes(id));
        const { values, heard } = referenceReturns(score, stemIndex, soundMap, responseMap, curves);
        const wrong = samples.findIndex((value, index) => {
          const [t, side] = [index >> 1, index & 1];
          let sum = 0;
          for (const region of regions) sum = addRegion(sum, region, soundMap, curves, t, 2, side);
          const isOpen = gates.every((gate) => t < gate.start || t >= gate.end);
          const gain = isOpen ? gates.reduce((fall, gate) => fall * fallBefore(gate, t, curves), 1) : 0;
          const exact = (sum + values[index]!) * gain;
          if (heard[index] && isOpen) {
            return !(Math.abs(value - exact) <= LAST_BIT * Math.abs(exact) + ROUNDING * 2 ** 10);
          }
          return !Object.is(value, Math.fround(exact) + 0);
        });
        expect([wrong, samples[wrong]]).toEqual([-1, undefined]);
      });
    },
  );

  test('of a minute of full-scale noise through a second of noise is off by less than −130 dBFS', () => {
    const noise = makeNoise(60_000, 2, 1);
    const answer = [decay(48_000, 2), decay(48_000, 3)];
    const score = wetScore(110_000, [makeRegion({ sound: 'noise', start: 0, end: 60_000 })], {
      normalize: true,
    });
    const responses = { room: makeResponse(answer) };
    const [wet] = makeMixer({ score, sounds: { noise }, responses }).read(0, 110_000);
    const energy = (values: Float32Array) => values.reduce((sum, value) => sum + value * value, 0);
    const scale = 1 / Math.sqrt((energy(answer[0]!) + energy(answer[1]!)) / 2);
    for (const t of [0, 1, 5000, 16_383, 16_384, 32_768, 50_000, 59_999, 60_000, 90_000, 107_998]) {
      for (const side of [0, 1]) {
        let sum = 0;
        for (let lag = Math.max(0, t - 59_999); lag < Math.min(48_000, t + 1); lag++) {
          sum += noise.resident![2 * (t - lag) + side]! * answer[side]![lag]!;
        }
        expect(Math.abs(wet![2 * t + side]! - sum * scale)).toBeLessThan(10 ** (-130 / 20));
        // Even so: it is the float next to it.
        expect(Math.abs(wet![2 * t + side]! - sum * scale)).toBeLessThanOrEqual(
          LAST_BIT * Math.abs(sum * scale) + 1e-12,
        );
      }
    }
    expect([...wet!.subarray(2 * 107_999)].every((value) => Object.is(value, 0))).toBe(true);
  });
});

describe('any range is the whole', () => {
  const reads = fc.array(fc.tuple(fc.nat({ max: SCORE_SAMPLES }), fc.nat({ max: SCORE_SAMPLES })), {
    minLength: 1,
    maxLength: 8,
  });
  property.prop([randomSpaceScore, fc.integer({ min: 1, max: 3000 }), reads], { numRuns: 50 })(
    'whatever was read before, and in blocks of whatever size',
    (score, blockSamples, ranges) => {
      const whole = makeMixer({ score }).read(0, SCORE_SAMPLES);
      const mixer = makeMixer({ score, blockSamples });
      for (const [a, b] of ranges) {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        mixer.read(from, to - from).forEach((samples, stemIndex) => {
          expectSameBits(samples, whole[stemIndex]!.slice(2 * from, 2 * to));
        });
      }
    },
  );
});

describe('an impulse', () => {
  // Awkward: neither a multiple of a block nor within one, and a partition of 512.
  const answer = decay(1400, 21);
  const click = makeSound([1, -0.5], 2);
  const at = (start: number, samples = 5000) =>
    makeMixer({
      score: wetScore(samples, [makeRegion({ sound: 'click', start, end: start + 1 })]),
      sounds: { click },
      responses: { room: makeResponse([answer]) },
    }).read(0, samples)[0]!;

  property.prop([fc.nat({ max: 3500 })], { numRuns: 12 })(
    'is answered with the response, from its own sample on, and with zeros before and after',
    (start) => {
      const wet = at(start);
      wet.forEach((value, index) => {
        const exact = (answer[(index >> 1) - start] ?? 0) * (index & 1 ? -0.5 : 1);
        if (exact === 0) expect(Object.is(value, 0)).toBe(true);
        else expect(Math.abs(value - exact)).toBeLessThanOrEqual(2 ** -24 * Math.abs(exact) + ROUNDING);
      });
    },
  );

  test('is answered up to the score’s end and no further', () => {
    const wet = at(4000, 4500);
    expect(wet.findLastIndex((value) => value !== 0)).toBeGreaterThan(2 * 4490);
  });

  test('on one side is heard on that side alone, but in a true stereo room on both', () => {
    const regions = [makeRegion({ sound: 'click', start: 7, end: 8, pan: -1 })];
    const read = (channels: number) =>
      makeMixer({
        score: wetScore(3000, regions),
        sounds: { click: makeSound([1, 0], 2) },
        responses: { room: makeResponse(Array.from({ length: channels }, (_, c) => decay(1000, 30 + c))) },
      }).read(0, 3000)[0]!;
    const right = (values: Float32Array) => values.filter((_, index) => index & 1);
    expect(right(read(1)).every((value) => Object.is(value, 0))).toBe(true);
    expect(right(read(2)).every((value) => Object.is(value, 0))).toBe(true);
    expect(right(read(4))[7]).toBeCloseTo(decay(1000, 31)[0]!, 6);
  });

  test('of a sound that is far too quiet gives no denormal numbers', () => {
    const score = wetScore(3000, [makeRegion({ sound: 'hiss', start: 0, end: 1000 })]);
    const hiss = makeSound(
      Float32Array.from({ length: 1000 }, (_, index) => 1e-31 * Math.sin(index)),
      1,
    );
    const [wet] = makeMixer({
      score,
      sounds: { hiss },
      responses: { room: makeResponse([decay(900, 1)]) },
    }).read(0, 3000);
    expect(wet!.every((value) => value === 0 || Math.abs(value) >= 1e-30)).toBe(true);
  });
});

describe('a gate', () => {
  const noise = makeNoise(4000, 2, 5);
  const responses = { room: makeResponse([decay(1500, 6), decay(1500, 7)]) };
  const SAMPLES = 6000;
  const gate = makeGate({ start: 1800, end: 2100, fadeOut: 200 });
  const play = (regions: readonly Region[], gates = [gate]) => {
    const score = wetScore(SAMPLES, regions);
    return makeMixer({ score: { ...score, gates }, sounds: { noise }, responses }).read(0, SAMPLES)[0]!;
  };

  test('ends what rings: nothing of it is left in the gate or after it', () => {
    const wet = play([makeRegion({ sound: 'noise', start: 1000, end: 1790 })]);
    expect(wet.subarray(2 * 1000, 2 * 1800).some((value) => value !== 0)).toBe(true);
    expect(wet.subarray(2 * 1800).every((value) => Object.is(value, 0))).toBe(true);
  });

  test('parts what comes after it from what came before, to the bit', () => {
    const late = makeRegion({ sound: 'noise', start: 2110, end: 3000 });
    const both = play([makeRegion({ sound: 'noise', start: 0, end: 1800 }), late]);
    expectSameBits(both.slice(2 * 1800), play([late]).slice(2 * 1800));
  });

  test('and what comes before it from what comes after, to the bit, within a block too', () => {
    const short = [makeGate({ start: 1700, end: 1710 })];
    // So quiet that the rounding of what comes after would show in it.
    const early = makeRegion({ sound: 'noise', start: 300, end: 1700, gainDb: -200 });
    const late = makeRegion({ sound: 'noise', start: 1710, end: 3000, gainDb: 20 });
    expectSameBits(play([early, late], short).slice(0, 2 * 1700), play([early], short).slice(0, 2 * 1700));
  });

  test('of the sender alone stops what is sent, and the room on its own stem rings on', () => {
    const score = wetScore(SAMPLES, [makeRegion({ sound: 'noise', start: 1000, end: 4000 })], {
      stem: 'reverb',
    });
    const stems = [...score.stems, { id: 'reverb', channels: 2 as const, regions: [] }];
    const wet = (gates: typeof score.gates) =>
      makeMixer({ score: { ...score, stems, gates }, sounds: { noise }, responses }).read(0, SAMPLES);
    const [dry, reverb] = wet([gate]);
    expect(dry!.every((value) => value === 0)).toBe(true);
    expect(reverb!.subarray(2 * 1800, 2 * 2100).every((value) => value !== 0)).toBe(true);
    const [, shut] = wet([{ ...gate, stems: ['reverb'] }]);
    expect(shut!.subarray(2 * 1800, 2 * 2100).every((value) => Object.is(value, 0))).toBe(true);
  });
});

describe('a normalised room', () => {
  const SAMPLES = 60_000;
  const noise = makeNoise(SAMPLES, 2, 8);
  const meanSquare = (values: Float32Array) =>
    values.reduce((sum, value) => sum + value * value, 0) / values.length;

  test.each([1, 2, 4])('of %i channels gives back noise as loud as it was sent', (channels) => {
    const response = makeResponse(
      Array.from({ length: channels }, (_, c) => decay(5000 + 100 * c, 40 + c)).map((values) => {
        const longest = new Float32Array(5400);
        longest.set(values.subarray(0, 5400));
        return longest;
      }),
    );
    const score = wetScore(SAMPLES, [makeRegion({ sound: 'noise', start: 0, end: SAMPLES })], {
      normalize: true,
    });
    const [wet] = makeMixer({ score, sounds: { noise }, responses: { room: response } }).read(0, SAMPLES);
    const level = 10 * Math.log10(meanSquare(wet!.subarray(2 * 5400)) / meanSquare(noise.resident!));
    expect(Math.abs(level)).toBeLessThan(0.3);
  });

  test('is as loud whatever the level of its file; its own level comes on top', () => {
    const click = makeSound([1], 1);
    const read = (level: number, space: Partial<ScoreSpace>) =>
      makeMixer({
        score: wetScore(2000, [makeRegion({ sound: 'click', start: 0, end: 1 })], space),
        sounds: { click },
        responses: { room: makeResponse([decay(1000, 9).map((value) => value * level)], 0.7) },
      }).read(0, 2000)[0]!;
    const normal = read(1, { normalize: true });
    expectSameBits(read(2 ** -6, { normalize: true }), normal);
    const loud = read(1, { normalize: true, gainDb: 20 });
    expect(loud[0]! / normal[0]!).toBeCloseTo(10, 5);
    // As it is, but for the scale that the rate asks for.
    expect(read(1, {})[0]).toBeCloseTo(0.7 * decay(1000, 9)[0]!, 7);
  });
});

describe('stems', () => {
  const noise = makeNoise(3000, 2, 5);
  const responses = { room: makeResponse([decay(900, 6)]) };
  const wet = wetScore(5000, [makeRegion({ sound: 'noise', start: 10, end: 3000, pan: 0.3 })]);
  const withChannels = (channels: 1 | 2 | 6): Score => ({
    ...wet,
    stems: wet.stems.map((stem) => ({ ...stem, channels })),
  });
  const read = (channels: 1 | 2 | 6) =>
    makeMixer({ score: withChannels(channels), sounds: { noise }, responses }).read(0, 5000)[0]!;

  test('a room comes back on L and R of 5.1', () => {
    const stereo = read(2);
    const surround = read(6);
    const pair = Float32Array.from(
      { length: stereo.length },
      (_, index) => surround[6 * (index >> 1) + (index & 1)]!,
    );
    expectSameBits(pair, stereo);
    expect(surround.every((value, index) => index % 6 < 2 || Object.is(value, 0))).toBe(true);
  });

  test('and as half the sum of its sides on a mono stem', () => {
    const stereo = read(2);
    read(1).forEach((value, index) => {
      expect(Math.abs(value - (stereo[2 * index]! + stereo[2 * index + 1]!) / 2)).toBeLessThanOrEqual(
        LAST_BIT * 8,
      );
    });
  });

  test('nothing that is sent costs nothing, and a space that nobody sends to needs no response', () => {
    const score = { ...makeScore(100, []), spaces: wet.spaces };
    expect(makeMixer({ score, responses: {} }).read(0, 100)).toEqual([new Float32Array(200)]);
  });

  test('a send to nowhere, or to a room that was not opened, is the score’s mistake', () => {
    expect(() => makeMixer({ score: { ...wet, spaces: {} }, sounds: { noise } })).toThrow(
      /"hall", which is no space/,
    );
    const lost = { ...wet, spaces: { hall: { ...wet.spaces['hall']!, stem: 'gone' } } };
    expect(() => makeMixer({ score: lost, sounds: { noise }, responses })).toThrow(
      /"gone", which is no stem/,
    );
    expect(() => makeMixer({ score: wet, sounds: { noise }, responses: {} })).toThrow(
      /"room", which was not opened/,
    );
  });
});

describe('a reader that says where it will read on to', () => {
  const ranges = fc.array(fc.tuple(fc.nat({ max: SCORE_SAMPLES }), fc.nat({ max: 3000 })), {
    minLength: 1,
    maxLength: 8,
  });
  property.prop([randomSpaceScore, fc.integer({ min: 1, max: 3000 }), ranges], { numRuns: 50 })(
    'gets the same bits, whether it does so or not',
    (score, blockSamples, places) => {
      const whole = makeMixer({ score }).read(0, SCORE_SAMPLES);
      const mixer = makeMixer({ score, blockSamples });
      for (const [from, further] of places) {
        const count = Math.min(blockSamples, SCORE_SAMPLES - from);
        const until = Math.min(SCORE_SAMPLES, from + count + further);
        score.stems.forEach((_, stem) => {
          const block = mixer.mixStem(stem, from, count, until);
          const samples = mixer.kernel.float32(block, 2 * count).slice();
          expectSameBits(samples, whole[stem]!.slice(2 * from, 2 * (from + count)));
        });
      }
    },
  );

  test('hears of no block after its own until then, and of none after it', () => {
    const noise = makeNoise(60_000, 2, 5);
    let end = 0;
    const spy: Sound = {
      channels: 2,
      samples: 60_000,
      read(from, count, out) {
        end = Math.max(end, from + count);
        noise.read(from, count, out);
      },
    };
    const score = wetScore(60_000, [makeRegion({ sound: 'noise', start: 0, end: 60_000 })]);
    const responses = { room: makeResponse([decay(6000, 6)]) };
    const mixer = makeMixer({ score, sounds: { noise: spy }, responses });
    const block = partitionOf(6000);
    mixer.mixStem(0, 0, 10);
    expect(end).toBe(block);
    mixer.mixStem(0, block, 10, block + 20);
    expect(end).toBe(2 * block);
    mixer.mixStem(0, 2 * block, 10, 4 * block + 1);
    expect(end).toBe(5 * block);
    // However far it reads on, it is a few blocks.
    mixer.mixStem(0, 5 * block, 10, 60_000);
    expect(end).toBe(9 * block);
  });
});

test('what is sent is fetched before it is read', async () => {
  const noise = makeNoise(60_000, 2, 5);
  const asked: [from: number, to: number][] = [];
  const paged: Sound = {
    channels: 2,
    samples: 60_000,
    prepare(from, count) {
      asked.push([from, from + count]);
      return Promise.resolve();
    },
    read(from, count, out) {
      const isReady = asked.some(([start, end]) => start <= from && from + count <= end);
      if (!isReady) throw new Error(`samples ${from} to ${from + count} were not prepared`);
      noise.read(from, count, out);
    },
  };
  const regions = [makeRegion({ sound: 'noise', start: 0, end: 60_000 })];
  const gates = [makeGate({ start: 20_000, end: 21_000 })];
  const score = { ...wetScore(60_000, regions), gates };
  const responses = { room: makeResponse([decay(6000, 6)]) };
  const mixer = makeMixer({ score, sounds: { noise: paged }, responses });
  for (const [from, count] of [
    [30_000, 100],
    [20_500, 1000],
    [3, 1],
    [59_000, 1000],
  ] as const) {
    await mixer.prepare(from, count);
    mixer.read(from, count);
    asked.length = 0;
  }
});

test('blocks are a sixth of the response or a little more, from 256 to 65,536 samples', () => {
  const partitions = [1, 1536, 1537, 4800, 48_000, 196_608, 196_609, 144_000, 1_440_000].map(partitionOf);
  expect(partitions).toEqual([256, 256, 512, 1024, 8192, 32_768, 65_536, 32_768, 65_536]);
});

property.prop([randomSpaceScore], { numRuns: 20 })(
  'a mixer that finds the spectra of an earlier one gives the same bits',
  (score) => {
    const spectra = new KeptSpectra();
    const make = () =>
      new Mixer({ kernel, score, sounds: soundMap, responses: responseMap, spectra }).read(0, SCORE_SAMPLES);
    const alone = makeMixer({ score }).read(0, SCORE_SAMPLES);
    make().forEach((samples, stem) => {
      expectSameBits(samples, alone[stem]!);
    });
    make().forEach((samples, stem) => {
      expectSameBits(samples, alone[stem]!);
    });
  },
);
