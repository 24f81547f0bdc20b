import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../src/engine/sound/byte-source.ts';
import { openSound } from '../../src/engine/sound/open-sound.ts';
import { probeSound } from '../../src/engine/sound/probe-sound.ts';
import { SoundError } from '../../src/engine/sound/sound.ts';
import { FIXTURES } from './decoded.ts';
import { ascii, joined, u32 } from './make-wav.ts';
import { hasTool, readFixture, runTool, runtime } from './runtime.ts';

const probe = (bytes: Uint8Array) => probeSound(memorySource(bytes), 'a.mp3');
const open = (bytes: Uint8Array, sampleRate: number) =>
  openSound(memorySource(bytes), { name: 'a.mp3', sampleRate, ...runtime });
const outcome = (promise: Promise<unknown>) => promise.catch((error: unknown) => error);

/** `plain.mp3`: frames of 208 or 209 bytes and no header in front. */
const plain = readFixture('plain.mp3');
/** `stereo.mp3` without its ID3 tag: the first frame is the header, the LAME part of which begins at byte 156. */
const lame = withoutTag(readFixture('stereo.mp3'));
const LAME_AT = 156;

/** What the decoder makes of a file is what the walk over its frames said. */
async function expectLength(bytes: Uint8Array, samples: number) {
  const { info } = await probe(bytes);
  expect(info.samples).toBe(samples);
  expect((await open(bytes, info.sampleRate)).samples).toBe(samples);
}

describe('the length of an MP3 file is what is decoded', () => {
  it.each([
    ['with the padding that its encoder names', lame, 3001],
    ['mono at a variable bit rate', readFixture('mono-vbr.mp3'), 1379],
    ['without a header', plain, 4608],
    [
      'whose encoder names no padding',
      changed(lame, (bytes) => bytes.fill(0, LAME_AT, LAME_AT + 36)),
      4 * 1152 - 529,
    ],
    [
      'whose padding is 0',
      changed(lame, (bytes) => bytes.fill(0, LAME_AT + 21, LAME_AT + 24)),
      4 * 1152 - 529,
    ],
    ['whose header does not count frames', changed(lame, (bytes) => bytes.fill(0, 44, 48)), 4 * 1152],
  ])('%s', async (_, bytes, samples) => {
    await expectLength(bytes, samples);
  });

  it('with tags before and behind it', async () => {
    const id3v1 = joined([ascii('TAG'), new Uint8Array(125)]);
    const ape = joined([ascii('APETAGEX'), u32(2000), u32(40), u32(1), u32(0), new Uint8Array(8)]);
    await expectLength(readFixture('stereo.mp3'), 3001);
    await expectLength(joined([plain, id3v1]), 4608);
    await expectLength(joined([plain, new Uint8Array(8), ape, id3v1]), 4608);
  });

  it('and what lies behind its last frame and is no tag is a warning', async () => {
    const { info, warnings } = await probe(joined([plain, new Uint8Array(300)]));
    expect(info.samples).toBe(4608);
    expect(warnings).toEqual(['a.mp3 has 300 bytes after its last MP3 frame that are not sound']);
    await expectLength(joined([plain, new Uint8Array(300)]), 4608);
  });
});

describe.skipIf(!hasTool('ffmpeg'))('an MP3 file decodes as in ffmpeg', () => {
  /** Two decoders in 32-bit float differ in the last bits of their transforms: −110 dB. */
  const DECODER_TOLERANCE = 3e-6;

  it.each(['stereo.mp3', 'mono-vbr.mp3', 'plain.mp3'] as const)('%s', async (name) => {
    const bytes = readFixture(name);
    const raw = runTool(
      ['ffmpeg', '-v', 'error', '-i', 'a.mp3', '-f', 'f32le', 'a.f32'],
      { 'a.mp3': bytes },
      'a.f32',
    );
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

describe('an MP3 file is refused', () => {
  it('when it is cut at any byte', async () => {
    for (const file of [plain, lame]) {
      for (let size = 0; size < file.length; size++) {
        const result = await outcome(probe(file.subarray(0, size)));
        // Without a count of frames, a file cut between two of them is a file.
        if (file === lame || !isWholeFrames(file, size)) expect(result).toBeInstanceOf(SoundError);
      }
    }
  });

  it('and the message says how much of it is there', async () => {
    await expect(probe(lame.subarray(0, lame.length - 1))).rejects.toThrow(
      'a.mp3 is truncated: it claims 4 frames and holds 3 and a piece of one',
    );
  });

  it('when two are joined end to end', async () => {
    await expect(probe(joined([lame, lame]))).rejects.toThrow(/counts 4 frames in its header and holds 9/);
  });

  it.each([
    ['layer 2', changed(plain, (bytes) => bytes.fill(0xfd, 1, 2)), /MPEG audio layer 2/],
    ['the free format', changed(plain, (bytes) => bytes.fill(0x00, 2, 3)), /free format/],
    ['AAC', joined([Uint8Array.of(0xff, 0xf1), new Uint8Array(50)]), /is AAC/],
    [
      'a tag and nothing else',
      joined([ascii('ID3'), Uint8Array.of(4, 0, 0, 0, 0, 0, 5), ascii('abcde')]),
      /ID3 tag and no sound/,
    ],
  ])('when it is %s', async (_, bytes, message) => {
    await expect(probe(bytes)).rejects.toThrow(message);
    await expect(probe(bytes)).rejects.toBeInstanceOf(SoundError);
  });

  it('or read, whatever bytes of it are changed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(plain.length - 1), fc.integer({ min: 0, max: 255 })), {
          minLength: 1,
          maxLength: 5,
        }),
        async (changes) => {
          const bytes = plain.slice();
          for (const [at, value] of changes) bytes[at] = value;
          const result = await outcome(probe(bytes));
          if (!(result instanceof SoundError)) expect(result).toHaveProperty('info');
        },
      ),
      { numRuns: 500 },
    );
  });
});

function changed(bytes: Uint8Array, change: (copy: Uint8Array) => void): Uint8Array {
  const copy = bytes.slice();
  change(copy);
  return copy;
}

function withoutTag(bytes: Uint8Array): Uint8Array {
  const size = (bytes[6]! << 21) | (bytes[7]! << 14) | (bytes[8]! << 7) | bytes[9]!;
  return bytes.subarray(10 + size);
}

/** Whether the first `size` bytes of `plain.mp3` end with a frame. */
function isWholeFrames(bytes: Uint8Array, size: number): boolean {
  let at = 0;
  while (at < size) at += 208 + ((bytes[at + 2]! >> 1) & 1);
  return at === size && size > 0;
}
