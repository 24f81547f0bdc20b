import { fc, test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { loadKernelModule } from '../../src/cli/node/kernel-file.ts';
import type { Camera, Edit } from '../../src/engine/edit/edit.ts';
import { Mixer } from '../../src/engine/mix/mixer.ts';
import { decibelsOf } from '../../src/engine/score/decibels.ts';
import { airOf, viewOf } from '../../src/engine/score/perspective/view.ts';
import type { Region, Score } from '../../src/engine/score/score.ts';
import { deriveSounds } from '../../src/engine/sound/derive-sounds.ts';
import { openFiltered } from '../../src/engine/sound/filter/filtered.ts';
import { ResidentSound } from '../../src/engine/sound/resident-sound.ts';
import { makeNoise } from '../mix/make.ts';
import { BED, compileCues, hit, makeEdit, regionsOf, rules, SEQUENCE, score } from './make.ts';

const kernel = loadKernelModule();
const NEUTRAL = { height: 1.6, distance: 4, lens: 40 };
/** √(4² + 1.6²) m. */
const USUAL = Math.sqrt(18.56);

/** The test edit (1-1, 1-2, 2-1, 2-2, 3-1) with cameras. */
function filmed(cameras: Readonly<Record<string, Camera>>): Edit {
  const edit = makeEdit();
  return {
    ...edit,
    shots: edit.shots.map((shot) => (cameras[shot.id] ? { ...shot, camera: cameras[shot.id]! } : shot)),
  };
}

const HEARD = { stems: { room: {}, sfx: { perspective: true }, record: {} } };
const BED_ON_SFX = { ...BED, stem: 'sfx', sounds: [{ sound: 'hum' }] };

function levelsOf(region: Region): string {
  return `${region.start / 48000} ${region.end / 48000} ${region.gainDb}`;
}

it('a neutral camera, and none, change nothing at all', () => {
  const cues = [...SEQUENCE, hit('a', 'shot:2-1.start'), hit('b', 'shot:3-1.start - 0.2s')];
  const plain = score(cues);
  const stems = { room: { perspective: true }, sfx: { perspective: true }, record: { perspective: true } };
  for (const edit of [makeEdit(), filmed({ '1-1': NEUTRAL, '2-1': {}, '2-2': { height: 1.6 } })]) {
    expect(score(cues, { sheet: { stems }, edit })).toEqual(plain);
  }
});

it('twice as far is 6 dB softer, twice the lens 6 dB louder', () => {
  const of = (camera: Camera) =>
    regionsOf(
      score([hit('a', 'shot:1-1.start + 1s', { gainDb: -20 })], {
        sheet: HEARD,
        edit: filmed({ '1-1': camera }),
      }),
      'a',
    );
  expect(of({ height: 3.2, distance: 8 }).map(({ gainDb }) => gainDb)).toEqual([-26.02]);
  expect(of({ lens: 20 }).map(({ gainDb }) => gainDb)).toEqual([-26.02]);
  expect(of({ lens: 80 }).map(({ gainDb }) => gainDb)).toEqual([-13.98]);
  // No nearer than a metre.
  expect(of({ height: 0.3, distance: 0.1, lens: 85 })[0]!.gainDb).toBeCloseTo(20 * Math.log10(USUAL) - 20, 2);
});

it('what a room is sent stays, so that from afar there is more of the room', () => {
  const cue = hit('a', 'shot:1-1.start + 1s', { space: { to: 'hall', sendDb: -9 } });
  const impulses = { hall: { sampleRate: 48000, channels: 2, samples: 48000 } };
  const sheet = { ...HEARD, spaces: { hall: { impulse: 'hall.wav' } } };
  const [region] = regionsOf(
    score([cue], { sheet, impulses, edit: filmed({ '1-1': { height: 3.2, distance: 8 } }) }),
    'a',
  );
  expect(region).toMatchObject({ gainDb: -6.02, send: { space: 'hall', gainDb: -9 } });
  const onlyRoom = { ...cue, space: { to: 'hall', dryDb: 'off' } };
  const there = { sheet, impulses, edit: filmed({ '1-1': { distance: 20 } }) };
  expect(score([onlyRoom], there)).toEqual(score([onlyRoom], { sheet, impulses }));
});

it('it cuts at the cut: over the 10 ms before, straight, and a cue on the cut has its own camera at once', () => {
  const edit = filmed({ '1-2': { lens: 80 } });
  const made = score([BED_ON_SFX, hit('a', 'shot:1-2.start')], { sheet: HEARD, edit });
  expect(regionsOf(made, 'a').map(levelsOf)).toEqual(['10 10.5 6.02']);
  const bed = regionsOf(made, 'tone');
  expect(bed.map(levelsOf)).toEqual(['0 10 0', '9.99 20 6.02', '19.99 100 0']);
  const ramp = (direction: 'in' | 'out', start: number) => ({
    direction,
    start,
    length: 480,
    curve: 'linear',
  });
  expect(bed.map(({ ramps }) => ramps)).toEqual([
    [ramp('out', 479_520)],
    [ramp('in', 479_520), ramp('out', 959_520)],
    [ramp('in', 959_520)],
  ]);
  expect(new Set(bed.map(({ origin }) => origin))).toEqual(new Set([0]));
});

it('a cue can have more or less perspective than its stem, or none', () => {
  const edit = filmed({ '1-1': { lens: 20 } });
  const of = (perspective: unknown, sheet: object = HEARD) =>
    regionsOf(score([hit('a', 'start', { perspective })], { sheet, edit }), 'a')[0]!.gainDb;
  expect([of(undefined), of(true), of(0.5), of(0), of(false)]).toEqual([-6.02, -6.02, -3.01, 0, 0]);
  expect(of(true, {})).toBe(-6.02);
});

it("a player's line out is nowhere in the picture, and stays as it is", () => {
  const sheet = {
    players: { portable: { speaker: true, hear: { dryDb: -1, nearDb: -3 } } },
    stems: { room: {}, sfx: {}, record: { perspective: true } },
  };
  const made = score(SEQUENCE, { sheet, edit: filmed({ '1-2': { lens: 20 } }) });
  const levels = regionsOf(made, 'drop')
    .filter(({ sound }) => sound.startsWith('waltz'))
    .map(levelsOf);
  expect(levels).toHaveLength(3);
  expect(levels.filter((level) => level.endsWith(' -1'))).toHaveLength(1);
  expect(levels.filter((level) => level.endsWith(' -9.02') || level.endsWith(' -3'))).toHaveLength(2);
});

it('air takes the highest frequencies of what is far, and its steps are shared', () => {
  const edit = filmed({ '1-1': { distance: 14 }, '1-2': { distance: 14.1 }, '2-1': { distance: 30 } });
  const made = score([BED_ON_SFX], { sheet: HEARD, edit });
  const shelves = Object.values(made.sounds).flatMap((sound) =>
    sound.kind === 'filtered' ? sound.filters.map(({ gainDb }) => gainDb) : [],
  );
  expect(shelves).toEqual([-2, -5]);
});

it('the shelf is the air of ISO 9613-1 at 20 °C and 50 %, within 0.03 dB a metre up to 10 kHz', () => {
  const away = 25;
  const far = viewOf({ height: 0, distance: USUAL + away, lens: 40 }, 1);
  for (const hz of [500, 1000, 2000, 4000, 8000, 10_000]) {
    const perMetre = shelfDb(far, hz) / away;
    expect(Math.abs(perMetre + absorptionIso(hz)), `${hz} Hz`).toBeLessThan(0.03);
  }
});

/** Gain of a view's filters at a frequency, dB, measured on an impulse. */
function shelfDb(view: { directDb: number; airDb: number }, hz: number): number {
  const impulse = new ResidentSound(
    'impulse',
    1,
    Float32Array.from({ length: 8192 }, (_, at) => Number(at === 0)),
  );
  const filtered = openFiltered(impulse, airOf(view, 48000), { name: 'air', sampleRate: 48000, kernel });
  const out = new Float32Array(8192);
  filtered.read(0, 8192, out);
  let [real, imaginary] = [0, 0];
  out.forEach((value, at) => {
    real += value * Math.cos((2 * Math.PI * hz * at) / 48000);
    imaginary += value * Math.sin((2 * Math.PI * hz * at) / 48000);
  });
  return 20 * Math.log10(Math.hypot(real, imaginary));
}

/** ISO 9613-1:1993, equations 3 to 5: dB per metre at 20 °C, 50 % humidity and one atmosphere. */
function absorptionIso(hz: number): number {
  const kelvin = 293.15;
  const molar = 50 * 10 ** (-6.8346 * (273.16 / kelvin) ** 1.261 + 4.6151);
  const oxygen = 24 + 4.04e4 * molar * ((0.02 + molar) / (0.391 + molar));
  const nitrogen = 9 + 280 * molar;
  return (
    8.686 *
    hz ** 2 *
    (1.84e-11 +
      (0.01275 * Math.exp(-2239.1 / kelvin)) / (oxygen + hz ** 2 / oxygen) +
      (0.1068 * Math.exp(-3352 / kelvin)) / (nitrogen + hz ** 2 / nitrogen))
  );
}

/** A bed of ones, mixed: what is left is how loud it is. */
function envelope(edit: Edit, from: number, to: number): Float32Array {
  const made = score([BED_ON_SFX], { sheet: { ...HEARD, sampleRate: 8000 }, edit });
  const sfx: Score = { ...made, stems: made.stems.filter(({ id }) => id === 'sfx') };
  const ones = new ResidentSound('hum', 1, new Float32Array(20 * 8000).fill(1));
  // One of the loop's crossfades would be heard too: the overlap is left out.
  const stems = sfx.stems.map((stem) => ({
    ...stem,
    regions: stem.regions.map((region) => ({
      ...region,
      loop: { period: 160_000, overlap: 0, curve: 'linear' as const },
    })),
  }));
  const sounds = deriveSounds(made, new Map([['hum', ones]]), kernel);
  const mixer = new Mixer({ kernel, score: { ...sfx, stems }, sounds });
  return mixer.read(from, to - from)[0]!.filter((_, index) => index % 2 === 0);
}

it('a crane is heard from where it begins to where it ends, without a step and without a stop', () => {
  const edit = filmed({ '2-1': { distance: 6, to: { height: 9, distance: 16 } } });
  const heard = envelope(edit, 20 * 8000, 40 * 8000);
  const usual = (distance: number, height: number) => USUAL / Math.hypot(distance, height);
  expect(heard[0]).toBeCloseTo(usual(6, 1.6), 3);
  // The next shot has the neutral camera again, from the 10 ms before the cut on.
  const last = heard.length - 81;
  expect(heard[last]).toBeCloseTo(usual(16, 9), 3);
  let fastest = 0;
  for (let at = 0; at < last; at++) {
    expect(heard[at + 1]).toBeLessThanOrEqual(heard[at]! + 1e-7);
    fastest = Math.max(fastest, -20 * Math.log10(heard[Math.min(last, at + 800)]! / heard[at]!));
  }
  // 0.1 s of a crane that takes 20 s and 9.7 dB: less than anybody hears.
  expect(fastest).toBeLessThan(0.1);
  // It follows the camera's own way within 0.15 dB.
  for (let at = 0; at < last; at += 1000) {
    const share = at / last;
    const done = share * share * (3 - 2 * share);
    const exact = usual(6 + 10 * done, 1.6 + 7.4 * done);
    expect(Math.abs(20 * Math.log10(heard[at]! / exact))).toBeLessThan(0.15);
  }
});

it('over a cut the level goes straight from one shot to the next', () => {
  const edit = filmed({ '1-2': { lens: 20 } });
  const heard = envelope(edit, 10 * 8000 - 100, 10 * 8000 + 20);
  const from = heard[0]!;
  const to = heard.at(-1)!;
  heard.forEach((value, index) => {
    const share = Math.max(0, Math.min(1, (index - 20) / 80));
    expect(value).toBeCloseTo(from + (to - from) * share, 6);
  });
  expect(from).toBe(1);
});

const placeArbitrary = fc.record({
  height: fc.double({ min: 0, max: 20, noNaN: true }),
  distance: fc.double({ min: 0, max: 50, noNaN: true }),
  lens: fc.integer({ min: 12, max: 200 }),
});

test.prop(
  [
    fc.dictionary(
      fc.constantFrom('1-1', '1-2', '2-1', '2-2', '3-1'),
      fc.oneof(placeArbitrary, fc.record({ from: placeArbitrary, to: placeArbitrary })),
    ),
    fc.nat(99 * 8000),
    fc.integer({ min: 1, max: 8000 }),
  ],
  { numRuns: 20 },
)('whatever the cameras do, any range has the bits of the whole', (cameras, from, count) => {
  const edit = filmed(cameras);
  const cues = [BED_ON_SFX, hit('a', 'shot:2-1.start - 0.3s', { repeat: { every: '0.4s', count: 40 } })];
  const made = score(cues, { sheet: { ...HEARD, sampleRate: 24_000 }, edit });
  const files = new Map([
    ['hum', makeNoise(20 * 24_000, 2, 1)],
    ['step-1', makeNoise(12_000, 2, 2)],
  ]);
  const one = new Mixer({ kernel, score: made, sounds: deriveSounds(made, files, kernel) });
  const other = new Mixer({
    kernel,
    score: made,
    sounds: deriveSounds(made, files, kernel),
    blockSamples: 1000,
  });
  const start = Math.max(0, from - 3000);
  const whole = one.read(start, from + count - start)[1]!;
  const part = other.read(from, count)[1]!;
  expect(Buffer.from(part.buffer).equals(Buffer.from(whole.slice(2 * (from - start)).buffer))).toBe(true);
});

it('perspective without a camera is asked for in vain, which is said', () => {
  expect(rules([hit('a', 'start')], { sheet: HEARD })).toEqual(['no-camera /stems/sfx/perspective']);
  expect(rules([hit('a', 'start', { perspective: 0.5 })])).toEqual(['no-camera /cues/0/perspective']);
  expect(compileCues([hit('a', 'start', { perspective: false })]).issues).toEqual([]);
});

test.prop([fc.double({ min: 1e-6, max: 1e6, noNaN: true })])('decibels are those of Math.log10', (ratio) => {
  expect(Math.abs(decibelsOf(ratio) - 20 * Math.log10(ratio))).toBeLessThan(1e-12);
});
