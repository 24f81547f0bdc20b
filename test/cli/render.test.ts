import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Manifest } from '../../src/engine/render/manifest.ts';
import { parseBext, parseWav } from '../render/wav-parser.ts';
import { makeWav } from '../sound/make-wav.ts';
import { filesIn, makeFilm, SHEET, wav } from './film.ts';
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
    [['--stems', 'room,sfy'], 'the sheet has no stem "sfy"', 1],
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

test.each(['1', '2'])('Ctrl-C leaves nothing behind, with %s threads', async (threads) => {
  const film = makeFilm({ edl: LONG_EDL });
  const args = [RUNOUT, 'render', 'film.cues.json', '--out', 'stems', '--threads', threads];
  const child = spawn(process.execPath, args, { cwd: film, stdio: 'ignore' });
  const ended = new Promise<number | null>((resolve) => {
    child.on('exit', (code) => resolve(code));
  });
  // As soon as there is something to leave behind.
  while (!existsSync(join(film, 'stems/.Small_mix.wav.part'))) await sleep(5);
  await sleep(300);
  const began = performance.now();
  child.kill('SIGINT');
  expect(await ended).toBe(130);
  expect(performance.now() - began).toBeLessThan(INTERRUPT_MS + BUSY_MS);
  expectNothingIn(film);
});

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
