import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { copyDemo, openPage, startPreview } from './preview.ts';

const APP = 'dist/app';
/** What the first load may weigh, gzipped, without the JSON editor. */
const MOST_BYTES = 400_000;

const gzippedBytes = (file: string) => gzipSync(readFileSync(join(APP, file)), { level: 9 }).length;

test('the first load is less than 400 kB gzipped, and the JSON editor is no part of it', async () => {
  const preview = await startPreview(copyDemo(), 'cues/ballroom.cues.json');
  const { page, close } = await openPage(preview);
  const loaded = new Set<string>();
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (request.url().startsWith(preview.url) && !pathname.startsWith('/api/')) loaded.add(pathname);
  });
  await page.reload();
  await page.waitForFunction(() => (window.runoutTest?.workspace.studio.peaksRevision.value ?? 0) > 0);
  await page.waitForLoadState('networkidle', { timeout: 2000 }).catch(() => {});
  const files = [...loaded].map((path) => (path === '/' ? 'index.html' : path.slice(1)));
  expect(files).toContain('index.html');
  expect(files.some((file) => file.endsWith('.wasm'))).toBe(true);
  expect(files.filter((file) => readFileSync(join(APP, file), 'utf8').includes('cm-content'))).toEqual([]);
  const bytes = files.reduce((sum, file) => sum + gzippedBytes(file), 0);
  expect(bytes).toBeLessThan(MOST_BYTES);
  await close();
});

test('the first load does nothing that the page’s policy refuses', async () => {
  const preview = await startPreview(copyDemo(), 'cues/ballroom.cues.json');
  const { page, close } = await openPage(preview);
  const refused: string[] = [];
  await page.exposeFunction('refuse', (directive: string) => refused.push(directive));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, sourceFile }) => {
      Reflect.get(window, 'refuse')(`${violatedDirective} ${sourceFile}`);
    });
  });
  await page.reload();
  await page.waitForFunction(() => (window.runoutTest?.workspace.studio.peaksRevision.value ?? 0) > 0);
  expect(refused).toEqual([]);
  await close();
});

test('the packages that are in the app are named with their licences', () => {
  const notices = readFileSync(join(APP, 'third-party.md'), 'utf8');
  for (const name of [
    'preact',
    'tone',
    'standardized-audio-context',
    'wavesurfer.js',
    'client-zip',
    'audiobuffer-to-wav',
    'zod',
    'mpg123-decoder',
  ]) {
    expect(notices).toContain(`## ${name} `);
  }
});

test('no file of the app holds a script, a style or a worker that its policy would refuse', () => {
  const page = readFileSync(join(APP, 'index.html'), 'utf8');
  expect(page).not.toMatch(/<style|style=|<script(?![^>]*\bsrc=)|\son\w+=/);
  for (const name of readdirSync(join(APP, 'assets'))) {
    if (name.endsWith('.js'))
      expect(readFileSync(join(APP, 'assets', name), 'utf8')).not.toContain('data:video/mp2t');
  }
});
