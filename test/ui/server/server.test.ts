import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { connect, type ServerConnection, ServerProblem } from '../../../src/ui/server/server.ts';
import { makeFilm, wav } from '../../cli/film.ts';
import { type Served, serve } from './serve.ts';
import { TestEventSource } from './test-event-source.ts';

/** Node's fetch sends no origin, which a browser does with every write. */
const nodeFetch = globalThis.fetch;

beforeEach(() => {
  vi.stubGlobal('EventSource', TestEventSource);
  vi.stubGlobal('fetch', (url: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers);
    if (init.method === 'PUT') headers.set('Origin', new URL(url).origin);
    return nodeFetch(url, { ...init, headers });
  });
});
afterEach(() => vi.unstubAllGlobals());

interface Film extends Served {
  readonly sheet: string;
  readonly connection: ServerConnection;
}

async function connectFilm(): Promise<Film> {
  const folder = makeFilm();
  const sheet = join(folder, 'film.cues.json');
  const served = await serve(sheet, folder);
  return { ...served, sheet, connection: await open(served) };
}

async function open({ access }: Served): Promise<ServerConnection> {
  const connection = await connect(access);
  onTestFinished(() => connection.dispose());
  return connection;
}

describe('the sheet', () => {
  test('is read and saved, and a save of one’s own is no news', async () => {
    const { connection, sheet } = await connectFilm();
    const told = vi.fn();
    connection.onSheetChanged(told);
    const { text, etag } = await connection.readSheet();
    expect(text).toBe(readFileSync(sheet, 'utf8'));
    const saved = await connection.saveSheet(`${text}\n`, etag);
    expect(saved).toEqual({ etag: expect.stringMatching(/^"[0-9a-f]{64}"$/) });
    expect(readFileSync(sheet, 'utf8')).toBe(`${text}\n`);
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(told).not.toHaveBeenCalled();
  });

  test('that another tab saves is news, and a conflict for who does not know', async () => {
    const { connection, access, server } = await connectFilm();
    const other = await open({ access, server });
    const told = vi.fn();
    connection.onSheetChanged(told);
    const { etag } = await connection.readSheet();
    await other.readSheet();
    const saved = await other.saveSheet('{"theirs": 1}', etag);
    await expect.poll(() => told.mock.calls).toEqual([['etag' in saved && saved.etag]]);
    expect(await connection.saveSheet('{"mine": 1}', etag)).toEqual({
      conflict: { ...saved, text: '{"theirs": 1}' },
    });
  });

  test('that has gone is news, and is made again only by who knows it', async () => {
    const { connection, sheet } = await connectFilm();
    const told = vi.fn();
    connection.onSheetChanged(told);
    const { text, etag } = await connection.readSheet();
    rmSync(sheet);
    await expect.poll(() => told.mock.calls).toEqual([[undefined]]);
    expect(await connection.saveSheet(text, etag)).toEqual({ conflict: {} });
    expect(await connection.saveSheet(text, undefined)).toEqual({ etag });
  });

  test('that is not UTF-8 is not taken for text', async () => {
    const { connection, sheet } = await connectFilm();
    writeFileSync(sheet, Buffer.from([0x7b, 0xff, 0x7d]));
    await expect(connection.readSheet()).rejects.toThrow('the sheet is not UTF-8 text');
  });
});

describe('a connection', () => {
  test('that breaks is taken up again, and all files may have changed', async () => {
    const { connection } = await connectFilm();
    const told = vi.fn();
    connection.onFilesChanged(told);
    await expect.poll(() => connection.state.value).toBe('open');
    TestEventSource.last?.fail();
    await expect.poll(() => connection.state.value).toBe('away');
    expect(connection.isConnected.value).toBe(false);
    await expect.poll(() => connection.state.value, { timeout: 5000 }).toBe('open');
    expect(told.mock.calls).toEqual([['all']]);
  });

  test('to a server that another has taken the place of says so', async () => {
    const { connection, server, sheet, access } = await connectFilm();
    await expect.poll(() => connection.state.value).toBe('open');
    await server.close();
    await expect.poll(() => connection.state.value).toBe('away');
    await expect(connection.saveSheet('{}', '"x"')).rejects.toThrow(ServerProblem);
    await serve(sheet, join(sheet, '..'), Number(new URL(access.origin).port));
    await expect.poll(() => connection.state.value, { timeout: 8000 }).toBe('restarted');
  });

  test('that never was is a problem in words', async () => {
    await expect(connect({ origin: 'http://127.0.0.1:9', token: '' })).rejects.toThrow(
      'the preview does not answer',
    );
  });
});

test('a dropped sound has the name that the sheet can call it by, and its length', async () => {
  const { connection } = await connectFilm();
  expect(await connection.writeSound('hum.wav', new Blob([new Uint8Array(wav(20))]))).toEqual({
    file: 'sounds/hum-2.wav',
    sampleRate: 48000,
    samples: 20,
  });
  await expect(connection.writeSound('hum.wav', new Blob(['no sound']))).rejects.toThrow('hum.wav');
});
