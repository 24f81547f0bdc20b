import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { integerAt } from '../../src/engine/random/random.ts';
import { memorySource } from '../../src/engine/sound/byte-source.ts';
import { openSound } from '../../src/engine/sound/open-sound.ts';
import { probeSound } from '../../src/engine/sound/probe-sound.ts';
import { SoundError } from '../../src/engine/sound/sound.ts';
import { makeExtension, makeWav } from './make-wav.ts';
import { hasTool, readFixture, runTool, runtime } from './runtime.ts';

const open = (bytes: Uint8Array, sampleRate: number) =>
  openSound(memorySource(bytes), { name: 'a.flac', sampleRate, ...runtime });
const probe = (bytes: Uint8Array) => probeSound(memorySource(bytes), 'a.flac');
const outcome = (promise: Promise<unknown>) => promise.catch((error: unknown) => error);

/** Integers of `bits` bits as little-endian bytes. */
function packed(values: readonly number[], bits: number): Uint8Array {
  const size = Math.ceil(bits / 8);
  const bytes = new Uint8Array(values.length * size);
  values.forEach((value, index) => {
    const shifted = value * 2 ** (size * 8 - bits) + (size === 1 ? 128 : 0);
    for (let byte = 0; byte < size; byte++)
      bytes[index * size + byte] = Math.floor(shifted / 256 ** byte) & 255;
  });
  return bytes;
}

/** Sounds that take every way through a decoder. */
const SIGNALS: Readonly<Record<string, (index: number, top: number) => number>> = {
  noise: (index, top) => (integerAt(3, index) % (2 * top)) - top,
  silence: () => 0,
  constant: (_, top) => top - 1,
  'extremes in turn': (index, top) => (index % 2 === 0 ? top - 1 : -top),
  'a slow triangle': (index, top) => Math.round(top * 0.9 * (Math.abs(((index / 97) % 4) - 2) - 1)),
  'wasted bits': (index, top) => Math.floor(((integerAt(5, index) % top) - top / 2) / 16) * 16,
  'one channel alone': (index, top) => (index % 2 === 0 ? 0 : (integerAt(9, index) % top) - top / 2),
  'nearly mono': (index, top) =>
    Math.round(0.8 * top * (Math.abs(((Math.floor(index / 2) / 61) % 4) - 2) - 1)) +
    (integerAt(2, index) % 5),
};

/** Samples of each signal: more than one block of any encoder. */
const SIGNAL_SAMPLES = 5001;

describe.skipIf(!hasTool('flac'))(
  'FLAC from the reference encoder decodes to the integers that went in',
  () => {
    const levels = ['-0', '-5 -b 576', '-8', '--lax -l 32 -b 4608'];
    const cases = levels.flatMap((level) => [8, 16, 20, 24, 32].map((bits) => ({ level, bits })));

    it.each(cases)('$bits bits, flac $level', async ({ level, bits }) => {
      const channels = bits === 16 ? 1 : 2;
      const top = 2 ** (bits - 1);
      const values = Object.values(SIGNALS).flatMap((signal) =>
        Array.from({ length: SIGNAL_SAMPLES * channels }, (_, index) => signal(index, top)),
      );
      const wav = makeWav({
        tag: 0xfffe,
        channels,
        bits: 8 * Math.ceil(bits / 8),
        extension: makeExtension(1, bits, 22, channels === 1 ? 4 : 3),
        data: packed(values, bits),
      });
      const flac = runTool(
        ['flac', '-s', ...level.split(' '), '-o', 'a.flac', 'a.wav'],
        { 'a.wav': wav },
        'a.flac',
      );
      const { resident } = await open(flac, 48000);
      expect(resident?.length).toBe(values.length);
      const wrong = values.findIndex((value, index) => resident?.[index] !== Math.fround(value / top));
      expect(wrong).toBe(-1);
    });
  },
);

it.skipIf(!hasTool('ffmpeg'))('FLAC from ffmpeg decodes to the integers that went in', async () => {
  const values = Array.from({ length: 20000 }, (_, index) => SIGNALS['nearly mono']!(index, 2 ** 15));
  const wav = makeWav({ bits: 16, data: packed(values, 16) });
  const flac = runTool(
    ['ffmpeg', '-v', 'error', '-i', 'a.wav', '-compression_level', '12', 'a.flac'],
    { 'a.wav': wav },
    'a.flac',
  );
  expect(Array.from((await open(flac, 48000)).resident ?? [])).toEqual(
    values.map((value) => value / 2 ** 15),
  );
});

