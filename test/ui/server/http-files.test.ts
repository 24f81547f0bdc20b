import { readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { projectFiles } from '../../../src/cli/node/project-files.ts';
import { FileProblem, openProject } from '../../../src/engine/index.ts';
import { createHttpFiles, type HttpFiles } from '../../../src/ui/server/http-files.ts';
import { makeFilm, makeFolder, SHEET, wav } from '../../cli/film.ts';
import { serve } from './serve.ts';

async function filesOf(folder: string): Promise<HttpFiles> {
  const { access } = await serve(join(folder, 'film.cues.json'), folder);
  return createHttpFiles(access);
}

/** Counts the requests that are made meanwhile. */
async function requests(act: () => Promise<unknown>): Promise<number> {
  const spy = vi.spyOn(globalThis, 'fetch');
  try {
    await act();
    return spy.mock.calls.length;
  } finally {
    spy.mockRestore();
  }
}

const large = Buffer.from(Uint8Array.from({ length: 9 * 2 ** 20 + 12345 }, (_, index) => (index * 31) & 255));
const medium = large.subarray(0, 300_000);

describe('a project over HTTP', () => {
  test.each([
    ['that is right', {}],
    ['whose sound is missing', { hum: undefined }],
    ['whose sound is no sound', { hum: Buffer.from('hum') }],
    ['whose edit is none', { edl: 'nothing' }],
    ['that is broken', { sheet: '{"version": 1' }],
    [
      'with names that are nearly right',
      {
        sheet: { ...SHEET, sounds: { hum: { file: 'sounds/Hum.wav' }, knock: { file: 'sounds/knok.wav' } } },
      },
    ],
    [
      'whose sound lies outside',
      { sheet: { ...SHEET, sounds: { ...SHEET.sounds, out: { file: '../out.wav' } } } },
    ],
    [
      'whose sound is a folder',
      { sheet: { ...SHEET, sounds: { ...SHEET.sounds, out: { file: 'sounds' } } } },
    ],
  ])('%s, is the project that the command line reads, issues and all', async (_name, parts) => {
    const folder = makeFilm(parts);
    const sheet = join(folder, 'film.cues.json');
    const options = { name: 'film.cues.json', root: folder };
    const files = await filesOf(folder);
    const overHttp = await openProject(sheet, files, options);
    const fromDisk = await openProject(sheet, projectFiles, options);
    expect(overHttp).toEqual(fromDisk);
  });

  test('says the same of a link that leads out of it', async () => {
    const outside = makeFolder();
    writeFileSync(join(outside, 'hum.wav'), wav(96000));
    const folder = makeFilm({ hum: undefined });
    symlinkSync(join(outside, 'hum.wav'), join(folder, 'sounds/hum.wav'));
    const sheet = join(folder, 'film.cues.json');
    const options = { name: 'film.cues.json', root: folder };
    const { issues } = await openProject(sheet, await filesOf(folder), options);
    expect(issues.map(({ rule }) => rule)).toEqual(['outside-root']);
    expect(issues).toEqual((await openProject(sheet, projectFiles, options)).issues);
  });

  test('is read a second time without asking, until something changes', async () => {
    const folder = makeFilm();
    const sheet = join(folder, 'film.cues.json');
    const options = { name: 'film.cues.json', root: folder };
    const files = await filesOf(folder);
    expect(await requests(() => openProject(sheet, files, options))).toBeLessThanOrEqual(6);
    expect(await requests(() => openProject(sheet, files, options))).toBe(0);
    files.forget([join(folder, 'sounds/hum.wav')]);
    expect(await requests(() => openProject(sheet, files, options))).toBe(1);
  });
});

describe('a file over HTTP', () => {
  test.each([
    ['small', Buffer.from('RIFF')],
    ['empty', Buffer.alloc(0)],
    ['of three hundred kB', medium],
    ['of nine MB', large],
  ])('that is %s is read in any pieces', async (_size, bytes) => {
    const folder = makeFilm();
    const path = join(folder, 'sounds/take.wav');
    writeFileSync(path, bytes);
    const files = await filesOf(folder);
    expect(Buffer.from(await files.readBytes(path)).equals(bytes)).toBe(true);
    const source = await files.openBytes(path);
    expect(source.size).toBe(bytes.length);
    const size = bytes.length;
    const places = [
      0,
      1,
      65535,
      65536,
      2 ** 20 - 3,
      2 ** 20,
      5 * 2 ** 20 - 1,
      size - 16384,
      size - 20000,
      size - 1,
      size,
      size + 5,
    ];
    for (const from of places.filter((place) => place >= 0)) {
      for (const count of [0, 1, 128, 65536, 3 * 2 ** 20, 6 * 2 ** 20, size]) {
        const read = await source.read(from, count);
        expect(Buffer.from(read).equals(bytes.subarray(from, from + count))).toBe(true);
      }
    }
    source.close?.();
  });

  test('that several read at once is fetched once', async () => {
    const folder = makeFilm();
    const path = join(folder, 'sounds/take.wav');
    writeFileSync(path, medium);
    const files = await filesOf(folder);
    const source = await files.openBytes(path);
    const all = [70_000, 100_000, 200_000].map((from) => source.read(from, 1000));
    expect(await requests(() => Promise.all([...all, source.read(80_000, 90_000)]))).toBe(0);
    await Promise.all(all);
  });

  test('that changes under the reader is told of, and read anew once that is known', async () => {
    const folder = makeFilm();
    const path = join(folder, 'sounds/take.wav');
    writeFileSync(path, medium);
    const files = await filesOf(folder);
    const state = await files.stateOf(path);
    const source = await files.openBytes(path);
    writeFileSync(path, large);
    await expect(source.read(100_000, 10)).rejects.toThrow('changed while it was being read');
    expect(await files.stateOf(path)).toBe(state);
    files.forget('all');
    expect(await files.stateOf(path)).not.toBe(state);
    expect(Buffer.from(await files.readBytes(path)).equals(large)).toBe(true);
    rmSync(path);
    files.forget([path]);
    expect(await files.stateOf(path)).toBeUndefined();
  });

  test('that is not there is a problem of the kind that the command line knows', async () => {
    const folder = makeFilm();
    const files = await filesOf(folder);
    const kindOf = (act: Promise<unknown>) =>
      act.then(
        () => 'none',
        (problem: unknown) => (problem instanceof FileProblem ? problem.kind : problem),
      );
    expect(await kindOf(files.readBytes(join(folder, 'none.wav')))).toBe('missing');
    expect(await kindOf(files.openBytes(join(folder, 'none.wav')))).toBe('missing');
    expect(await kindOf(files.realPath(join(folder, 'none.wav')))).toBe('missing');
    expect(await kindOf(files.readBytes(join(folder, 'notes.txt')))).toBe('denied');
    expect(await kindOf(files.readBytes('/etc/passwd'))).toBe('denied');
    expect(await files.realPath(folder)).toBe(folder);
    expect(await files.namesIn(join(folder, 'sounds'))).toEqual(['hum.wav', 'knock.wav']);
    expect(await files.namesIn('/etc')).toEqual([]);
  });

  test('cannot be had while the server is away, and can when it is back', async () => {
    const folder = makeFilm();
    const { access, server } = await serve(join(folder, 'film.cues.json'), folder);
    const files = createHttpFiles(access);
    await server.close();
    const path = join(folder, 'sounds/hum.wav');
    await expect(files.readBytes(path)).rejects.toThrow('the preview does not answer');
    await expect(files.readBytes(path)).rejects.toBeInstanceOf(FileProblem);
    const again = await serve(join(folder, 'film.cues.json'), folder, Number(new URL(access.origin).port));
    // Another run has another token.
    await expect(files.readBytes(path)).rejects.toThrow('started again');
    expect(await createHttpFiles(again.access).readBytes(path)).toEqual(new Uint8Array(readFileSync(path)));
  });

  test('has the hash that the command line finds', async () => {
    const files = await filesOf(makeFilm());
    for (const bytes of [new Uint8Array(0), new Uint8Array(medium)]) {
      expect(await files.sha256(bytes)).toBe(await projectFiles.sha256(bytes));
    }
  });
});
