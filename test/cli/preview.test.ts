import { once } from 'node:events';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  watch,
  writeFileSync,
} from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Refusal, Session } from '../../src/protocol/protocol.ts';
import { filesIn, makeFilm, makeFolder, SHEET, wav } from './film.ts';
import { listen, type RunningPreview, startPreview } from './preview.ts';
import { runout } from './run-cli.ts';

const filePath = (path: string) => `/api/files?path=${encodeURIComponent(path)}`;

async function previewFilm(): Promise<{ folder: string; sheet: string; preview: RunningPreview }> {
  const folder = makeFilm();
  const sheet = join(folder, 'film.cues.json');
  return { folder, sheet, preview: await startPreview([sheet]) };
}

/** The sheet's text and state. */
async function readSheet(preview: RunningPreview): Promise<{ text: string; etag: string }> {
  const response = await preview.api('/api/sheet');
  return { text: await response.text(), etag: response.headers.get('etag') ?? '' };
}

const save = (preview: RunningPreview, text: BodyInit, etag: string) =>
  preview.api('/api/sheet', { method: 'PUT', body: text, headers: { 'If-Match': etag } });

describe('starting and ending', () => {
  test('stdout is the address alone, and the page is there', async () => {
    const { preview } = await previewFilm();
    expect(preview.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    const page = await fetch(preview.url);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await page.text()).toContain('<title>Runout</title>');
  });

  test.each(['SIGINT', 'SIGTERM'] as const)(
    '%s ends it at once, with exit code 130, whoever is connected',
    async (signal) => {
      const { preview } = await previewFilm();
      const events = await listen(preview);
      await events.next();
      const began = performance.now();
      expect(await preview.stop(signal)).toBe(130);
      expect(performance.now() - began).toBeLessThan(5000);
      await expect(events.next()).rejects.toThrow();
    },
  );

  test('the session says what is previewed', async () => {
    const { preview, folder, sheet } = await previewFilm();
    const session = (await (await preview.api('/api/session')).json()) as Session;
    expect(session).toEqual({
      name: sheet,
      sheetPath: sheet,
      root: folder,
      separator: '/',
      version: expect.any(String),
    });
  });

  test('a sheet that is named by a link is previewed where it lies', async () => {
    const folder = makeFilm();
    const elsewhere = makeFolder();
    const link = join(elsewhere, 'link.cues.json');
    symlinkSync(join(folder, 'film.cues.json'), link);
    const preview = await startPreview([link]);
    const session = (await (await preview.api('/api/session')).json()) as Session;
    expect(session).toMatchObject({ name: link, sheetPath: join(folder, 'film.cues.json'), root: folder });
    const { etag } = await readSheet(preview);
    expect((await save(preview, '{}', etag)).status).toBe(204);
    expect(readFileSync(join(folder, 'film.cues.json'), 'utf8')).toBe('{}');
    expect(readFileSync(link, 'utf8')).toBe('{}');
    expect(readdirSync(elsewhere)).toEqual(['link.cues.json']);
  });

  test('a sheet has its own port where that is free, so that a browser finds again what it kept', async () => {
    const folder = makeFilm();
    const sheet = join(folder, 'film.cues.json');
    const first = await startPreview([sheet]);
    const second = await startPreview([sheet]);
    expect(second.port).not.toBe(first.port);
    await first.stop();
    expect((await startPreview([sheet])).port).toBe(first.port);
  });

  test('what cannot be previewed is told in a sentence', async () => {
    const folder = makeFilm();
    const sheet = join(folder, 'film.cues.json');
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const taken = String((server.address() as AddressInfo).port);
    const cases: [string[], number, string][] = [
      [[join(folder, 'none.cues.json')], 1, 'there is no such sheet'],
      [[folder], 1, 'is a folder or a device, not a sheet'],
      [[sheet, '--picture', join(folder, 'none.mp4')], 1, 'there is no such picture'],
      [[sheet, '--root', join(folder, 'none')], 1, 'there is no such folder'],
      [[sheet, '--port', taken], 1, `port ${taken} is taken by another program`],
      [[sheet, '--port', '70000'], 2, 'It must be a number up to 65535.'],
      [[], 2, "missing required argument 'sheet'"],
    ];
    for (const [args, code, message] of cases) {
      const ended = await runout(['preview', ...args, '--no-open']);
      expect(ended).toMatchObject({ code, stdout: '' });
      expect(ended.stderr).toContain(message);
      expect(ended.stderr).not.toContain('should not happen');
    }
    server.close();
  });

  test.each([
    ['broken', '{"version": 1, "cues": ['],
    ['empty', ''],
    ['not UTF-8', Buffer.from([0x7b, 0xff, 0x7d])],
    ['with names that are markup', JSON.stringify({ ...SHEET, title: '</title><script>alert(1)</script>' })],
  ])('a sheet that is %s is served as it is, byte by byte', async (_called, sheet) => {
    const preview = await startPreview([join(makeFilm({ sheet }), 'film.cues.json')]);
    const response = await preview.api('/api/sheet');
    expect(Buffer.from(await response.arrayBuffer()).equals(Buffer.from(sheet))).toBe(true);
    expect(response.headers.get('content-type')).toBe('application/octet-stream');
    // Nothing of a sheet is ever in the page.
    expect(await (await fetch(preview.url)).text()).not.toContain('alert(1)');
  });
});

