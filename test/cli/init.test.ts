import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EDL, filesIn, makeFolder, wav } from './film.ts';
import { type Ended, runout, runoutJson } from './run-cli.ts';

/** A folder with an edit and sounds, as a user may have them. */
function makeMaterial(): string {
  const folder = makeFolder();
  mkdirSync(join(folder, 'fx/doors'), { recursive: true });
  writeFileSync(join(folder, 'my cut.edl'), EDL);
  writeFileSync(join(folder, 'fx/Hum 50 Hz.wav'), wav(96_000));
  writeFileSync(join(folder, 'fx/doors/slam.wav'), wav(4800));
  writeFileSync(join(folder, 'fx/slam.WAV'), wav(4801));
  writeFileSync(join(folder, 'fx/broken.wav'), wav(4800).subarray(0, 100));
  writeFileSync(join(folder, 'fx/notes.txt'), 'not a sound');
  return folder;
}

/** The sheet that `init` wrote passes the check and renders. */
async function expectRenders(sheet: string, cwd: string): Promise<void> {
  expect(await runoutJson(['check', sheet], { cwd })).toMatchObject({ code: 0, json: [] });
  const render = await runout(['render', sheet, '--out', 'stems', '--mix-only'], { cwd });
  expect(render.code, render.stderr).toBe(0);
}

/** What `init` printed on stdout: the sheet's path. */
function sheetOf({ code, stdout, stderr }: Ended): string {
  expect(code, stderr).toBe(0);
  return stdout.trimEnd();
}

test('init DIR writes a film that renders at once', async () => {
  const cwd = makeFolder();
  const sheet = sheetOf(await runout(['init', 'films/first'], { cwd }));
  expect(sheet).toBe('films/first/film.cues.json');
  await expectRenders(sheet, cwd);
});

test('it is the same film every time', async () => {
  const folders = [makeFolder(), makeFolder()];
  for (const cwd of folders) await runout(['init', 'a'], { cwd });
  const [first, second] = folders.map((folder) => join(folder, 'a')) as [string, string];
  expect(filesIn(first)).toEqual(filesIn(second));
  for (const name of filesIn(first)) {
    expect(readFileSync(join(first, name)).equals(readFileSync(join(second, name))), name).toBe(true);
  }
});

test('init overwrites nothing', async () => {
  const cwd = makeFolder();
  await runout(['init', 'film'], { cwd });
  writeFileSync(join(cwd, 'film/film.cues.json'), 'mine');
  const { code, stdout, stderr } = await runout(['init', 'film'], { cwd });
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain('film.cues.json');
  expect(readFileSync(join(cwd, 'film/film.cues.json'), 'utf8')).toBe('mine');
});

test('init into a folder with other files leaves them alone; into a file it is refused', async () => {
  const cwd = makeFolder();
  writeFileSync(join(cwd, 'notes.txt'), 'mine');
  expect((await runout(['init', '.'], { cwd })).code).toBe(0);
  expect(readFileSync(join(cwd, 'notes.txt'), 'utf8')).toBe('mine');
  expect((await runout(['init', 'notes.txt'], { cwd })).code).toBe(1);
});

test('init --edit --sounds writes a sheet with every shot and every sound, and copies what lies outside', async () => {
  const material = makeMaterial();
  const cwd = makeFolder();
  const ended = await runout(
    ['init', 'film', '--edit', join(material, 'my cut.edl'), '--sounds', join(material, 'fx'), '--fps', '24'],
    { cwd },
  );
  const sheet = sheetOf(ended);
  expect(ended.stderr).toMatch(/left out broken\.wav/);
  expect(ended.stderr).toMatch(/copied into film/);
  expect(filesIn(join(cwd, 'film'))).toEqual([
    'cue-sheet.schema.json',
    'my cut.cues.json',
    'my cut.edl',
    'sounds/Hum 50 Hz.wav',
    'sounds/doors/slam.wav',
    'sounds/slam.WAV',
  ]);
  const text = readFileSync(join(cwd, sheet), 'utf8');
  expect(text).toContain('"Hum-50-Hz": { "file": "sounds/Hum 50 Hz.wav" }');
  expect(text).toContain('"slam": { "file": "sounds/doors/slam.wav" }');
  expect(text).toContain('"slam-2": { "file": "sounds/slam.WAV" }');
  expect(text).toContain('"shot:1-1.start"');
  expect(text).toContain('"shot:2-1.start"');
  await expectRenders(sheet, cwd);
});

test('what lies inside the project is referred to', async () => {
  const material = makeMaterial();
  writeFileSync(join(material, 'package.json'), '{}');
  const ended = await runout(['init', 'film', '--edit', 'my cut.edl', '--sounds', 'fx', '--fps', '24'], {
    cwd: material,
  });
  const sheet = sheetOf(ended);
  expect(ended.stderr).not.toContain('copied');
  expect(filesIn(join(material, 'film'))).toEqual(['cue-sheet.schema.json', 'my cut.cues.json']);
  expect(readFileSync(join(material, sheet), 'utf8')).toContain('"edit": "../my cut.edl"');
  await expectRenders(sheet, material);
});

test('init --edit without sounds is a sheet that renders silence', async () => {
  const cwd = makeMaterial();
  const sheet = sheetOf(await runout(['init', 'film', '--edit', 'my cut.edl', '--fps', '24'], { cwd }));
  await expectRenders(sheet, cwd);
});

test('clip names can be anything', async () => {
  const cwd = makeFolder();
  const names = ['it is "quoted" // and */ more', 'ünïcödé \u2028 name', 'a.b.c\\d'];
  const events = names.map((name, index) => {
    const at = (second: number) => `01:00:0${second}:00`;
    const source = '00:00:00:00 00:00:01:00';
    return `00${index + 1}  AX  V  C  ${source} ${at(index)} ${at(index + 1)}\n* FROM CLIP NAME: ${name}\n`;
  });
  writeFileSync(join(cwd, 'odd.edl'), `TITLE: ODD\n\n${events.join('')}`);
  const sheet = sheetOf(await runout(['init', 'film', '--edit', 'odd.edl', '--fps', '24'], { cwd }));
  await expectRenders(sheet, cwd);
});

test.each([
  ['an edit that is missing', ['--edit', 'gone.edl'], 1],
  ['a folder of sounds that is missing', ['--edit', 'my cut.edl', '--fps', '24', '--sounds', 'gone'], 1],
  ['sounds without an edit', ['--sounds', 'fx'], 2],
  ['a rate that is none', ['--edit', 'my cut.edl', '--fps', '17'], 2],
])('%s writes nothing', async (_, options, expected) => {
  const cwd = makeMaterial();
  const before = filesIn(cwd);
  const { code, stdout } = await runout(['init', 'film', ...options], { cwd });
  expect({ code, stdout }).toEqual({ code: expected, stdout: '' });
  expect(filesIn(cwd)).toEqual(before);
});
