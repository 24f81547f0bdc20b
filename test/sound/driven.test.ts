import { fc, test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { loadKernelModule } from '../../src/cli/node/kernel-file.ts';
import type { DrivenSound } from '../../src/engine/score/score.ts';
import { openDriven } from '../../src/engine/sound/driven.ts';
import { ResidentSound } from '../../src/engine/sound/resident-sound.ts';
import { makeEndless, makeNoise } from '../mix/make.ts';
import { expectSameBits } from './expect-same-bits.ts';
import { transform } from './pressing-spectrum.ts';

const kernel = loadKernelModule();
const SPEC: DrivenSound = { kind: 'driven', of: 'sound', drive: 3.4, bias: 0.048 };

function drive(values: Float32Array, channels: 1 | 2, spec: Partial<DrivenSound> = {}): Float32Array {
  const sound = openDriven(
    new ResidentSound('sound', channels, values),
    { ...SPEC, ...spec },
    { name: 'driven', kernel },
  );
  const out = new Float32Array(sound.samples);
  sound.read(0, sound.samples, out);
  return out;
}

/** A tone whose period divides the length: every line of its spectrum is one bin. */
function tone(bin: number, peak: number, samples = 16384): Float32Array {
  return Float32Array.from({ length: samples }, (_, n) => peak * Math.sin((2 * Math.PI * bin * n) / samples));
}

/** Level of each bin of what a tone becomes, dB re the tone's own; the ends, where it begins, left out. */
function spectrumOf(bin: number, peak: number, spec: Partial<DrivenSound> = {}): Float64Array {
  const samples = 16384;
  const once = tone(bin, peak);
  const long = Float32Array.from({ length: 3 * samples }, (_, n) => once[n % samples]!);
  const heard = drive(long, 1, spec);
  const real = Float64Array.from(heard.subarray(samples, 2 * samples));
  const imaginary = new Float64Array(samples);
  transform(real, imaginary);
  const level = (k: number) => 10 * Math.log10(real[k]! ** 2 + imaginary[k]! ** 2 + 1e-30);
  return Float64Array.from({ length: samples / 2 }, (_, k) => level(k) - level(bin));
}

it('what is soft stays as it is, to a thousandth of its level', () => {
  const soft = tone(341, 0.001);
  const heard = drive(soft, 1);
  let most = 0;
  for (let n = 100; n < 16284; n++) most = Math.max(most, Math.abs(heard[n]! - soft[n]!));
  expect(most).toBeLessThan(1e-6);
});

it('what is loud comes near a limit and never over it, and is rounder for it', () => {
  const heard = drive(tone(341, 0.9), 1, { bias: 0 });
  const peak = heard.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  expect(peak).toBeLessThan(1.01 / 3.4);
  expect(peak).toBeGreaterThan(0.97 / 3.4);
  const levels = spectrumOf(341, 0.3, { bias: 0 });
  expect(levels[3 * 341]!).toBeGreaterThan(-30);
  expect(levels[3 * 341]!).toBeLessThan(-10);
  // Without a bias it is odd: not a trace of the octave.
  expect(levels[2 * 341]!).toBeLessThan(-100);
  expect(spectrumOf(341, 0.3)[2 * 341]!).toBeGreaterThan(-60);
});

it('folds nothing back: below 7 kHz a loud 3 kHz tone has its harmonics and nothing else above −120 dB', () => {
  // 3 kHz at a peak of −10 dBFS, driven 10.6 dB.
  const bin = 1021;
  const levels = spectrumOf(bin, 0.316);
  let strange = Number.NEGATIVE_INFINITY;
  for (let k = 8; k < (7000 / 48000) * 16384; k++) {
    if (Math.abs(k / bin - Math.round(k / bin)) * bin > 2) strange = Math.max(strange, levels[k]!);
  }
  expect(strange).toBeLessThan(-120);
});

it('silence stays silence, with a bias too', () => {
  expectSameBits(drive(new Float32Array(2000), 1), new Float32Array(2000));
});

it('makes one channel of two', () => {
  const left = tone(341, 0.2);
  const both = new Float32Array(2 * left.length);
  for (let n = 0; n < left.length; n++) both[2 * n] = left[n]! * 2;
  expectSameBits(drive(both, 2), drive(left, 1));
});

test.prop(
  [
    fc.integer({ min: 0, max: 7000 }),
    fc.integer({ min: 1, max: 5000 }),
    fc.array(fc.tuple(fc.nat(4999), fc.nat(3000)), { minLength: 1, maxLength: 6 }),
  ],
  { numRuns: 25 },
)('any range is the whole', (from, count, pieces) => {
  for (const sound of [makeNoise(12_000, 2, 5), makeNoise(12_000, 1, 6), makeEndless(7)]) {
    const driven = openDriven(sound, SPEC, { name: 'driven', kernel });
    const whole = new Float32Array(count);
    driven.read(from, count, whole);
    for (const [start, length] of pieces) {
      const head = start % count;
      const some = Math.min(length + 1, count - head);
      const piece = new Float32Array(some);
      driven.read(from + head, some, piece);
      expectSameBits(piece, whole.subarray(head, head + some));
    }
  }
});

it('is as long as what it is made of, and says when it is asked for more', () => {
  const driven = openDriven(makeNoise(100, 2, 1), SPEC, { name: 'driven', kernel });
  expect([driven.samples, driven.channels]).toEqual([100, 1]);
  expect(() => driven.read(90, 20, new Float32Array(20))).toThrow('samples 90 to 110 of driven');
  expect(() => openDriven(makeNoise(9, 1, 1), { ...SPEC, drive: 0.5 }, { name: 'driven', kernel })).toThrow(
    'a drive must be 1 or more (got 0.5)',
  );
  expect(() => openDriven(makeNoise(9, 1, 1), { ...SPEC, bias: 2 }, { name: 'driven', kernel })).toThrow(
    'the bias of a drive must be within [0, 0.5] (got 2)',
  );
});
