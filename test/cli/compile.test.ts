import { expect, test } from 'vitest';
import { makeFilm, SHEET } from './film.ts';
import { runout, runoutJson } from './run-cli.ts';

interface CompiledScore {
  readonly sampleRate: number;
  readonly samples: number;
  readonly startSample: number;
  readonly cues: readonly { readonly id: string; readonly start: number; readonly end: number }[];
  readonly gates: readonly object[];
  readonly stems: readonly {
    readonly id: string;
    readonly regions: readonly { readonly cue: string; readonly sound: string; readonly start: number }[];
  }[];
}

test('compile --json is the score, in samples from the first frame of the edit', async () => {
  const { code, stderr, json } = await runoutJson<CompiledScore>(['compile', 'film.cues.json'], {
    cwd: makeFilm(),
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(json).toMatchObject({ sampleRate: 48000, samples: 480_000, startSample: 172_800_000 });
  expect(json.cues.map(({ id, start, end }) => ({ id, start, end }))).toEqual([
    { id: 'tone', start: 0, end: 480_000 },
    { id: 'knocks', start: 24_000, end: 129_600 },
    { id: 'nothing', start: 288_000, end: 312_000 },
    { id: 'world', start: 312_000, end: expect.any(Number) },
  ]);
  expect(json.gates).toEqual([
    expect.objectContaining({ cue: 'nothing', stems: ['room', 'sfx'], start: 288_000, end: 312_000 }),
  ]);
  expect(json.stems.map((stem) => stem.id)).toEqual(['room', 'sfx']);
  expect(json.stems[1]!.regions.map((region) => region.start)).toEqual([24_000, 72_000, 120_000]);
});

test('without --json it is a list of cues in timecode', async () => {
  const { code, stdout } = await runout(['compile', 'film.cues.json'], { cwd: makeFilm() });
  expect(code).toBe(0);
  expect(stdout).toMatch(/01:00:00:12 +01:00:02:16 +2\.200 s +practical +sfx +knocks/);
  expect(stdout).toMatch(
    /01:00:06:00 +01:00:06:12 +0\.500 s +silence +nothing +12 frames = 0\.500 s = 24,000 samples/,
  );
});

test('a sheet with errors has no score: the issues are on stderr, and with --json on stdout too', async () => {
  const folder = makeFilm({ sheet: { ...SHEET, stems: { room: {} } } });
  const { code, json, stderr } = await runoutJson(['compile', 'film.cues.json'], { cwd: folder });
  expect({ code, json }).toMatchObject({
    code: 1,
    json: { issues: [{ file: 'film.cues.json', severity: 'error', rule: 'unknown-stem' }] },
  });
  expect(stderr).toMatch(/film\.cues\.json:\d+:\d+ error unknown-stem/);
  expect(stderr).toContain('runout: film.cues.json: 1 error');
  expect((await runout(['compile', 'film.cues.json'], { cwd: folder })).stdout).toBe('');
});
