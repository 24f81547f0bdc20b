import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Manifest } from '../../src/engine/render/manifest.ts';
import { parseBext, parseWav } from '../render/wav-parser.ts';
import { makeWav } from '../sound/make-wav.ts';
import { filesIn, makeFilm, makeFolder, SHEET, wav } from './film.ts';
import { RUNOUT, runout, runoutJson } from './run-cli.ts';

/** What a failed render must leave of the folder that it was to make. */
function expectNothingIn(film: string): void {
  expect(filesIn(film)).toEqual(['cut.edl', 'film.cues.json', 'sounds/hum.wav', 'sounds/knock.wav']);
}

function render(film: string, ...args: string[]) {
  return runout(['render', 'film.cues.json', '--out', 'stems', ...args], { cwd: film });
}

function renderJson(film: string, ...args: string[]) {
  return runoutJson<Manifest & { seconds: number; timesRealTime: number }>(
    ['render', 'film.cues.json', '--out', 'stems', ...args],
    { cwd: film },
  );
}

/** A mono 32-bit float WAV of two seconds of silence, but for one value. */
function floatWav(value: number): Buffer {
  const file = wav(2 * 96_000);
  file.writeUInt16LE(3, 20);
  file.writeUInt32LE(48_000 * 4, 28);
  file.writeUInt16LE(4, 32);
  file.writeUInt16LE(32, 34);
  file.fill(0, 44);
  file.writeFloatLE(value, 44 + 7 * 4);
  return file;
}

/** Renders while a file is removed in the moment before it is opened. @param when - Code that says before which opening */
function renderLosing(name: string, when: string, film: string, ...args: string[]) {
  const hook = join(makeFolder(), 'hook.mjs');
  writeFileSync(
    hook,
    `import fs from 'node:fs';
     import { syncBuiltinESMExports } from 'node:module';
     import { isMainThread } from 'node:worker_threads';
     const { openSync } = fs;
     let opened = 0;
     fs.openSync = (path, ...rest) => {
       if (String(path).endsWith(${JSON.stringify(name)}) && (${when})) fs.rmSync(path, { force: true });
       return openSync(path, ...rest);
     };
     syncBuiltinESMExports();`,
  );
  const env = { NODE_OPTIONS: `--import=${pathToFileURL(hook).href}` };
  return runout(['render', 'film.cues.json', '--out', 'stems', ...args], { cwd: film, env });
}

function bextOf(path: string) {
  return parseBext(parseWav(readFileSync(path)).chunks.get('bext')!);
}

test('render writes stems, mix and manifest, and prints the manifest with timings', async () => {
  const film = makeFilm();
  const { code, json, stderr } = await renderJson(film);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(readdirSync(join(film, 'stems')).sort()).toEqual([
    'Small_mix.wav',
    'Small_room.wav',
    'Small_sfx.wav',
    'render.json',
  ]);
  const { seconds, timesRealTime, ...manifest } = json;
  expect(seconds).toBeGreaterThan(0);
  expect(timesRealTime).toBeGreaterThan(0);
  expect(JSON.parse(readFileSync(join(film, 'stems/render.json'), 'utf8'))).toEqual(manifest);
  expect(manifest).toMatchObject({
    title: 'Small',
    sheet: { file: 'film.cues.json' },
    edit: { file: 'cut.edl' },
    samples: 480_000,
    startSample: 172_800_000,
    proof: {
      sumOfStems: { maxDifference: 0 },
      silences: [{ cue: 'nothing', start: 288_000, end: 312_000, maxAbs: 0 }],
    },
  });
});

test('without --json render prints a table for reading', async () => {
  const { code, stdout } = await render(makeFilm());
  expect(code).toBe(0);
  expect(stdout).toContain('Small_mix.wav');
  expect(stdout).toContain('sum of stems less mix: 0');
  expect(stdout).toContain('silence nothing: 01:00:06:00 to 01:00:06:12, 0.500 s of zero');
  expect(stdout).toMatch(/^10\.0 s of film in stems, rendered in [\d.]+ s \(\d+ times real time\)$/m);
});

