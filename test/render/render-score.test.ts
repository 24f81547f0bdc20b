import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadKernelModule } from '../../src/cli/node/kernel-file.ts';
import { Kernel } from '../../src/engine/kernel/kernel.ts';
import { printLevels } from '../../src/engine/measure/measurement.ts';
import { Meter } from '../../src/engine/measure/meter.ts';
import { Mixer } from '../../src/engine/mix/mixer.ts';
import { integerAt, seedOf } from '../../src/engine/random/random.ts';
import { RenderAborted, RenderError } from '../../src/engine/render/render-error.ts';
import { planRender } from '../../src/engine/render/render-job.ts';
import { OutputError } from '../../src/engine/render/render-ports.ts';
import { totalWork } from '../../src/engine/render/render-score.ts';
import type { Region, Score } from '../../src/engine/score/score.ts';
import type { Sound } from '../../src/engine/sound/sound.ts';
import { makeGate, makeNoise, makeRamp, makeRegion, makeScore, makeSound } from '../mix/make.ts';
import { randomScore, SOUNDS } from '../mix/random-score.ts';
import { type MemoryOutput, readManifest, renderInMemory } from './memory-output.ts';
import { parseBext, parseSamples, parseWav } from './wav-parser.ts';

const NOISE = { noise: makeNoise(50_000, 2, 7), tone: makeNoise(9000, 1, 8) };

/** Three stems over three seconds and an awkward length, with a gate on all of them, quiet enough to add up. */
function makeFilm(samples = 150_001): Score {
  const quiet = (region: Partial<Region> & Pick<Region, 'start' | 'end'>) =>
    makeRegion({ sound: 'noise', gainDb: -18.3, ...region });
  const bed = quiet({ start: 0, end: samples, loop: { period: 40_000, overlap: 10_000, curve: 'linear' } });
  const hits = Array.from({ length: Math.floor(samples / 20_000) }, (_, index) =>
    quiet({ sound: 'tone', start: 20_000 * index + 333, end: 20_000 * index + 9333, pan: 0.3 }),
  );
  const record = quiet({
    start: 77_777,
    end: 120_000,
    ramps: [makeRamp({ direction: 'in', start: 77_777, length: 4000 })],
  });
  const score = makeScore(samples, { room: [bed], sfx: hits, record: [record] }, [
    makeGate({ cue: 'hush', stems: ['sfx'], start: 20_500, end: 21_000 }),
    makeGate({ cue: 'nothing', stems: ['room', 'sfx', 'record'], start: 90_000, end: 100_000, fadeOut: 480 }),
  ]);
  return { ...score, title: 'Film', startSample: 172_800_000, seed: 5 };
}

/** A score's stems as the mixer reads them. */
function mixed(score: Score, sounds: Readonly<Record<string, Sound>>): Float32Array[] {
  const mixer = new Mixer({ kernel: loadKernelModule(), score, sounds: new Map(Object.entries(sounds)) });
  return mixer.read(0, score.samples);
}

function roundTiesToEven(value: number): number {
  const nearest = Math.round(value);
  return Math.abs(value % 1) === 0.5 && nearest % 2 !== 0 ? nearest - 1 : nearest;
}

function stemFiles(files: ReadonlyMap<string, Buffer>): Buffer[] {
  return [...files].filter(([name]) => !name.endsWith('_mix.wav')).map(([, bytes]) => bytes);
}

function mixFile(files: ReadonlyMap<string, Buffer>): Buffer {
  return [...files].find(([name]) => name.endsWith('_mix.wav'))![1];
}

/** Channels of a mix that a stem's go to, by the number of channels of the stem and of the mix. */
const ROUTES: Readonly<Record<string, readonly (readonly number[])[]>> = {
  '1 in 1': [[0]],
  '2 in 2': [[0], [1]],
  '6 in 6': [[0], [1], [2], [3], [4], [5]],
  '1 in 2': [[0, 1]],
  '1 in 6': [[2]],
  '2 in 6': [[0], [1]],
};

/** The stems' integers (or floats), added up as the mix should have them. */
function addedUp(files: ReadonlyMap<string, Buffer>): number[] {
  const stems = stemFiles(files).map((file) => ({ ...parseWav(file), values: parseSamples(file) }));
  const channels = Math.max(...stems.map((stem) => stem.channels));
  const sums = new Array<number>(stems[0]!.samples * channels).fill(0);
  for (const stem of stems) {
    for (const [index, value] of stem.values.entries()) {
      const sample = Math.floor(index / stem.channels);
      for (const to of ROUTES[`${stem.channels} in ${channels}`]![index % stem.channels]!) {
        sums[sample * channels + to]! += value;
      }
    }
  }
  return sums;
}

