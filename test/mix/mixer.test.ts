import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { loadKernelModule } from '../../src/cli/node/kernel-file.ts';
import { Kernel } from '../../src/engine/kernel/kernel.ts';
import { Mixer } from '../../src/engine/mix/mixer.ts';
import type { Sound } from '../../src/engine/sound/sound.ts';
import { bitsOf, expectSameBits } from './bits.ts';
import {
  kernelCurves,
  makeGate,
  makeNoise,
  makeRamp,
  makeRegion,
  makeScore,
  makeSound,
  mixerOptions,
} from './make.ts';
import { randomScore, SCORE_SAMPLES, SOUNDS } from './random-score.ts';
import { JAVASCRIPT_CURVES, referenceStem } from './reference.ts';

const kernel = loadKernelModule();
const curves = kernelCurves(kernel);
const reference = new Map(Object.entries(SOUNDS));

describe('against a plain sum in 64-bit float', () => {
  property.prop([randomScore, fc.integer({ min: 1, max: 5000 })], { numRuns: 120 })(
    'every sample of every stem has the bits that the rules say',
    (score, blockSamples) => {
      const stems = new Mixer(mixerOptions(kernel, score, SOUNDS, blockSamples)).read(0, SCORE_SAMPLES);
      stems.forEach((samples, stemIndex) => {
        expectSameBits(samples, referenceStem(score, stemIndex, reference, curves));
      });
    },
  );

  property.prop([randomScore], { numRuns: 25 })(
    'with the curves of JavaScript no sample differs by more than its last bit',
    (score) => {
      const stems = new Mixer(mixerOptions(kernel, score, SOUNDS)).read(0, SCORE_SAMPLES);
      stems.forEach((samples, stemIndex) => {
        const plain = referenceStem(score, stemIndex, reference, JAVASCRIPT_CURVES);
        // One unit in the last place of a float; or what is left of the last bits of a double, where a dozen
        // sounds, each turned up by as much as 24 dB and 6 more by the stem's level, cancel out.
        const wrong = samples.findIndex(
          (value, index) =>
            Math.abs(value - plain[index]!) > Math.max(2 ** -23 * Math.abs(plain[index]!), 2 ** -39),
        );
        expect([wrong, samples[wrong]]).toEqual([-1, plain[wrong]]);
      });
    },
  );

  test('a sum of a hundred sounds is within half a 24-bit step', () => {
    const sounds = Object.fromEntries(
      Array.from({ length: 100 }, (_, index) => [`s${index}`, makeNoise(1000, 2, 100 + index)]),
    );
    const regions = Object.keys(sounds).map((sound) =>
      makeRegion({ sound, start: 0, end: 1000, gainDb: -40 }),
    );
    const [mixed] = new Mixer(mixerOptions(kernel, makeScore(1000, regions), sounds)).read(0, 1000);
    const errors = mixed!.map((value, index) => {
      let sum = 0;
      for (const sound of Object.values(sounds)) sum += 0.01 * sound.resident![index]!;
      return Math.abs(value - sum);
    });
    expect(Math.max(...errors)).toBeLessThan(2 ** -24);
  });
});