test('a second render replaces the first with the same bytes, on any number of threads', async () => {
  const film = makeFilm();
  await render(film);
  const read = () => readdirSync(join(film, 'stems')).map((name) => readFileSync(join(film, 'stems', name)));
  const first = read();
  for (const threads of ['1', '2', '3']) {
    expect((await render(film, '--threads', threads)).code).toBe(0);
    read().forEach((bytes, index) => {
      expect(bytes.equals(first[index]!)).toBe(true);
    });
  }
});

test('--from and --to take anchors', async () => {
  const film = makeFilm();
  const { json } = await renderJson(film, '--from', 'shot:1-1.start + 12f', '--to', 'scene:2.start');
  expect(json).toMatchObject({ from: 24_000, to: 288_000, samples: 264_000 });
  expect(bextOf(join(film, 'stems/Small_mix.wav')).timeReference).toBe(172_824_000);
});

test('a part of the film says of which files it has taken the place, and only where something is lost', async () => {
  const film = makeFilm();
  await render(film);
  const part = await render(film, '--to', 'scene:2.start');
  expect(part.code).toBe(0);
  expect(part.stderr.trimEnd().split('\n').at(-1)).toBe(
    'note: These files of 01:00:00:00 to 01:00:06:00 have taken the place of those of the whole film: to have both, render each into a folder of its own.',
  );
  // The same again, and the whole in place of a part, lose nothing.
  expect((await render(film, '--to', 'scene:2.start')).stderr).not.toContain('note:');
  expect((await render(film)).stderr).not.toContain('note:');
  const stem = await render(film, '--stems', 'room', '--force', '--json');
  expect(stem.stderr).toContain(
    'note: Small_sfx.wav is still there from an earlier render: it is no part of this mix.',
  );
  expect(JSON.parse(stem.stdout)).toMatchObject({ stems: [{ id: 'room' }] });
});

test('--mix-only writes the mix alone, --bits chooses its depth', async () => {
  const film = makeFilm();
  const { json } = await renderJson(film, '--mix-only', '--bits', '32f');
  expect(filesIn(join(film, 'stems'))).toEqual(['Small_mix.wav', 'render.json']);
  expect(json.mix.integratedLufs).toBeNull();
  expect(parseWav(readFileSync(join(film, 'stems/Small_mix.wav')))).toMatchObject({ tag: 3, bits: 32 });
});

test('files carry the date of SOURCE_DATE_EPOCH, and none without it', async () => {
  const film = makeFilm();
  await render(film, '--mix-only');
  expect(bextOf(join(film, 'stems/Small_mix.wav'))).toMatchObject({ date: '', time: '' });
  await runout(['render', 'film.cues.json', '--out', 'stems', '--mix-only'], {
    cwd: film,
    env: { SOURCE_DATE_EPOCH: '1700000000' },
  });
  expect(bextOf(join(film, 'stems/Small_mix.wav'))).toMatchObject({ date: '2023-11-14', time: '22:13:20' });
});

test('stems have the channels that the sheet gives them, and the mix those of the widest', async () => {
  const sheet = { ...SHEET, stems: { room: { channels: 6 }, sfx: { channels: 1 } } };
  const film = makeFilm({ sheet });
  const { code, json } = await renderJson(film);
  expect(code).toBe(0);
  expect([...json.stems, json.mix].map((file) => file.channels)).toEqual([6, 1, 6]);
  expect(json.proof.sumOfStems).toEqual({ maxDifference: 0 });
  const mix = parseWav(readFileSync(join(film, 'stems/Small_mix.wav')));
  expect(mix).toMatchObject({ channels: 6, samples: 480_000 });
});

