import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../src/engine/sound/byte-source.ts';
import { openSound } from '../../src/engine/sound/open-sound.ts';
import { probeSound } from '../../src/engine/sound/probe-sound.ts';
import { SoundError } from '../../src/engine/sound/sound.ts';
import { FIXTURES } from './decoded.ts';
import { ascii, joined } from './make-wav.ts';
import { hasTool, readFixture, runTool, runtime } from './runtime.ts';

const probe = (bytes: Uint8Array) => probeSound(memorySource(bytes), 'a.ogg');
const open = (bytes: Uint8Array, sampleRate: number) =>
  openSound(memorySource(bytes), { name: 'a.ogg', sampleRate, ...runtime });
const outcome = (promise: Promise<unknown>) => promise.catch((error: unknown) => error);

const stereo = readFixture('stereo.ogg');
const mono = readFixture('mono.ogg');

describe.skipIf(!hasTool('sox'))('an Ogg Vorbis file decodes as in libvorbis', () => {
  /** sox takes 16 bits from the decoder: half a step, and the last bits in which two builds of it differ. */
  const DECODER_TOLERANCE = 2 ** -16 + 3e-7;

  it.each(['stereo.ogg', 'mono.ogg'] as const)('%s', async (name) => {
    const bytes = readFixture(name);
    const raw = runTool(['sox', 'a.ogg', 'a.f32'], { 'a.ogg': bytes }, 'a.f32');
    const expected = new Float32Array(raw.buffer, raw.byteOffset, raw.length / 4);
    const { resident = new Float32Array(0) } = await open(bytes, FIXTURES[name].sampleRate);
    expect(resident.length).toBe(expected.length);
    const largest = expected.reduce(
      (most, value, index) => Math.max(most, Math.abs(value - resident[index]!)),
      0,
    );
    expect(largest).toBeLessThan(DECODER_TOLERANCE);
    expect(expected.some((value) => Math.abs(value) > 0.1)).toBe(true);
  });
});

describe('an Ogg file is refused', () => {
  it('when it is cut at any byte', async () => {
    for (let size = 0; size < mono.length; size++) {
      expect(await outcome(probe(mono.subarray(0, size)))).toBeInstanceOf(SoundError);
    }
  });

  it('when its last page is missing', async () => {
    const last = pageStarts(stereo).at(-1);
    await expect(probe(stereo.subarray(0, last))).rejects.toThrow(
      /^a\.ogg is truncated: it claims an Ogg stream and holds \d+ samples without its last page$/,
    );
  });

  it('when a bit of it is wrong', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(stereo.length - 1), fc.nat(7), async (at, bit) => {
        const bytes = stereo.slice();
        bytes[at]! ^= 1 << bit;
        expect(await outcome(open(bytes, 48000))).toBeInstanceOf(SoundError);
      }),
      { numRuns: 60 },
    );
  });

  it('when a page in the middle of it is missing', async () => {
    const [, second, third] = pageStarts(mono);
    const without = joined([mono.subarray(0, second), mono.subarray(third)]);
    await expect(open(without, 8000)).rejects.toThrow(
      'a.ogg lacks Ogg pages: after page 0 comes page 2, at byte 58',
    );
  });

  it('when two are joined end to end', async () => {
    await expect(probe(joined([mono, stereo]))).rejects.toThrow(/several Ogg streams in a row/);
  });

  it.skipIf(!hasTool('ffmpeg'))('when it is Opus, or FLAC in Ogg', async () => {
    const convert = (name: string, ...codec: string[]) =>
      runTool(['ffmpeg', '-v', 'error', '-i', 'a.ogg', ...codec, name], { 'a.ogg': stereo }, name);
    await expect(probe(convert('a.opus', '-c:a', 'libopus'))).rejects.toThrow(
      'a.ogg is Opus, which cannot be read yet',
    );
    await expect(probe(convert('a.oga', '-c:a', 'flac'))).rejects.toThrow(
      'a.ogg is FLAC in an Ogg container',
    );
  });
});

it('a page that is no page is refused in words', async () => {
  await expect(probe(joined([ascii('OggS'), new Uint8Array(40)]))).rejects.toThrow(
    /first page is cut or damaged/,
  );
});

function pageStarts(bytes: Uint8Array): number[] {
  const starts: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    starts.push(at);
    const segments = bytes[at + 26]!;
    at += 27 + segments + bytes.subarray(at + 27, at + 27 + segments).reduce((sum, size) => sum + size, 0);
  }
  return starts;
}
