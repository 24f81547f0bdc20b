import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadKernelModule } from '../../src/cli/node/kernel-file.ts';
import { Kernel } from '../../src/engine/kernel/kernel.ts';
import { printMeasurement } from '../../src/engine/measure/measurement.ts';
import { uniformAt } from '../../src/engine/random/random.ts';
import { referenceIntegrated, referenceTruePeak } from './reference-meter.ts';
import { makeMeter, makeTone, measure, RATE } from './tone.ts';

/** The meter's filter coefficients have more digits than the standard's table, and its peaks 24 bits. */
const REFERENCE_DB = 1e-5;
/** ffmpeg prints one decimal. */
const PRINTED_DB = 0.05 + 1e-9;

/** Noise whose level changes every tenth of a second, with a hole of silence in it. */
function makeProgramme(seconds: number, channels: number): Float32Array {
  return Float32Array.from({ length: seconds * RATE * channels }, (_, index) => {
    const tenth = Math.floor(index / channels / 4800);
    if (tenth % 37 === 5 || tenth % 37 === 6) return 0;
    return (uniformAt(1, index) - 0.5) * uniformAt(2, tenth) ** 3;
  });
}

test.each([1, 2, 3, 5])(
  'reads what a plain implementation of the standard reads, %i channels',
  (channels) => {
    const programme = makeProgramme(3, channels);
    const { integratedLufs, truePeakDbtp } = measure(programme, { channels });
    expect(Math.abs(integratedLufs! - referenceIntegrated(programme, channels))).toBeLessThan(REFERENCE_DB);
    const truePeak = 20 * Math.log10(referenceTruePeak(programme, channels));
    expect(Math.abs(truePeakDbtp! - truePeak)).toBeLessThan(REFERENCE_DB);
  },
);

test('blocks of any size give the same measurement to the last bit', () => {
  const programme = makeProgramme(4, 2);
  const whole = measure(programme);
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5000 }),
      fc.array(fc.integer({ min: 1, max: 30000 }), { minLength: 1, maxLength: 5 }),
      (blockSamples, sizes) => {
        const meter = makeMeter({ blockSamples });
        for (let from = 0, turn = 0; from < programme.length; turn++) {
          const length = 2 * sizes[turn % sizes.length]!;
          meter.push(programme.subarray(from, from + length));
          from += length;
        }
        expect(meter.finish()).toEqual(whole);
      },
    ),
    { numRuns: 12 },
  );
});

test('skipping what cannot be the peak changes nothing', () => {
  const kernel = Kernel.instantiate(loadKernelModule());
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 400 }),
      fc.integer({ min: 1, max: 3 }),
      fc.integer(),
      (samples, channels, seed) => {
        const values = Float32Array.from({ length: (samples + 11) * channels }, (_, index) => {
          // Mostly quiet with some that are loud, so that there is much to skip.
          const level = uniformAt(seed, 3 * index) < 0.05 ? 1 : 0.2;
          return level * (uniformAt(seed, 3 * index + 1) - 0.5);
        });
        const mark = kernel.mark();
        const pointer = kernel.allocate(values.byteLength);
        kernel.float32(pointer, values.length).set(values);
        const from = (n: number) => pointer + (11 + n) * channels * 4;
        const pruned = kernel.exports.truePeak(from(0), channels, samples, 0);
        // One sample at a time and from nothing, nothing is skipped.
        let peak = 0;
        for (let n = 0; n < samples; n++) {
          peak = Math.max(peak, kernel.exports.truePeak(from(n), channels, 1, 0));
        }
        kernel.release(mark);
        expect(pruned).toBe(peak);
      },
    ),
  );
});

test('a 997 Hz sine of full scale in one of two channels reads −3.01 LUFS', () => {
  const tone = makeTone([{ seconds: 5, db: 0 }], 997).map((value, index) => (index % 2 === 0 ? value : 0));
  expect(measure(tone).integratedLufs).toBeCloseTo(-3.01, 2);
});

test.each([8000, 11025, 22050, 32000, 44100, 88200, 96000, 192000])(
  'at %i Hz a 997 Hz sine reads the same',
  (sampleRate) => {
    const tone = Float32Array.from({ length: 5 * sampleRate }, (_, n) =>
      Math.sin((2 * Math.PI * 997 * n) / sampleRate),
    );
    // The pre-filter's shelf begins to bend near half the lower rates.
    const tolerance = sampleRate >= 44100 ? 0.02 : 0.3;
    const { integratedLufs, samples } = measure(tone, { sampleRate, channels: 1 });
    expect(Math.abs(integratedLufs! + 3.01)).toBeLessThan(tolerance);
    expect(samples).toBe(5 * sampleRate);
  },
);

