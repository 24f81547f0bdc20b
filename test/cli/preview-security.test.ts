import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFilm, makeFolder, SHEET, wav } from './film.ts';
import { type RunningPreview, startPreview } from './preview.ts';

/** The status in the first line of an answer; undefined where there was none. */
const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]) || undefined;
const filePath = (path: string) => `/api/files?path=${encodeURIComponent(path)}`;

async function previewFilm(): Promise<{ folder: string; preview: RunningPreview }> {
  const folder = makeFilm();
  return { folder, preview: await startPreview([join(folder, 'film.cues.json')]) };
}

test('only this machine can connect', async () => {
  const { preview } = await previewFilm();
  const others = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4');
  for (const { address } of [...others, { address: '127.0.0.2' }]) {
    const isOpen = await new Promise((resolve) => {
      const socket = connect({ port: preview.port, host: address, timeout: 2000 });
      socket.on('connect', () => resolve(true));
      socket.on('error', () => resolve(false));
      socket.on('timeout', () => resolve(false));
    });
    expect(isOpen).toBe(false);
  }
});

test('a name that leads here by way of a foreign name server is not answered', async () => {
  const { preview } = await previewFilm();
  const { port } = preview;
  const hosts = [
    'evil.example',
    `evil.example:${port}`,
    '127.0.0.1',
    `127.0.0.1:${port + 1}`,
    `127.0.0.1.evil.example:${port}`,
    `[::1]:${port}`,
    '',
  ];
  for (const host of hosts) {
    expect(statusOf(await preview.raw(`GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`))).toBe(
      403,
    );
  }
  expect(statusOf(await preview.raw('GET / HTTP/1.1\r\nConnection: close\r\n\r\n'))).toBe(400);
  expect(statusOf(await preview.raw('GET / HTTP/1.0\r\n\r\n'))).toBe(403);
  for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `LOCALHOST:${port}`]) {
    expect(statusOf(await preview.raw(`GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`))).toBe(
      200,
    );
  }
});

test('nothing of the API is told to who does not have the token of this run', async () => {
  const { preview, folder } = await previewFilm();
  const paths = [
    '/api/session',
    '/api/sheet',
    '/api/events',
    '/api/picture',
    '/api/folder?path=/',
    '/api/nothing',
    filePath(join(folder, 'sounds/hum.wav')),
  ];
  const wrong = [
    undefined,
    '',
    'x',
    preview.token.slice(0, -1),
    `${preview.token}x`,
    preview.token.toUpperCase(),
  ];
  for (const path of paths) {
    for (const token of wrong) {
      const response = await preview.api(path, { headers: { 'x-runout-token': token } });
      expect(response.status).toBe(403);
      expect(await response.json()).toMatchObject({ kind: 'refused' });
    }
  }
  const byQuery = await preview.api(`/api/session?token=${preview.token}`, {
    headers: { 'x-runout-token': undefined },
  });
  expect(byQuery.status).toBe(200);
});

test('a write takes the token by the header only, and an origin', async () => {
  const { preview } = await previewFilm();
  const put = (headers: Record<string, string | undefined>, path = '/api/sheet') =>
    preview.api(path, { method: 'PUT', body: '{}', headers: { 'If-Match': '"x"', ...headers } });
  expect((await put({})).status).toBe(412);
  expect((await put({ 'x-runout-token': undefined }, `/api/sheet?token=${preview.token}`)).status).toBe(403);
  expect((await put({ Origin: undefined })).status).toBe(403);
});

test('pages of other origins are refused, whatever they know', async () => {
  const { preview } = await previewFilm();
  const { port } = preview;
  const origins = [
    'null',
    'https://evil.example',
    `http://127.0.0.1:${port + 1}`,
    `https://127.0.0.1:${port}`,
    `http://127.0.0.1:${port}.evil.example`,
  ];
  for (const Origin of origins) {
    expect((await preview.api('/api/session', { headers: { Origin } })).status).toBe(403);
    expect((await preview.api('/', { headers: { Origin } })).status).toBe(403);
    expect((await preview.api('/api/sheet', { method: 'PUT', body: '{}', headers: { Origin } })).status).toBe(
      403,
    );
  }
  for (const site of ['cross-site', 'same-site']) {
    const ask = async (path: string, mode: string) =>
      statusOf(
        await preview.raw(
          [
            `GET ${path} HTTP/1.1`,
            `Host: 127.0.0.1:${port}`,
            `x-runout-token: ${preview.token}`,
            `Sec-Fetch-Site: ${site}`,
            `Sec-Fetch-Mode: ${mode}`,
            'Connection: close\r\n\r\n',
          ].join('\r\n'),
        ),
      );
    expect(await ask('/api/session', 'cors')).toBe(403);
    expect(await ask('/', 'no-cors')).toBe(403);
    // A link to the preview is followed.
    expect(await ask('/', 'navigate')).toBe(200);
  }
});

