import { describe, expect, it } from 'vitest';
import { integerAt } from '../../src/engine/random/random.ts';
import { memorySource } from '../../src/engine/sound/byte-source.ts';
import { checkResponse } from '../../src/engine/sound/impulse-response.ts';
import { openResponse } from '../../src/engine/sound/open-response.ts';
import { openSound } from '../../src/engine/sound/open-sound.ts';
import { probeSound } from '../../src/engine/sound/probe-sound.ts';
import type { SoundError } from '../../src/engine/sound/sound.ts';
import { makeWav } from './make-wav.ts';
import { hasTool, runTool, runtime } from './runtime.ts';

const open = (bytes: Uint8Array, sampleRate = 48000) =>
  openResponse(memorySource(bytes), { name: 'hall.wav', sampleRate, kernel: runtime.kernel });
const refused = (promise: Promise<unknown>) =>
  promise.then(
    () => 'was opened',
    (problem: SoundError) => problem.message,
  );

/** 24-bit values, as floats. */
const noise = (count: number) =>
  Float32Array.from({ length: count }, (_, index) => (integerAt(8, index) >>> 8) / 2 ** 23 - 1);
const floatWav = (values: Float32Array<ArrayBuffer>, channels: number, sampleRate = 48000) =>
  makeWav({ tag: 3, bits: 32, channels, sampleRate, data: new Uint8Array(values.buffer) });
const channelOf = (values: Float32Array, channel: number, channels: number) =>
  values.filter((_, index) => index % channels === channel);

describe('an impulse response at the rate of the score', () => {
  it.each([1, 2, 4])('of %i channels is the file to the bit, one array a channel', async (channels) => {
    // More than a decoder handles at a time.
    const values = noise(40_001 * channels);
    const bytes = floatWav(values, channels);
    expect((await probeSound(memorySource(bytes), 'hall.wav', { isWide: true })).info).toEqual({
      channels,
      sampleRate: 48000,
      samples: 40_001,
    });
    const response = await open(bytes);
    expect(response.scale).toBe(1);
    expect(response.channels).toEqual(
      Array.from({ length: channels }, (_, channel) => channelOf(values, channel, channels)),
    );
  });

  it.skipIf(!hasTool('flac'))('can be FLAC, with two channels or with four', async () => {
    for (const channels of [2, 4]) {
      const values = noise(9001 * channels);
      const data = new Uint8Array(values.length * 3);
      values.forEach((value, index) => {
        const integer = Math.round(value * 2 ** 23);
        data.set([integer & 255, (integer >> 8) & 255, (integer >> 16) & 255], 3 * index);
      });
      const wav = makeWav({ bits: 24, channels, sampleRate: 48000, data });
      const flac = runTool(
        ['flac', '--silent', '--channel-map=none', '-o', 'a.flac', 'a.wav'],
        { 'a.wav': wav },
        'a.flac',
      );
      const response = await open(flac);
      expect(response.channels).toEqual(
        Array.from({ length: channels }, (_, channel) => channelOf(values, channel, channels)),
      );
    }
  });

  it('has a sound’s files for itself: four channels are no sound', async () => {
    const bytes = floatWav(noise(400), 4);
    expect(
      await refused(openSound(memorySource(bytes), { name: 'a.wav', sampleRate: 48000, ...runtime })),
    ).toBe('a.wav has 4 channels: sounds are mono or stereo');
  });
});

describe('an impulse response at another rate', () => {
  it('answers as loud as at its own: its scale makes up for the samples that came in between', async () => {
    // A room whose answer is well below both rates' halves.
    const samples = 4410;
    const values = Float32Array.from({ length: samples }, (_, index) => {
      const t = index / 44100;
      return Math.exp(-60 * t) * (1 - Math.exp(-2000 * t)) * (1 + Math.cos(2 * Math.PI * 440 * t));
    });
    const response = await open(floatWav(values, 1, 44100));
    expect(response.scale).toBe(44100 / 48000);
    expect(response.channels[0]).toHaveLength(4800);
    // Gains of the room at some frequencies, Hz: what a convolution makes of a tone.
    for (const hz of [0, 100, 440, 1000]) {
      const gain = (answer: Float32Array, rate: number, scale: number) => {
        let [re, im] = [0, 0];
        answer.forEach((value, index) => {
          re += value * Math.cos((2 * Math.PI * hz * index) / rate);
          im -= value * Math.sin((2 * Math.PI * hz * index) / rate);
        });
        return Math.hypot(re, im) * scale;
      };
      const there = gain(values, 44100, 1);
      const here = gain(response.channels[0]!, 48000, response.scale);
      // What is cut where the file ends is all that differs.
      expect(Math.abs(20 * Math.log10(here / there))).toBeLessThan(0.01);
    }
  });
});

describe('what is no impulse response is refused, with its name and what it is', () => {
  it.each([
    [
      'three channels',
      floatWav(noise(300), 3),
      /^hall\.wav has 3 channels: an impulse response has 1, 2, or 4/,
    ],
    ['silence', floatWav(new Float32Array(200), 2), /^hall\.wav is silent/],
    ['nothing at all', floatWav(new Float32Array(0), 2), /^hall\.wav holds no sound/],
    [
      'NaN',
      floatWav(Float32Array.of(1, 0, Number.NaN, 0), 1),
      /^hall\.wav holds NaN \(not a number\) at sample 2/,
    ],
    [
      'infinity',
      floatWav(Float32Array.of(1, 0, 0, 0, Number.POSITIVE_INFINITY, 0, 0, 0), 4),
      /^hall\.wav holds an infinite value at sample 1/,
    ],
    [
      'half a minute and a sample',
      floatWav(noise(30 * 2000 + 1), 1, 2000),
      /^hall\.wav lasts 30\.0 s: an impulse response may last 30 s/,
    ],
  ])('%s', async (_, bytes, message) => {
    expect(await refused(open(bytes))).toMatch(message);
  });

  it('half a minute is allowed', async () => {
    const response = await open(floatWav(noise(30 * 2000), 1, 2000), 3000);
    expect(response.channels[0]).toHaveLength(30 * 3000);
  });

  it('also when it comes from elsewhere than a file', () => {
    const check =
      (...channels: readonly number[][]) =>
      () =>
        checkResponse(
          'made',
          channels.map((values) => Float32Array.from(values)),
          48000,
        );
    expect(check([1])).not.toThrow();
    expect(check()).toThrow(/^made has 0 channels/);
    expect(check([], [])).toThrow(/^made is empty/);
    expect(check([0], [Number.NaN])).toThrow(/^made holds NaN/);
    expect(check([0, 0], [0, -0])).toThrow(/^made is silent/);
  });
});
