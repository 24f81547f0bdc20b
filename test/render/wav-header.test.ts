import { statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BroadcastExtension, bextData, codingHistory } from '../../src/engine/render/bext.ts';
import { ixmlData } from '../../src/engine/render/ixml.ts';
import {
  type WavLayout,
  wavDataBytes,
  wavFileBytes,
  wavHeader,
  wavHeaderBytes,
} from '../../src/engine/render/wav-header.ts';
import { hasTool, makeFolder, runTool } from './tools.ts';
import { parseBext, parseWav } from './wav-parser.ts';

const EXTENSION: BroadcastExtension = {
  description: 'Ballroom: stem room',
  originator: 'Runout',
  origination: { date: '2024-05-06', time: '07:08:09' },
  timeReference: 172_800_000,
  codingHistory: codingHistory(48000, 24, 2),
};

const IXML = {
  project: 'Ballroom',
  note: 'stem room',
  frameRate: { num: 24, den: 1, dropFrame: false },
  sampleRate: 48000,
  bitsPerValue: 24,
  timeReference: 172_800_000,
  tracks: ['room L', 'room R'],
};

function makeLayout(parts: Partial<WavLayout> = {}): WavLayout {
  return {
    sampleRate: 48000,
    channels: 2,
    bits: 24,
    samples: 555,
    bext: bextData(EXTENSION),
    ixml: ixmlData(IXML),
    ...parts,
  };
}

/** A file of silence. */
function makeFile(layout: WavLayout): Buffer {
  const header = wavHeader(layout);
  return Buffer.concat([header, Buffer.alloc(wavFileBytes(layout) - header.length)]);
}

test('a header says what the file is, and nothing a strict parser objects to', () => {
  fc.assert(
    fc.property(
      fc.record({
        sampleRate: fc.constantFrom(44100, 48000, 96000),
        channels: fc.constantFrom<1 | 2 | 6>(1, 2, 6),
        bits: fc.constantFrom<16 | 24 | '32f'>(16, 24, '32f'),
        samples: fc.nat({ max: 999 }),
      }),
      fc.string({ maxLength: 400 }),
      (parts, description) => {
        const bext = bextData({ ...EXTENSION, description });
        const layout = makeLayout({ ...parts, bext, ixml: ixmlData({ ...IXML, note: description }) });
        const file = makeFile(layout);
        expect(wavHeader(layout).length).toBe(wavHeaderBytes(layout));
        const parsed = parseWav(file);
        expect(parsed).toMatchObject({
          isRf64: false,
          tag: parts.bits === '32f' ? 3 : 1,
          channels: parts.channels,
          // Front left, right and centre, LFE, side left and right: in that order.
          mask: parts.channels === 6 ? 0x1 | 0x2 | 0x4 | 0x8 | 0x200 | 0x400 : undefined,
          sampleRate: parts.sampleRate,
          bits: parts.bits === '32f' ? 32 : parts.bits,
          samples: parts.samples,
          dataStart: wavHeaderBytes(layout),
        });
      },
    ),
  );
});

test('room for a ds64 stands first, and fmt before data', () => {
  expect(parseWav(makeFile(makeLayout())).ids).toEqual(['JUNK', 'bext', 'iXML', 'fmt ', 'data']);
  const float = parseWav(makeFile(makeLayout({ bits: '32f' })));
  expect(float.ids).toEqual(['JUNK', 'bext', 'iXML', 'fmt ', 'fact', 'data']);
  const surround = parseWav(makeFile(makeLayout({ channels: 6 })));
  expect(surround.ids).toEqual(['JUNK', 'bext', 'iXML', 'fmt ', 'fact', 'data']);
});

test('odd data is followed by a zero byte that only the RIFF size counts', () => {
  const layout = makeLayout({ channels: 1, samples: 3 });
  expect(wavDataBytes(layout)).toBe(9);
  expect(wavFileBytes(layout)).toBe(wavHeaderBytes(layout) + 10);
  expect(parseWav(makeFile(layout)).samples).toBe(3);
});

