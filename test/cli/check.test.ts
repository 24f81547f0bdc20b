import { execFile } from 'node:child_process';
import { mkdirSync, renameSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { EDL, filesIn, makeFilm, SHEET, wav } from './film.ts';
import { type Ended, runout, runoutJson } from './run-cli.ts';

const execFileAsync = promisify(execFile);

interface CheckedIssue {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly pointer: string;
  readonly severity: 'error' | 'warning';
  readonly rule: string;
  readonly message: string;
  readonly hint?: string;
}

/** Checks the film in a folder; whatever is wrong, nothing is written. */
async function check(folder: string): Promise<Ended & { readonly json: readonly CheckedIssue[] }> {
  const before = filesIn(folder);
  const ended = await runoutJson<readonly CheckedIssue[]>(['check', 'film.cues.json'], { cwd: folder });
  expect(ended.stderr).toBe('');
  expect(filesIn(folder)).toEqual(before);
  for (const issue of ended.json) {
    expect(issue.line).toBeGreaterThan(0);
    expect(issue.column).toBeGreaterThan(0);
    expect(issue.message).not.toMatch(/undefined|\[object|\n/);
    expect(issue.rule).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  }
  return ended;
}

/** The sheet with other values in some places; a value of undefined takes the key away. */
function sheetWith(changes: Readonly<Record<string, unknown>>): unknown {
  return { ...SHEET, ...changes };
}

function cueWith(index: number, changes: Readonly<Record<string, unknown>>): unknown {
  return sheetWith({
    cues: SHEET.cues.map((cue, position) => (position === index ? { ...cue, ...changes } : cue)),
  });
}

test('a sheet without issues is an empty array, and a summary for people', async () => {
  const folder = makeFilm();
  expect(await check(folder)).toMatchObject({ code: 0, json: [] });
  const { code, stdout } = await runout(['check', 'film.cues.json'], { cwd: folder });
  expect(code).toBe(0);
  expect(stdout).toContain('2 shots in 2 scenes, 24 fps, 01:00:00:00 to 01:00:10:00');
  expect(stdout).toContain('4 cues');
  expect(stdout).toContain('480,000 samples at 48000 Hz');
  expect(stdout).toContain(
    'nothing: 01:00:06:00 to 01:00:06:12, 0.500 s = 24,000 samples of zero on all stems (12 frames)',
  );
});

test('an issue is file:line:col severity rule message, its line with a mark, and a hint', async () => {
  const folder = makeFilm({ sheet: cueWith(1, { at: 'shot:1-2.start' }) });
  const { code, stdout } = await runout(['check', 'film.cues.json'], { cwd: folder });
  expect(code).toBe(1);
  const lines = stdout.split('\n');
  expect(lines[0]).toMatch(/^film\.cues\.json:\d+:\d+ error unknown-shot .*"1-2"/);
  const mark = lines.findIndex((line) => /^\s*\|\s*\^$/.test(line));
  const column = Number(/:(\d+) error/.exec(lines[0]!)![1]);
  const marked = lines[mark - 1]!;
  expect(marked).toContain('"shot:1-2.start"');
  expect(lines[mark]!.indexOf('^')).toBe(marked.indexOf('|') + 1 + column);
  expect(stdout).toContain('hint:');
  expect(stdout).toContain('1 error');
});

test('an example is of a shot that the film has, and what quotes the sheet is left as it is', async () => {
  const folder = makeFilm({ sheet: cueWith(1, { at: 'whenever' }) });
  expect((await check(folder)).json).toMatchObject([
    {
      message: expect.stringMatching(/such as shot:1-1\.start$/),
      hint: 'for example "shot:1-1.start + 12f"',
    },
  ]);
  const own = makeFilm({ sheet: cueWith(1, { at: 'shot:1-30.start+12f' }) });
  expect((await check(own)).json[0]?.hint).toBe('for example "shot:1-30.start + 12f"');
});

test('all stages report at once: an unknown key, an unknown stem, a bad anchor, a missing sound and an unknown shot', async () => {
  const [tone, knocks, nothing, world] = SHEET.cues;
  const folder = makeFilm({
    sheet: sheetWith({
      sounds: { ...SHEET.sounds, owl: { file: 'sounds/owl.wav' } },
      cues: [
        { ...tone, stem: 'rooom', gian: 3 },
        { ...knocks, at: 'shot:9-9.start' },
        { ...nothing, at: 'scene 2' },
        world,
      ],
    }),
  });
  const { code, json } = await check(folder);
  expect(code).toBe(1);
  expect(json.map((issue) => issue.rule)).toEqual(
    expect.arrayContaining(['missing-sound', 'unknown-key', 'unknown-stem', 'unknown-shot', 'anchor']),
  );
  const places = json.map((issue) => issue.line * 1000 + issue.column);
  expect(places).toEqual([...places].sort((a, b) => a - b));
});

/**
 * Bad input is told of in well under two seconds (the bench shows it); this only tells a hang, or time that grows
 * with the square of the input, from a machine that is busy with other tests.
 */
const QUICK_MILLISECONDS = 5000;

test.each([
  ['a missing sound', { hum: undefined }],
  ['a hundred thousand brackets', { sheet: '['.repeat(100_000) }],
  ['fifteen megabytes of nothing', { sheet: ' '.repeat(15_000_000) }],
  [
    'ten thousand faulty cues',
    { sheet: sheetWith({ cues: Array(10_000).fill({ id: 'a', type: 'practical' }) }) },
  ],
])('%s is told of quickly', async (_, parts) => {
  const folder = makeFilm(parts);
  // A busy machine slows the bare start of Node down as much, which takes some 60 ms on an idle one.
  const bare = await timeOf(() => execFileAsync(process.execPath, ['-e', '0']));
  const { code, milliseconds } = await runout(['check', 'film.cues.json'], { cwd: folder });
  expect(code).toBe(1);
  expect(milliseconds).toBeLessThan((QUICK_MILLISECONDS * Math.max(60, bare)) / 60);
});

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

describe('the sheet as a text', () => {
  test.each([
    ['an empty file', ''],
    ['white space', ' \n\t\n'],
    ['truncated JSON', JSON.stringify(SHEET, undefined, 2).slice(0, 300)],
    ['a stray comma', '{"version": 1,,}'],
    ['a list', '[]'],
    ['a number', '17'],
    ['null', 'null'],
    ['XML', '<?xml version="1.0"?><sheet/>'],
    ['binary', Buffer.from([0, 255, 1, 254, 128, 129])],
    ['UTF-16', Buffer.from('\ufeff{"version": 1}', 'utf16le')],
    ['a hundred thousand brackets', '['.repeat(100_000)],
    ['a number beyond all numbers', JSON.stringify(SHEET).replace('"version":1', '"version":1e400')],
    ['NaN', JSON.stringify(SHEET).replace('"gainDb":-6', '"gainDb":NaN')],
  ])('%s is one clear error or more', async (_, sheet) => {
    const { code, json } = await check(makeFilm({ sheet }));
    expect(code).toBe(1);
    expect(json.length).toBeGreaterThan(0);
    expect(json[0]).toMatchObject({ file: 'film.cues.json', severity: 'error' });
  });

  test('a byte order mark and comments are skipped', async () => {
    const text = `\ufeff// a film\n${JSON.stringify(SHEET)} /* the end */`;
    expect(await check(makeFilm({ sheet: text }))).toMatchObject({ code: 0, json: [] });
  });
});

describe('values of the sheet', () => {
  test.each([
    ['a wrong type', sheetWith({ cues: 'all of them' }), '/cues', ''],
    ['a version to come', sheetWith({ version: 2 }), '/version', ''],
    ['an unknown key', sheetWith({ sound: {} }), '/sound', 'sounds'],
    ['a duplicate id', cueWith(1, { id: 'tone' }), '/cues/1/id', 'tone'],
    ['an unknown type', cueWith(1, { type: 'practicle' }), '/cues/1/type', 'practical'],
    ['an unknown sound', cueWith(1, { sound: 'knok' }), '/cues/1/sound', 'knock'],
    ['an unknown stem', cueWith(1, { stem: 'sfxs' }), '/cues/1/stem', 'sfx'],
    ['a negative length', cueWith(2, { for: '-1s' }), '/cues/2/for', ''],
    ['a length of days', cueWith(2, { for: '900000s' }), '/cues/2/for', ''],
    ['a length without a unit', cueWith(2, { for: '3' }), '/cues/2/for', ''],
    ['a start before the film', cueWith(1, { at: 'start - 1s' }), '/cues/1/at', ''],
    ['a start after the film', cueWith(1, { at: 'end + 1s' }), '/cues/1/at', ''],
    ['a frame that the rate has not', cueWith(1, { at: '01:00:00:24' }), '/cues/1/at', '24'],
    ['an unknown scene', cueWith(2, { at: 'scene:3.start' }), '/cues/2/at', ''],
    ['a level of hundreds of dB', cueWith(1, { gainDb: 400 }), '/cues/1/gainDb', ''],
    ['a rate that is none', sheetWith({ frameRate: '17' }), '/frameRate', ''],
    ['a backslash path', sheetWith({ edit: 'cuts\\cut.edl' }), '/edit', ''],
    ['a drive path', sheetWith({ edit: 'C:/cuts/cut.edl' }), '/edit', ''],
    ['an absolute path', sheetWith({ edit: '/etc/passwd' }), '/edit', ''],
  ])('%s is an error at its own place', async (_, sheet, pointer, said) => {
    const { code, json } = await check(makeFilm({ sheet }));
    expect(code).toBe(1);
    const issue = json.find((found) => found.pointer === pointer);
    expect(issue, JSON.stringify(json)).toMatchObject({ severity: 'error', file: 'film.cues.json' });
    expect(`${issue!.message} ${issue!.hint ?? ''}`).toContain(said);
  });

  test('a circle of anchors prints its path', async () => {
    const sheet = sheetWith({
      cues: [
        { id: 'a', type: 'practical', stem: 'sfx', sound: 'knock', at: 'cue:b.end' },
        { id: 'b', type: 'practical', stem: 'sfx', sound: 'knock', at: 'cue:a.end' },
      ],
    });
    const { code, json } = await check(makeFilm({ sheet }));
    expect(code).toBe(1);
    expect(json.some(({ message }) => /a\b.*b\b.*a\b/.test(message))).toBe(true);
  });

  test('a dropped label is refused in drop-frame', async () => {
    const edl = EDL.replace('NON-DROP', 'DROP').replaceAll(/:(\d\d)(?=\s)/g, ';$1');
    const sheet = {
      ...(cueWith(1, { at: '01:01:00;00' }) as object),
      frameRate: '29.97DF',
    };
    const { code, json } = await check(makeFilm({ sheet, edl }));
    expect(code).toBe(1);
    expect(json).toContainEqual(
      expect.objectContaining({ pointer: '/cues/1/at', message: expect.stringMatching(/drop/) }),
    );
  });
});

describe('the files that a sheet names', () => {
  /** The one issue of the hum's file. */
  const humIssue = async (folder: string) => {
    const { code, json } = await check(folder);
    expect(code).toBe(1);
    const issues = json.filter((issue) => issue.pointer === '/sounds/hum/file');
    expect(issues).toHaveLength(1);
    return issues[0]!;
  };

  test('a missing sound names the file that it may have meant', async () => {
    const folder = makeFilm();
    renameSync(join(folder, 'sounds/hum.wav'), join(folder, 'sounds/humm.wav'));
    const issue = await humIssue(folder);
    expect(issue).toMatchObject({ severity: 'error', rule: 'missing-sound' });
    expect(issue.message).toContain('sounds/hum.wav');
    expect(issue.hint).toContain('sounds/humm.wav');
  });

  test('a sound of another case is missing, and the hint says why', async () => {
    const folder = makeFilm();
    renameSync(join(folder, 'sounds/hum.wav'), join(folder, 'sounds/Hum.wav'));
    expect((await humIssue(folder)).hint).toMatch(/case.*sounds\/Hum\.wav/);
  });

  test.each([
    ['an empty sound', Buffer.alloc(0)],
    ['a truncated sound', wav(96000).subarray(0, 50_000)],
    ['a sound of no samples', wav(0)],
    [
      'a text in place of a sound',
      Buffer.from('this is not a sound at all, but it is long enough to look at'),
    ],
    [
      'random bytes in place of a sound',
      Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 251)),
    ],
  ])('%s is an error that names the file', async (_, hum) => {
    const issue = await humIssue(makeFilm({ hum }));
    expect(issue).toMatchObject({ severity: 'error', file: 'film.cues.json' });
    expect(issue.message).toContain('sounds/hum.wav');
  });

  test('a folder in place of a sound is an error', async () => {
    const folder = makeFilm({ hum: undefined });
    mkdirSync(join(folder, 'sounds/hum.wav'));
    expect((await humIssue(folder)).message).toContain('folder');
  });

  test.skipIf(process.getuid?.() === 0)('a sound that may not be read is an error', async () => {
    const folder = makeFilm();
    writeFileSync(join(folder, 'sounds/hum.wav'), wav(96000), { mode: 0 });
    expect((await humIssue(folder)).message).toContain('permissions');
  });

  test('a sound outside the project is refused, also by a symbolic link', async () => {
    const outside = makeFilm();
    const sheet = sheetWith({
      sounds: { ...SHEET.sounds, hum: { file: `../${outside.split('/').pop()}/sounds/hum.wav` } },
    });
    expect(await humIssue(makeFilm({ sheet }))).toMatchObject({ rule: 'outside-root' });

    const linked = makeFilm({ hum: undefined });
    symlinkSync(join(outside, 'sounds/hum.wav'), join(linked, 'sounds/hum.wav'));
    expect(await humIssue(linked)).toMatchObject({ rule: 'outside-root' });
  });

  test('the root is the nearest folder above with a package.json, or what --root names', async () => {
    const outer = makeFilm({ sheet: SHEET });
    const inner = join(outer, 'inner');
    mkdirSync(inner);
    const sheet = sheetWith({
      edit: '../cut.edl',
      sounds: { hum: { file: '../sounds/hum.wav' }, knock: { file: '../sounds/knock.wav' } },
    });
    writeFileSync(join(inner, 'film.cues.json'), JSON.stringify(sheet));
    const args = ['check', 'film.cues.json'];
    expect((await runout(args, { cwd: inner })).code).toBe(1);
    expect((await runout([...args, '--root', '..'], { cwd: inner })).code).toBe(0);
    writeFileSync(join(outer, 'package.json'), '{}');
    expect((await runout(args, { cwd: inner })).code).toBe(0);
  });

  test('a missing edit is an error that names it', async () => {
    const { code, json } = await check(makeFilm({ sheet: sheetWith({ edit: 'cutt.edl' }) }));
    expect(code).toBe(1);
    expect(json).toContainEqual(
      expect.objectContaining({
        pointer: '/edit',
        rule: 'missing-edit',
        hint: expect.stringContaining('cut.edl'),
      }),
    );
  });

  test('an issue of the edit lies in the edit', async () => {
    const { code, json } = await check(
      makeFilm({ edl: EDL.replace('01:00:06:00 01:00:10:00', '01:00:06:00 01:00:10:24') }),
    );
    expect(code).toBe(1);
    expect(json).toContainEqual(expect.objectContaining({ file: 'cut.edl', line: 6, severity: 'error' }));
  });

  test.each([
    ['empty', ''],
    ['JSON that is no edit', '{"a": 1}'],
    ['binary', '\u0000\u0001\u0002'.repeat(50)],
  ])('an edit that is %s is an error', async (_, edl) => {
    expect((await check(makeFilm({ edl }))).code).toBe(1);
  });

  test('a sheet that is missing, or a folder, is an error with the name that was given', async () => {
    const folder = makeFilm();
    const missing = await runoutJson<readonly CheckedIssue[]>(['check', './film.cue.json'], { cwd: folder });
    expect(missing).toMatchObject({ code: 1, json: [{ file: './film.cue.json', rule: 'missing-sheet' }] });
    const directory = await runoutJson<readonly CheckedIssue[]>(['check', 'sounds'], { cwd: folder });
    expect(directory).toMatchObject({ code: 1, json: [{ rule: 'unreadable-sheet' }] });
  });

  test('a sound that was cut short after it was written is found without decoding', async () => {
    const folder = makeFilm();
    truncateSync(join(folder, 'sounds/hum.wav'), 1000);
    expect((await humIssue(folder)).severity).toBe('error');
  });
});

