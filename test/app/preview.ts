import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright';
import { afterAll } from 'vitest';
import { chromiumArguments, findChromium } from '../../scripts/chromium.mjs';
import type { AppParts } from '../../src/ui/app/app.tsx';
import { RUNOUT } from '../cli/run-cli.ts';

/** A `runout preview` that runs for a test. */
export interface Preview {
  readonly url: string;
  /** The project's folder, a copy that the test may change. */
  readonly folder: string;
  /** Ends it, as Ctrl-C does. */
  stop(): Promise<void>;
  /** Ends it without a word. */
  kill(): Promise<void>;
}

/** A copy of the demo in a folder of its own, gone when the test file is over. */
export function copyDemo(): string {
  const folder = makeProject();
  cpSync('samples', join(folder, 'samples'), { recursive: true, filter: (path) => !path.endsWith('.ts') });
  for (const name of ['ballroom.cues.json', 'ballroom.edl', 'cue-sheet.schema.json']) {
    cpSync(join('cues', name), join(folder, 'cues', name));
  }
  return folder;
}

/** An empty project. */
export function makeProject(files: Readonly<Record<string, string | Buffer>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'runout-app-'));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'cues'));
  writeFileSync(join(folder, 'package.json'), '{}');
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** Starts `runout preview` on a sheet. */
export async function startPreview(
  folder: string,
  sheet: string,
  ...options: readonly string[]
): Promise<Preview> {
  const child = spawn(process.execPath, [RUNOUT, 'preview', sheet, '--no-open', ...options], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const kill = () => end(child, 'SIGKILL');
  cleanups.push(kill);
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    let complaint = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const found = /http:\/\/\S+/.exec(said)?.[0];
      if (found) resolve(found);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint += text;
    });
    child.on('exit', (code) => reject(new Error(`runout preview ended with ${code}: ${complaint}`)));
  });
  return { url, folder, stop: () => end(child, 'SIGINT'), kill };
}

let browser: Browser | undefined;

/** Opens a preview in a window of its own and waits until its film is there, or its problems are. */
export async function openPage(preview: Preview, options: BrowserContextOptions = {}): Promise<TestPage> {
  const executablePath = findChromium();
  if (executablePath === undefined || !existsSync(executablePath)) throw new Error('there is no Chromium');
  browser ??= await chromium.launch({ executablePath, args: chromiumArguments });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error.stack)));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  await page.goto(`${preview.url}#test`);
  await page.waitForFunction(() => {
    const parts = window.runoutTest?.workspace;
    if (!parts || parts.studio.readRevision.value < 0) return false;
    // With a film comes a sound device, which takes a moment to open.
    return parts.studio.film.value === undefined || parts.desk.latencyMs.value > 0;
  });
  return { page, faults, close: () => context.close() };
}

export interface TestPage {
  readonly page: Page;
  /** Errors of the page: thrown, unhandled or logged. */
  readonly faults: string[];
  close(): Promise<void>;
}

declare global {
  interface Window {
    /** The parts of the app, on pages that were opened with `#test`. */
    runoutTest?: AppParts;
  }
}

function end(child: ChildProcess, signal: 'SIGINT' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill(signal);
  });
}

const cleanups: (() => unknown)[] = [];
afterAll(async () => {
  await browser?.close();
  browser = undefined;
  for (const cleanup of cleanups.reverse()) await cleanup();
  cleanups.length = 0;
});