describe('files', () => {
  test('any range of a file is its bytes', async () => {
    const { preview, folder } = await previewFilm();
    const path = join(folder, 'sounds/hum.wav');
    const bytes = readFileSync(path);
    const size = bytes.length;
    const ask = (range: string) => preview.api(filePath(path), { headers: { Range: range } });
    for (const [range, from, to] of [
      ['bytes=0-9', 0, 10],
      ['bytes=100-', 100, size],
      ['bytes=-7', size - 7, size],
      [`bytes=10-${size * 2}`, 10, size],
      [`bytes=-${size * 2}`, 0, size],
    ] as const) {
      const response = await ask(range);
      expect(response.status).toBe(206);
      expect(response.headers.get('content-range')).toBe(`bytes ${from}-${to - 1}/${size}`);
      expect(Buffer.from(await response.arrayBuffer()).equals(bytes.subarray(from, to))).toBe(true);
    }
    for (const range of ['bytes=5-2', 'bytes=0-1,4-5', 'words=0-1', 'bytes=a-b', 'bytes=-']) {
      const response = await ask(range);
      expect(response.status).toBe(200);
      expect((await response.arrayBuffer()).byteLength).toBe(size);
    }
    for (const range of [`bytes=${size}-`, 'bytes=-0']) {
      const response = await ask(range);
      expect(response.status).toBe(416);
      expect(response.headers.get('content-range')).toBe(`bytes */${size}`);
    }
  });

  test('HEAD tells the size and the state, and a state that has gone is not served', async () => {
    const { preview, folder } = await previewFilm();
    const path = join(folder, 'sounds/hum.wav');
    const head = await preview.api(filePath(path), { method: 'HEAD' });
    expect(head.headers.get('content-length')).toBe(String(statSync(path).size));
    expect(decodeURIComponent(head.headers.get('x-runout-real-path') ?? '')).toBe(path);
    const etag = head.headers.get('etag') ?? '';
    expect((await preview.api(filePath(path), { headers: { 'If-Match': etag } })).status).toBe(200);
    writeFileSync(path, wav(500));
    const changed = await preview.api(filePath(path), { headers: { 'If-Match': etag } });
    expect(changed.status).toBe(412);
    expect(await changed.json()).toMatchObject({ message: 'changed while it was being read' });
    const ifRange = await preview.api(filePath(path), { headers: { 'If-Range': etag, Range: 'bytes=0-9' } });
    expect(ifRange.status).toBe(200);
  });

  test('an empty file is one, whatever range is asked for', async () => {
    const { preview, folder } = await previewFilm();
    writeFileSync(join(folder, 'empty.wav'), '');
    const response = await preview.api(filePath(join(folder, 'empty.wav')), {
      headers: { Range: 'bytes=0-99' },
    });
    expect(response.status).toBe(200);
    expect((await response.arrayBuffer()).byteLength).toBe(0);
  });

  test('the picture is served from wherever it lies, in ranges', async () => {
    const { folder, preview: without } = await previewFilm();
    expect((await without.api('/api/picture')).status).toBe(404);
    const picture = join(makeFolder(), 'cut 12.mp4');
    writeFileSync(picture, Buffer.alloc(1_000_000, 'picture'));
    const preview = await startPreview([join(folder, 'film.cues.json'), '--picture', picture]);
    const session = (await (await preview.api('/api/session')).json()) as Session;
    expect(session.picture).toBe('cut 12.mp4');
    const response = await preview.api(`/api/picture?token=${preview.token}`, {
      headers: { Range: 'bytes=500000-', 'x-runout-token': undefined },
    });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-type')).toBe('video/mp4');
    expect(Buffer.from(await response.arrayBuffer()).equals(readFileSync(picture).subarray(500_000))).toBe(
      true,
    );
  });
});

