import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../src/engine/sound/byte-source.ts';
import { probeSound } from '../../src/engine/sound/probe-sound.ts';
import { SoundError } from '../../src/engine/sound/sound.ts';
import {
  ascii,
  joined,
  type MadeWav,
  makeBext,
  makeDs64,
  makeExtension,
  makeFormat,
  makeWav,
  ramp,
  u16,
  u32,
} from './make-wav.ts';

const probe = (bytes: Uint8Array) => probeSound(memorySource(bytes), 'a.wav');
const probeMade = (made: MadeWav) => probe(makeWav(made));

describe('a WAV file that is whole', () => {
  it.each([
    ['8-bit mono', { bits: 8, channels: 1 }],
    ['16-bit stereo', { bits: 16 }],
    ['24-bit mono of odd length', { channels: 1, data: ramp(100 * 3) }],
    ['32-bit integer', { bits: 32 }],
    ['32-bit float', { tag: 3, bits: 32, data: new Uint8Array(800) }],
    ['64-bit float', { tag: 3, bits: 64, data: new Uint8Array(1600) }],
    ['20 bits in containers of 24', { bits: 20 }],
    ['EXTENSIBLE', { tag: 0xfffe, extension: makeExtension(1, 24) }],
    [
      'EXTENSIBLE float',
      { tag: 0xfffe, bits: 32, extension: makeExtension(3, 32), data: new Uint8Array(800) },
    ],
    ['EXTENSIBLE with 20 valid bits', { tag: 0xfffe, extension: makeExtension(1, 20) }],
    [
      'chunks of other programs around it',
      { before: [{ id: 'JUNK', data: ramp(93) }], after: [{ id: 'LIST', data: ramp(8) }] },
    ],
    [
      'RF64 whose sizes are in ds64',
      { riff: 'RF64' as const, dataSize: 0xffffffff, before: [makeDs64(600n, 100n)] },
    ],
    [
      'BW64 that does not count samples',
      { riff: 'BW64' as const, dataSize: 0xffffffff, before: [makeDs64(600n, 0n)] },
    ],
    ['RF64 that turned out small', { riff: 'RF64' as const, before: [makeDs64(0n, 0n)] }],
  ])('is read without a warning: %s', async (_, made) => {
    const { info, format, warnings } = await probeMade(made);
    expect(format).toBe('wav');
    expect(warnings).toEqual([]);
    expect(info).toEqual({
      sampleRate: 48000,
      channels: 'channels' in made ? made.channels : 2,
      samples: 100,
    });
  });

  it('tells its timecode, before or after its samples', async () => {
    const bext = makeBext(172_800_000n);
    expect((await probeMade({ before: [bext] })).info.timeReference).toBe(172_800_000);
    expect((await probeMade({ after: [bext] })).info.timeReference).toBe(172_800_000);
    expect((await probeMade({ after: [makeBext(2n ** 40n)] })).info.timeReference).toBe(2 ** 40);
  });
});

describe('a WAV file whose sound is whole is read with a warning', () => {
  it.each([
    ['byte rate', { byteRate: 1 }, 'byte rate of 1, which should be 288000'],
    ['RIFF size', { riffSize: 7 }, 'RIFF size of 7'],
    ['RIFF size never filled in', { riffSize: 0xffffffff }, 'RIFF size of 4294967295'],
    ['short bext', { before: [{ id: 'bext', data: ramp(300) }] }, '"bext" chunk of 300 bytes'],
    ['bext date', { before: [makeBext(5n, { date: '22/11/2026' })] }, 'OriginationDate "22/11/2026"'],
    ['bext time', { before: [makeBext(5n, { time: '99:99:99' })] }, 'OriginationTime "99:99:99"'],
    ['bext version', { before: [makeBext(5n, { version: 7 })] }, 'version 7 (0, 1 or 2)'],
    ['TimeReference', { before: [makeBext(2n ** 63n)] }, 'TimeReference of 9223372036854775808'],
    ['half a sample', { data: ramp(602) }, '2 more than 100 whole samples'],
    ['count of samples', { after: [{ id: 'fact', data: u32(99) }] }, 'counts 99 samples'],
    [
      'chunk behind the samples',
      { after: [{ id: 'LIST', data: ramp(8), size: 60 }] },
      '"LIST" chunk holds 60 bytes, and 8 are left',
    ],
    [
      'sampler loops',
      { after: [{ id: 'smpl', data: joined([new Uint8Array(28), u32(2), u32(0)]) }] },
      '"smpl" chunk of 36 bytes whose contents need 84',
    ],
  ])('%s', async (_, made: MadeWav, text) => {
    const { info, warnings } = await probeMade(made);
    expect(info.samples).toBe(100);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(text);
    expect(warnings[0]).toMatch(/^a\.wav /);
  });

  it('a missing pad byte does not hide the chunks behind it', async () => {
    const made = { channels: 1, data: ramp(303), dataPad: false, after: [makeBext(9n)] };
    const { info, warnings } = await probeMade(made);
    expect(info).toEqual({ sampleRate: 48000, channels: 1, samples: 101, timeReference: 9 });
    expect(warnings).toEqual(['a.wav lacks the pad byte after its "data" chunk of odd size']);
  });

  it('a missing pad byte at the end of the file', async () => {
    const { info, warnings } = await probeMade({ channels: 1, data: ramp(303), dataPad: false });
    expect(info.samples).toBe(101);
    expect(warnings).toEqual(['a.wav lacks the pad byte after its "data" chunk of odd size']);
  });

  it('stray bytes behind the last chunk', async () => {
    const { warnings } = await probe(joined([makeWav(), ramp(5)]));
    expect(warnings).toEqual(['a.wav has 5 stray bytes at its end']);
  });

  it('a bext that says nothing of use leaves the timecode out', async () => {
    expect((await probeMade({ before: [{ id: 'bext', data: ramp(300) }] })).info).not.toHaveProperty(
      'timeReference',
    );
  });
});