test('a preflight of another origin gets no permission', async () => {
  const { preview } = await previewFilm();
  const response = await preview.api('/api/sheet', {
    method: 'OPTIONS',
    headers: { Origin: 'https://evil.example', 'Access-Control-Request-Method': 'PUT' },
  });
  expect(response.status).toBe(403);
  expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
});

test('the sheet, its edit and its sounds can be read, and nothing else', async () => {
  const folder = makeFilm({ sheet: { ...SHEET, sounds: { ...SHEET.sounds, odd: { file: 'sounds/odd' } } } });
  for (const name of [
    'secret.txt',
    'sounds/odd',
    'sounds/other',
    '.hidden.wav',
    '.git/hum.wav',
    'package.json',
  ]) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), wav(10));
  }
  writeFileSync(join(folder, 'sounds/unnamed.wav'), wav(10));
  const preview = await startPreview([join(folder, 'film.cues.json')]);
  const statusFor = async (name: string) => (await preview.api(filePath(join(folder, name)))).status;
  expect(await statusFor('film.cues.json')).toBe(200);
  expect(await statusFor('cut.edl')).toBe(200);
  expect(await statusFor('sounds/hum.wav')).toBe(200);
  // By its name in the saved sheet, and by its ending: a text that is not saved may name it.
  expect(await statusFor('sounds/odd')).toBe(200);
  expect(await statusFor('sounds/unnamed.wav')).toBe(200);
  for (const name of [
    'secret.txt',
    'sounds/other',
    '.hidden.wav',
    '.git/hum.wav',
    'package.json',
    'sounds',
    '.',
  ]) {
    expect(await statusFor(name)).toBe(403);
  }
  expect(await statusFor('sounds/missing.wav')).toBe(404);
});

test('no way of writing a path leads out of the project', async () => {
  const outside = makeFolder();
  writeFileSync(join(outside, 'secret.wav'), wav(10));
  const { preview, folder } = await previewFilm();
  const sounds = join(folder, 'sounds');
  const paths = [
    join(outside, 'secret.wav'),
    `${sounds}/../../${outside.split('/').pop()}/secret.wav`,
    `${sounds}//hum.wav`,
    `${sounds}/./hum.wav`,
    `${sounds}/hum.wav/`,
    `${sounds}/../sounds/hum.wav`,
    `${sounds}\\..\\..\\secret.wav`,
    `${folder}-2/hum.wav`,
    'sounds/hum.wav',
    '../secret.wav',
    '',
    '/',
    '/etc/passwd',
    '/dev/zero',
    '/proc/self/environ',
    `file://${sounds}/hum.wav`,
    'C:\\Windows\\win.ini',
    '\\\\server\\share\\a.wav',
    `${sounds}/hum.wav\0.wav`,
    `${sounds}/\0hum.wav`,
    `${sounds}/${'a'.repeat(5000)}.wav`,
  ];
  for (const path of paths) {
    const response = await preview.api(filePath(path));
    expect([400, 403, 404, 500]).toContain(response.status);
    // Of what lies outside nothing is told, not even whether it is there.
    if (!path.startsWith(sounds))
      expect(await response.json()).toMatchObject({ message: 'does not lie in the project' });
    const names = await preview.api(`/api/folder?path=${encodeURIComponent(path)}`);
    if (names.ok) expect(await names.json()).toEqual([]);
  }
});

test('a link may lead about in the project, and not out of it', async () => {
  const outside = makeFolder();
  writeFileSync(join(outside, 'secret.wav'), wav(10));
  const { preview, folder } = await previewFilm();
  symlinkSync(join(folder, 'sounds/hum.wav'), join(folder, 'inside.wav'));
  symlinkSync(join(outside, 'secret.wav'), join(folder, 'outside.wav'));
  symlinkSync(outside, join(folder, 'away'));
  symlinkSync(join(folder, 'round.wav'), join(folder, 'round.wav'));
  expect((await preview.api(filePath(join(folder, 'inside.wav')))).status).toBe(200);
  for (const name of ['outside.wav', 'away/secret.wav', 'round.wav']) {
    const response = await preview.api(filePath(join(folder, name)));
    expect([403, 500]).toContain(response.status);
    expect(await response.json()).toMatchObject({ kind: expect.stringMatching(/denied|failed/) });
  }
  const names = await preview.api(`/api/folder?path=${encodeURIComponent(join(folder, 'away'))}`);
  expect(await names.json()).toEqual([]);
});

test('a folder is listed with what the sheet might name in it', async () => {
  const { preview, folder } = await previewFilm();
  for (const name of ['notes.txt', '.secret.wav', 'take.flac'])
    writeFileSync(join(folder, 'sounds', name), '');
  const response = await preview.api(`/api/folder?path=${encodeURIComponent(join(folder, 'sounds'))}`);
  expect(await response.json()).toEqual(['hum.wav', 'knock.wav', 'take.flac']);
  // The sheet's own folder is never empty: a name that it lacks is a name that it lacks, as for `runout check`.
  const own = await preview.api(`/api/folder?path=${encodeURIComponent(folder)}`);
  expect(await own.json()).toEqual(['cut.edl', 'film.cues.json']);
});

