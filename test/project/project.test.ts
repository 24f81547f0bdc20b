import { describe, expect, test } from 'vitest';
import { FileProblem } from '../../src/engine/project/files.ts';
import { openProject } from '../../src/engine/project/project.ts';
import { ProjectMemory } from '../../src/engine/project/project-memory.ts';
import { findRoot } from '../../src/engine/project/root.ts';
import { decodeText } from '../../src/engine/project/text.ts';
import { wav } from '../cli/film.ts';
import { type Entry, memoryFiles } from './memory-files.ts';

const EDIT = {
  frameRate: '24',
  start: '01:00:00:00',
  shots: [
    { id: '1-1', scene: '1', in: 0, out: 48 },
    { id: '2-1', scene: '2', in: 48, out: 96 },
  ],
};

const SHEET = {
  version: 1,
  title: 'Small',
  edit: EDIT,
  sounds: { knock: { file: 'knock.wav' } },
  stems: { sfx: {} },
  cues: [{ id: 'one', type: 'practical', stem: 'sfx', sound: 'knock', at: 'shot:2-1.start' }],
};

const EDL = `TITLE: T
001  A  V  C  00:00:00:00 00:00:02:00 01:00:00:00 01:00:02:00
* FROM CLIP NAME: 1-1
002  B  V  C  00:00:00:00 00:00:02:00 01:00:02:00 01:00:04:00
* FROM CLIP NAME: 2-1
`;

function open(sheet: unknown, others: Readonly<Record<string, Entry>> = {}) {
  const files = memoryFiles({
    '/film/package.json': '{}',
    '/film/cues/a.cues.json': typeof sheet === 'string' ? sheet : JSON.stringify(sheet, undefined, 1),
    '/film/cues/knock.wav': wav(4800),
    ...others,
  });
  return openProject('/film/cues/a.cues.json', files, { name: 'cues/a.cues.json' });
}

test('a project without faults has everything that a render needs', async () => {
  const project = await open(SHEET);
  expect(project.issues).toEqual([]);
  expect(project.root).toBe('/film');
  expect(project.score).toMatchObject({ title: 'Small', samples: 192_000 });
  expect(project.soundPaths).toEqual(new Map([['knock', '/film/cues/knock.wav']]));
  expect(project.soundInfos.get('knock')).toMatchObject({ sampleRate: 48000, channels: 1, samples: 4800 });
  expect(project.sheetFile).toMatchObject({ file: 'a.cues.json', path: '/film/cues/a.cues.json' });
  expect(project.editFile).toBe(project.sheetFile);
});

test('a sheet without a title takes its file name', async () => {
  const { title: _, ...untitled } = SHEET;
  expect((await open(untitled)).score?.title).toBe('a');
});

test('files are named as the sheet names them, so that a manifest is the same on every machine', async () => {
  const sheet = { ...SHEET, edit: '../cuts/b.edl', frameRate: '24' };
  const { editFile, issues } = await open(sheet, { '/film/cuts/b.edl': EDL });
  expect(issues).toEqual([]);
  expect(editFile).toMatchObject({
    file: '../cuts/b.edl',
    path: '/film/cuts/b.edl',
    sha256: `sha256 of ${EDL.length} bytes`,
  });
});

test('sounds that no cue plays are looked at too', async () => {
  const { issues, score } = await open({
    ...SHEET,
    sounds: { ...SHEET.sounds, owl: { file: 'owl.wav' } },
  });
  expect(issues).toMatchObject([{ rule: 'missing-sound', pointer: '/sounds/owl/file', severity: 'error' }]);
  expect(score).toBeUndefined();
});

test('stems that a render would refuse are found before it', async () => {
  const stems = Object.fromEntries(['sfx', 'caf\u00e9', 'cafe\u0301'].map((id) => [id, {}]));
  expect((await open({ ...SHEET, stems })).issues).toMatchObject([
    { rule: 'stem-name', severity: 'error', message: expect.stringContaining('Small_caf\u00e9.wav') },
  ]);
  const many = Object.fromEntries(['sfx', ...Array(255).keys()].map((id) => [`${id}`, {}]));
  const { issues, score } = await open({ ...SHEET, stems: many });
  expect(issues).toMatchObject([{ rule: 'too-many-stems', pointer: '/stems' }]);
  expect(score).toBeUndefined();
});

