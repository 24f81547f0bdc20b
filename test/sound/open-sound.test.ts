import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { integerAt } from '../../src/engine/random/random.ts';
import { blobSource, memorySource } from '../../src/engine/sound/byte-source.ts';
import { openSound } from '../../src/engine/sound/open-sound.ts';
import { blobPcmCache, type PcmCache } from '../../src/engine/sound/pcm-cache.ts';
import { type ByteSource, type Sound, SoundError } from '../../src/engine/sound/sound.ts';
import { DECODED_RATES, digestOf, FIXTURE_NAMES, FIXTURES, readWhole } from './decoded.ts';
import { expectSameBits } from './expect-same-bits.ts';
import decoded from './fixtures/decoded.json' with { type: 'json' };
import { makeWav } from './make-wav.ts';
import { readFixture, runtime } from './runtime.ts';

const open = (
  bytes: ByteSource,
  sampleRate: number,
  residentSeconds?: number,
  cache: PcmCache = runtime.cache,
) =>
  openSound(bytes, {
    name: 'a.wav',
    sampleRate,
    kernel: runtime.kernel,
    cache,
    ...(residentSeconds !== undefined && { residentSeconds }),
  });

const floatWav = (values: Float32Array<ArrayBuffer>, channels = 2, sampleRate = 48000) =>
  makeWav({ tag: 3, bits: 32, channels, sampleRate, data: new Uint8Array(values.buffer) });
const noise = (count: number) =>
  Float32Array.from({ length: count }, (_, index) => integerAt(8, index) / 2 ** 32 - 0.5);

describe.each(FIXTURE_NAMES)('%s decodes to the bits on record', (name) => {
  const rates = new Set([FIXTURES[name].sampleRate, ...DECODED_RATES]);
  it.each([...rates])('at %i Hz, in memory and in pages', async (rate) => {
    const expected = (decoded[name] as Record<string, string>)[rate];
    const bytes = readFixture(name);
    expect(expected).toHaveLength(64);
    expect(await digestOf(memorySource(bytes), name, rate, 60, runtime)).toBe(expected);
    expect(await digestOf(memorySource(bytes), name, rate, 0, runtime)).toBe(expected);
    const blob = { ...runtime, cache: blobPcmCache() };
    expect(await digestOf(blobSource(new Blob([bytes.slice()])), name, rate, 0, blob)).toBe(expected);
  });
});

describe('a sound at the rate of the score', () => {
  it('is the file to the bit, in memory and in pages, at any range', async () => {
    const values = noise(50_000);
    const bytes = floatWav(values);
    for (const residentSeconds of [60, 0]) {
      const sound = await open(memorySource(bytes), 48000, residentSeconds);
      expect([sound.channels, sound.samples]).toEqual([2, 25_000]);
      fc.assert(
        fc.property(fc.nat(25_000), fc.nat(20_000), (from, wanted) => {
          const count = Math.min(wanted, 25_000 - from);
          const out = new Float32Array(count * 2);
          sound.read(from, count, out);
          expectSameBits(out, values.subarray(from * 2, (from + count) * 2));
        }),
        { numRuns: 50 },
      );
    }
  });

  it('is held in memory up to a length, and the memory is what the caller gives', async () => {
    const bytes = floatWav(noise(2 * 4800));
    const shared: Float32Array[] = [];
    const sound = await openSound(memorySource(bytes), {
      name: 'a.wav',
      sampleRate: 48000,
      residentSeconds: 0.1,
      allocate(floats) {
        const array = new Float32Array(new SharedArrayBuffer(floats * 4));
        shared.push(array);
        return array;
      },
      ...runtime,
    });
    expect(shared).toHaveLength(1);
    expect(sound.resident).toBe(shared[0]);
    expect((await open(memorySource(bytes), 48000, 0.0999)).resident).toBeUndefined();
  });

  it('is not read outside its bounds', async () => {
    for (const residentSeconds of [60, 0]) {
      const sound = await open(memorySource(floatWav(noise(200))), 48000, residentSeconds);
      for (const [from, count] of [
        [-1, 1],
        [100, 1],
        [99, 2],
        [0, 101],
        [0, -1],
        [Number.NaN, 1],
      ] as const) {
        expect(() => sound.read(from, count, new Float32Array(400))).toThrow(RangeError);
      }
      sound.read(100, 0, new Float32Array(0));
    }
  });
});

describe('a sound at another rate', () => {
  it('in pages is the sound in memory to the bit, at any range', async () => {
    const bytes = floatWav(noise(30_000), 2, 44100);
    const resident = await open(memorySource(bytes), 48000);
    const paged = await open(memorySource(bytes), 48000, 0);
    expect(resident.samples).toBe(Math.ceil((15_000 * 160) / 147));
    expect(paged.samples).toBe(resident.samples);
    expect(paged.resident).toBeUndefined();
    fc.assert(
      fc.property(fc.nat(paged.samples), fc.nat(9000), (from, wanted) => {
        const count = Math.min(wanted, paged.samples - from);
        const [a, b] = [new Float32Array(count * 2), new Float32Array(count * 2)];
        resident.read(from, count, a);
        paged.read(from, count, b);
        expectSameBits(b, a);
      }),
      { numRuns: 50 },
    );
  });
});

