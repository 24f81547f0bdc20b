import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Download, Page, Route } from 'playwright';
import { beforeAll, describe, expect, test } from 'vitest';
import { filesIn, SHEET, wav } from '../cli/film.ts';
import { runout } from '../cli/run-cli.ts';
import { copyDemo, makeProject, openPage, type Preview, startPreview, type TestPage } from './preview.ts';
import { readZip } from './read-zip.ts';

const DEMO = 'cues/ballroom.cues.json';
/** In the demo: before and after its three seconds of nothing, samples. */
const AROUND_THE_SILENCE = { from: 48000 * 230 + 77, to: 48000 * 250 };

const RANGE_OPTIONS = [
  ...['--from', `start + ${AROUND_THE_SILENCE.from}smp`],
  ...['--to', `start + ${AROUND_THE_SILENCE.to}smp`],
];

type Hashes = Readonly<Record<string, string>>;

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** What the command line writes of the same sheet. */
async function renderedByCommand(folder: string, sheet: string, ...options: string[]): Promise<Hashes> {
  const out = join(makeProject(), 'out');
  const ended = await runout(['render', sheet, '--out', out, ...options], { cwd: folder });
  expect(ended.code).toBe(0);
  return Object.fromEntries(readdirSync(out).map((name) => [name, sha256(readFileSync(join(out, name)))]));
}

/** Lets the user "choose" a folder of the browser's private file system, which is the same to whoever writes. */
async function offerFolder(page: Page, name: string): Promise<void> {
  await page.evaluate(async (folder) => {
    const root = await navigator.storage.getDirectory();
    const handle = await root.getDirectoryHandle(folder, { create: true });
    window.showDirectoryPicker = async () => handle;
  }, name);
}

/** SHA-256 of the files in such a folder. */
function hashesIn(page: Page, name: string): Promise<Hashes> {
  return page.evaluate(async (folder) => {
    const root = await navigator.storage.getDirectory();
    const handle = await root.getDirectoryHandle(folder);
    const hashes: Record<string, string> = {};
    for await (const file of handle.values()) {
      if (!(file instanceof FileSystemFileHandle)) continue;
      const bytes = await (await file.getFile()).arrayBuffer();
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
      hashes[file.name] = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
    }
    return hashes;
  }, name);
}

async function openRender(preview: Preview): Promise<TestPage> {
  const opened = await openPage(preview);
  await opened.page.getByRole('tab', { name: 'Render' }).click();
  return opened;
}

async function mark(page: Page, { from, to }: { from: number; to: number }): Promise<void> {
  await page.evaluate(
    ([start, end]) => {
      const { transport } = window.runoutTest!.workspace;
      transport.inMark.value = start;
      transport.outMark.value = end;
    },
    [from, to] as const,
  );
}

async function downloaded(download: Download): Promise<Buffer> {
  return readFileSync(await download.path());
}

/** A small film, rendered in a moment. */
function smallFilm(
  change: (sheet: typeof SHEET) => unknown = (sheet) => sheet,
  knock: Buffer = wav(9600),
): string {
  return makeProject({
    'cues/film.cues.json': JSON.stringify(change({ ...SHEET })),
    'cues/cut.edl': readEdl(),
    'cues/sounds/hum.wav': wav(96000),
    'cues/sounds/knock.wav': knock,
  });
}

function readEdl(): string {
  return `TITLE: SMALL
FCM: NON-DROP FRAME

001  A001     V     C        00:00:00:00 00:00:06:00 01:00:00:00 01:00:06:00
* FROM CLIP NAME: 1-1
002  A002     V     C        00:00:00:00 00:00:04:00 01:00:06:00 01:00:10:00
* FROM CLIP NAME: 2-1
`;
}