describe('what goes wrong leaves nothing', () => {
  test('clipping is told where the sheet can cure it', async () => {
    const sheet = structuredClone<unknown>(SHEET) as { stems: Record<string, unknown> };
    sheet.stems = { room: { gainDb: 24 }, sfx: { gainDb: 24 } };
    const loud = wav(96000);
    for (let at = 44; at < loud.length; at += 2) loud.writeInt16LE(30_000, at);
    const film = makeFilm({ sheet, hum: loud });
    const { code, stdout, stderr } = await render(film);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(
      /^film\.cues\.json:\d+:\d+ error clipping stem "room" clips at 01:00:00:00 \(sample 0\): \d+ samples are out of range, peak \+\d+\.\d\d dBFS$/m,
    );
    expect(stderr).toMatch(
      /hint: lower gainDb of the stem by \d+\.\d dB, or of what sounds there \("tone"\)/,
    );
    expect(stderr).toContain('the mix clips at');
    expectNothingIn(film);
  });

  test.each([
    [['--stems', 'room,sfy'], 'the sheet has no stem "sfy"', 2],
    [['--from', 'shot:9-9'], '--from', 2],
    [['--from', 'nonsense'], '--from', 2],
    [['--from', 'end'], 'there is nothing to render', 2],
    [['--from', '01:00:05:00', '--to', '01:00:04:00'], 'there is nothing to render', 2],
    [['--bits', '20'], 'must be 16, 24 or 32f', 2],
    [['--threads', '0'], 'whole number', 2],
    [['--measure'], '--measure goes with --mix-only', 2],
    [['--loudness', '-23'], 'unknown option', 2],
  ])('%j', async (args, message, expected) => {
    const film = makeFilm();
    const { code, stdout, stderr } = await render(film, ...args);
    expect(stderr).toContain(message);
    expect({ code, stdout }).toEqual({ code: expected, stdout: '' });
    expectNothingIn(film);
  });

  test.each([
    ['short', 96_000],
    ['long, and read as it is needed', 61 * 48_000],
  ])(
    'a value that is no number, in a sound that is %s, is told with its file and place',
    async (_, samples) => {
      const data = new Float32Array(samples);
      data[50_000] = Number.NaN;
      const hum = Buffer.from(makeWav({ tag: 3, bits: 32, channels: 1, data: new Uint8Array(data.buffer) }));
      const film = makeFilm({ hum });
      const { code, stderr } = await render(film);
      expect(code).toBe(1);
      expect(stderr).toContain('sounds/hum.wav holds NaN (not a number) at sample 50000');
      expectNothingIn(film);
    },
  );

  test('an empty --out is wrong usage', async () => {
    const film = makeFilm();
    const ended = await runout(['render', 'film.cues.json', '--out', ''], { cwd: film });
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toContain('must name a folder');
  });

  test.each([
    [['--stems', 'rom'], '--stems: the sheet has no stem "rom"', 'did you mean "room"?'],
    [['--stems', 'music'], '--stems: the sheet has no stem "music"', 'the stems are: room, sfx'],
    [['--stems', ','], '--stems names no stem', 'the stems are: room, sfx'],
    [['--to', '20s'], '--to: "20s" is a length, not a place; say from where', 'for example "start + 20s"'],
    [['--from', 'whenever'], /such as shot:1-1\.start$/, 'for example "shot:1-1.start + 12f"'],
    [
      ['--to', 'shot:1-1.out'],
      '--to: "out" is not an edge of a shot; it is called end',
      'for example "shot:1-1.end"',
    ],
  ])('%j is a mistake of the command line, said once and with its cure', async (args, message, hint) => {
    const film = makeFilm();
    const { code, stderr } = await render(film, ...args);
    expect(code).toBe(2);
    const lines = stderr.trimEnd().split('\n').slice(-2);
    if (typeof message === 'string') expect(lines[0]).toBe(`runout: ${message}`);
    else expect(lines[0]).toMatch(message);
    expect([lines[1], stderr.includes('film.cues.json:')]).toEqual([`  ${hint}`, false]);
    expectNothingIn(film);
  });

  test.each([
    ['a sheet with errors', { sheet: { ...SHEET, stems: { room: {} } } }, [], 'unknown-stem'],
    ['a folder that cannot be', {}, ['--out', 'film.cues.json'], 'output'],
    ['a sound that turns out damaged', { hum: floatWav(1e30) }, [], 'sound'],
  ])('with --json %s is a document too', async (_, parts, args, rule) => {
    const { code, json, stderr } = await runoutJson(['render', 'film.cues.json', '--out', 'stems', ...args], {
      cwd: makeFilm(parts),
    });
    expect({ code, json }).toMatchObject({
      code: 1,
      json: { issues: [{ file: 'film.cues.json', line: expect.any(Number), severity: 'error', rule }] },
    });
    expect(stderr).toMatch(/^runout: /m);
  });

  test('a value far beyond sound is refused with its file and its sample', async () => {
    const film = makeFilm({ hum: floatWav(1e30) });
    const { code, stderr } = await render(film);
    expect(code).toBe(1);
    expect(stderr).toContain(
      'sounds/hum.wav holds 1.00e+30 (600 dB above full scale, which is no sound) at sample 7',
    );
    expectNothingIn(film);
    expect((await render(makeFilm({ hum: floatWav(0.5) }))).code).toBe(0);
  });

  test('a sound that goes away after the sheet was read is a missing sound', async () => {
    const film = makeFilm();
    const { code, stderr } = await renderLosing('hum.wav', 'isMainThread && ++opened === 2', film);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^film\.cues\.json:\d+:\d+ error missing-sound there is no file "sounds\/hum\.wav"/,
    );
    expect(stderr).not.toContain('report');
    expect(existsSync(join(film, 'stems'))).toBe(false);
  });

  test('so is one that goes away before another thread has it', async () => {
    const film = makeFilm({ hum: wav(61 * 48_000), edl: LONG_EDL });
    const args = ['--to', 'start + 90s', '--threads', '2'];
    const { code, stderr } = await renderLosing('hum.wav', '!isMainThread', film, ...args);
    expect(code).toBe(1);
    expect(stderr).toContain('error missing-sound there is no file "sounds/hum.wav"');
    expect(existsSync(join(film, 'stems'))).toBe(false);
  });

  test('a folder with other files is refused, and taken with --force', async () => {
    const film = makeFilm();
    const refused = await runout(['render', 'film.cues.json', '--out', '.'], { cwd: film });
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('holds files that this render would not replace');
    expectNothingIn(film);
    expect((await runout(['render', 'film.cues.json', '--out', '.', '--force'], { cwd: film })).code).toBe(0);
  });
});