describe('a sheet that is reached by a symbolic link', () => {
  const sheet = JSON.stringify({ ...SHEET, edit: 'b.edl', frameRate: '24' });
  const files = memoryFiles({
    '/film/package.json': '{}',
    '/film/cues/a.cues.json': sheet,
    '/film/cues/knock.wav': wav(4800),
    '/film/cues/b.edl': EDL,
    '/home/link.json': { link: '/film/cues/a.cues.json' },
  });

  test('is the sheet that it leads to, with the files beside that', async () => {
    const project = await openProject('/home/link.json', files, { name: 'link.json' });
    expect(project.issues).toEqual([]);
    expect(project.root).toBe('/film');
    expect(project.sheetFile).toMatchObject({ file: 'a.cues.json', path: '/film/cues/a.cues.json' });
    expect([...project.texts.keys()]).toEqual(['link.json', '/film/cues/b.edl']);
  });

  test('has its issues in the name that it was given by', async () => {
    const links = memoryFiles({ '/film/a.cues.json': '{}', '/home/l.json': { link: '/film/a.cues.json' } });
    const { issues } = await openProject('/home/l.json', links, { name: 'l.json' });
    expect(new Set(issues.map((issue) => issue.file))).toEqual(new Set(['l.json']));
  });
});

test('two tags may share a file', async () => {
  const sounds = { knock: { file: 'knock.wav' }, again: { file: './knock.wav' } };
  expect((await open({ ...SHEET, sounds })).issues).toEqual([]);
});

test('tags with a slash or a tilde are escaped in pointers, and found in the text', async () => {
  const { issues } = await open({ ...SHEET, sounds: { ...SHEET.sounds, 'a/b~c': { file: 'gone.wav' } } });
  expect(issues).toMatchObject([{ pointer: '/sounds/a~1b~0c/file', rule: 'missing-sound' }]);
  expect(issues[0]!.line).toBeGreaterThan(10);
});

test('a path that is no path has one issue, not also that it is missing', async () => {
  const sounds = { ...SHEET.sounds, bad: { file: 'a\\b.wav' } };
  const { issues } = await open({ ...SHEET, sounds, edit: 'C:\\cut.edl' });
  expect(issues.map((issue) => issue.pointer)).toEqual(['/edit', '/sounds/bad/file']);
});

test('issues come in the order of the sheet, those of the edit after them', async () => {
  const sheet = {
    ...SHEET,
    edit: 'b.edl',
    frameRate: '24',
    sounds: { knock: { file: 'gone.wav' } },
    cues: [{ ...SHEET.cues[0], at: 'shot:9.start' }],
  };
  const overlapping = EDL.replace('01:00:02:00 01:00:04:00', '01:00:01:00 01:00:04:00');
  const { issues } = await open(sheet, { '/film/cues/b.edl': overlapping });
  expect(issues.map(({ file, rule }) => [file, rule])).toEqual([
    ['cues/a.cues.json', 'missing-sound'],
    ['cues/a.cues.json', 'unknown-shot'],
    ['cues/b.edl', expect.any(String)],
  ]);
  for (const issue of issues) expect(issue.line).toBeGreaterThan(1);
});

test('the texts of the sheet and of the edit are there for whoever shows an issue', async () => {
  const { texts } = await open({ ...SHEET, edit: 'b.edl', frameRate: '24' }, { '/film/cues/b.edl': EDL });
  expect([...texts.keys()]).toEqual(['cues/a.cues.json', 'cues/b.edl']);
  expect(texts.get('cues/b.edl')).toBe(EDL);
});

describe('paths', () => {
  test('a path may leave the sheet\u2019s folder but not the root', async () => {
    const sounds = { knock: { file: '../../secret.wav' } };
    const { issues } = await open({ ...SHEET, sounds }, { '/secret.wav': wav(10) });
    expect(issues).toMatchObject([{ rule: 'outside-root', pointer: '/sounds/knock/file' }]);
  });

  test('outside the root nobody is told what is there and what is not', async () => {
    const { issues } = await open({ ...SHEET, sounds: { knock: { file: '../../gone.wav' } } });
    expect(issues.map((issue) => issue.rule)).toEqual(['outside-root']);
  });

  test('a link out of the root is refused, one inside it is followed', async () => {
    const out = await open(SHEET, {
      '/film/cues/knock.wav': { link: '/else/knock.wav' },
      '/else/knock.wav': wav(10),
    });
    expect(out.issues).toMatchObject([{ rule: 'outside-root' }]);
    const inside = await open(SHEET, {
      '/film/cues/knock.wav': { link: '/film/fx/knock.wav' },
      '/film/fx/knock.wav': wav(10),
    });
    expect(inside.issues).toEqual([]);
  });

  test('a sheet outside the root that was named is an error', async () => {
    const files = memoryFiles({ '/film/a.cues.json': JSON.stringify(SHEET), '/film/knock.wav': wav(10) });
    const { issues } = await openProject('/film/a.cues.json', files, { root: '/other' });
    expect(issues.map((issue) => issue.rule)).toContain('outside-root');
  });

  test.each([
    ['fx/Knock.WAV', 'fx/knock.wav', /case-sensitive.*"fx\/Knock\.WAV"/],
    ['fx/knokc.wav', 'fx/knock.wav', /did you mean "fx\/knokc\.wav"/],
    ['fx/knock.flac', 'fx/knock.wav', /did you mean "fx\/knock\.flac"/],
    ['fx/other.wav', 'fx/knock.wav', /relative to the sheet/],
    ['gx/knock.wav', 'fx/knock.wav', /folder "fx\/" is missing or empty/],
  ])('with %s there, the hint for %s helps', async (there, wanted, hint) => {
    const sounds = { knock: { file: wanted } };
    const { issues } = await open({ ...SHEET, sounds }, { [`/film/cues/${there}`]: wav(10) });
    expect(issues).toMatchObject([{ rule: 'missing-sound', hint: expect.stringMatching(hint) }]);
  });
});