describe('values that are no numbers are an error that names the file and the sample', () => {
  const values = new Float32Array(2 * 40_000);
  values[2 * 33_333 + 1] = Number.NaN;
  values[2 * 39_999] = Number.POSITIVE_INFINITY;

  it('in a short file, when it is opened', async () => {
    await expect(open(memorySource(floatWav(values)), 48000)).rejects.toThrow(
      'a.wav holds NaN (not a number) at sample 33333',
    );
  });

  it.each([48000, 44100])('in a long file, when they are read, at %i Hz', async (rate) => {
    const sound = await open(memorySource(floatWav(values)), rate, 0);
    const out = new Float32Array(2 * 30_000);
    sound.read(0, 1000, out);
    expect(() => sound.read(0, 30_000 + (rate === 48000 ? 10_000 : 5000), new Float32Array(80_000))).toThrow(
      SoundError,
    );
    expect(() => sound.read(sound.samples - 1, 1, out)).toThrow('an infinite value at sample 39999');
  });

  it('in 64-bit float also those too large for 32 bits', async () => {
    const data = new Uint8Array(Float64Array.of(0, 0.5, -1e300, 0).buffer);
    await expect(open(memorySource(makeWav({ tag: 3, bits: 64, channels: 1, data })), 48000)).rejects.toThrow(
      'an infinite value at sample 2',
    );
  });
});

describe('a source that cannot be read at once', () => {
  it('is fetched by prepare, and several ranges prepared for one block stay readable', async () => {
    const values = noise(2 * 700_000);
    const sound = await open(blobSource(new Blob([floatWav(values).slice()])), 48000, 0);
    const places = [0, 650_000, 300_000, 100_000];
    await Promise.all(places.map((from) => sound.prepare?.(from, 20_000)));
    for (const from of places) {
      expect(sound.prepare?.(from, 20_000)).toBeUndefined();
      const out = new Float32Array(40_000);
      sound.read(from, 20_000, out);
      expectSameBits(out, values.subarray(2 * from, 2 * (from + 20_000)));
    }
    expect(() => sound.read(450_000, 10, new Float32Array(20))).toThrow(/before it was prepared/);
  });

  it('keeps a bounded part of a long sound', async () => {
    let held = 0;
    const size = 44 + 40_000_000;
    const wav = makeWav({ bits: 16, data: new Uint8Array(4), dataSize: 40_000_000 });
    const source: ByteSource = {
      size,
      async read(from, count) {
        held++;
        const bytes = new Uint8Array(Math.min(count, size - from));
        if (from < 44) bytes.set(wav.subarray(from, Math.min(44, from + count)));
        return bytes;
      },
    };
    const sound = await open(source, 48000, 0);
    for (let from = 0; from < sound.samples; from += 131_072) {
      await sound.prepare?.(from, Math.min(4096, sound.samples - from));
    }
    const fetched = held;
    await sound.prepare?.(0, 4096);
    expect(held).toBe(fetched + 1);
  });

  it('that ends early is an error', async () => {
    const bytes = floatWav(noise(20_000));
    let isCut = false;
    const source: ByteSource = {
      size: bytes.length,
      read: async (from, count) => bytes.subarray(from, isCut ? Math.min(from + count, 5000) : from + count),
    };
    const sound = await open(source, 48000, 0);
    isCut = true;
    await sound.prepare?.(0, 9000);
    expect(() => sound.read(0, 9000, new Float32Array(18_000))).toThrow('a.wav ends at byte 5000');
  });
});

describe('what was opened is given back', () => {
  const counted = (bytes: Uint8Array) => {
    const source = { ...memorySource(bytes), closed: 0, close: () => void source.closed++ };
    return source;
  };

  it('at once, by a sound in memory and by one that cannot be used', async () => {
    const good = counted(floatWav(noise(200)));
    await open(good, 48000);
    expect(good.closed).toBe(1);
    const bad = counted(makeWav({ dataSize: 4000 }));
    await expect(open(bad, 48000)).rejects.toBeInstanceOf(SoundError);
    expect(bad.closed).toBe(1);
  });

  it('at once, when the opening is called off', async () => {
    for (const [name, residentSeconds] of [
      ['stereo-24.flac', 60],
      ['stereo-24.flac', 0],
      ['stereo.ogg', 60],
      ['plain.mp3', 0],
    ] as const) {
      const source = counted(readFixture(name));
      let calls = 0;
      const checkpoint = async () => {
        calls++;
        throw new Error('called off');
      };
      const options = { name, sampleRate: 44100, residentSeconds, checkpoint, ...runtime };
      await expect(openSound(source, options)).rejects.toThrow('called off');
      expect([calls, source.closed]).toEqual([1, 1]);
    }
  });

  it('at the end, by a sound in pages', async () => {
    const source = counted(floatWav(noise(200)));
    const sound = await open(source, 48000, 0);
    expect(source.closed).toBe(0);
    sound.dispose?.();
    expect(source.closed).toBe(1);
  });

  it('a damaged compressed sound leaves nothing in the cache', async () => {
    const events: string[] = [];
    const cache = {
      begin: () => ({
        append: () => void events.push('append'),
        finish: () => memorySource(new Uint8Array(0)),
        discard: () => void events.push('discard'),
      }),
    };
    const bytes = readFixture('stereo-24.flac').slice();
    bytes[9000]! ^= 1;
    await expect(open(memorySource(bytes), 48000, 0, cache)).rejects.toBeInstanceOf(SoundError);
    expect(events).toEqual(['discard']);
  });
});

it('sounds that are opened at the same time do not disturb each other', async () => {
  const names = [...FIXTURE_NAMES, ...FIXTURE_NAMES];
  const apart: Sound[] = [];
  for (const name of names) apart.push(await open(memorySource(readFixture(name)), 44100));
  const together = await Promise.all(
    names.map((name, index) => open(blobSource(new Blob([readFixture(name).slice()])), 44100, index % 2)),
  );
  for (const [index, sound] of together.entries()) {
    expectSameBits(await readWhole(sound), await readWhole(apart[index]!));
  }
});