describe('saving', () => {
  test('a save replaces the text, keeps permissions and leaves nothing beside it', async () => {
    const { preview, folder, sheet } = await previewFilm();
    chmodSync(sheet, 0o640);
    const before = filesIn(folder);
    const { text, etag } = await readSheet(preview);
    expect(text).toBe(readFileSync(sheet, 'utf8'));
    const response = await save(preview, '{"version": 1}\r\n// ü', etag);
    expect(response.status).toBe(204);
    expect(readFileSync(sheet, 'utf8')).toBe('{"version": 1}\r\n// ü');
    expect(statSync(sheet).mode & 0o777).toBe(0o640);
    expect(filesIn(folder)).toEqual(before);
    expect(response.headers.get('etag')).toBe((await readSheet(preview)).etag);
  });

  test('of two tabs, the second to save is told what the first has saved', async () => {
    const { preview, sheet } = await previewFilm();
    const { etag } = await readSheet(preview);
    const answers = await Promise.all([save(preview, '{"a": 1}', etag), save(preview, '{"b": 2}', etag)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 412]);
    const lost = answers.find(({ status }) => status === 412)!;
    const conflict = (await lost.json()) as { etag: string; text: string };
    expect(conflict).toEqual({ etag: (await readSheet(preview)).etag, text: readFileSync(sheet, 'utf8') });
    expect((await save(preview, '{"both": 1}', conflict.etag)).status).toBe(204);
  });

  test('what another program has written is not written over', async () => {
    const { preview, sheet } = await previewFilm();
    const { etag } = await readSheet(preview);
    writeFileSync(sheet, '{"theirs": true}');
    expect((await save(preview, '{"mine": true}', etag)).status).toBe(412);
    expect(readFileSync(sheet, 'utf8')).toBe('{"theirs": true}');
  });

  test('a file that has gone is a conflict too, and can be made again', async () => {
    const { preview, sheet } = await previewFilm();
    const { etag } = await readSheet(preview);
    rmSync(sheet);
    const lost = await save(preview, '{"mine": true}', etag);
    expect(lost.status).toBe(412);
    expect(await lost.json()).toEqual({});
    expect((await preview.api('/api/sheet')).status).toBe(404);
    const make = () =>
      preview.api('/api/sheet', { method: 'PUT', body: '{"mine": true}', headers: { 'If-None-Match': '*' } });
    expect((await make()).status).toBe(204);
    expect(readFileSync(sheet, 'utf8')).toBe('{"mine": true}');
    expect((await make()).status).toBe(412);
  });

  test('a sheet whose place a folder has taken, or that is gone, is named by what is said of it', async () => {
    const { preview, sheet } = await previewFilm();
    const { etag } = await readSheet(preview);
    const said = async (answer: Promise<Response>) => ((await (await answer).json()) as Refusal).message;
    rmSync(sheet);
    expect(await said(preview.api('/api/sheet'))).toBe('film.cues.json does not exist any more');
    mkdirSync(sheet);
    const why = 'film.cues.json is a folder or a device, not a file';
    expect(await said(preview.api('/api/sheet'))).toBe(why);
    expect(await said(save(preview, '{}', etag))).toBe(why);
  });

  test('a save that does not say what it replaces is refused, and so is what is no text', async () => {
    const { preview, sheet } = await previewFilm();
    const before = readFileSync(sheet);
    const { etag } = await readSheet(preview);
    const put = (headers: Record<string, string>) =>
      preview.api('/api/sheet', { method: 'PUT', body: '{}', headers });
    expect((await put({})).status).toBe(428);
    expect((await put({ 'If-Match': '*' })).status).toBe(428);
    expect((await save(preview, Uint8Array.of(0x7b, 0xff), etag)).status).toBe(400);
    expect(readFileSync(sheet).equals(before)).toBe(true);
  });

  test('half a save, of a tab that was closed, changes nothing', async () => {
    const { preview, sheet } = await previewFilm();
    const before = readFileSync(sheet);
    const { etag } = await readSheet(preview);
    const head = [
      'PUT /api/sheet HTTP/1.1',
      `Host: 127.0.0.1:${preview.port}`,
      `Origin: ${preview.url.slice(0, -1)}`,
      `x-runout-token: ${preview.token}`,
      `If-Match: ${etag}`,
    ];
    await preview.raw([...head, 'Content-Length: 1000', '', '{"version": 1}'].join('\r\n'));
    await preview.raw([...head, 'Transfer-Encoding: chunked', '', 'e', '{"version": 1}', ''].join('\r\n'));
    expect(readFileSync(sheet).equals(before)).toBe(true);
    expect((await readSheet(preview)).etag).toBe(etag);
    expect(preview.stderr()).not.toContain('PUT');
  });

  test('a byte order mark stays where it was', async () => {
    const sheet = join(makeFilm({ sheet: '\uFEFF{"version": 1}' }), 'film.cues.json');
    const preview = await startPreview([sheet]);
    const { etag } = await readSheet(preview);
    expect((await save(preview, '{"version": 2}', etag)).status).toBe(204);
    expect(readFileSync(sheet, 'utf8')).toBe('\uFEFF{"version": 2}');
  });

  test('a sheet of 10 MB is read and saved', async () => {
    const large = JSON.stringify({ ...SHEET, 'x-notes': 'ü'.repeat(5_000_000) });
    const sheet = join(makeFilm({ sheet: large }), 'film.cues.json');
    const preview = await startPreview([sheet]);
    const { text, etag } = await readSheet(preview);
    expect(text === large).toBe(true);
    expect((await save(preview, `${large}\n`, etag)).status).toBe(204);
    expect(readFileSync(sheet, 'utf8') === `${large}\n`).toBe(true);
  });

  test.skipIf(process.getuid?.() === 0)('a folder that may not be written to is told of', async () => {
    const { preview, folder } = await previewFilm();
    const { etag } = await readSheet(preview);
    chmodSync(folder, 0o555);
    const response = await save(preview, '{}', etag);
    chmodSync(folder, 0o755);
    expect(response.status).toBe(507);
    expect(await response.json()).toMatchObject({ message: expect.stringContaining('may not be written') });
  });

  test('a preview that is killed while it saves leaves the old text or the new one whole', async () => {
    const folder = makeFilm();
    const sheet = join(folder, 'film.cues.json');
    const [before, after] = ['a', 'b'].map((letter) =>
      JSON.stringify({ ...SHEET, 'x-notes': letter.repeat(20_000_000) }),
    );
    for (let round = 0; round < 5; round++) {
      writeFileSync(sheet, before!);
      const preview = await startPreview([sheet]);
      const { etag } = await readSheet(preview);
      const abort = new AbortController();
      // Killed in the moment in which anything is written: the sheet, or what is to take its place.
      const written = new Promise((resolve) => watch(folder, { signal: abort.signal }, resolve));
      const saving = save(preview, after!, etag).then(
        ({ status }) => status,
        () => 'cut off',
      );
      await Promise.race([written, saving]);
      await new Promise((resolve) => setTimeout(resolve, round * 3));
      await preview.stop('SIGKILL');
      abort.abort();
      const text = readFileSync(sheet, 'utf8');
      expect(text === before || text === after).toBe(true);
      if ((await saving) === 204) expect(text === after).toBe(true);
    }
  }, 120_000);

  test('what a killed preview has left is removed by a later one, and nothing else', async () => {
    const folder = makeFilm();
    // No process has so high a number on any system that the tests run on.
    const names = [
      '.runout-save-4194305-0.part',
      '.runout-save-4194305-1.part',
      `.runout-save-${process.pid}-0.part`,
    ];
    for (const name of names) writeFileSync(join(folder, name), 'left');
    const old = new Date(Date.now() - 120_000);
    utimesSync(join(folder, names[0]!), old, old);
    utimesSync(join(folder, names[2]!), old, old);
    await startPreview([join(folder, 'film.cues.json')]);
    expect(filesIn(folder).filter((name) => name.includes('.part'))).toEqual(names.slice(1).sort());
  });
});