describe('any range is the whole', () => {
  property.prop(
    [
      randomScore,
      fc.integer({ min: 1, max: 3000 }),
      fc.array(fc.tuple(fc.nat({ max: SCORE_SAMPLES }), fc.nat({ max: SCORE_SAMPLES })), {
        minLength: 1,
        maxLength: 8,
      }),
    ],
    { numRuns: 60 },
  )('whatever was read before, and in blocks of whatever size', (score, blockSamples, reads) => {
    const whole = new Mixer(mixerOptions(kernel, score, SOUNDS)).read(0, SCORE_SAMPLES);
    const mixer = new Mixer(mixerOptions(kernel, score, SOUNDS, blockSamples));
    for (const [a, b] of reads) {
      const [from, to] = [Math.min(a, b), Math.max(a, b)];
      mixer.read(from, to - from).forEach((samples, stemIndex) => {
        const { channels } = score.stems[stemIndex]!;
        expectSameBits(samples, whole[stemIndex]!.slice(channels * from, channels * to));
      });
    }
  });

  test('a block stays in the kernel as read hands it out', () => {
    const score = makeScore(555, [makeRegion({ sound: 'stereo', start: 0, end: 555, gainDb: -3 })]);
    const mixer = new Mixer(mixerOptions(kernel, score, SOUNDS, 100));
    const block = mixer.mixStem(0, 321, 99);
    const inKernel = mixer.kernel.float32(block, 2 * 99).slice();
    expectSameBits(inKernel, mixer.read(321, 99)[0]!);
  });

  test('a negative sum too small for a float is +0, never −0', () => {
    const score = makeScore(1, [makeRegion({ sound: 'least', start: 0, end: 1, gainDb: -24 })]);
    const sounds = { least: makeSound([-(2 ** -149), -0], 2) };
    expect(bitsOf(new Mixer(mixerOptions(kernel, score, sounds)).read(0, 1)[0]!)).toEqual(
      Uint32Array.of(0, 0),
    );
  });

  test('every read is a fresh array', () => {
    const score = makeScore(10, [makeRegion({ sound: 'stereo', start: 0, end: 10 })]);
    const mixer = new Mixer(mixerOptions(kernel, score, SOUNDS));
    const first = mixer.read(0, 10)[0]!;
    const kept = first.slice();
    mixer.read(5, 5);
    expectSameBits(first, kept);
  });

  test('the end of the score and nothing at all can be read', () => {
    const mixer = new Mixer(mixerOptions(kernel, makeScore(10, []), {}));
    expect(mixer.read(10, 0)).toEqual([new Float32Array(0)]);
    expect(mixer.read(9, 1)).toEqual([new Float32Array(2)]);
  });

  test.each([
    [-1, 1],
    [0, 11],
    [10, 1],
    [0.5, 1],
    [0, Number.NaN],
    [3, -1],
  ])('a range outside the score is refused: %d, %d', (from, count) => {
    const mixer = new Mixer(mixerOptions(kernel, makeScore(10, []), {}));
    expect(() => mixer.read(from, count)).toThrow(RangeError);
    expect(() => mixer.mixStem(0, from, count)).toThrow(RangeError);
    expect(() => mixer.prepare(from, count)).toThrow(RangeError);
  });

  test('a block longer than the mixer makes, or a stem that is not there, is refused', () => {
    const mixer = new Mixer(mixerOptions(kernel, makeScore(100, []), {}, 50));
    expect(() => mixer.mixStem(0, 0, 51)).toThrow(/at most 50/);
    expect(() => mixer.mixStem(1, 0, 1)).toThrow(/1 stem/);
    expect(() => new Mixer(mixerOptions(kernel, makeScore(100, []), {}, 0))).toThrow(RangeError);
  });
});