/** Two hours: long enough to be interrupted. */
const LONG_EDL = `TITLE: LONG
FCM: NON-DROP FRAME

001  A001     V     C        00:00:00:00 01:00:00:00 01:00:00:00 02:00:00:00
* FROM CLIP NAME: 1-1
002  A002     V     C        00:00:00:00 01:00:00:00 02:00:00:00 03:00:00:00
* FROM CLIP NAME: 2-1
`;

/** How soon after Ctrl-C everything must be gone: a tenth of a second, and room for a busy machine. */
const INTERRUPT_MS = 100;
const BUSY_MS = 1500;

/** A render under way; its stderr comes when it has ended. */
function startRender(film: string, ...args: string[]) {
  const child = spawn(process.execPath, [RUNOUT, 'render', 'film.cues.json', '--out', 'stems', ...args], {
    cwd: film,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<{ code: number | null; stderr: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, stderr }));
  });
  return { child, ended };
}

const INTERRUPTED = { code: 130, stderr: 'runout: interrupted, nothing was written\n' };

test.each([
  ['SIGINT', '1'],
  ['SIGINT', '2'],
  ['SIGTERM', '1'],
  ['SIGHUP', '2'],
] as const)('%s leaves nothing behind, with %s threads', async (signal, threads) => {
  const film = makeFilm({ edl: LONG_EDL });
  const { child, ended } = startRender(film, '--threads', threads, '--quiet');
  // As soon as there is something to leave behind.
  while (!existsSync(join(film, 'stems/.Small_mix.wav.part'))) await sleep(5);
  await sleep(300);
  const began = performance.now();
  child.kill(signal);
  expect(await ended).toEqual(INTERRUPTED);
  expect(performance.now() - began).toBeLessThan(INTERRUPT_MS + BUSY_MS);
  expectNothingIn(film);
});