describe('beyond 4 GiB', () => {
  /** The most samples whose file is still a RIFF. */
  const most = Math.floor((2 ** 32 - 1 + 8 - wavHeaderBytes(makeLayout())) / 6);

  test('a file becomes an RF64 at the very sample that does not fit, and nothing moves', () => {
    const small = makeLayout({ samples: most });
    const large = makeLayout({ samples: most + 1 });
    expect(wavFileBytes(small) - 8).toBeLessThanOrEqual(0xffffffff);
    expect(wavFileBytes(large) - 8).toBeGreaterThan(0xffffffff);
    expect(parseWav(Buffer.from(wavHeader(small)), wavFileBytes(small))).toMatchObject({
      isRf64: false,
      samples: most,
    });
    const parsed = parseWav(Buffer.from(wavHeader(large)), wavFileBytes(large));
    expect(parsed).toMatchObject({ isRf64: true, samples: most + 1, dataStart: wavHeaderBytes(small) });
    expect(parsed.ids[0]).toBe('ds64');
  });

  test('float counts its samples in ds64 where fact cannot', () => {
    const layout = makeLayout({ bits: '32f', channels: 1, samples: 5e9 });
    expect(parseWav(Buffer.from(wavHeader(layout)), wavFileBytes(layout)).samples).toBe(5e9);
  });

  test.skipIf(!hasTool('sndfile-info'))('sndfile-info and mediainfo read it', () => {
    const layout = makeLayout({ samples: 894_784_853 });
    const path = join(makeFolder(), 'large.wav');
    writeFileSync(path, wavHeader(layout));
    // Sparse: it takes no room on the disk.
    truncateSync(path, wavFileBytes(layout));
    expect(statSync(path).size).toBe(wavFileBytes(layout));
    const { stdout } = runTool('sndfile-info', [path]);
    expect(stdout).toContain('RF64');
    expect(stdout).toMatch(/Frames\s+: 894784853/);
    // libsndfile knows iXML in a RIFF but not in an RF64, where it says so and reads on.
    const known = stdout.replace(/^\*\*\* iXML : \d+ \(unknown marker\)$/m, '');
    expect(known.match(/\*\*\*|should be|unknown marker|Error/)).toBeNull();
    if (!hasTool('mediainfo')) return;
    const info = runTool('mediainfo', ['--Output=JSON', path]).stdout;
    expect(info).toContain('RF64');
    expect(info).not.toContain('IsTruncated');
  });
});

describe('bext', () => {
  test('every field stands where version 2 wants it', () => {
    const levels = {
      integratedLufs: -23.456,
      loudnessRangeLu: 7.004,
      truePeakDbtp: -0.996,
      maxMomentaryLufs: -18.5,
      maxShortTermLufs: -20,
    };
    expect(parseBext(Buffer.from(bextData(EXTENSION, levels)))).toEqual({
      description: 'Ballroom: stem room',
      originator: 'Runout',
      originatorReference: '',
      date: '2024-05-06',
      time: '07:08:09',
      timeReference: 172_800_000,
      version: 2,
      umid: true,
      loudness: [-2346, 700, -100, -1850, -2000],
      codingHistory: 'A=PCM,F=48000,W=24,M=stereo,T=Runout\r\n',
    });
  });

  test('loudness that is not known is 0x7FFF, and the date stays empty', () => {
    const silence = {
      integratedLufs: null,
      loudnessRangeLu: null,
      truePeakDbtp: null,
      maxMomentaryLufs: -120,
      maxShortTermLufs: null,
    };
    const data = bextData({ ...EXTENSION, origination: undefined }, silence);
    expect(parseBext(Buffer.from(data))).toMatchObject({
      date: '',
      time: '',
      loudness: Array(5).fill(0x7fff),
    });
    expect(bextData(EXTENSION).length).toBe(bextData(EXTENSION, silence).length);
  });

  test('its length is even, whatever the history', () => {
    const data = bextData({ ...EXTENSION, codingHistory: codingHistory(192_000, 24, 2) });
    expect(data.length % 2).toBe(0);
    expect(parseBext(Buffer.from(data)).codingHistory).toBe('A=PCM,F=192000,W=24,M=stereo,T=Runout\r\n\0');
  });

  test('a time reference beyond 32 bits keeps all of them', () => {
    const timeReference = 24 * 3600 * 192_000 - 1;
    const data = bextData({ ...EXTENSION, timeReference });
    expect(parseBext(Buffer.from(data)).timeReference).toBe(timeReference);
  });

  test('text is ASCII: accents are dropped, the rest becomes question marks', () => {
    const data = bextData({ ...EXTENSION, description: 'Überblendung “Nuit d’été” 🎬' });
    expect(parseBext(Buffer.from(data)).description).toBe('Uberblendung ?Nuit d?ete? ?');
  });
});

