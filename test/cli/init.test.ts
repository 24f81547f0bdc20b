import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
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
  mkdirSync(join(folder, 'none'));
  writeFileSync(join(folder, 'none/notes.txt'), 'not a sound');
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
  const ended = await runout(['init', 'films/first'], { cwd });
  const sheet = sheetOf(ended);
  expect(ended.stderr).toContain(`runout preview ${sheet}`);
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
  expect(ended.stderr).toMatch(/left out: broken\.wav is truncated/);
  expect(ended.stderr).toMatch(/left out.*: notes\.txt/);
  expect(ended.stderr).toMatch(/the edit was copied to film\/my cut\.edl: export a new cut over that copy/);
  expect(ended.stderr).toMatch(
    /3 sounds were copied into film.*: sounds\/Hum 50 Hz\.wav, sounds\/doors\/slam\.wav/,
  );
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
  expect(ended.stderr).toContain('the edit stays where it is, my cut.edl: export a new cut over that file');
  expect(filesIn(join(material, 'film'))).toEqual(['cue-sheet.schema.json', 'my cut.cues.json']);
  expect(readFileSync(join(material, sheet), 'utf8')).toContain('"edit": "../my cut.edl"');
  await expectRenders(sheet, material);
});

test('a link that leads out of the project is copied, and one inside it referred to', async () => {
  const [material, cwd] = [makeMaterial(), makeFolder()];
  writeFileSync(join(cwd, 'package.json'), '{}');
  mkdirSync(join(cwd, 'fx'));
  mkdirSync(join(cwd, 'archive'));
  writeFileSync(join(cwd, 'archive/take.wav'), wav(100));
  symlinkSync('../archive/take.wav', join(cwd, 'fx/inside.wav'));
  symlinkSync(join(material, 'fx/slam.WAV'), join(cwd, 'fx/outside.wav'));
  symlinkSync(join(material, 'fx/doors'), join(cwd, 'fx/doors'));
  symlinkSync(join(material, 'my cut.edl'), join(cwd, 'linked.edl'));
  const args = ['--edit', 'linked.edl', '--sounds', 'fx', '--fps', '24'];
  const ended = await runout(['init', 'film', ...args], { cwd });
  const sheet = sheetOf(ended);
  expect(ended.stderr).toContain('left out: doors is a link to a folder');
  expect(filesIn(join(cwd, 'film'))).toEqual([
    'cue-sheet.schema.json',
    'linked.cues.json',
    'linked.edl',
    'sounds/outside.wav',
  ]);
  expect(readFileSync(join(cwd, sheet), 'utf8')).toContain('"inside": { "file": "../fx/inside.wav" }');
  await expectRenders(sheet, cwd);
});

test('a folder that is reached by a link belongs to the project that it lies in', async () => {
  const [cwd, home] = [makeMaterial(), makeFolder()];
  mkdirSync(join(home, 'films'));
  writeFileSync(join(cwd, 'package.json'), '{}');
  symlinkSync(join(home, 'films'), join(cwd, 'films'));
  const args = ['--edit', 'my cut.edl', '--sounds', 'fx', '--fps', '24'];
  const sheet = sheetOf(await runout(['init', 'films/a', ...args], { cwd }));
  expect(filesIn(join(home, 'films/a'))).toContain('sounds/slam.WAV');
  await expectRenders(sheet, cwd);
});

test('every audio file that is left out is named with its reason, whatever its kind', async () => {
  const cwd = makeMaterial();
  writeFileSync(join(cwd, 'fx/drum.aiff'), 'FORM\0\0\0\0AIFFCOMM');
  writeFileSync(join(cwd, 'fx/voice.m4a'), '\0\0\0\x20ftypM4A ');
  const args = ['--edit', 'my cut.edl', '--sounds', 'fx', '--fps', '24'];
  const { stderr } = await runout(['init', 'film', ...args], { cwd });
  expect(stderr).toContain(
    'left out: drum.aiff is AIFF, which cannot be read yet. Convert it to WAV or FLAC.',
  );
  expect(stderr).toMatch(/left out: voice\.m4a is an MP4.*Convert it to WAV or FLAC\./);
});

