import { expect, it } from 'vitest';
import { memorySource } from '../../src/engine/sound/byte-source.ts';
import { probeSound } from '../../src/engine/sound/probe-sound.ts';
import { type ByteSource, SoundError } from '../../src/engine/sound/sound.ts';
import { FIXTURE_NAMES, FIXTURES } from './decoded.ts';
import { ascii, joined, makeWav } from './make-wav.ts';
import { readFixture } from './runtime.ts';

const FORMATS: Readonly<Record<string, string>> = { flac: 'flac', ogg: 'vorbis', mp3: 'mp3' };

it.each(FIXTURE_NAMES)('%s is known by its content, whatever it is called', async (name) => {
  const { info, format, warnings } = await probeSound(memorySource(readFixture(name)), 'noise.dat');
  expect(info).toEqual(FIXTURES[name]);
  expect(format).toBe(FORMATS[name.split('.')[1]!]);
  expect(warnings).toEqual([]);
});

it.each([
  ['an empty file', new Uint8Array(0), 'a.wav is empty: 0 bytes'],
  ['one byte', Uint8Array.of(7), 'a.wav is not a sound that can be read'],
  ['text', ascii('{"version": 1}'), 'a.wav is not a sound that can be read'],
  [
    'AIFF',
    joined([ascii('FORM'), new Uint8Array(4), ascii('AIFFCOMM')]),
    'a.wav is AIFF, which cannot be read yet',
  ],
  [
    'AIFF-C',
    joined([ascii('FORM'), new Uint8Array(4), ascii('AIFCCOMM')]),
    'a.wav is AIFC, which cannot be read yet',
  ],
  ['M4A', joined([new Uint8Array(4), ascii('ftypM4A ')]), 'a.wav is an MP4, M4A or QuickTime file'],
  [
    'Matroska',
    joined([Uint8Array.of(0x1a, 0x45, 0xdf, 0xa3), new Uint8Array(9)]),
    'a.wav is a Matroska or WebM file',
  ],
  ['Core Audio', ascii('caff\0\x01\0\0'), 'a.wav is Core Audio (CAF)'],
  ['a big-endian WAV', joined([ascii('RIFX'), new Uint8Array(40)]), 'a.wav is a big-endian WAV file (RIFX)'],
  [
    'a Git LFS pointer',
    ascii('version https://git-lfs.github.com/spec/v1\noid'),
    'a.wav is a Git LFS pointer',
  ],
  ['a web page', ascii('<!DOCTYPE html><html>'), 'a.wav is a web page or XML'],
])('%s is refused, with what it is', async (_, bytes, message) => {
  const problem = await probeSound(memorySource(bytes), 'a.wav').catch((error: unknown) => error);
  expect(problem).toBeInstanceOf(SoundError);
  expect((problem as SoundError).message).toContain(message);
  expect((problem as SoundError).hint).toBeTruthy();
});

it('a large file is probed by reading little of it', async () => {
  const wav = makeWav({ data: new Uint8Array(30_000_000) });
  let bytesRead = 0;
  const source: ByteSource = {
    size: wav.length,
    read(from, count) {
      bytesRead += count;
      return wav.subarray(from, from + count);
    },
  };
  expect((await probeSound(source, 'a.wav')).info.samples).toBe(5_000_000);
  expect(bytesRead).toBeLessThan(200_000);
});

it('a file that shrinks while it is probed is refused', async () => {
  const wav = makeWav();
  const source: ByteSource = { size: wav.length, read: (from) => wav.subarray(from, 30) };
  await expect(probeSound(source, 'a.wav')).rejects.toThrow(
    'a.wav ends at byte 30, earlier than when it was opened',
  );
});