describe('placement', () => {
  property.prop([fc.nat({ max: 3000 }), fc.nat({ max: 554 }), fc.integer({ min: 1, max: 600 })])(
    'at unity a sound is itself, bit for bit, at any sample and from any place in it',
    (start, head, blockSamples) => {
      const { resident } = SOUNDS['stereo']!;
      const region = makeRegion({ sound: 'stereo', start, end: start + 555 - head, origin: start - head });
      const mixer = new Mixer(mixerOptions(kernel, makeScore(4000, [region]), SOUNDS, blockSamples));
      const expected = new Float32Array(8000);
      expected.set(resident!.subarray(2 * head), 2 * start);
      expectSameBits(mixer.read(0, 4000)[0]!, expected);
    },
  );

  test('a mono sound in the middle is itself on both sides', () => {
    const region = makeRegion({ sound: 'mono', start: 5, end: 782 });
    const [mixed] = new Mixer(mixerOptions(kernel, makeScore(800, [region]), SOUNDS)).read(0, 800);
    for (let sample = 0; sample < 777; sample++) {
      expect(mixed![2 * (sample + 5)]).toBe(SOUNDS['mono']!.at(sample, 0));
      expect(mixed![2 * (sample + 5) + 1]).toBe(SOUNDS['mono']!.at(sample, 0));
    }
  });

  test('a sound below full scale by 6 dB is every sample times 10^(−6/20), rounded once', () => {
    const region = makeRegion({ sound: 'stereo', start: 0, end: 555, gainDb: -6 });
    const [mixed] = new Mixer(mixerOptions(kernel, makeScore(555, [region]), SOUNDS)).read(0, 555);
    expectSameBits(
      mixed!,
      SOUNDS['stereo']!.resident!.map((value) => 10 ** (-6 / 20) * value),
    );
  });

  test('what is resident in the kernel is played from where it lies', () => {
    const shared = Kernel.instantiate(kernel);
    shared.reserve(2 ** 23);
    const resident = shared.float32(shared.allocate(4 * 2 * 555), 2 * 555);
    resident.set(SOUNDS['stereo']!.resident!);
    const inPlace: Sound = {
      channels: 2,
      samples: 555,
      resident,
      read: () => {
        throw new Error('it was read all the same');
      },
    };
    // More of them than one call of the kernel takes.
    const regions = Array.from({ length: 150 }, (_, index) =>
      makeRegion({ sound: 'stereo', start: index, end: 500, origin: -7, gainDb: -40, pan: index / 150 }),
    );
    const score = makeScore(555, regions);
    const mixer = new Mixer({ kernel: shared, score, sounds: new Map([['stereo', inPlace]]) });
    expect(mixer.kernel).toBe(shared);
    expectSameBits(mixer.read(0, 555)[0]!, new Mixer(mixerOptions(kernel, score, SOUNDS)).read(0, 555)[0]!);
  });
});

describe('pan', () => {
  const ONES = { mono: makeSound([1], 1), stereo: makeSound([1, 1], 2) };
  const sidesAt = (sound: 'mono' | 'stereo', pan: number) => {
    const score = makeScore(1, [makeRegion({ sound, start: 0, end: 1, pan })]);
    return [...new Mixer(mixerOptions(kernel, score, ONES)).read(0, 1)[0]!];
  };

  test('mono keeps its power: √2·cos θ and √2·sin θ', () => {
    expect(sidesAt('mono', 0)).toEqual([1, 1]);
    expect(sidesAt('mono', -1)).toEqual([Math.fround(Math.SQRT2), 0]);
    expect(sidesAt('mono', 1)).toEqual([0, Math.fround(Math.SQRT2)]);
    const theta = (1.5 * Math.PI) / 4;
    expect(sidesAt('mono', 0.5)).toEqual([
      Math.fround(Math.SQRT2 * Math.cos(theta)),
      Math.fround(Math.SQRT2 * Math.sin(theta)),
    ]);
  });

  test('stereo loses its far side by cos(π|p|/2) and keeps the near one', () => {
    expect(sidesAt('stereo', 0)).toEqual([1, 1]);
    expect(sidesAt('stereo', -1)).toEqual([1, 0]);
    expect(sidesAt('stereo', 1)).toEqual([0, 1]);
    expect(sidesAt('stereo', 0.5)).toEqual([Math.fround(Math.cos(Math.PI / 4)), 1]);
    expect(sidesAt('stereo', -0.25)).toEqual([1, Math.fround(Math.cos(Math.PI / 8))]);
  });

  test('left and right are mirror images', () => {
    for (const pan of [0.001, 0.1, 1 / 3, 0.5, 0.77, 0.999]) {
      for (const sound of ['mono', 'stereo'] as const) {
        expect(sidesAt(sound, -pan)).toEqual(sidesAt(sound, pan).reverse());
      }
    }
  });
});

