import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { filesIn, makeFilm, SHEET } from './film.ts';
import { RUNOUT, runout, runoutJson } from './run-cli.ts';

const STEMS = ['Small_mix.wav', 'Small_room.wav', 'Small_sfx.wav', 'render.json'];

/** A long film, so that there is time to disturb its render; one bed from end to end. */
function makeLongFilm(hours: number, stems = 2): string {
  const out = hours * 3600 * 24;
  const ids = Array.from({ length: stems }, (_, index) => `s${index}`);
  return makeFilm({
    sheet: {
      ...SHEET,
      edit: { frameRate: '24', shots: [{ id: 'a', in: 0, out }] },
      stems: Object.fromEntries(ids.map((id) => [id, {}])),
      cues: ids.map((id) => ({
        id: `bed-${id}`,
        type: 'room-tone',
        stem: id,
        sounds: [{ sound: 'hum', gainDb: -20 }],
      })),
    },
  });
}

interface PrintedManifest {
  readonly title: string;
  readonly samples: number;
  readonly startSample: number;
  readonly stems: readonly { readonly id: string; readonly file: string; readonly samples: number }[];
  readonly proof: {
    readonly sumOfStems: { readonly maxDifference: number };
    readonly silences: readonly { readonly cue: string; readonly maxAbs: number }[];
  };
}

test('render writes stems, mix and manifest; --json prints the manifest and the time it took', async () => {
  const folder = makeFilm();
  const { code, json } = await runoutJson<PrintedManifest>(['render', 'film.cues.json', '--out', 'out'], {
    cwd: folder,
  });
  expect(code).toBe(0);
  expect(readdirSync(join(folder, 'out')).sort()).toEqual(STEMS);
  expect(json).toMatchObject({
    title: 'Small',
    sheet: { file: 'film.cues.json', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    edit: { file: 'cut.edl', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    samples: 480_000,
    startSample: 172_800_000,
    proof: { sumOfStems: { maxDifference: 0 }, silences: [{ cue: 'nothing', maxAbs: 0 }] },
    seconds: expect.any(Number),
    timesRealTime: expect.any(Number),
  });
  const { seconds: _, timesRealTime: __, ...stored } = json as PrintedManifest & Record<string, unknown>;
  expect(JSON.parse(readFileSync(join(folder, 'out/render.json'), 'utf8'))).toEqual(stored);
});

test('the bytes do not depend on where the sheet was called from', async () => {
  const folder = makeFilm();
  await runout(['render', 'film.cues.json', '--out', 'a'], { cwd: folder });
  await runout(['render', join(folder, 'film.cues.json'), '--out', join(folder, 'b')], { cwd: '/' });
  for (const name of STEMS) {
    const [a, b] = ['a', 'b'].map((out) => readFileSync(join(folder, out, name)));
    expect(a!.equals(b!), name).toBe(true);
  }
});

test('a second render takes the place of the first', async () => {
  const folder = makeFilm();
  for (let time = 0; time < 2; time++) {
    const { code, stderr } = await runout(['render', 'film.cues.json', '--out', 'out'], { cwd: folder });
    expect(code, stderr).toBe(0);
  }
  expect(readdirSync(join(folder, 'out')).sort()).toEqual(STEMS);
});

test('a folder with other files is refused and left alone', async () => {
  const folder = makeFilm();
  mkdirSync(join(folder, 'out'));
  writeFileSync(join(folder, 'out/Small_mix.wav'), 'mine');
  const { code, stderr } = await runout(['render', 'film.cues.json', '--out', 'out'], { cwd: folder });
  expect(code).toBe(1);
  expect(stderr).toContain('out');
  expect(filesIn(join(folder, 'out'))).toEqual(['Small_mix.wav']);
  expect(readFileSync(join(folder, 'out/Small_mix.wav'), 'utf8')).toBe('mine');
});

test('a sheet with errors writes nothing, not even the folder', async () => {
  const folder = makeFilm({ hum: undefined });
  const { code, stdout, stderr } = await runout(['render', 'film.cues.json', '--out', 'out'], {
    cwd: folder,
  });
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain('missing-sound');
  expect(existsSync(join(folder, 'out'))).toBe(false);
});

test.each([
  ['no folder to write to', []],
  ['a depth that is none', ['--out', 'out', '--bits', '20']],
  ['a stem that is none', ['--out', 'out', '--stems', 'roomm']],
  ['an anchor that is none', ['--out', 'out', '--from', 'shot 1']],
  [
    'a range that ends before it begins',
    ['--out', 'out', '--from', 'scene:2.start', '--to', 'scene:1.start'],
  ],
])('%s is refused without a trace', async (_, options) => {
  const folder = makeFilm();
  const before = filesIn(folder);
  const { code, stdout } = await runout(['render', 'film.cues.json', ...options], { cwd: folder });
  expect([1, 2]).toContain(code);
  expect(stdout).toBe('');
  expect(filesIn(folder)).toEqual(before);
});

test('a place that cannot be written is told of', async () => {
  const folder = makeFilm();
  // Below a file nobody can make a folder, root included.
  const { code, stderr } = await runout(['render', 'film.cues.json', '--out', 'cut.edl/out'], {
    cwd: folder,
  });
  expect(code).toBe(1);
  expect(stderr).toContain('cut.edl/out');
  expect(stderr).not.toContain('should not happen');
});

test.skipIf(process.getuid?.() === 0)('a read-only folder is told of', async () => {
  const folder = makeFilm();
  mkdirSync(join(folder, 'out'));
  chmodSync(join(folder, 'out'), 0o500);
  const { code, stderr } = await runout(['render', 'film.cues.json', '--out', 'out'], { cwd: folder });
  expect(code).toBe(1);
  expect(stderr).toContain('out');
});

test('a film for which the disk has no room is refused before anything is written', async () => {
  // A day of sixty stems is about 1.5 TB.
  const folder = makeLongFilm(23, 60);
  const { code, stderr, milliseconds } = await runout(['render', 'film.cues.json', '--out', 'out'], {
    cwd: folder,
  });
  expect(code).toBe(1);
  expect(stderr).toMatch(/space|room/);
  expect(existsSync(join(folder, 'out'))).toBe(false);
  expect(milliseconds).toBeLessThan(2000);
});

test('a disk that fills up in the middle leaves nothing', () => {
  const folder = makeLongFilm(0.05);
  // A limit on the size of files stands in for a full disk: 4 MiB in blocks of 1 KiB.
  const command = `ulimit -f 4096; "${process.execPath}" "${RUNOUT}" render film.cues.json --out out`;
  const { status, stderr } = spawnSync('bash', ['-c', command], { cwd: folder, encoding: 'utf8' });
  expect(status, stderr).toBe(1);
  expect(stderr).not.toContain('should not happen');
  expect(existsSync(join(folder, 'out'))).toBe(false);
});

test.each(['SIGINT', 'SIGTERM'] as const)('%s ends a render with 130 and leaves nothing', async (signal) => {
  const folder = makeLongFilm(1);
  const out = join(folder, 'out');
  const child = spawn(process.execPath, [RUNOUT, 'render', 'film.cues.json', '--out', 'out'], {
    cwd: folder,
    stdio: 'ignore',
  });
  const ended = new Promise<number | null>((done) => child.on('close', done));
  while (!existsSync(out) || readdirSync(out).length === 0) {
    expect(child.exitCode, 'the render was over before it could be stopped').toBeNull();
    await sleep(10);
  }
  child.kill(signal);
  expect(await ended).toBe(130);
  expect(existsSync(out)).toBe(false);
});
