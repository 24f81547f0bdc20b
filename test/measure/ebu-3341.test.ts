import { expect, test } from 'vitest';
import { makeTone, measure, RATE, type Stretch } from './tone.ts';

/** What EBU Tech 3341 allows a meter in EBU mode, LU. */
const ALLOWED_LU = 0.1;
/** How near to libebur128 and ffmpeg, which agree, a meter of the same windows must come, LU. */
const NEAR_LU = 0.02;
const SILENCE = Number.NEGATIVE_INFINITY;

interface Case {
  readonly number: number;
  readonly stretches: readonly Stretch[];
  /** What the standard wants, and what other meters read. */
  readonly wanted: number;
  readonly others: number;
}

function stretch(seconds: number, db: number): Stretch {
  return { seconds, db };
}

function repeat(count: number, stretches: readonly Stretch[]): Stretch[] {
  return Array.from({ length: count }, () => stretches).flat();
}

const INTEGRATED: readonly Case[] = [
  { number: 1, stretches: [stretch(20, -23)], wanted: -23, others: -22.993 },
  { number: 2, stretches: [stretch(20, -33)], wanted: -33, others: -32.993 },
  {
    number: 3,
    stretches: [stretch(10, -36), stretch(60, -23), stretch(10, -36)],
    wanted: -23,
    others: -23.014,
  },
  {
    number: 4,
    stretches: [stretch(10, -72), stretch(10, -36), stretch(60, -23), stretch(10, -36), stretch(10, -72)],
    wanted: -23,
    others: -23.014,
  },
  {
    number: 5,
    stretches: [stretch(20, -26), stretch(20.1, -20), stretch(20, -26)],
    wanted: -23,
    others: -22.979,
  },
];

test.each(INTEGRATED)('case $number integrates to $wanted LUFS', ({ stretches, wanted, others }) => {
  const { integratedLufs } = measure(makeTone(stretches));
  expect(Math.abs(integratedLufs! - wanted)).toBeLessThanOrEqual(ALLOWED_LU);
  expect(Math.abs(integratedLufs! - others)).toBeLessThanOrEqual(NEAR_LU);
});

test.each(INTEGRATED.slice(0, 2))('case $number reads the same in all three windows', (tone) => {
  const { maxMomentaryLufs, maxShortTermLufs } = measure(makeTone(tone.stretches));
  expect(Math.abs(maxMomentaryLufs! - tone.wanted)).toBeLessThanOrEqual(ALLOWED_LU);
  expect(Math.abs(maxShortTermLufs! - tone.wanted)).toBeLessThanOrEqual(ALLOWED_LU);
});

test('case 6 adds five channels up, the surrounds a little louder', () => {
  const levels = [-28, -28, -24, -30, -30];
  const tone = makeTone([stretch(20, 0)], 1000, 5).map(
    (value, index) => value * 10 ** (levels[index % 5]! / 20),
  );
  const { integratedLufs } = measure(tone, { channels: 5, weights: [1, 1, 1, 1.41, 1.41] });
  expect(Math.abs(integratedLufs! + 23)).toBeLessThanOrEqual(ALLOWED_LU);
  expect(Math.abs(integratedLufs! + 23.016)).toBeLessThanOrEqual(NEAR_LU);
});

test('case 9 reads −23 LUFS over any three seconds', () => {
  const { maxShortTermLufs } = measure(makeTone(repeat(5, [stretch(1.34, -20), stretch(1.66, -30)])));
  expect(Math.abs(maxShortTermLufs! + 23)).toBeLessThanOrEqual(ALLOWED_LU);
  expect(Math.abs(maxShortTermLufs! + 22.986)).toBeLessThanOrEqual(NEAR_LU);
});

test('case 12 reads −23 LUFS over any 400 ms', () => {
  const { maxMomentaryLufs } = measure(makeTone(repeat(25, [stretch(0.18, -20), stretch(0.22, -30)])));
  expect(Math.abs(maxMomentaryLufs! + 23)).toBeLessThanOrEqual(ALLOWED_LU);
  expect(Math.abs(maxMomentaryLufs! + 22.96)).toBeLessThanOrEqual(NEAR_LU);
});

const TWENTY = Array.from({ length: 20 }, (_, index) => index);

test('case 10: three seconds are found wherever they begin', () => {
  for (const i of TWENTY) {
    const tone = makeTone([stretch(i * 0.15, SILENCE), stretch(3, -23), stretch(1, SILENCE)]);
    const { maxShortTermLufs } = measure(tone);
    expect(Math.abs(maxShortTermLufs! + 23)).toBeLessThanOrEqual(ALLOWED_LU);
    expect(Math.abs(maxShortTermLufs! + 22.993)).toBeLessThanOrEqual(NEAR_LU);
  }
});

test('case 13: 400 ms are found wherever they begin', () => {
  for (const i of TWENTY) {
    const tone = makeTone([stretch(i * 0.02, SILENCE), stretch(0.4, -23), stretch(1, SILENCE)]);
    const { maxMomentaryLufs } = measure(tone);
    expect(Math.abs(maxMomentaryLufs! + 23)).toBeLessThanOrEqual(ALLOWED_LU);
    expect(Math.abs(maxMomentaryLufs! + 22.994)).toBeLessThanOrEqual(NEAR_LU);
  }
});