function dataOf(file: Buffer): Buffer {
  return file.subarray(parseWav(file).dataStart);
}

/** Index of the first value that differs; −1 if none does. (`toEqual` takes seconds for long arrays.) */
function firstDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const length = Math.max(a.length, b.length);
  for (let index = 0; index < length; index++) if (!Object.is(a[index], b[index])) return index;
  return -1;
}

describe('24 bits', async () => {
  const score = makeFilm();
  const { files, manifest, output } = await renderInMemory(score, NOISE);
  const stems = stemFiles(files).map(parseSamples);

  test('every stem is the mixer’s, times 2²³, rounded ties to even', () => {
    mixed(score, NOISE).forEach((floats, stem) => {
      const expected = [...floats].map((value) => roundTiesToEven(value * 2 ** 23) + 0);
      expect(firstDifference(stems[stem]!, expected)).toBe(-1);
    });
  });

  test('the mix is the sum of the stems’ integers', () => {
    const sums = stems[0]!.map((value, index) => value + stems[1]![index]! + stems[2]![index]!);
    expect(firstDifference(parseSamples(mixFile(files)), sums)).toBe(-1);
  });

  test('in a gate every sample is zero, and its neighbours are not', () => {
    const mix = parseSamples(mixFile(files));
    expect(mix.slice(2 * 90_000, 2 * 100_000).every((value) => value === 0)).toBe(true);
    expect(mix[2 * 100_000]).not.toBe(0);
    expect(mix[2 * 89_998]).not.toBe(0);
    expect(manifest.proof).toEqual({
      sumOfStems: { maxDifference: 0 },
      silences: [
        { cue: 'hush', start: 20_500, end: 21_000, maxAbs: 0 },
        { cue: 'nothing', start: 90_000, end: 100_000, maxAbs: 0 },
      ],
    });
  });

  test('the manifest says what is in the files', () => {
    expect(readManifest(output)).toEqual(manifest);
    expect(manifest).toMatchObject({
      title: 'Film',
      sheet: { file: 'film.cues.json' },
      frameRate: '24',
      sampleRate: 48000,
      startTimecode: '01:00:00:00',
      startSample: 172_800_000,
      samples: 150_001,
      bits: 24,
      loudnessGainDb: 0,
    });
    expect(manifest.stems.map((stem) => [stem.id, stem.file])).toEqual([
      ['room', 'Film_room.wav'],
      ['sfx', 'Film_sfx.wav'],
      ['record', 'Film_record.wav'],
    ]);
    for (const entry of [...manifest.stems, manifest.mix]) {
      const file = files.get(entry.file)!;
      expect(entry.sha256).toBe(createHash('sha256').update(file).digest('hex'));
      expect(entry.samples).toBe(parseWav(file).samples);
    }
  });

  test('levels are those of the written file, in the manifest and in bext', () => {
    for (const entry of [...manifest.stems, manifest.mix]) {
      const file = files.get(entry.file)!;
      const meter = new Meter({
        kernel: Kernel.instantiate(loadKernelModule()),
        sampleRate: 48000,
        channels: 2,
      });
      meter.push(Float32Array.from(parseSamples(file), (value) => value / 2 ** 23));
      const levels = printLevels(meter.finish());
      expect(entry).toMatchObject(levels);
      expect(parseBext(parseWav(file).chunks.get('bext')!)).toMatchObject({
        timeReference: 172_800_000,
        loudness: [
          levels.integratedLufs,
          levels.loudnessRangeLu,
          levels.truePeakDbtp,
          levels.maxMomentaryLufs,
          levels.maxShortTermLufs,
        ].map((level) => (level === null ? 0x7fff : Math.round(level * 100))),
      });
    }
  });

  test('every file is settled before it is committed', () => {
    expect(output.settled.sort()).toEqual([0, 1, 2, 3]);
  });
});

test('random scores come out as the mixer reads them, and add up', async () => {
  await fc.assert(
    fc.asyncProperty(randomScore, fc.constantFrom<16 | 24>(16, 24), async (score, bits) => {
      const rendered = await renderInMemory(score, SOUNDS, { bits }).catch((problem: unknown) => {
        // Some are too loud to be written: that is told elsewhere.
        if (problem instanceof RenderError) return undefined;
        throw problem;
      });
      fc.pre(rendered !== undefined);
      expect(firstDifference(parseSamples(mixFile(rendered!.files)), addedUp(rendered!.files))).toBe(-1);
    }),
    { numRuns: 40 },
  );
});