describe('ramps', () => {
  const ones = { one: makeSound(new Array(400).fill(1), 1) };
  const leftOf = (ramps: Parameters<typeof makeRamp>[0][], blockSamples?: number) => {
    const score = makeScore(400, [
      makeRegion({ sound: 'one', start: 0, end: 400, ramps: ramps.map(makeRamp) }),
    ]);
    const [mixed] = new Mixer(mixerOptions(kernel, score, ones, blockSamples)).read(0, 400);
    return mixed!.filter((_, index) => index % 2 === 0);
  };

  test('a linear rise is k/N, a fall 1 − k/N, with 0 and 1 outside', () => {
    const rise = leftOf([{ direction: 'in', start: 100, length: 50, curve: 'linear' }]);
    const fall = leftOf([{ direction: 'out', start: 100, length: 50, curve: 'linear' }]);
    for (let t = 0; t < 400; t++) {
      const k = Math.min(50, Math.max(0, t - 100));
      expect(rise[t]).toBe(Math.fround(k / 50));
      expect(fall[t]).toBe(Math.fround(1 - k / 50));
    }
  });

  test('equal power: a rise and a fall keep the power of two sounds', () => {
    const rise = leftOf([{ direction: 'in', start: 100, length: 50 }]);
    const fall = leftOf([{ direction: 'out', start: 100, length: 50 }]);
    expect([rise[100], fall[100]]).toEqual([0, 1]);
    expect([rise[150], fall[150]]).toEqual([1, 0]);
    for (let t = 0; t < 400; t++) expect(rise[t]! ** 2 + fall[t]! ** 2).toBeCloseTo(1, 6);
  });

  test('several multiply', () => {
    const a = { direction: 'in', start: 20, length: 300, curve: 'linear' } as const;
    const b = { direction: 'out', start: 150, length: 200, curve: 'linear' } as const;
    const both = leftOf([a, b], 37);
    for (let t = 150; t < 320; t++) {
      expect(both[t]).toBe(Math.fround(((t - 20) / 300) * (1 - (t - 150) / 200)));
    }
  });

  test('a ramp without length is a step', () => {
    expect([...leftOf([{ direction: 'in', start: 7, length: 0 }]).slice(5, 9)]).toEqual([0, 0, 1, 1]);
    expect([...leftOf([{ direction: 'out', start: 7, length: 0 }]).slice(5, 9)]).toEqual([1, 1, 0, 0]);
  });
});

describe('loops', () => {
  test('without overlap the sound is butted to itself, sample to sample', () => {
    const loop = { period: 555, overlap: 0, curve: 'equal-power' } as const;
    const score = makeScore(2000, [makeRegion({ sound: 'stereo', start: 100, end: 2000, loop })]);
    const [mixed] = new Mixer(mixerOptions(kernel, score, SOUNDS, 333)).read(0, 2000);
    for (let t = 100; t < 2000; t++) {
      expect(mixed![2 * t]).toBe(SOUNDS['stereo']!.at((t - 100) % 555, 0));
      expect(mixed![2 * t + 1]).toBe(SOUNDS['stereo']!.at((t - 100) % 555, 1));
    }
  });

  test('each pass but the first fades in over the overlap while the one before it fades out', () => {
    const rising = makeSound([1, 2, 4, 8, 16], 1);
    const loop = { period: 3, overlap: 2, curve: 'linear' } as const;
    const score = makeScore(9, [makeRegion({ sound: 'rising', start: 0, end: 9, loop })]);
    const [mixed] = new Mixer(mixerOptions(kernel, score, { rising })).read(0, 9);
    // 8 at full, 16 and 2 at half each, then 4; and so on.
    expect(mixed!.filter((_, index) => index % 2 === 0)).toEqual(Float32Array.of(1, 2, 4, 8, 9, 4, 8, 9, 4));
  });

  test('a region that begins late hears the loop where it would have been', () => {
    const loop = { period: 400, overlap: 155, curve: 'equal-power' } as const;
    const bed = { sound: 'stereo', end: 3000, origin: 0, loop };
    const read = (start: number) =>
      new Mixer(mixerOptions(kernel, makeScore(3000, [makeRegion({ ...bed, start })]), SOUNDS)).read(
        0,
        3000,
      )[0]!;
    expectSameBits(read(1234).subarray(2 * 1234), read(0).subarray(2 * 1234));
    expect(
      read(1234)
        .subarray(0, 2 * 1234)
        .every((value) => value === 0),
    ).toBe(true);
  });

  test('a bed of one sample can be looped', () => {
    const loop = { period: 1, overlap: 0, curve: 'linear' } as const;
    const score = makeScore(1000, [makeRegion({ sound: 'half', start: 0, end: 1000, loop })]);
    const [mixed] = new Mixer(mixerOptions(kernel, score, { half: makeSound([0.5], 1) })).read(0, 1000);
    expect(mixed).toEqual(new Float32Array(2000).fill(0.5));
  });
});

