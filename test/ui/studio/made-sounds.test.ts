import { expect, test } from 'vitest';
import type { Sound } from '../../../src/engine/index.ts';
import { type Asking, MadeSounds } from '../../../src/ui/made-sounds.ts';
import { OpeningTurns } from '../../../src/ui/opening-turns.ts';

/** Not a multiple of a block of 4,096. */
const SAMPLES = 50_555;

/** A sound whose every value tells its place, and that counts the samples that are made of it. */
function makeSound(samples = SAMPLES) {
  const made = { samples: 0 };
  const sound: Sound = {
    channels: 2,
    samples,
    read(from, count, out) {
      made.samples += count;
      for (let index = 0; index < 2 * count; index++) out[index] = 2 * from + index;
    },
  };
  return { sound, made };
}

function makeKeeper({ heardBytes = 2 ** 22, drawnBytes = 2 ** 20, breathe = () => Promise.resolve() } = {}) {
  const present: { asking: Asking } = { asking: { urgency: 'now' } };
  const keeper = new MadeSounds({
    heardBytes,
    drawnBytes,
    turns: new OpeningTurns(breathe),
    asking: () => present.asking,
  });
  return { keeper, present };
}

function read(sound: Sound, from: number, count: number): Float32Array {
  const out = new Float32Array(2 * count);
  sound.read(from, count, out);
  return out;
}

const valuesOf = (from: number, count: number) =>
  Float32Array.from({ length: 2 * count }, (_, index) => 2 * from + index);

test('any range of a kept sound has the samples of the sound, to its last one', () => {
  const { keeper } = makeKeeper();
  const kept = keeper.keep(makeSound().sound);
  for (const [from, count] of [
    [0, 1],
    [4000, 555],
    [SAMPLES - 7, 7],
    [0, SAMPLES],
  ] as const) {
    expect(read(kept, from, count)).toEqual(valuesOf(from, count));
  }
});

test('what is made up as it is read has samples before its first', () => {
  const { keeper } = makeKeeper();
  const kept = keeper.keep(makeSound(Number.POSITIVE_INFINITY).sound);
  expect(read(kept, -9000, 12_345)).toEqual(valuesOf(-9000, 12_345));
});

test('a score that comes after another one finds its sounds made', async () => {
  const { keeper } = makeKeeper();
  const { sound, made } = makeSound();
  await keeper.keep(sound).prepare?.(0, SAMPLES);
  expect(made.samples).toBe(SAMPLES);
  const again = keeper.keep(sound);
  expect(again.prepare?.(0, SAMPLES)).toBeUndefined();
  read(again, 0, SAMPLES);
  expect(made.samples).toBe(SAMPLES);
});

test('a picture of the film does not push out what is heard', async () => {
  // Room for one of the two; 32 blocks are kept whatever they weigh.
  const { keeper, present } = makeKeeper({ heardBytes: 8 * SAMPLES, drawnBytes: 2 ** 15 });
  const heard = makeSound();
  const drawn = makeSound(60 * SAMPLES);
  await keeper.keep(heard.sound).prepare?.(0, SAMPLES);
  present.asking = { urgency: 'later' };
  read(keeper.keep(drawn.sound), 0, 60 * SAMPLES);
  present.asking = { urgency: 'now' };
  expect(keeper.keep(heard.sound).prepare?.(0, SAMPLES)).toBeUndefined();
});

test('it is made no further once nobody waits for it', async () => {
  const waiting = new AbortController();
  let turns = 0;
  const breathe = async () => {
    turns += 1;
    if (turns === 3) waiting.abort();
  };
  const { keeper, present } = makeKeeper({ breathe });
  const { sound, made } = makeSound();
  present.asking = { urgency: 'now', signal: waiting.signal };
  await keeper.keep(sound).prepare?.(0, SAMPLES);
  expect(made.samples).toBe(3 * 4096);
});