test('a long line is cut around the place, and the one before it from its beginning', async () => {
  const filler = (key: string) => `"${key}": "${'='.repeat(400)}"`;
  const text = JSON.stringify(sheetWith({ sounds: { ...SHEET.sounds, owl: { file: 'owl.wav' } } }))
    .replace('"title"', `${filler('x-a')},\n${filler('x-b')}, "title"`)
    .replace('"cues"', `"x-end": "${'-'.repeat(400)}", "cues"`);
  const { stdout } = await runout(['check', 'film.cues.json'], { cwd: makeFilm({ sheet: text }) });
  const [headline, before, shown, mark] = stdout.split('\n') as [string, string, string, string];
  expect(headline).toMatch(/missing-sound/);
  expect(before).toMatch(/^ {2}1 \| \{"version":1,"x-a": "=+…$/);
  expect(shown).toMatch(/^> 2 \| ….*"owl\.wav".*…$/);
  expect(shown[mark.indexOf('^')]).toBe('"');
  expect(shown.slice(mark.indexOf('^'))).toMatch(/^"owl\.wav"/);
  for (const line of [before, shown]) expect(line.length).toBeLessThan(110);
});

test('stems that would be one file are found before the render', async () => {
  const { code, json } = await check(
    makeFilm({ sheet: sheetWith({ stems: { ...SHEET.stems, 'caf\u00e9': {}, 'cafe\u0301': {} } }) }),
  );
  expect(code).toBe(1);
  expect(json).toMatchObject([{ rule: 'stem-name', severity: 'error', pointer: '/stems/cafe\u0301' }]);
});