test('a second Ctrl-C is answered at once, and leaves nothing behind either', async () => {
  const film = makeFilm({ edl: LONG_EDL });
  const { child, ended } = startRender(film, '--quiet');
  while (!existsSync(join(film, 'stems/.Small_mix.wav.part'))) await sleep(5);
  child.kill('SIGINT');
  child.kill('SIGTERM');
  expect(await ended).toEqual(INTERRUPTED);
  expectNothingIn(film);
});

test('Ctrl-C is answered from the first line of the program', async () => {
  const film = makeFilm();
  const hook = join(makeFolder(), 'hook.mjs');
  // Comes before the program's own files are loaded, and interrupts it as soon as it listens.
  writeFileSync(
    hook,
    `process.on('newListener', (event) => {
       if (event === 'SIGHUP') setImmediate(() => process.kill(process.pid, 'SIGINT'));
     });`,
  );
  const env = { NODE_OPTIONS: `--import=${pathToFileURL(hook).href}` };
  const { code, stderr } = await runout(['render', 'film.cues.json', '--out', 'stems'], { cwd: film, env });
  expect({ code, stderr }).toEqual(INTERRUPTED);
  expectNothingIn(film);
});

test('a reader of the notes that goes away stops no render', async () => {
  const film = makeFilm();
  const { child, ended } = startRender(film);
  child.stderr.destroy();
  expect((await ended).code).toBe(0);
  expect(readdirSync(join(film, 'stems'))).toContain('render.json');
});

test('of renders into one folder at the same time one is made and the others are told', async () => {
  const film = makeFilm({ edl: LONG_EDL });
  const args = ['--to', 'start + 60s', '--quiet'];
  const ended = await Promise.all([1, 2, 3].map(() => startRender(film, ...args).ended));
  const failed = ended.filter(({ code }) => code !== 0);
  expect(failed.length).toBeLessThan(3);
  for (const { code, stderr } of failed) {
    expect(code).toBe(1);
    expect(stderr).toMatch(/^runout: another render is writing into stems \(process \d+ on /);
  }
  expect(readdirSync(join(film, 'stems')).sort()).toEqual([
    'Small_mix.wav',
    'Small_room.wav',
    'Small_sfx.wav',
    'render.json',
  ]);
  const { stems, mix } = JSON.parse(readFileSync(join(film, 'stems/render.json'), 'utf8')) as Manifest;
  for (const { file, sha256 } of [...stems, mix]) {
    const hash = createHash('sha256').update(readFileSync(join(film, 'stems', file)));
    expect(hash.digest('hex')).toBe(sha256);
  }
});

test('a render that was killed is followed by one that cleans up after it', async () => {
  const film = makeFilm({ edl: LONG_EDL });
  const { child, ended } = startRender(film, '--quiet');
  while (!existsSync(join(film, 'stems/.Small_mix.wav.part'))) await sleep(5);
  child.kill('SIGKILL');
  await ended;
  expect(readdirSync(join(film, 'stems'))).toContain('.runout-render.lock');
  expect((await render(film, '--to', 'start + 5s')).code).toBe(0);
  expect(readdirSync(join(film, 'stems')).length).toBe(4);
});

test('a sheet that is reached by a link renders beside its own files', async () => {
  const [film, elsewhere] = [makeFilm(), makeFolder()];
  symlinkSync(join(film, 'film.cues.json'), join(elsewhere, 'link.json'));
  const ended = await runoutJson<Manifest>(['render', 'link.json', '--out', 'stems'], { cwd: elsewhere });
  expect(ended.code, ended.stderr).toBe(0);
  expect(ended.json.sheet.file).toBe('film.cues.json');
  expect((await render(film)).code).toBe(0);
  const name = 'Small_mix.wav';
  expect(readFileSync(join(film, 'stems', name)).equals(readFileSync(join(elsewhere, 'stems', name)))).toBe(
    true,
  );
});

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