test('no way of writing a URL leads out of the app', async () => {
  const { preview } = await previewFilm();
  const targets = [
    '/../package.json',
    '/..%2fpackage.json',
    '/%2e%2e/package.json',
    '/..%5cpackage.json',
    '/assets/../../cli/program.cjs',
    '/assets/..%2f..%2fcli%2fprogram.cjs',
    '/assets/',
    '//etc/passwd',
    '/etc/passwd',
    '/index.html%00.js',
    'http://evil.example/',
    'file:///etc/passwd',
    '*',
    '/api/../index.html',
    '/%',
  ];
  for (const target of targets) {
    const answer = await preview.raw(
      `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${preview.port}\r\nConnection: close\r\n\r\n`,
    );
    expect([400, 403, 404]).toContain(statusOf(answer));
    expect(answer).not.toContain('root:');
  }
});

test('every answer carries the headers that keep a page in its place', async () => {
  const { preview, folder } = await previewFilm();
  const script = /src="\.(\/assets\/[^"]+)"/.exec(await (await fetch(preview.url)).text())?.[1] ?? '';
  const paths = [
    '/',
    script,
    '/nothing',
    '/api/session',
    '/api/nothing',
    filePath(join(folder, 'sounds/hum.wav')),
    filePath('/etc/passwd'),
  ];
  for (const path of paths) {
    const { headers } = await preview.api(path);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.get('cache-control')).toBe(path === script ? 'max-age=31536000, immutable' : 'no-store');
    const policy = headers.get('content-security-policy') ?? '';
    for (const part of [
      "default-src 'none'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "form-action 'none'",
      "connect-src 'self'",
    ]) {
      expect(policy).toContain(part);
    }
    expect(policy).not.toMatch(/unsafe-inline|unsafe-eval'(?<!wasm-unsafe-eval')|\*/);
  }
});

test('the page has a new nonce each time, and the token of the run', async () => {
  const { preview } = await previewFilm();
  const nonces = await Promise.all(
    [1, 2].map(async () => {
      const response = await fetch(preview.url);
      const nonce = /property="csp-nonce" nonce="([^"]+)"/.exec(await response.text())?.[1];
      expect(response.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`);
      return nonce;
    }),
  );
  expect(nonces[0]).not.toBe(nonces[1]);
  expect(preview.token).toMatch(/^[\w-]{32}$/);
  expect((await startPreview([join(makeFilm(), 'film.cues.json')])).token).not.toBe(preview.token);
});

test('methods that the API does not know are told what it knows', async () => {
  const { preview } = await previewFilm();
  for (const method of ['POST', 'DELETE', 'PATCH']) {
    const response = await preview.api('/api/sheet', { method });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, PUT');
  }
  expect((await preview.api('/', { method: 'POST' })).status).toBe(405);
});

test('huge headers and nonsense end a connection and not the preview', async () => {
  const { preview } = await previewFilm();
  const host = `Host: 127.0.0.1:${preview.port}\r\n`;
  expect(statusOf(await preview.raw(`GET / HTTP/1.1\r\n${host}X: ${'a'.repeat(100_000)}\r\n\r\n`))).toBe(431);
  expect(statusOf(await preview.raw(`GET /${'a'.repeat(100_000)} HTTP/1.1\r\n${host}\r\n`))).toBe(431);
  expect(statusOf(await preview.raw('\x16\x03\x01 nonsense\r\n\r\n'))).toBe(400);
  expect(
    statusOf(
      await preview.raw(
        `PUT /api/sheet HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n`,
      ),
    ),
  ).toBe(400);
  expect((await preview.api('/api/session')).status).toBe(200);
});

test('who sends a request letter by letter is cut off, and others are answered meanwhile', async () => {
  const { preview } = await previewFilm();
  const slow = Array.from({ length: 50 }, () => {
    const socket = connect(preview.port, '127.0.0.1');
    socket.on('error', () => {});
    socket.write('GET / HTTP/1.1\r\nX');
    return socket;
  });
  expect((await preview.api('/api/session')).status).toBe(200);
  await Promise.all(slow.map((socket) => new Promise((resolve) => socket.on('close', resolve).resume())));
}, 30_000);

test('a tab more than there may be is told so, and the others go on', async () => {
  const { preview } = await previewFilm();
  const abort = new AbortController();
  const open = () => preview.api('/api/events', { signal: abort.signal });
  const streams = await Promise.all(Array.from({ length: 32 }, open));
  expect(streams.every(({ status }) => status === 200)).toBe(true);
  expect((await open()).status).toBe(503);
  expect((await preview.api('/api/session')).status).toBe(200);
  abort.abort();
  await expect
    .poll(async () => (await preview.api('/api/events', { signal: AbortSignal.timeout(500) })).status)
    .toBe(200);
});