describe('gates', () => {
  const ones = { one: makeSound(new Array(2000).fill(-1), 2) };
  const bed = makeRegion({ sound: 'one', start: 0, end: 1000 });
  const mix = (gates: Parameters<typeof makeGate>[0][], blockSamples?: number) =>
    new Mixer(
      mixerOptions(
        kernel,
        makeScore(1000, { sfx: [bed], room: [bed] }, gates.map(makeGate)),
        ones,
        blockSamples,
      ),
    ).read(0, 1000);

  test('inside a gate every sample of its stems is +0, and the other stems go on', () => {
    const [sfx, room] = mix([{ start: 300, end: 600 }], 128);
    expect(bitsOf(sfx!.slice(600, 1200)).every((bits) => bits === 0)).toBe(true);
    expect(sfx!.filter((value) => value === -1).length).toBe(1400);
    expect(room!.every((value) => value === -1)).toBe(true);
  });

  test('the stem falls before a gate, over its fadeOut, and not within', () => {
    const [sfx] = mix([{ start: 300, end: 600, fadeOut: 100, curve: 'linear' }], 77);
    for (let t = 0; t < 300; t++) {
      const gain = t < 200 ? 1 : 1 - (t - 200) / 100;
      expect(sfx![2 * t]).toBe(Math.fround(-gain));
    }
    expect(sfx![2 * 300]).toBe(0);
    expect(sfx![2 * 600]).toBe(-1);
  });

  test('a fall that would begin before the film, or in an earlier gate, multiplies where it lies', () => {
    const [sfx] = mix([
      { start: 50, end: 100, fadeOut: 200, curve: 'linear' },
      { start: 150, end: 200, fadeOut: 120, curve: 'linear' },
    ]);
    expect(sfx![2 * 0]).toBe(Math.fround(-0.25));
    expect(sfx![2 * 40]).toBe(Math.fround(-(1 - 190 / 200) * (1 - 10 / 120)));
    expect(sfx![2 * 75]).toBe(0);
    expect(sfx![2 * 125]).toBe(Math.fround(-(1 - 95 / 120)));
  });

  test('a gate is not mixed: its sounds are not even read', () => {
    const reads: number[][] = [];
    const one = ones.one;
    const spy: Sound = {
      ...one,
      read(from, count, out) {
        reads.push([from, from + count]);
        one.read(from, count, out);
      },
    };
    const score = makeScore(1000, [bed], [makeGate({ start: 300, end: 600 })]);
    new Mixer(mixerOptions(kernel, score, { one: spy })).read(0, 1000);
    expect(reads).toEqual([
      [0, 300],
      [600, 1000],
    ]);
  });
});