describe('iXML', () => {
  test('agrees with bext, in HI and LO', () => {
    const timeReference = 24 * 3600 * 192_000 - 1;
    const text = new TextDecoder().decode(ixmlData({ ...IXML, timeReference }));
    const field = (name: string) => Number(new RegExp(`<${name}>(\\d+)</${name}>`).exec(text)?.[1]);
    const high = field('TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_HI');
    const low = field('TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_LO');
    expect(high * 2 ** 32 + low).toBe(timeReference);
    expect(low).toBeLessThan(2 ** 32);
  });

  test('names the edit’s own rate and way of counting', () => {
    const frameRate = { num: 30000, den: 1001, dropFrame: true };
    const text = new TextDecoder().decode(ixmlData({ ...IXML, frameRate }));
    expect(text).toContain('<TIMECODE_RATE>30000/1001</TIMECODE_RATE>');
    expect(text).toContain('<TIMECODE_FLAG>DF</TIMECODE_FLAG>');
    expect(text).toContain('<TRACK_COUNT>2</TRACK_COUNT>');
  });

  test('a title cannot break out of its element', () => {
    const text = new TextDecoder().decode(ixmlData({ ...IXML, project: '</PROJECT>&<a>\u0000\ud800' }));
    expect(new TextEncoder().encode(text).length % 2).toBe(0);
    expect(text).toContain('<PROJECT>&lt;/PROJECT&gt;&amp;&lt;a&gt;\ufffd\ufffd</PROJECT>');
  });
});

describe('other programs', () => {
  const kinds = [
    { bits: 16, channels: 2 },
    { bits: 24, channels: 2 },
    { bits: '32f', channels: 2 },
    { bits: 24, channels: 1 },
  ] as const;

  function writeTone(layout: WavLayout): string {
    const path = join(makeFolder(), 'tone.wav');
    writeFileSync(path, makeFile(layout));
    return path;
  }

  test.skipIf(!hasTool('sndfile-info')).each(kinds)(
    'sndfile-info has nothing to object to $bits bits',
    (kind) => {
      const { stdout } = runTool('sndfile-info', [
        '--broadcast',
        writeTone(makeLayout({ ...kind, samples: 554 })),
      ]);
      expect(stdout.match(/\*\*\*|should be|unknown marker|Error/)).toBeNull();
      expect(stdout).toMatch(/Time ref\s*: 0x00a4cb800 \(3600\.0+ seconds\)/);
      expect(stdout).toContain('2024-05-06');
    },
  );

  test.skipIf(!hasTool('ffmpeg')).each(kinds)('ffmpeg and ffprobe read $bits bits', (kind) => {
    const path = writeTone(makeLayout(kind));
    const { status, stderr } = runTool('ffmpeg', ['-v', 'warning', '-xerror', '-i', path, '-f', 'null', '-']);
    // It says so of every mono or stereo PCM file without WAVE_FORMAT_EXTENSIBLE, such as recorders write.
    const warnings = stderr.replace(/^Guessed Channel Layout for Input Stream #0\.0 : (mono|stereo)\n/m, '');
    expect({ status, warnings }).toEqual({ status: 0, warnings: '' });
    const probe = ['-v', 'error', '-show_entries', 'format_tags=time_reference', '-of', 'csv=p=0', path];
    expect(runTool('ffprobe', probe).stdout.trim()).toBe('172800000');
  });

  test.skipIf(!hasTool('mediainfo')).each(kinds)('mediainfo places $bits bits at one o’clock', (kind) => {
    const { stdout } = runTool('mediainfo', [
      '--Output=JSON',
      writeTone(makeLayout({ ...kind, samples: 4800 })),
    ]);
    const { track } = JSON.parse(stdout).media;
    expect(Number(track[1].Delay)).toBe(3600);
    expect(stdout).not.toContain('IsTruncated');
  });

  test.skipIf(!hasTool('soxi'))('sox reads float without a warning', () => {
    const { stdout, stderr } = runTool('soxi', [writeTone(makeLayout({ bits: '32f' }))]);
    expect(stderr).toBe('');
    expect(stdout).toContain('555 samples');
  });
});