describe('16 bits', async () => {
  const score = makeFilm();
  const { files } = await renderInMemory(score, NOISE, { bits: 16 });
  const stems = stemFiles(files).map(parseSamples);

  test('dither is seeded by sheet, stem and channel, and is where the stem has regions outside of gates', () => {
    mixed(score, NOISE).forEach((floats, stem) => {
      const { id, regions } = score.stems[stem]!;
      const seeds = ['left', 'right'].map((side) => seedOf(5, 'dither', id, side));
      const gates = score.gates.filter((gate) => gate.stems.includes(id));
      const within = (spans: readonly { readonly start: number; readonly end: number }[], sample: number) =>
        spans.some(({ start, end }) => start <= sample && sample < end);
      const expected = Array.from(floats, (value, index) => {
        const sample = index >> 1;
        if (!within(regions, sample) || within(gates, sample)) return roundTiesToEven(value * 2 ** 15) + 0;
        const random = integerAt(seeds[index & 1]!, sample);
        const dither = ((random >>> 16) - (random & 0xffff)) / 65536;
        return roundTiesToEven(value * 2 ** 15 + dither) + 0;
      });
      expect(firstDifference(stems[stem]!, expected)).toBe(-1);
    });
  });

  test('where a stem has nothing, every sample is zero', () => {
    expect(stems[2]!.slice(0, 2 * 77_777).every((value) => value === 0)).toBe(true);
    expect(stems[1]!.slice(0, 2 * 333).every((value) => value === 0)).toBe(true);
  });

  test('the mix is the sum of the dithered stems, without dither of its own', () => {
    const sums = stems[0]!.map((value, index) => value + stems[1]![index]! + stems[2]![index]!);
    expect(firstDifference(parseSamples(mixFile(files)), sums)).toBe(-1);
  });
});

describe('32-bit float', async () => {
  const score = makeFilm();
  const { files, manifest } = await renderInMemory(score, NOISE, { bits: '32f' });
  const floats = mixed(score, NOISE);

  test('stems are the mixer’s to the bit', () => {
    stemFiles(files).forEach((file, stem) => {
      expect(firstDifference(parseSamples(file), floats[stem]!)).toBe(-1);
    });
  });

  test('the mix is their 64-bit sum, rounded once', () => {
    const sums = floats[0]!.map((value, index) => value + floats[1]![index]! + floats[2]![index]!);
    expect(firstDifference(parseSamples(mixFile(files)), sums)).toBe(-1);
    expect(manifest.proof.sumOfStems).toEqual({ maxDifference: 0 });
  });

  test('beyond full scale is a warning, and the file holds it', async () => {
    const loud = makeScore(1000, [makeRegion({ sound: 'noise', start: 0, end: 1000, gainDb: 20 })]);
    const { warnings, files: written } = await renderInMemory(loud, NOISE, { bits: '32f' });
    expect(warnings.map(({ severity, rule, pointer }) => ({ severity, rule, pointer }))).toEqual([
      { severity: 'warning', rule: 'clipping', pointer: '/stems/sfx' },
      { severity: 'warning', rule: 'clipping', pointer: '/stems' },
    ]);
    expect(Math.max(...parseSamples(mixFile(written)))).toBeGreaterThan(9);
  });
});

describe('threads', () => {
  test('any number of them writes the same bytes', async () => {
    // Long enough that there is a piece for each.
    const score = makeFilm(3 * 2 ** 19 + 12_345);
    const one = await renderInMemory(score, NOISE, { bits: 16 });
    for (const threads of [2, 3]) {
      const several = await renderInMemory(score, NOISE, { bits: 16, threads });
      expect(several.output.manifest).toBe(one.output.manifest);
      for (const [name, bytes] of one.files) expect(several.files.get(name)!.equals(bytes)).toBe(true);
    }
  });

  test('the first that fails ends them all', async () => {
    const score = makeFilm(3 * 2 ** 19);
    let checks = 0;
    const checkpoint = () => {
      checks += 1;
      if (checks === 5) throw new OutputError('the disk is on fire');
      return new Promise<void>((resolve) => setImmediate(resolve));
    };
    await expect(renderInMemory(score, NOISE, { threads: 3, checkpoint })).rejects.toThrow('on fire');
    const atFailure = checks;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(checks).toBe(atFailure);
  });
});