test('digital silence has no levels', () => {
  expect(measure(new Float32Array(2 * RATE))).toEqual({
    sampleRate: RATE,
    channels: 2,
    samples: RATE,
    integratedLufs: null,
    loudnessRangeLu: null,
    maxMomentaryLufs: null,
    maxShortTermLufs: null,
    truePeakDbtp: null,
    samplePeakDbfs: null,
    silences: [{ start: 0, end: RATE }],
  });
});

test('nothing at all is measured as nothing', () => {
  const measurement = measure(new Float32Array(0));
  expect(measurement.samples).toBe(0);
  expect(measurement.silences).toEqual([]);
  expect(measurement.integratedLufs).toBeNull();
});

test('three seconds of silence do not lower the integrated loudness', () => {
  const tone = makeTone([{ seconds: 5, db: -20 }]);
  const longer = new Float32Array(tone.length + 2 * 3 * RATE);
  longer.set(tone);
  // But for the one block that ends in the tone's last tenths.
  expect(measure(longer).integratedLufs).toBeCloseTo(measure(tone).integratedLufs!, 0);
});

test('a filter that has long rung out costs no time', () => {
  const sound = new Float32Array(2 * RATE * 30);
  sound[0] = 1;
  const began = performance.now();
  measure(sound);
  const silent = performance.now() - began;
  sound.fill(0.1);
  const again = performance.now();
  measure(sound);
  // Denormal numbers would make it twenty times as slow.
  expect(silent).toBeLessThan(8 * (performance.now() - again) + 50);
});

test('silences are runs of exact zeros on all channels, of a tenth of a second or more', () => {
  const sound = new Float32Array(2 * 100_000).fill(0.25);
  const hush = (start: number, end: number, channels = [0, 1]) => {
    for (let n = start; n < end; n++) for (const channel of channels) sound[2 * n + channel] = 0;
  };
  hush(0, 5000);
  hush(6001, 10801);
  hush(20000, 24799);
  hush(30000, 40000, [0]);
  hush(50000, 60000);
  sound[2 * 55000 + 1] = -(2 ** -23);
  hush(90000, 100_000);
  sound[2 * 95000] = -0;
  expect(measure(sound).silences).toEqual([
    { start: 0, end: 5000 },
    { start: 6001, end: 10801 },
    { start: 50000, end: 55000 },
    { start: 55001, end: 60000 },
    { start: 90000, end: 100_000 },
  ]);
});

test('levels are printed with two decimals and without a negative zero', () => {
  const printed = printMeasurement('a.wav', {
    ...measure(new Float32Array(2)),
    truePeakDbtp: -0.001,
    samplePeakDbfs: -6.0206,
  });
  expect(Object.is(printed.truePeakDbtp, 0)).toBe(true);
  expect(printed.samplePeakDbfs).toBe(-6.02);
  expect(printed.integratedLufs).toBeNull();
});

test('a meter refuses what it cannot measure', () => {
  expect(() => makeMeter({ channels: 0 })).toThrow(RangeError);
  expect(() => makeMeter({ sampleRate: 4000 })).toThrow(RangeError);
  expect(() => makeMeter({ channels: 2, weights: [1] })).toThrow(RangeError);
});

const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0;

test.skipIf(!hasFfmpeg)('ffmpeg reads the same of a programme', () => {
  const folder = mkdtempSync(join(tmpdir(), 'runout-meter-'));
  try {
    const programme = makeProgramme(20, 2);
    const file = join(folder, 'programme.f32');
    writeFileSync(file, new Uint8Array(programme.buffer));
    const input = ['-f', 'f32le', '-ar', String(RATE), '-ac', '2', '-i', file];
    const { stderr } = spawnSync(
      'ffmpeg',
      ['-nostats', '-hide_banner', ...input, '-af', 'ebur128=peak=true+sample', '-f', 'null', '-'],
      { encoding: 'utf8' },
    );
    const summary = stderr.slice(stderr.indexOf('Summary'));
    const read = (pattern: RegExp) => Number(pattern.exec(summary)?.[1]);
    const measurement = measure(programme);
    expect(Math.abs(read(/I:\s+(-?[\d.]+) LUFS/) - measurement.integratedLufs!)).toBeLessThanOrEqual(
      PRINTED_DB,
    );
    expect(Math.abs(read(/LRA:\s+(-?[\d.]+) LU/) - measurement.loudnessRangeLu!)).toBeLessThanOrEqual(
      PRINTED_DB,
    );
    const peaks = [...summary.matchAll(/Peak:\s+(-?[\d.]+) dBFS/g)].map((match) => Number(match[1]));
    expect(Math.abs(peaks[0]! - measurement.samplePeakDbfs!)).toBeLessThanOrEqual(PRINTED_DB);
    // Its interpolator is another one (and longer), so it reads another peak between the samples.
    expect(Math.abs(peaks[1]! - measurement.truePeakDbtp!)).toBeLessThanOrEqual(0.6);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