describe('the root', () => {
  test('is the nearest folder above with a package.json or a .git', async () => {
    const files = memoryFiles({ '/a/.git': '', '/a/b/package.json': '', '/a/b/c/d/x': '', '/z/y/x': '' });
    expect(await findRoot('/a/b/c/d', files)).toBe('/a/b');
    expect(await findRoot('/a', files)).toBe('/a');
    expect(await findRoot('/z/y', files)).toBe('/z/y');
  });
});

describe('files that cannot be read', () => {
  test('a missing sheet is one issue at its first letter', async () => {
    const project = await openProject('/gone.cues.json', memoryFiles({}), { name: 'gone.cues.json' });
    expect(project.issues).toEqual([
      expect.objectContaining({ file: 'gone.cues.json', line: 1, column: 1, rule: 'missing-sheet' }),
    ]);
  });

  test('a disk that refuses is an issue with its words', async () => {
    const files = memoryFiles({ '/a.cues.json': JSON.stringify(SHEET), '/knock.wav': wav(10) });
    const refuse = async () => {
      throw new FileProblem('failed', 'cannot be read (EIO)');
    };
    const sound = await openProject('/a.cues.json', { ...files, openBytes: refuse });
    expect(sound.issues).toMatchObject([
      { rule: 'unreadable-sound', message: '"knock.wav" cannot be read (EIO)' },
    ]);
    const sheet = await openProject('/a.cues.json', { ...files, readBytes: refuse });
    expect(sheet.issues).toMatchObject([{ rule: 'unreadable-sheet' }]);
  });

  test('an error of the program is not taken for one of the input', async () => {
    const files = memoryFiles({ '/a.cues.json': JSON.stringify(SHEET), '/knock.wav': wav(10) });
    const openBytes = async () => {
      throw new TypeError('a mistake');
    };
    await expect(openProject('/a.cues.json', { ...files, openBytes })).rejects.toThrow('a mistake');
  });
});

test.each([
  ['utf-8', [0xef, 0xbb, 0xbf, 0x41, 0xc3, 0xa9], 'A\u00e9'],
  ['utf-16le', [0xff, 0xfe, 0x41, 0x00, 0xe9, 0x00], 'A\u00e9'],
  ['utf-16be', [0xfe, 0xff, 0x00, 0x41, 0x00, 0xe9], 'A\u00e9'],
  ['windows-1252', [0x41, 0xe9, 0x93], 'A\u00e9\u201c'],
  ['utf-8', [], ''],
] as const)('a text in %s is decoded, without its byte order mark', (encoding, bytes, text) => {
  expect(decodeText(Uint8Array.from(bytes))).toEqual({ encoding, text });
});

test('a project that is opened again with a memory is what it is without one', async () => {
  const memory = new ProjectMemory();
  const rated = { ...SHEET, edit: 'a.edl', frameRate: '24' };
  const shorter = EDL.replaceAll('01:00:04:00', '01:00:03:00');
  const steps: readonly (readonly [sheet: object, edl: string])[] = [
    [rated, EDL],
    [{ ...rated, cues: [{ ...SHEET.cues[0], gainDb: -6 }] }, EDL],
    [rated, shorter],
    [{ ...rated, frameRate: '25' }, shorter],
    [{ ...rated, shots: { '1-1': { id: 'first' } } }, shorter],
    [{ ...rated, cues: [{ ...SHEET.cues[0], at: 'shot:9.start' }] }, EDL],
    [rated, EDL],
  ];
  for (const [sheet, edl] of steps) {
    const files = () =>
      memoryFiles({
        '/film/package.json': '{}',
        '/film/a.cues.json': JSON.stringify(sheet),
        '/film/knock.wav': wav(4800),
        '/film/a.edl': edl,
      });
    const again = await openProject('/film/a.cues.json', files(), { memory });
    expect(again).toEqual(await openProject('/film/a.cues.json', files()));
  }
});