test('the film is called what its EDL is called', async () => {
  const cwd = makeMaterial();
  const sheet = sheetOf(await runout(['init', 'a', '--edit', 'my cut.edl', '--fps', '24'], { cwd }));
  expect(readFileSync(join(cwd, sheet), 'utf8')).toContain('"title": "SMALL"');
  writeFileSync(join(cwd, 'untitled.edl'), EDL.replace('TITLE: SMALL', ''));
  const other = sheetOf(await runout(['init', 'b', '--edit', 'untitled.edl', '--fps', '24'], { cwd }));
  expect(readFileSync(join(cwd, other), 'utf8')).toContain('"title": "untitled"');
});

test('an EDL without --fps is refused with the rates that it could have', async () => {
  const cwd = makeMaterial();
  const before = filesIn(cwd);
  const { code, stdout, stderr } = await runout(['init', 'film', '--edit', 'my cut.edl'], { cwd });
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(
    /my cut\.edl does not say its frame rate, .* could be 23\.976, 24, 25, .* or 60\n.*--fps 24\n$/,
  );
  expect(filesIn(cwd)).toEqual(before);
  writeFileSync(join(cwd, 'my cut.edl'), EDL.replaceAll('01:00:06:00', '01:00:06:24'));
  expect((await runout(['init', 'film', '--edit', 'my cut.edl'], { cwd })).stderr).toMatch(
    /could be 25, 29\.97, 30, .*--fps 25\n$/s,
  );
});

/** A film of twelve shots and of sounds that suit the four beats. */
function makeLongMaterial(): string {
  const cwd = makeFolder();
  const events = Array.from({ length: 12 }, (_, index) => {
    const at = (shot: number) =>
      `01:0${Math.floor(shot / 10)}:${String((shot % 10) * 6).padStart(2, '0')}:00`;
    const number = String(index + 1).padStart(3, '0');
    const clip = `* FROM CLIP NAME: 1-${index + 1} "${number}"`;
    return `${number}  AX  V  C  00:00:00:00 00:00:06:00 ${at(index)} ${at(index + 1)}\n${clip}\n`;
  });
  mkdirSync(join(cwd, 'fx'));
  writeFileSync(join(cwd, 'long.edl'), `TITLE: LONG\n\n${events.join('')}`);
  writeFileSync(join(cwd, 'fx/hum.wav'), wav(3 * 48_000));
  writeFileSync(join(cwd, 'fx/knock.wav'), wav(4800));
  writeFileSync(join(cwd, 'fx/waltz.wav'), wav(20 * 48_000));
  return cwd;
}

test('the cues that it suggests are silent until their slashes are taken away, and then play', async () => {
  const cwd = makeLongMaterial();
  const args = ['--edit', 'long.edl', '--sounds', 'fx', '--fps', '25'];
  const path = join(cwd, sheetOf(await runout(['init', 'film', ...args], { cwd })));
  const text = readFileSync(path, 'utf8');
  const first = text.indexOf('    // { "id": "tone"');
  writeFileSync(path, text.slice(0, first) + text.slice(first).replaceAll('    // ', '    '));
  expect(await runoutJson(['check', path], { cwd })).toMatchObject({ code: 0, json: [] });
  const { json } = await runoutJson<{ cues: { id: string }[] }>(['compile', path], { cwd });
  const ids = ['tone', 'knock', 'drop', 'runout', 'lift', 'nothing', 'world'];
  expect(json.cues.map((cue) => cue.id).sort()).toEqual(ids.sort());
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
  ['a folder without sounds', ['--edit', 'my cut.edl', '--fps', '24', '--sounds', 'none'], 1],
  ['sounds without an edit', ['--sounds', 'fx'], 2],
  ['a rate that is none', ['--edit', 'my cut.edl', '--fps', '17'], 2],
])('%s writes nothing', async (_, options, expected) => {
  const cwd = makeMaterial();
  const before = filesIn(cwd);
  const { code, stdout } = await runout(['init', 'film', ...options], { cwd });
  expect({ code, stdout }).toEqual({ code: expected, stdout: '' });
  expect(filesIn(cwd)).toEqual(before);
});
