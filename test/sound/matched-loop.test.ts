import { describe, expect, it } from 'vitest';
import { loadKernelModule } from '../../src/cli/node/kernel-file.ts';
import { openMatchedLoop } from '../../src/engine/sound/loop/matched-loop.ts';
import { ResidentSound } from '../../src/engine/sound/resident-sound.ts';
import type { Sound } from '../../src/engine/sound/sound.ts';
import { expectSameBits } from '../mix/bits.ts';
import { makeNoise, noiseAt } from '../mix/make.ts';
import { HUM, makeRoomSound, RATE } from './texture-source.ts';

const kernel = loadKernelModule();
/** What the issue asks for. */
const DIP_DB = 0.5;
const OVERLAP = RATE;

function open(sound: Sound, earlier: number, overlap = OVERLAP): Sound {
  const period = sound.samples - overlap;
  return openMatchedLoop(sound, { kind: 'matched-loop', of: 'room', period, overlap, earlier }, { kernel });
}

function read(sound: Sound, from: number, count: number): Float32Array {
  const out = new Float32Array(count * sound.channels);
  sound.read(from, count, out);
  return out;
}

const decibels = (ratio: number) => 10 * Math.log10(ratio);
const power = (values: Float32Array) => values.reduce((sum, value) => sum + value * value, 0);

/** Samples from the beginning of a loop to where it comes round, found by its own first samples. */
function turnOf(loop: Sound, sound: Sound, overlap: number): number {
  const after = read(sound, overlap, 64).join();
  for (let turn = sound.samples - 2 * overlap; turn <= sound.samples - overlap; turn++) {
    if (read(loop, turn + overlap, 64).join() === after) return turn;
  }
  throw new Error('the loop never comes round');
}

/**
 * How far the level falls in the middle of the crossfade, dB: against what both passes have there, each at the
 * power that it fades with.
 */
function dipOf(sound: Sound, earlier: number): number {
  const loop = open(sound, earlier);
  const turn = turnOf(loop, sound, OVERLAP);
  let least = Number.POSITIVE_INFINITY;
  const part = OVERLAP / 5;
  for (let from = part; from + part <= OVERLAP; from += part) {
    const mixed = power(read(loop, turn + from, part));
    const [come, gone] = [read(sound, from, part), read(sound, turn + from, part)];
    let apart = 0;
    for (let n = 0; n < part; n++) {
      const way = (from + n) / OVERLAP;
      const [rise, fall] = [Math.sin((Math.PI * way) / 2) ** 2, Math.cos((Math.PI * way) / 2) ** 2];
      for (const side of [2 * n, 2 * n + 1]) apart += rise * come[side]! ** 2 + fall * gone[side]! ** 2;
    }
    least = Math.min(least, decibels(mixed / apart));
  }
  return -least;
}

describe('where a hum goes on', () => {
  // Of a length that puts the hum's end against its beginning.
  const room = makeRoomSound(6.005, HUM);

  it('no crossfade dips by more than half a decibel', () => {
    expect(dipOf(room, RATE / 2)).toBeLessThan(DIP_DB);
  });

  it('a crossfade that is not matched does, and far', () => {
    expect(dipOf(room, 0)).toBeGreaterThan(2);
  });

  it.each([5.9, 6.0025, 6.1])('nor does it in a room of %f s', (seconds) => {
    expect(dipOf(makeRoomSound(seconds, HUM), RATE / 2)).toBeLessThan(DIP_DB);
  });
});

it('noise without a tone crosses without a dip as well', () => {
  expect(dipOf(makeRoomSound(6, []), RATE / 2)).toBeLessThan(DIP_DB);
});

it('what has a period comes round in whole periods', () => {
  const period = 777;
  const values = Float32Array.from({ length: 40_000 }, (_, n) => noiseAt(4, n % period));
  const sound = new ResidentSound('round', 1, values);
  expect(turnOf(open(sound, 2000, 4000), sound, 4000) % period).toBe(0);
});

describe('a matched loop', () => {
  const sound = makeNoise(20_000, 2, 8);
  const loop = () => open(sound, 1500, 3000);

  it('begins with the first sample of its file, and is the file until it first comes round', () => {
    expectSameBits(read(loop(), 0, 15_500), read(sound, 0, 15_500));
  });

  it('has the same bits in any range, read in any order', () => {
    const whole = read(loop(), -500, 120_000);
    for (const [from, count] of [
      [-500, 600],
      [16_999, 2],
      [15_000, 30_000],
      [80_001, 39_000],
    ] as const) {
      const at = (from + 500) * 2;
      expectSameBits(read(loop(), from, count), whole.slice(at, at + 2 * count));
    }
    expect(whole.subarray(0, 1000).every((value) => value === 0)).toBe(true);
  });
});