describe('what changes outside', () => {
  test('is told: the sheet, a sound, one that was missing, one that goes', async () => {
    const { preview, folder, sheet } = await previewFilm();
    const events = await listen(preview);
    const { etag } = await readSheet(preview);
    expect(await events.next()).toEqual({ kind: 'sheet-changed', etag });

    writeFileSync(sheet, '{"theirs": true}');
    expect(await events.next()).toEqual({ kind: 'sheet-changed', etag: (await readSheet(preview)).etag });

    const hum = join(folder, 'sounds/hum.wav');
    const late = join(folder, 'sounds/late.wav');
    expect((await preview.api(filePath(hum))).status).toBe(200);
    expect((await preview.api(filePath(late))).status).toBe(404);
    // The watcher looks at a file before it watches it.
    await new Promise((resolve) => setTimeout(resolve, 300));
    writeFileSync(hum, wav(500));
    expect(await events.next()).toEqual({ kind: 'files-changed', paths: [hum] });
    writeFileSync(late, wav(500));
    expect(await events.next()).toEqual({ kind: 'files-changed', paths: [late] });
    rmSync(late);
    expect(await events.next()).toEqual({ kind: 'files-changed', paths: [late] });
    // Nobody has asked for this one.
    writeFileSync(join(folder, 'sounds/knock.wav'), wav(500));
    rmSync(sheet);
    expect(await events.next()).toEqual({ kind: 'sheet-changed' });
  });

  test('is told of files that went, came back and are changed again', async () => {
    const { preview, folder, sheet } = await previewFilm();
    const events = await listen(preview);
    await events.next();
    const hum = join(folder, 'sounds/hum.wav');
    await preview.api(filePath(hum));
    await new Promise((resolve) => setTimeout(resolve, 300));
    // A lone file is watched for by itself, so it takes two.
    for (const [path, kind] of [
      [hum, 'files-changed'],
      [sheet, 'sheet-changed'],
    ] as const) {
      rmSync(path);
      expect(await events.next()).toMatchObject({ kind });
      for (const samples of [500, 600, 700]) {
        await new Promise((resolve) => setTimeout(resolve, 300));
        writeFileSync(path, wav(samples));
        expect(await events.next()).toMatchObject({ kind });
      }
    }
  });

  test('is told of a file that another program saves by renaming, again and again', async () => {
    const { preview, sheet } = await previewFilm();
    const events = await listen(preview);
    await events.next();
    for (const text of ['{"a": 1}', '{"b": 2}', '{"c": 3}']) {
      writeFileSync(`${sheet}.new`, text);
      renameSync(`${sheet}.new`, sheet);
      expect(await events.next()).toEqual({ kind: 'sheet-changed', etag: (await readSheet(preview)).etag });
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
  });

  test('a save of one tab is told to all', async () => {
    const { preview } = await previewFilm();
    const tabs = [await listen(preview), await listen(preview)];
    for (const tab of tabs) await tab.next();
    const { etag } = await readSheet(preview);
    const saved = (await save(preview, '{"a": 1}', etag)).headers.get('etag');
    for (const tab of tabs) expect(await tab.next()).toEqual({ kind: 'sheet-changed', etag: saved });
  });
});

describe('dropped sounds', () => {
  const drop = (preview: RunningPreview, name: string, bytes: Buffer) =>
    preview.api(`/api/sounds/${encodeURIComponent(name)}`, { method: 'PUT', body: new Uint8Array(bytes) });

  test('are written beside the sheet, under a name that is free', async () => {
    const { preview, folder } = await previewFilm();
    const first = await drop(preview, 'door slam.wav', wav(100));
    expect(first.status).toBe(201);
    expect(await first.json()).toEqual({ file: 'sounds/door slam.wav', sampleRate: 48000, samples: 100 });
    expect(readFileSync(join(folder, 'sounds/door slam.wav')).equals(wav(100))).toBe(true);
    expect(await (await drop(preview, 'door slam.wav', wav(200))).json()).toEqual({
      file: 'sounds/door slam-2.wav',
      sampleRate: 48000,
      samples: 200,
    });
    expect(await (await drop(preview, 'hum.wav', wav(300))).json()).toMatchObject({
      file: 'sounds/hum-2.wav',
    });
    expect(readFileSync(join(folder, 'sounds/hum.wav')).equals(wav(96000))).toBe(true);
    // The same sound again is there already.
    expect(await (await drop(preview, 'door slam.wav', wav(200))).json()).toEqual({
      file: 'sounds/door slam-2.wav',
      sampleRate: 48000,
      samples: 200,
    });
    expect(readdirSync(join(folder, 'sounds')).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  test('need a name that is one, and bytes that are sound', async () => {
    const { preview, folder } = await previewFilm();
    const before = filesIn(folder);
    for (const name of [
      '../out.wav',
      '..\\out.wav',
      '/tmp/out.wav',
      'C:\\out.wav',
      '.hidden.wav',
      'a\0.wav',
      'a\n.wav',
      'nul.wav',
      `${'a'.repeat(300)}.wav`,
      'a.wav ',
    ]) {
      expect((await drop(preview, name, wav(10))).status).toBe(400);
    }
    for (const name of ['film.cues.json', 'a.exe', 'a.html', 'a', 'wav']) {
      expect((await drop(preview, name, wav(10))).status).toBe(415);
    }
    const noSound = await drop(preview, 'page.wav', Buffer.from('<script>alert(1)</script>'));
    expect(noSound.status).toBe(415);
    expect(await noSound.json()).toMatchObject({ message: expect.stringContaining('page.wav') });
    expect(await (await drop(preview, 'a < b.wav', wav(10))).json()).toMatchObject({
      message: 'a sound cannot be written under a name with < in it',
    });
    // A cue plays them.
    const wide = wav(10);
    wide.writeUInt16LE(6, 22);
    wide.writeUInt16LE(6 * wide.readUInt16LE(32), 32);
    const refused = await drop(preview, 'film mix.wav', wide);
    expect([refused.status, await refused.json()]).toEqual([
      415,
      {
        kind: 'refused',
        message: 'film mix.wav has 6 channels: sounds are mono or stereo',
        hint: 'Mix it down, or split it into mono files.',
      },
    ]);
    expect(
      (await preview.api('/api/sounds/%ff.wav', { method: 'PUT', body: new Uint8Array(wav(10)) })).status,
    ).toBe(400);
    expect(filesIn(folder)).toEqual(before);
  });

  test('leave no empty folder where they are refused', async () => {
    const folder = makeFilm({ sheet: { ...SHEET, sounds: {} } });
    rmSync(join(folder, 'sounds'), { recursive: true });
    const preview = await startPreview([join(folder, 'film.cues.json')]);
    expect((await drop(preview, 'page.wav', Buffer.from('no sound'))).status).toBe(415);
    expect(readdirSync(folder)).not.toContain('sounds');
    expect((await drop(preview, 'a.wav', wav(10))).status).toBe(201);
  });

  test('do not leave the project by a folder that is a link', async () => {
    const outside = makeFolder();
    const folder = makeFilm({ sheet: { ...SHEET, sounds: {} } });
    rmSync(join(folder, 'sounds'), { recursive: true });
    symlinkSync(outside, join(folder, 'sounds'));
    const preview = await startPreview([join(folder, 'film.cues.json')]);
    expect((await drop(preview, 'a.wav', wav(10))).status).toBe(403);
    expect(readdirSync(outside)).toEqual([]);
  });

  test('that are too large are refused before they are read', async () => {
    const { preview } = await previewFilm();
    const answer = await preview.raw(
      [
        'PUT /api/sounds/a.wav HTTP/1.1',
        `Host: 127.0.0.1:${preview.port}`,
        `Origin: ${preview.url.slice(0, -1)}`,
        `x-runout-token: ${preview.token}`,
        'Content-Length: 99999999999',
        '',
        'RIFF',
      ].join('\r\n'),
      { isEnded: false },
    );
    expect(answer).toMatch(/^HTTP\/1\.1 413/);
  });
});