describe('damage to a FLAC file is found', () => {
  const mono = readFixture('mono-16.flac');
  const stereo = readFixture('stereo-24.flac');

  it('when it is cut at any byte, without decoding it', async () => {
    for (let size = 0; size < mono.length; size++) {
      expect(await outcome(probe(mono.subarray(0, size)))).toBeInstanceOf(SoundError);
    }
  });

  it('and says how much of it is there', async () => {
    await expect(probe(stereo.subarray(0, stereo.length - 1))).rejects.toThrow(
      'a.flac is truncated: it claims 3001 samples and holds 2048, then a frame that is cut or damaged',
    );
  });

  it('when any bit of its sound is wrong', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 200, max: stereo.length - 1 }), fc.nat(7), async (at, bit) => {
        const bytes = stereo.slice();
        bytes[at]! ^= 1 << bit;
        expect(await outcome(open(bytes, 48000))).toBeInstanceOf(SoundError);
      }),
      { numRuns: 300 },
    );
  });

  it('when any bytes of it are wrong, without a hang', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(mono.length - 1), fc.integer({ min: 0, max: 255 })), {
          minLength: 1,
          maxLength: 6,
        }),
        async (changes) => {
          const bytes = mono.slice();
          for (const [at, value] of changes) bytes[at] = value;
          const result = await outcome(open(bytes, 8000));
          if (!(result instanceof SoundError)) expect(result).toHaveProperty('samples');
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('when a whole frame is missing', async () => {
    const frames = frameStarts(stereo);
    expect(frames).toHaveLength(3);
    const without = new Uint8Array([...stereo.subarray(0, frames[1]), ...stereo.subarray(frames[2])]);
    await expect(open(without, 48000)).rejects.toThrow(
      'a.flac is damaged at sample 1024: a frame of sample 2048 lies there',
    );
  });

  it('when its last frames are missing', async () => {
    const frames = frameStarts(stereo);
    await expect(probe(stereo.subarray(0, frames[2]))).rejects.toThrow(/claims 3001 samples and holds 2048$/);
  });

  it('when its frames are of another kind than its head says', async () => {
    const bytes = stereo.slice();
    // STREAMINFO's bits per sample, of which the last four bits begin byte 21.
    bytes[21] = (bytes[21]! & 0x0f) | (15 << 4);
    bytes[20]! &= 0xfe;
    await expect(open(bytes, 48000)).rejects.toThrow(
      /damaged at sample 0: it has another number of channels or bits/,
    );
  });
});

it('a FLAC file that does not say how long it is tells by its last frame', async () => {
  const bytes = readFixture('stereo-24.flac').slice();
  bytes.fill(0, 22, 26);
  bytes[21]! &= 0xf0;
  expect((await probe(bytes)).info.samples).toBe(3001);
  expect((await open(bytes, 48000)).samples).toBe(3001);
});

it('tags before and behind the FLAC stream do no harm', async () => {
  const flac = readFixture('mono-16.flac');
  const id3v2 = [0x49, 0x44, 0x33, 4, 0, 0, 0, 0, 0, 5, 1, 2, 3, 4, 5];
  const id3v1 = [0x54, 0x41, 0x47, ...new Uint8Array(125)];
  const tagged = new Uint8Array([...id3v2, ...flac, ...id3v1]);
  expect((await probe(tagged)).info).toEqual({ sampleRate: 8000, channels: 1, samples: 500 });
  expect((await open(tagged, 8000)).resident).toEqual((await open(flac, 8000)).resident);
});

/** Where the frames of a file whose blocks are all numbered below 128 begin. */
function frameStarts(bytes: Uint8Array): number[] {
  const starts: number[] = [];
  bytes.forEach((byte, at) => {
    if (byte === 0xff && bytes[at + 1] === 0xf8 && bytes[at + 4] === starts.length && at > 42)
      starts.push(at);
  });
  return starts;
}