describe('a range', () => {
  test.each([16, 24, '32f'] as const)('is that part of the whole, to the bit, at %s bits', async (bits) => {
    const score = makeFilm();
    const whole = await renderInMemory(score, NOISE, { bits });
    for (const [from, to] of [
      [0, 1],
      [12_345, 99_999],
      [95_000, 150_001],
    ] as const) {
      const part = await renderInMemory(score, NOISE, { bits, from, to });
      for (const [name, file] of part.files) {
        const size = parseWav(file).channels * (parseWav(file).bits / 8);
        const expected = dataOf(whole.files.get(name)!).subarray(from * size, to * size);
        expect(dataOf(file).equals(expected)).toBe(true);
      }
    }
  });

  test('is timestamped at its own first sample, and counts positions from the edit’s', async () => {
    const { files, manifest } = await renderInMemory(makeFilm(), NOISE, { from: 95_000, to: 120_000 });
    expect(parseBext(parseWav(mixFile(files)).chunks.get('bext')!).timeReference).toBe(172_895_000);
    expect(manifest).toMatchObject({ startSample: 172_800_000, from: 95_000, to: 120_000, samples: 25_000 });
    expect(manifest.mix).toMatchObject({ samples: 25_000, timeReference: 172_895_000 });
    // Only the part of the gate that was written can be proven.
    expect(manifest.proof.silences).toEqual([{ cue: 'nothing', start: 95_000, end: 100_000, maxAbs: 0 }]);
  });

  test('must have samples and lie inside the score', async () => {
    for (const [from, to] of [
      [5, 5],
      [6, 5],
      [-1, 5],
      [0, 150_002],
      [0.5, 5],
    ] as const) {
      await expect(renderInMemory(makeFilm(), NOISE, { from, to })).rejects.toThrow(RangeError);
    }
  });
});

describe('some stems', () => {
  test('are what they are in the whole, and the mix is theirs', async () => {
    const whole = await renderInMemory(makeFilm(), NOISE, { bits: 16 });
    // In the sheet's order, whatever the order they were asked for in.
    const some = await renderInMemory(makeFilm(), NOISE, { bits: 16, stems: ['record', 'room'] });
    expect(some.manifest.stems.map((stem) => stem.id)).toEqual(['room', 'record']);
    for (const name of ['Film_room.wav', 'Film_record.wav']) {
      expect(some.files.get(name)!.equals(whole.files.get(name)!)).toBe(true);
    }
    const [room, record] = stemFiles(some.files).map(parseSamples);
    const sums = room!.map((value, index) => value + record![index]!);
    expect(firstDifference(parseSamples(mixFile(some.files)), sums)).toBe(-1);
  });

  test('need no sounds that only others play', async () => {
    await expect(
      renderInMemory(makeFilm(), { noise: NOISE.noise }, { stems: ['room'] }),
    ).resolves.toBeDefined();
  });

  test('that the sheet does not have are told, with the nearest', async () => {
    const problem = await renderInMemory(makeFilm(), NOISE, { stems: ['sfy'] }).catch(
      (error: unknown) => error,
    );
    expect(problem).toBeInstanceOf(RenderError);
    expect((problem as RenderError).issues).toMatchObject([
      { rule: 'unknown-stem', message: 'the sheet has no stem "sfy"', hint: 'did you mean "sfx"?' },
    ]);
  });
});

describe('mix only', () => {
  test('writes the same mix and nothing else, unmeasured', async () => {
    const whole = await renderInMemory(makeFilm(), NOISE);
    const { files, manifest } = await renderInMemory(makeFilm(), NOISE, {
      isMixOnly: true,
      isMeasured: false,
    });
    expect([...files.keys()]).toEqual(['Film_mix.wav']);
    expect(dataOf(mixFile(files)).equals(dataOf(mixFile(whole.files)))).toBe(true);
    expect(manifest.stems).toEqual([]);
    expect(manifest.mix).toMatchObject({
      integratedLufs: null,
      loudnessRangeLu: null,
      truePeakDbtp: null,
      samplePeakDbfs: whole.manifest.mix.samplePeakDbfs,
    });
    expect(manifest.proof).toEqual({
      sumOfStems: null,
      silences: [
        { cue: 'hush', start: 20_500, end: 21_000, maxAbs: null },
        { cue: 'nothing', start: 90_000, end: 100_000, maxAbs: 0 },
      ],
    });
    expect(parseBext(parseWav(mixFile(files)).chunks.get('bext')!).loudness).toEqual(Array(5).fill(0x7fff));
  });

  test('is measured when that is asked for', async () => {
    const whole = await renderInMemory(makeFilm(), NOISE);
    const { manifest, files } = await renderInMemory(makeFilm(), NOISE, { isMixOnly: true });
    expect(manifest.mix).toEqual(whole.manifest.mix);
    expect(mixFile(files).equals(mixFile(whole.files))).toBe(true);
  });
});

