import fc from 'fast-check';
import type {
  Curve,
  Duck,
  Gate,
  LevelPoint,
  Ramp,
  Region,
  Score,
  ScoreStem,
} from '../../src/engine/score/score.ts';
import {
  type MadeSound,
  makeEndless,
  makeNoise,
  makePacked,
  makeRegion,
  makeScore,
  makeSound,
  noiseAt,
} from './make.ts';

/** Sounds of both kinds of channels, held, read, read as a file has them, made up as they are read, and very short. */
export const SOUNDS: Readonly<Record<string, MadeSound>> = {
  stereo: makeNoise(555, 2, 1),
  mono: makeNoise(777, 1, 2),
  read: makeSound(
    Array.from({ length: 2 * 901 }, (_, index) => noiseAt(3, index)),
    2,
  ),
  readMono: makeSound(
    Array.from({ length: 333 }, (_, index) => noiseAt(4, index)),
    1,
  ),
  packed: makePacked(1011, 2, 7),
  packedMono: makePacked(701, 1, 8),
  endless: makeEndless(5),
  // The least float that there is, and others that vanish when they are turned down.
  tiny: makeSound([2 ** -149, -(2 ** -149), 2 ** -130, -(2 ** -130), -0, 0, 2 ** -126, -(2 ** -126)], 2),
  short: makeNoise(3, 1, 6),
};

export const SCORE_SAMPLES = 2500;

const curve = fc.constantFrom<Curve>('equal-power', 'linear');
const gainDb = fc.oneof(fc.constant(0), fc.double({ min: -144, max: 24, noNaN: true }));
const pan = fc.oneof(fc.constantFrom(0, -1, 1), fc.double({ min: -1, max: 1, noNaN: true }));

function integer(min: number, max: number): fc.Arbitrary<number> {
  return fc.integer({ min, max: Math.max(min, max) });
}

/** A ramp that begins before, in or after a region. */
function rampAround(start: number, end: number): fc.Arbitrary<Ramp> {
  return fc.record({
    direction: fc.constantFrom('in', 'out'),
    start: integer(start - 100, end + 50),
    length: fc.oneof(integer(0, 5), integer(1, 1500)),
    curve,
  });
}

/** Points in order, of which some are steps. */
const level: fc.Arbitrary<LevelPoint[]> = fc
  .array(
    fc.record({
      gap: fc.oneof(fc.constant(0), integer(1, 1500)),
      gainDb: fc.oneof(fc.constantFrom(0, -6), fc.double({ min: -144, max: 6, noNaN: true })),
      curve,
    }),
    { maxLength: 4 },
  )
  .map((list) => {
    let at = -200;
    return list.map(({ gap, ...point }) => {
      at += gap;
      return { at, ...point };
    });
  });

const region: fc.Arbitrary<Region> = fc
  .record({
    sound: fc.constantFrom(...Object.keys(SOUNDS)),
    looped: fc.boolean(),
    start: integer(0, SCORE_SAMPLES - 1),
    skip: fc.nat({ max: 400 }),
    wanted: integer(1, SCORE_SAMPLES),
    overlap: fc.nat(),
    gainDb,
    pan,
    surround: fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true })),
    curve,
  })
  .chain(({ sound, looped, start, skip, wanted, overlap, curve: loopCurve, ...rest }) => {
    const { samples } = SOUNDS[sound]!;
    const loops = looped && Number.isFinite(samples);
    const period = samples - (overlap % (Math.floor(samples / 2) + 1));
    // Made-up sounds are played from below their sample 0, too; looped ones may begin in any pass.
    const head = loops ? skip * 7 : Number.isFinite(samples) ? skip % samples : skip * 5 - 1000;
    const end = Math.min(
      SCORE_SAMPLES,
      start + (loops || !Number.isFinite(samples) ? wanted : Math.min(wanted, samples - head)),
    );
    return fc
      .tuple(fc.array(rampAround(start, end), { maxLength: 3 }), fc.option(level))
      .map(([ramps, points]) =>
        makeRegion({
          ...(points && { level: points }),
          sound,
          start,
          end,
          origin: start - head,
          ramps,
          ...rest,
          ...(loops && { loop: { period, overlap: samples - period, curve: loopCurve } }),
        }),
      );
  });

/** Gates in order that do not overlap, though their falls may. */
function gates(stems: readonly string[]): fc.Arbitrary<Gate[]> {
  return fc
    .array(
      fc.record({
        gap: integer(0, 1200),
        length: integer(1, 400),
        fadeOut: fc.oneof(integer(0, 20), integer(0, 1500)),
        stems: fc.subarray([...stems], { minLength: 1 }),
        curve,
      }),
      { maxLength: 3 },
    )
    .map((list) => {
      let at = 0;
      return list.map(({ gap, length, ...gate }) => {
        const start = at + gap;
        at = start + length;
        return { cue: 'silence', start, end: at, ...gate };
      });
    });
}

/** Ducks that overlap in every way. */
const ducks: fc.Arbitrary<Duck[]> = fc.array(
  fc
    .record({
      start: integer(-100, SCORE_SAMPLES),
      length: fc.oneof(integer(0, 5), integer(0, 1000)),
      attack: fc.oneof(integer(0, 3), integer(0, 1200)),
      release: fc.oneof(integer(0, 3), integer(0, 1200)),
      byDb: fc.oneof(fc.constantFrom(0, 6, 12), fc.double({ min: 0, max: 60, noNaN: true })),
    })
    .map(({ length, ...duck }) => ({ ...duck, end: duck.start + length })),
  { maxLength: 5 },
);

const strip: fc.Arbitrary<Partial<ScoreStem>> = fc.record(
  { channels: fc.constantFrom(1, 2, 6), level, ducks },
  { requiredKeys: [] },
);

/** Scores of two stems over {@link SOUNDS}, with everything that a score can hold. */
export const randomScore: fc.Arbitrary<Score> = fc
  .record({
    room: fc.array(region, { maxLength: 4 }),
    sfx: fc.array(region, { maxLength: 12 }),
    gates: gates(['room', 'sfx']),
    strips: fc.tuple(strip, strip),
  })
  .map(({ gates: shut, strips, ...regions }) => {
    const score = makeScore(SCORE_SAMPLES, regions, shut);
    const stems = score.stems.map((stem, index): ScoreStem => ({ ...stem, ...strips[index] }));
    return { ...score, stems };
  });