test('case 11: the loudest three seconds rise with every tone', () => {
  const stretches = TWENTY.flatMap((i) => [
    stretch(i * 0.15, SILENCE),
    stretch(3, -38 + i),
    stretch(3 - i * 0.15, SILENCE),
  ]);
  for (const last of [0, 7, 19]) {
    const { maxShortTermLufs } = measure(makeTone(stretches.slice(0, 3 * (last + 1))));
    expect(Math.abs(maxShortTermLufs! - (-38 + last))).toBeLessThanOrEqual(ALLOWED_LU);
    expect(Math.abs(maxShortTermLufs! - (-37.993 + last))).toBeLessThanOrEqual(NEAR_LU);
  }
});

test('case 14: the loudest 400 ms rise with every tone', () => {
  const stretches = TWENTY.flatMap((i) => [
    stretch(i * 0.02, SILENCE),
    stretch(0.4, -38 + i),
    stretch(0.4 - i * 0.02, SILENCE),
  ]);
  for (const last of [0, 7, 19]) {
    const { maxMomentaryLufs } = measure(makeTone(stretches.slice(0, 3 * (last + 1))));
    expect(Math.abs(maxMomentaryLufs! - (-38 + last))).toBeLessThanOrEqual(ALLOWED_LU);
    expect(Math.abs(maxMomentaryLufs! - (-37.994 + last))).toBeLessThanOrEqual(NEAR_LU);
  }
});

/** What EBU Tech 3341 allows a true-peak meter, dB. */
const ABOVE_DB = 0.2;
const BELOW_DB = 0.4;

function expectTruePeak(interleaved: Float32Array, wanted: number): void {
  const { truePeakDbtp } = measure(interleaved);
  expect(truePeakDbtp!).toBeLessThanOrEqual(wanted + ABOVE_DB);
  expect(truePeakDbtp!).toBeGreaterThanOrEqual(wanted - BELOW_DB);
}

test.each([
  { number: 15, fraction: 4, peak: 0.5, degrees: 0, wanted: -6 },
  { number: 16, fraction: 4, peak: 0.5, degrees: 45, wanted: -6 },
  { number: 17, fraction: 6, peak: 0.5, degrees: 60, wanted: -6 },
  { number: 18, fraction: 8, peak: 0.5, degrees: 67.5, wanted: -6 },
  { number: 19, fraction: 4, peak: 1.41, degrees: 45, wanted: 3 },
])('case $number finds the peak between the samples', ({ fraction, peak, degrees, wanted }) => {
  const samples = RATE;
  const fade = RATE / 100;
  const tone = new Float32Array(samples * 2);
  for (let n = 0; n < samples; n++) {
    const gain = Math.min(1, n / fade, (samples - 1 - n) / fade);
    tone[2 * n] = tone[2 * n + 1] = gain * peak * Math.sin(2 * Math.PI * (n / fraction + degrees / 360));
  }
  expectTruePeak(tone, wanted);
});

/** Cases 20–23 at four times the rate: fs/6 of 0.5 with one period of fs/4 of 1.0 in it, phase unbroken. */
function oversampledBurst(): Float64Array {
  const before = 4 * RATE * 0.1;
  const burst = 16;
  const out = new Float64Array(2 * before + burst);
  let turns = 0;
  for (let n = 0; n < out.length; n++) {
    const isBurst = n >= before && n < before + burst;
    out[n] = (isBurst ? 1 : 0.5) * Math.sin(2 * Math.PI * turns);
    turns += isBurst ? 1 / 16 : 1 / 24;
  }
  return out;
}

test.each([0, 1, 2, 3])('case %i + 20 finds the peak of one period', (offset) => {
  const source = oversampledBurst();
  // A Blackman-windowed sinc that passes up to nine tenths of half the lower rate.
  const half = 256;
  const taps = Array.from({ length: 2 * half + 1 }, (_, index) => {
    const x = (index - half) * 0.9;
    const sinc = x === 0 ? 1 : Math.sin((Math.PI * x) / 4) / ((Math.PI * x) / 4);
    const angle = (Math.PI * index) / half;
    return sinc * (0.42 - 0.5 * Math.cos(angle) + 0.08 * Math.cos(2 * angle));
  });
  const gain = taps.reduce((sum, tap) => sum + tap, 0);
  const tone = new Float32Array(2 * Math.floor((source.length - 2 * half - offset) / 4));
  for (let n = 0; n < tone.length / 2; n++) {
    let sum = 0;
    taps.forEach((tap, index) => {
      sum += tap * source[4 * n + offset + index]!;
    });
    tone[2 * n] = tone[2 * n + 1] = sum / gain;
  }
  // The tone's own beginning and end are no part of the case.
  const fade = RATE / 100;
  for (let n = 0; n < fade; n++) {
    for (const channel of [0, 1]) {
      tone[2 * n + channel]! *= n / fade;
      tone[tone.length - 2 - 2 * n + channel]! *= n / fade;
    }
  }
  expectTruePeak(tone, 0);
});