describe('clipping', () => {
  const full = {
    full: makeSound(Array<number>(2 * 1000).fill(1 - 2 ** -23), 2),
    half: makeNoise(4800, 2, 3),
  };

  function clipping(score: Score, bits: 16 | 24 = 24) {
    return renderInMemory(score, full, { bits }).then(
      () => [],
      (problem: unknown) => {
        if (problem instanceof RenderError) return problem.issues;
        throw problem;
      },
    );
  }

  test('full scale is not clipping, and a step more is', async () => {
    const region = makeRegion({ sound: 'full', start: 0, end: 1000 });
    expect(await clipping(makeScore(1000, [region]))).toEqual([]);
    expect(await clipping(makeScore(1000, [{ ...region, gainDb: 0.0001 }]))).toMatchObject([
      { severity: 'error', rule: 'clipping', pointer: '/stems/sfx' },
      { severity: 'error', rule: 'clipping', pointer: '/stems' },
    ]);
  });

  test('names the stem, the timecode, the count, the peak and the cure', async () => {
    const start = 48_000 + 12_345;
    const score = makeScore(100_000, {
      'a/b': [makeRegion({ cue: 'blast', sound: 'full', start, end: start + 700, gainDb: 6.0206 })],
    });
    expect(await clipping(score)).toEqual([
      {
        severity: 'error',
        rule: 'clipping',
        pointer: '/stems/a~1b',
        message:
          'stem "a/b" clips at 01:00:01:06 (sample 60345): 700 samples are out of range, peak +6.02 dBFS',
        hint: 'lower gainDb of the stem by 6.1 dB, or of what sounds there ("blast")',
      },
      expect.objectContaining({ pointer: '/stems' }),
    ]);
  });

  test('a mix can clip though no stem does', async () => {
    const region = makeRegion({ cue: 'one', sound: 'full', start: 100, end: 600 });
    const score = makeScore(1000, {
      a: [region],
      b: [{ ...region, cue: 'two', start: 599, end: 700, origin: 599 }],
    });
    const issues = await clipping(score);
    expect(issues).toMatchObject([
      {
        pointer: '/stems',
        message: 'the mix clips at 01:00:00:00 (sample 599): 1 sample is out of range, peak +6.02 dBFS',
        hint: 'lower gainDb of every stem by 6.1 dB, or of what sounds there ("one", "two")',
      },
    ]);
  });

  test('far beyond full scale is counted too, with any number of stems', async () => {
    const region = makeRegion({ sound: 'full', start: 0, end: 1000, gainDb: 24 });
    const stems = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`s${index}`, [region]]));
    const issues = await clipping(makeScore(1000, stems), 16);
    expect(issues.length).toBe(31);
    expect(issues.at(-1)!.message).toMatch(/1000 samples are out of range, peak \+5\d\.\d\d dBFS/);
  });

  test('tells the true peak, however far it is beyond', async () => {
    const loud = makeRegion({ sound: 'full', start: 0, end: 1000, gainDb: 132 });
    const quiet = makeRegion({ sound: 'half', start: 0, end: 1000 });
    for (const bits of [16, 24] as const) {
      const issues = await clipping(makeScore(1000, { quiet: [quiet], loud: [loud] }), bits);
      expect(issues.map((issue) => issue.message)).toEqual([
        'stem "loud" clips at 01:00:00:00 (sample 0): 1000 samples are out of range, peak +132.00 dBFS',
        'the mix clips at 01:00:00:00 (sample 0): 1000 samples are out of range, peak +132.00 dBFS',
      ]);
    }
  });

  test('writes nothing', async () => {
    let committed: string | undefined = 'not looked at';
    const region = makeRegion({ sound: 'full', start: 0, end: 1000, gainDb: 1 });
    await renderInMemory(makeScore(1000, [region]), full, {
      tamper: (output) => {
        output.commit = async (manifest) => {
          committed = manifest;
        };
        committed = undefined;
      },
    }).catch(() => {});
    expect(committed).toBeUndefined();
  });
});