describe('a WAV file is refused, and the message names what is wrong', () => {
  it.each<[string, MadeWav, RegExp]>([
    [
      'too little data',
      { dataSize: 1200 },
      /truncated: it claims 1200 bytes of samples \(200 samples\) and holds 600 \(100 samples\)/,
    ],
    ['a length never filled in', { dataSize: 0xffffffff }, /does not say how long it is/],
    ['no samples', { data: new Uint8Array(0) }, /0 samples/],
    ['less than one sample', { data: ramp(5) }, /0 samples/],
    ['rate 0', { sampleRate: 0 }, /sample rate is 0 Hz/],
    ['a rate beyond all bounds', { sampleRate: 0xffffffff }, /sample rate is 4294967295 Hz/],
    ['no channels', { channels: 0, data: ramp(10) }, /no channels/],
    ['six channels', { channels: 6 }, /6 channels: sounds are mono or stereo/],
    ['65,535 channels', { channels: 65535, data: ramp(100) }, /65535 channels/],
    ['0 bits', { bits: 0, data: ramp(100) }, /PCM of 0 bits/],
    ['40 bits', { bits: 40 }, /PCM of 40 bits/],
    ['16-bit float', { tag: 3, bits: 16 }, /float of 16 bits/],
    ['block align 0', { blockAlign: 0 }, /block align says 0/],
    [
      'block align that contradicts',
      { blockAlign: 4 },
      /2 × 24 bits make 6 bytes a sample, and its block align says 4/,
    ],
    ['ADPCM', { tag: 2 }, /format tag 2 \(Microsoft ADPCM\)/],
    ['A-law', { tag: 6 }, /format tag 6 \(A-law\)/],
    ['a tag nobody knows', { tag: 0xffff }, /format tag 65535: PCM/],
    ['EXTENSIBLE without its extension', { tag: 0xfffe }, /EXTENSIBLE without/],
    [
      'EXTENSIBLE whose extension is short',
      { tag: 0xfffe, extension: makeExtension(1, 24, 2) },
      /EXTENSIBLE without/,
    ],
    [
      'EXTENSIBLE ADPCM',
      { tag: 0xfffe, extension: makeExtension(2, 24) },
      /sub-format 2 \(Microsoft ADPCM\)/,
    ],
    [
      'EXTENSIBLE with a GUID nobody knows',
      { tag: 0xfffe, extension: joined([u16(22), ramp(22)]) },
      /sub-format that is unknown \(GUID/,
    ],
    [
      'EXTENSIBLE with 30 of 24 bits',
      { tag: 0xfffe, extension: makeExtension(1, 30) },
      /30 valid bits in containers of 24/,
    ],
    ['two data chunks', { after: [{ id: 'data', data: ramp(12) }] }, /two "data" chunks/],
    ['two fmt chunks', { before: [{ id: 'fmt ', data: makeFormat() }] }, /two "fmt " chunks/],
    [
      'a chunk that claims more than there is',
      { before: [{ id: 'LIST', data: ramp(4), size: 4294967280 }] },
      /"LIST" chunk holds 4294967280 bytes/,
    ],
    ['a fmt of 15 bytes', { before: [{ id: 'fmt ', data: ramp(15) }] }, /"fmt " chunk of 15 bytes/],
    ['a fmt of no bytes', { before: [{ id: 'fmt ', data: ramp(0) }] }, /"fmt " chunk of 0 bytes/],
    [
      'a fmt without end',
      {
        before: [
          {
            id: 'fmt ',
            data: joined([new Uint8Array(2).fill(255), ramp(4), Uint8Array.of(8, 0)]),
            size: 0xffffffff,
          },
        ],
      },
      /"fmt " chunk holds 4294967295 bytes/,
    ],
    ['RF64 without ds64', { riff: 'RF64' }, /without the "ds64"/],
    [
      'RF64 with a short ds64',
      { riff: 'RF64', before: [{ id: 'ds64', data: ramp(20) }] },
      /"ds64" chunk of 20 bytes/,
    ],
    [
      'RF64 whose ds64 lies',
      { riff: 'RF64', dataSize: 0xffffffff, before: [makeDs64(2n ** 63n, 0n)] },
      /truncated: it claims 9223372036854775808 bytes|truncated: it claims 9223372036854776000 bytes/,
    ],
    [
      'chunks without end',
      { before: Array.from({ length: 5000 }, () => ({ id: 'JUNK', data: ramp(0) })) },
      /more than 4096 chunks/,
    ],
  ])('%s', async (_, made, message) => {
    const problem = await probeMade(made).catch((error: unknown) => error);
    expect(problem).toBeInstanceOf(SoundError);
    expect((problem as SoundError).message).toMatch(/^a\.wav /);
    expect((problem as SoundError).message).toMatch(message);
  });

  it.each([
    [
      'no fmt',
      joined([ascii('RIFF'), u32(16), ascii('WAVEdata'), u32(4), ramp(4)]),
      /before any "fmt " chunk/,
    ],
    [
      'fmt behind data',
      joined([
        ascii('RIFF'),
        u32(36),
        ascii('WAVEdata'),
        u32(4),
        ramp(4),
        ascii('fmt '),
        u32(16),
        makeFormat(),
      ]),
      /before any "fmt " chunk/,
    ],
    [
      'no data',
      joined([ascii('RIFF'), u32(28), ascii('WAVEfmt '), u32(16), makeFormat()]),
      /no "data" chunk/,
    ],
    ['no chunks', joined([ascii('RIFF'), u32(4), ascii('WAVE')]), /no "fmt " chunk/],
    ['four letters', ascii('RIFF'), /ends inside its RIFF header: 4 bytes/],
    ['not WAVE', joined([ascii('RIFF'), u32(4), ascii('AVI ')]), /RIFF file of type "AVI "/],
  ])('%s', async (_, bytes, message) => {
    await expect(probe(bytes)).rejects.toThrow(message);
    await expect(probe(bytes)).rejects.toBeInstanceOf(SoundError);
  });
});

describe('nothing makes the reader hang or break', () => {
  const whole = makeWav({ before: [makeBext(5n)], after: [{ id: 'LIST', data: ramp(9) }] });
  const dataEnd = whole.length - 18;

  it('a file cut at any byte is refused, unless only what lies behind its samples is cut', async () => {
    for (let size = 0; size < whole.length; size++) {
      const result = await probe(whole.subarray(0, size)).catch((error: unknown) => error);
      if (size < dataEnd) expect(result).toBeInstanceOf(SoundError);
      else expect(result).toHaveProperty('info.samples', 100);
    }
  });

  it('a file with any bytes changed is read, or refused in words', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 })), {
          minLength: 1,
          maxLength: 8,
        }),
        async (changes) => {
          const bytes = whole.slice();
          for (const [at, value] of changes) bytes[at] = value;
          const result = await probe(bytes).catch((error: unknown) => error);
          if (!(result instanceof SoundError)) expect(result).toHaveProperty('info');
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('any bytes behind a RIFF header are read, or refused in words', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (rest) => {
        const bytes = joined([ascii('RIFF'), u32(rest.length + 4), ascii('WAVE'), rest]);
        const result = await probe(bytes).catch((error: unknown) => error);
        if (!(result instanceof SoundError)) expect(result).toHaveProperty('info');
      }),
      { numRuns: 1000 },
    );
  });

  it('any header that keeps to the rules is read as it was written', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          channels: fc.constantFrom(1, 2),
          bits: fc.constantFrom(8, 12, 16, 20, 24, 32),
          sampleRate: fc.integer({ min: 1000, max: 768000 }),
          samples: fc.integer({ min: 1, max: 300 }),
          before: fc.array(fc.nat(40), { maxLength: 4 }),
          after: fc.array(fc.nat(40), { maxLength: 4 }),
        }),
        async ({ samples, before, after, ...format }) => {
          const other = (sizes: number[]) => sizes.map((size) => ({ id: 'PAD ', data: ramp(size) }));
          const { channels, bits, sampleRate } = format;
          const bytes = makeWav({
            ...format,
            data: ramp(samples * channels * Math.ceil(bits / 8)),
            before: other(before),
            after: other(after),
          });
          const { info, warnings } = await probe(bytes);
          expect(info).toEqual({ sampleRate, channels, samples });
          expect(warnings).toEqual([]);
        },
      ),
    );
  });
});
