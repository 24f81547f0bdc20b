import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { loadKernelModule } from '../../src/cli/node/kernel-file.ts';
import { Kernel } from '../../src/engine/kernel/kernel.ts';
import { placeGains } from '../../src/engine/mix/layout.ts';
import { Mixer } from '../../src/engine/mix/mixer.ts';
import type { Region, StemChannels } from '../../src/engine/score/score.ts';
import { expectSameBits } from './bits.ts';
import { makeNoise, makeRegion, makeScore, makeSound, mixerOptions } from './make.ts';

const module = loadKernelModule();
const kernel = Kernel.instantiate(module);
const SOUNDS = { mono: makeNoise(555, 1, 1), stereo: makeNoise(555, 2, 2) };

/** A sum of squares of gains that are right to their last bit. */
const POWER_TOLERANCE = 4 * Number.EPSILON;

const anyPan = fc.double({ min: -1, max: 1, noNaN: true });
const anySurround = fc.double({ min: 0, max: 1, noNaN: true });

/** One sound on a stem of so many channels. */
function mixed(channels: StemChannels, region: Partial<Region>, sounds = SOUNDS): Float32Array {
  const score = makeScore(555, [makeRegion({ sound: 'mono', start: 0, end: 555, ...region })]);
  const stems = score.stems.map((stem) => ({ ...stem, channels }));
  return new Mixer(mixerOptions(module, { ...score, stems }, sounds)).read(0, 555)[0]!;
}

/** One channel of interleaved samples. */
function channelOf(samples: Float32Array, channels: number, channel: number): Float32Array {
  return samples.filter((_, index) => index % channels === channel);
}

/** Gains of the left and right (or only) side of a sound on L R C LFE Ls Rs. */
function gainsOf(sound: 1 | 2, pan: number, surround: number): number[] {
  return placeGains({ pan, surround }, sound, 6, kernel).flatMap((sides) =>
    sides ? [sides.left, sides.right] : [0, 0],
  );
}

describe('a mono stem', () => {
  property.prop([anyPan, anySurround], { numRuns: 20 })(
    'plays a mono sound as it is, whatever its place',
    (pan, surround) => {
      expectSameBits(mixed(1, { pan, surround }), SOUNDS.mono.resident!);
    },
  );

  property.prop([anyPan], { numRuns: 20 })(
    'plays half the sum of a stereo sound’s sides, whatever its place',
    (pan) => {
      const { resident } = SOUNDS.stereo;
      const halves = Float32Array.from({ length: 555 }, (_, sample) =>
        // Values of 24 bits: their sum is exact before it is rounded.
        Math.fround((resident![2 * sample]! + resident![2 * sample + 1]!) / 2),
      );
      expectSameBits(mixed(1, { sound: 'stereo', pan }), halves);
    },
  );

  test('is zero, and not −0, where both sides cancel out', () => {
    const sounds = { ...SOUNDS, stereo: makeSound([0.5, -0.5, -0, -0, -(2 ** -149), 0], 2) };
    const score = mixed(1, { sound: 'stereo', end: 3 }, sounds);
    expectSameBits(score.subarray(0, 3), new Float32Array(3));
  });
});

describe('a 5.1 stem', () => {
  test.each([
    [-1, 0],
    [0, 2],
    [1, 1],
  ])('plays a mono sound at pan %d in one speaker alone, at unity', (pan, speaker) => {
    const samples = mixed(6, { pan });
    for (let channel = 0; channel < 6; channel++) {
      const expected = channel === speaker ? SOUNDS.mono.resident! : new Float32Array(555);
      expectSameBits(channelOf(samples, 6, channel), expected);
    }
  });

  property.prop([anyPan, anySurround])('keeps the power of a mono sound wherever it is', (pan, surround) => {
    const gains = gainsOf(1, pan, surround);
    const power = gains.reduce((sum, gain) => sum + gain * gain, 0);
    expect(Math.abs(power - 1)).toBeLessThan(POWER_TOLERANCE);
  });

  property.prop([anyPan, anySurround])('is its own mirror image', (pan, surround) => {
    const [left, right, centre, lfe, leftSurround, rightSurround] = gainsOf(1, pan, surround);
    expect(gainsOf(1, -pan, surround)).toEqual([right, left, centre, lfe, rightSurround, leftSurround]);
  });

  property.prop([fc.double({ min: 0, max: 1, noNaN: true })])(
    'never uses the front left for what is on the right, nor the LFE for anything',
    (pan) => {
      expect(gainsOf(1, pan, 0)[0]).toBe(0);
      expect(gainsOf(1, pan, 0.5)[3]).toBe(0);
      expect(gainsOf(2, pan, 0.5)[3]).toBe(0);
    },
  );

  property.prop([anyPan], { numRuns: 20 })(
    'plays a stereo sound on L and R as a stereo stem does, and nowhere else',
    (pan) => {
      const samples = mixed(6, { sound: 'stereo', pan });
      const stereo = mixed(2, { sound: 'stereo', pan });
      for (let channel = 0; channel < 6; channel++) {
        const expected = channel < 2 ? channelOf(stereo, 2, channel) : new Float32Array(555);
        expectSameBits(channelOf(samples, 6, channel), expected);
      }
    },
  );

  test('plays a stereo sound behind the listener on Ls and Rs as it is', () => {
    const samples = mixed(6, { sound: 'stereo', surround: 1 });
    const { resident } = SOUNDS.stereo;
    for (let channel = 0; channel < 4; channel++) {
      expectSameBits(channelOf(samples, 6, channel), new Float32Array(555));
    }
    expectSameBits(channelOf(samples, 6, 4), channelOf(resident!, 2, 0));
    expectSameBits(channelOf(samples, 6, 5), channelOf(resident!, 2, 1));
  });

  test('plays a mono sound behind the listener alike on Ls and Rs', () => {
    const half = kernel.exports.quarterSine(0.5);
    expect(gainsOf(1, 0, 1)).toEqual([0, 0, 0, 0, half, half]);
    expect(half).toBeCloseTo(Math.SQRT1_2, 15);
  });
});