describe('the demo rendered in the browser', () => {
  let preview: Preview;
  beforeAll(async () => {
    preview = await startPreview(copyDemo(), DEMO);
  });

  test('is in a folder, byte by byte, what the command line writes: at 24 bits, manifest and all', async () => {
    const { page, faults, close } = await openRender(preview);
    // The whole of it takes a crowded machine a minute.
    const isWhole = process.env['RUNOUT_SOAK'] !== undefined;
    if (!isWhole) {
      await mark(page, AROUND_THE_SILENCE);
      await page.getByRole('radio', { name: 'In to out' }).check();
    }
    await page.getByRole('button', { name: 'Mute room' }).first().click();
    await page.getByText('nothing is rendered, it is the monitor’s: room muted.').waitFor();
    await offerFolder(page, 'stems');
    await page.getByRole('button', { name: 'Render to a folder…' }).click();
    await page.getByText('4 files and their manifest').waitFor({ timeout: 100_000 });
    const range = isWhole ? [] : RANGE_OPTIONS;
    expect(await hashesIn(page, 'stems')).toEqual(await renderedByCommand(preview.folder, DEMO, ...range));
    expect(await page.getByRole('table').getByRole('row').allInnerTexts()).toContainEqual(
      expect.stringMatching(/^Ballroom_mix\.wav\s+-\d+\.\d\s+\d+\.\d\s+-\d+\.\d\s+-\d+\.\d$/),
    );
    await page.getByText('Sum of stems less mix: 0').waitFor();
    await page.getByText(/Silence nothing: .*, 3\.000 s of zero/).waitFor();
    expect(faults).toEqual([]);
    await close();
  });

  test.each([
    ['16', '16 bits, dithered'],
    ['32f', '32-bit float'],
  ])('from in to out at %s bits is what the command line writes of that range', async (bits, words) => {
    const { page, faults, close } = await openRender(preview);
    await mark(page, AROUND_THE_SILENCE);
    await page.getByRole('radio', { name: 'In to out' }).check();
    await page.getByLabel('Samples').selectOption({ label: words });
    await page.getByRole('checkbox', { name: 'sfx' }).uncheck();
    await offerFolder(page, `range-${bits}`);
    await page.getByRole('button', { name: 'Render to a folder…' }).click();
    await page.getByText('3 files and their manifest').waitFor({ timeout: 100_000 });
    const options = [...RANGE_OPTIONS, '--bits', bits, '--stems', 'room,record'];
    expect(await hashesIn(page, `range-${bits}`)).toEqual(
      await renderedByCommand(preview.folder, DEMO, ...options),
    );
    expect(faults).toEqual([]);
    await close();
  });

  test('can be called off, and leaves nothing', async () => {
    const { page, close } = await openRender(preview);
    await offerFolder(page, 'cancelled');
    await page.getByRole('button', { name: 'Render to a folder…' }).click();
    await page.getByText('Rendering', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('Cancelled: nothing was written.').waitFor();
    expect(await hashesIn(page, 'cancelled')).toEqual({});
    const left = await page.evaluate(async () => {
      const root = await navigator.storage.getDirectory();
      const names: string[] = [];
      for await (const name of (await root.getDirectoryHandle('renders')).keys()) names.push(name);
      return names;
    });
    expect(left).toEqual([]);
    await close();
  });
});

describe('a small film', () => {
  test('is called off at once while its sounds are being opened, and can be rendered anew', async () => {
    const preview = await startPreview(smallFilm(), 'cues/film.cues.json');
    const { page, faults, close } = await openRender(preview);
    // A sound that never comes: what opens it answers to nobody.
    let isHeld = true;
    const held: Route[] = [];
    await page.context().route('**/api/files?*', (route) => {
      if (!isHeld) return route.continue();
      held.push(route);
      return undefined;
    });
    await page.getByRole('button', { name: 'Render as a zip' }).click();
    await page.getByText('Opening the sounds').waitFor();
    await expect.poll(() => held.length).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('Cancelled: nothing was written.').waitFor({ timeout: 2000 });
    isHeld = false;
    const waiting = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Render as a zip' }).click();
    expect((await waiting).suggestedFilename()).toBe('Small_stems.zip');
    expect(faults).toEqual([]);
    await close();
    await preview.stop();
  });

  test('comes as a zip of the same files, and the same zip each time', async () => {
    const folder = smallFilm();
    const preview = await startPreview(folder, 'cues/film.cues.json');
    const { page, faults, close } = await openRender(preview);
    const zips: Buffer[] = [];
    for (let round = 0; round < 2; round++) {
      const waiting = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Render as a zip' }).click();
      const download = await waiting;
      expect(download.suggestedFilename()).toBe('Small_stems.zip');
      zips.push(await downloaded(download));
    }
    expect(zips[0]!.equals(zips[1]!)).toBe(true);
    const hashes = Object.fromEntries([...readZip(zips[0]!)].map(([name, bytes]) => [name, sha256(bytes)]));
    expect(hashes).toEqual(await renderedByCommand(folder, 'cues/film.cues.json'));
    expect(faults).toEqual([]);
    await close();
  });

  test('is bounced from in to out as stereo floats: the samples of the command line’s mix', async () => {
    const folder = smallFilm();
    const preview = await startPreview(folder, 'cues/film.cues.json');
    const { page, faults, close } = await openRender(preview);
    await mark(page, { from: 20_001, to: 100_000 });
    const waiting = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Bounce in to out' }).click();
    const download = await waiting;
    expect(download.suggestedFilename()).toBe('Small_bounce.wav');
    const bounced = await downloaded(download);
    const out = join(folder, 'out');
    const range = ['--from', 'start + 20001smp', '--to', 'start + 100000smp'];
    await runout(['render', 'cues/film.cues.json', '--out', out, '--bits', '32f', ...range], { cwd: folder });
    const mix = readFileSync(join(out, 'Small_mix.wav'));
    const bytes = 79_999 * 2 * 4;
    expect(bounced.length).toBe(44 + bytes);
    expect(bounced.subarray(20, 36)).toEqual(
      // Float, stereo, 48 kHz.
      Buffer.from([3, 0, 2, 0, 0x80, 0xbb, 0, 0, 0, 0xdc, 5, 0, 8, 0, 32, 0]),
    );
    expect(sha256(bounced.subarray(44))).toBe(sha256(mix.subarray(mix.length - bytes)));
    expect(faults).toEqual([]);
    await close();
  });

  test('is saved before it is rendered, so that the manifest names what is on the disk', async () => {
    const folder = smallFilm();
    const preview = await startPreview(folder, 'cues/film.cues.json');
    const { page, faults, close } = await openRender(preview);
    await page.evaluate(() => {
      const { document: sheet } = window.runoutTest!.workspace;
      sheet.change('Louder', [{ path: ['cues', 1, 'gainDb'], value: -3 }]);
    });
    await page.getByText('The sheet is saved first.').waitFor();
    await offerFolder(page, 'out');
    await page.getByRole('button', { name: 'Render to a folder…' }).click();
    await page.getByText('3 files and their manifest').waitFor();
    expect(await hashesIn(page, 'out')).toEqual(await renderedByCommand(folder, 'cues/film.cues.json'));
    // What this sheet has rendered may be rendered over; what is another's may not.
    await page.getByRole('button', { name: 'Render to a folder…' }).click();
    await page.getByText('3 files and their manifest').waitFor();
    await page.evaluate(() => {
      window.runoutTest!.workspace.transport.outMark.value = 48_000;
    });
    await page.getByLabel('In to out').check();
    await page.getByRole('button', { name: 'Render to a folder…' }).click();
    await page.getByText('have taken the place of those of the whole film').waitFor();
    await page.evaluate(async () => {
      const root = await navigator.storage.getDirectory();
      await (await root.getDirectoryHandle('out')).getFileHandle('holiday.jpg', { create: true });
    });
    await page.getByRole('button', { name: 'Render to a folder…' }).click();
    await page.getByText('out holds files that this render would not replace: holiday.jpg').waitFor();
    expect(faults).toEqual([]);
    await close();
  });

  test('that clips is not written, in the words of the command line', async () => {
    const change = (sheet: typeof SHEET) => ({
      ...sheet,
      cues: sheet.cues.map((cue) => (cue.id === 'knocks' ? { ...cue, gainDb: 12 } : cue)),
    });
    const loud = wav(9600);
    for (let at = 44; at < loud.length; at += 4) loud.writeInt32LE(0x7fff8000, at);
    const folder = smallFilm(change, loud);
    const preview = await startPreview(folder, 'cues/film.cues.json');
    const { page, close } = await openRender(preview);
    await offerFolder(page, 'out');
    await page.getByRole('button', { name: 'Render to a folder…' }).click();
    await page.getByText('nothing was written').waitFor();
    const told = await runout(['render', 'cues/film.cues.json', '--out', 'out', '--json'], { cwd: folder });
    const { issues } = JSON.parse(told.stdout) as {
      issues: { file: string; line: number; column: number; message: string }[];
    };
    expect(issues.length).toBeGreaterThan(0);
    for (const { file, line, column, message } of issues) {
      const item = page.locator('.render-issues').getByRole('listitem').filter({ hasText: message });
      expect(await item.innerText()).toContain(`${file}:${line}:${column}`);
    }
    expect(await hashesIn(page, 'out')).toEqual({});
    await close();
  });

  test('whose sound is gone is not written', async () => {
    const folder = smallFilm();
    const preview = await startPreview(folder, 'cues/film.cues.json');
    const { page, close } = await openRender(preview);
    writeFileSync(join(folder, 'cues/sounds/knock.wav'), 'no sound any more');
    await offerFolder(page, 'out');
    await page.getByRole('button', { name: 'Render to a folder…' }).click();
    await page.locator('.render-issues').getByText('sounds/knock.wav', { exact: false }).first().waitFor();
    expect(await hashesIn(page, 'out')).toEqual({});
    expect(filesIn(folder).filter((name) => name.includes('.part'))).toEqual([]);
    await close();
  });
});