describe('what is proven', () => {
  /** Makes a bit of a file's sample come out other than it was written. */
  function flipBit(file: number, dataStart: number, sample: number) {
    return ({ files }: MemoryOutput) => {
      const target = files[file]!;
      const write = target.write.bind(target);
      target.write = (bytes, position) => {
        write(bytes, position);
        const at = dataStart + sample * 6;
        if (position <= at && at < position + bytes.length) target.bytes[at]! ^= 1;
      };
    };
  }

  test('is what the files hold: a bit that the disk got wrong is found', async () => {
    const whole = await renderInMemory(makeFilm(), NOISE);
    const { dataStart } = parseWav(mixFile(whole.files));
    await expect(renderInMemory(makeFilm(), NOISE, { tamper: flipBit(3, dataStart, 5000) })).rejects.toThrow(
      'the stems do not add up to the mix (they differ by up to 1)',
    );
    const [stem] = stemFiles(whole.files);
    const stemStart = parseWav(stem!).dataStart;
    await expect(
      renderInMemory(makeFilm(), NOISE, { tamper: flipBit(0, stemStart, 95_000) }),
    ).rejects.toThrow('the silence "nothing" is not silent (it reaches 1)');
  });
});

describe('a render that is called off', () => {
  test('ends at the next checkpoint and commits nothing', async () => {
    let checks = 0;
    const checkpoint = () => {
      checks += 1;
      if (checks > 10) throw new RenderAborted();
      return undefined;
    };
    let isCommitted = false;
    const rendering = renderInMemory(makeFilm(), NOISE, {
      checkpoint,
      tamper: (output) => {
        output.commit = async () => {
          isCommitted = true;
        };
      },
    });
    await expect(rendering).rejects.toThrow(RenderAborted);
    expect(isCommitted).toBe(false);
    expect(checks).toBe(11);
  });

  test('checkpoints count the whole of the work', async () => {
    const score = makeFilm();
    for (const parts of [{}, { isMixOnly: true, isMeasured: false }, { isMixOnly: true }]) {
      let counted = 0;
      await renderInMemory(score, NOISE, {
        ...parts,
        checkpoint: (samples) => {
          counted += samples;
          return undefined;
        },
      });
      const job = planRender({
        score,
        frameRate: { num: 24, den: 1, dropFrame: false },
        startFrame: 0,
        ...parts,
      });
      // Headers are hashed too, and count as samples.
      expect(counted / totalWork(job)).toBeCloseTo(1, 2);
    }
  });
});

describe('names', () => {
  test('that would be one file are told', async () => {
    const score = makeScore(10, { Room: [], room: [], mix: [] });
    const problem = await renderInMemory(score, {}).catch((error: unknown) => error);
    expect((problem as RenderError).issues).toMatchObject([
      {
        rule: 'stem-name',
        pointer: '/stems/room',
        message: 'stem "room" and stem "Room" would both be written to Test_room.wav',
      },
      {
        rule: 'stem-name',
        pointer: '/stems/mix',
        message: 'stem "mix" and the mix would both be written to Test_mix.wav',
      },
    ]);
  });

  test.each([
    ['a/b\\c:d*e', 'a-b-c-d-e_sfx.wav'],
    ['  Two   words. ', 'Two words_sfx.wav'],
    ['../../etc', '-..-etc_sfx.wav'],
    ['con', 'con-_sfx.wav'],
    ['...', 'Untitled_sfx.wav'],
    ['Nuit d’été 夜', 'Nuit d’été 夜_sfx.wav'],
    ['e\u0301', '\u00e9_sfx.wav'],
    ['\u202egpj', '-gpj_sfx.wav'],
  ])('the title %j is written as %s', async (title, name) => {
    const { files } = await renderInMemory({ ...makeScore(10, []), title }, {});
    expect([...files.keys()][0]).toBe(name);
  });

  test('a title too long for a file system is cut between characters', async () => {
    const { files } = await renderInMemory({ ...makeScore(10, []), title: '夜'.repeat(200) }, {});
    const [name] = [...files.keys()];
    expect(Buffer.byteLength(`.${name}.part`)).toBeLessThanOrEqual(255);
    expect(name).toMatch(/^夜{70,}_sfx\.wav$/);
  });
});

test('a score without a stem cannot be rendered', async () => {
  await expect(renderInMemory(makeScore(10, {}), {})).rejects.toThrow('there is no stem to render');
});