describe('many at once', () => {
  test('more sounds than one call of the kernel takes are summed in their order all the same', () => {
    const regions = Array.from({ length: 300 }, (_, index) =>
      makeRegion({
        sound: ['stereo', 'read', 'mono', 'readMono'][index % 4]!,
        start: index % 50,
        end: 300,
        gainDb: -20 - index / 10,
        ramps: index % 3 ? [makeRamp({ direction: 'in', start: index % 50, length: 200 })] : [],
      }),
    );
    const score = makeScore(300, regions);
    const [mixed] = new Mixer(mixerOptions(kernel, score, SOUNDS)).read(0, 300);
    expectSameBits(mixed!, referenceStem(score, 0, reference, curves));
  });

  test('a sound in memory that is played often is read once', () => {
    const reads: number[][] = [];
    const step = makeNoise(50, 1, 9);
    const spy: Sound = {
      ...step,
      read(from, count, out) {
        reads.push([from, count]);
        step.read(from, count, out);
      },
    };
    const regions = Array.from({ length: 40 }, (_, index) =>
      makeRegion({
        sound: 'step',
        start: index * 20,
        end: index * 20 + 45,
        origin: index * 20 - 5,
        pan: 0.1,
      }),
    );
    const score = makeScore(1000, regions);
    const mixer = new Mixer(mixerOptions(kernel, score, { step: spy }, 64));
    expect(reads).toEqual([]);
    const stem = mixer.read(0, 1000)[0]!;
    expectSameBits(stem, referenceStem(score, 0, new Map([['step', step]]), curves));
    expect(reads).toEqual([[0, 50]]);
  });

  test('a read asks only the sounds that play in it', () => {
    let reads = 0;
    const sound: Sound = { channels: 2, samples: 10, read: () => void reads++ };
    const regions = Array.from({ length: 10_000 }, (_, index) =>
      makeRegion({ sound: 'hit', start: index * 10, end: index * 10 + 10 }),
    );
    const mixer = new Mixer(mixerOptions(kernel, makeScore(100_000, regions), { hit: sound }));
    mixer.read(50_005, 10);
    expect(reads).toBe(2);
  });
});

describe('preparing', () => {
  test('asks each sound for just what the range plays, and is done when all are', async () => {
    const asked: unknown[] = [];
    let arrive = () => {};
    const arrival = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    const sound = (name: string, pending: Promise<void> | undefined): Sound => ({
      ...makeNoise(100, 2, 1),
      prepare(from, count) {
        asked.push([name, from, count]);
        return pending;
      },
    });
    const score = makeScore(
      400,
      [
        makeRegion({ sound: 'near', start: 10, end: 110 }),
        makeRegion({ sound: 'far', start: 50, end: 150 }),
        makeRegion({ sound: 'later', start: 300, end: 400 }),
      ],
      [makeGate({ start: 120, end: 130 })],
    );
    const mixer = new Mixer(
      mixerOptions(kernel, score, {
        near: sound('near', undefined),
        far: sound('far', arrival),
        later: sound('later', undefined),
      }),
    );
    let prepared = false;
    const pending = mixer.prepare(100, 100)?.then(() => {
      prepared = true;
    });
    expect(asked).toEqual([
      ['near', 90, 10],
      ['far', 50, 20],
      ['far', 80, 20],
    ]);
    await Promise.resolve();
    expect(prepared).toBe(false);
    arrive();
    await pending;
    expect(prepared).toBe(true);
    expect(mixer.prepare(300, 100)).toBeUndefined();
  });
});

describe('a score that its sounds do not bear out', () => {
  const refused = (region: Parameters<typeof makeRegion>[0]) => () =>
    new Mixer(mixerOptions(kernel, makeScore(5000, [makeRegion(region)]), SOUNDS));

  test('a sound that was not opened', () => {
    expect(refused({ sound: 'slam', start: 0, end: 1 })).toThrow(/"cue" plays "slam", which was not opened/);
  });

  test('samples past the end of the sound, or before its beginning', () => {
    expect(refused({ sound: 'stereo', start: 0, end: 556 })).toThrow(/from its sample 0 to 556.* has 555/);
    expect(refused({ sound: 'stereo', start: 0, end: 10, origin: 1 })).toThrow(/from its sample -1/);
  });

  test('a loop longer than the sound, or with more overlap than period', () => {
    const region = { sound: 'stereo', start: 0, end: 3000 };
    expect(refused({ ...region, loop: { period: 500, overlap: 56, curve: 'linear' } })).toThrow(
      /556 samples/,
    );
    expect(refused({ ...region, loop: { period: 10, overlap: 11, curve: 'linear' } })).toThrow(/period 10/);
    expect(refused({ ...region, loop: { period: 0, overlap: 0, curve: 'linear' } })).toThrow(/period 0/);
  });

  test('what a ramp has silenced is not missed', () => {
    const ramps = [makeRamp({ direction: 'out', start: 500, length: 55 })];
    expect(refused({ sound: 'stereo', start: 0, end: 4000, ramps })).not.toThrow();
  });
});
