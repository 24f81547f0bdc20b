import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EDL, makeFolder } from './film.ts';
import { runout, runoutJson } from './run-cli.ts';

function folderWith(edl: string | Buffer): string {
  const folder = makeFolder();
  writeFileSync(join(folder, 'cut.edl'), edl);
  return folder;
}

test('edit --json is the edit, in frames since midnight', async () => {
  const { code, stderr, json } = await runoutJson(['edit', 'cut.edl', '--fps', '24'], {
    cwd: folderWith(EDL),
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(json).toMatchObject({
    format: 'edl',
    frameRate: '24',
    dropFrame: false,
    start: '01:00:00:00',
    startFrame: 86_400,
    durationFrames: 240,
    shots: [
      { id: '1-1', scene: '1', recordIn: 86_400, recordOut: 86_544, sourceIn: 0, sourceOut: 144 },
      { id: '2-1', scene: '2', recordIn: 86_544, recordOut: 86_640 },
    ],
    markers: [],
    warnings: [],
  });
});

test('without a rate one is taken, and said so on stderr and in the warnings', async () => {
  const { code, stderr, json } = await runoutJson<{ warnings: string[] }>(['edit', 'cut.edl'], {
    cwd: folderWith(EDL),
  });
  expect(code).toBe(0);
  expect(stderr).toMatch(/^cut\.edl:\d+:\d+ warning .*--fps/s);
  expect(json.warnings.join()).toContain('--fps');
});

test('without --json it is a table', async () => {
  const { code, stdout } = await runout(['edit', 'cut.edl', '--fps', '24'], { cwd: folderWith(EDL) });
  expect(code).toBe(0);
  expect(stdout).toMatch(/01:00:06:00 +01:00:10:00 +96 +2-1 +2 +2-1\n/);
});

test('an edit that is in another encoding is read', async () => {
  const utf16 = Buffer.from(`\ufeff${EDL}`, 'utf16le');
  const latin = Buffer.from(EDL.replace('1-1', '1-1 café'), 'latin1');
  for (const edl of [utf16, latin]) {
    const { code, json } = await runoutJson<{ shots: { name: string }[] }>(
      ['edit', 'cut.edl', '--fps', '24'],
      {
        cwd: folderWith(edl),
      },
    );
    expect(code).toBe(0);
    expect(json.shots[0]!.name).toMatch(/^1-1( café)?$/);
  }
});

test.each([
  ['empty', ''],
  ['no edit', 'lorem ipsum dolor sit amet\n'],
  ['a frame beyond its rate', EDL.replace('01:00:10:00', '01:00:10:29')],
  ['binary', Buffer.from([0, 1, 2, 3, 255, 254, 0, 0])],
])('a file that is %s ends with 1, with the reason on stderr and in the JSON', async (_, edl) => {
  const { code, json, stderr } = await runoutJson(['edit', 'cut.edl', '--fps', '24'], {
    cwd: folderWith(edl),
  });
  expect({ code, json }).toMatchObject({
    code: 1,
    json: { issues: [{ file: 'cut.edl', severity: 'error', message: expect.any(String) }] },
  });
  expect(stderr).toMatch(/^cut\.edl:\d+:\d+ error /);
});

test('a file that is not there ends with 1', async () => {
  const { code, stdout, stderr } = await runout(['edit', 'gone.edl'], { cwd: makeFolder() });
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain('gone.edl');
  expect(await runoutJson(['edit', 'gone.edl'], { cwd: makeFolder() })).toMatchObject({
    code: 1,
    json: { issues: [{ file: 'gone.edl', rule: 'missing-edit' }] },
  });
});
