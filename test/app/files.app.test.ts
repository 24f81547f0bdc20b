import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { beforeAll, describe, expect, test } from 'vitest';
import { hasFfmpeg, makeCodedVideo } from './coded-video.ts';
import { copyDemo, openPage, type Preview, startPreview } from './preview.ts';

const RATE = 48000;

let preview: Preview;

beforeAll(async () => {
  preview = await startPreview(copyDemo(), 'cues/ballroom.cues.json');
});

test('sounds are added by keys alone: from the command to the file chooser to the lane', async () => {
  const { page, faults, close } = await openPage(preview);
  // Before there is a lane the command says what it needs.
  await page.locator('.tl-cue').first().waitFor();
  // Asked for before the page answers once more: a chooser that opens before Chromium has heard of it goes unseen.
  const choosing = page.waitForEvent('filechooser');
  await page.evaluate((at) => window.runoutTest!.workspace.transport.seek(at), 60 * RATE);
  await page.keyboard.press('Control+i');
  const chooser = await choosing;
  expect(chooser.isMultiple()).toBe(true);
  await chooser.setFiles(['mop-1.flac', 'mop-2.flac'].map((name) => `${preview.folder}/samples/${name}`));
  await page.waitForFunction(() => window.runoutTest!.workspace.view.selection.value.length === 2);
  const starts = await page.evaluate(async () => {
    const { studio, document: sheet, view } = window.runoutTest!.workspace;
    while (studio.film.value!.revision < sheet.revision.value)
      await new Promise((done) => setTimeout(done, 20));
    const { cues, stems } = studio.film.value!.score;
    const added = cues.filter(({ id }) => view.selection.value.includes(id));
    return added.map(({ start, stem }) => ({ start, isFirst: stem === stems[0]!.id }));
  });
  expect(starts[0]).toEqual({ start: 60 * RATE, isFirst: true });
  expect(starts).toHaveLength(2);
  expect(await page.locator('input[type=file]').count()).toBe(0);
  expect(faults).toEqual([]);
  await close();
});

/** Drags files over a place and lets go. @returns Whether the browser was kept from opening them in the app's place */
function drop(page: Page, selector: string, files: readonly { name: string; bytes: Buffer; type: string }[]) {
  const data = files.map(({ name, bytes, type }) => ({ name, type, base64: bytes.toString('base64') }));
  return page.evaluate(
    ([place, dropped]) => {
      const dataTransfer = new DataTransfer();
      for (const { name, type, base64 } of dropped) {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        dataTransfer.items.add(new File([bytes], name, { type }));
      }
      const element = document.querySelector(place)!;
      const { left, top } = element.getBoundingClientRect();
      const options = {
        bubbles: true,
        cancelable: true,
        dataTransfer,
        clientX: left + 200,
        clientY: top + 5,
      };
      const isPrevented = (type: string) => !element.dispatchEvent(new DragEvent(type, options));
      return isPrevented('dragover') && isPrevented('drop');
    },
    [selector, data] as const,
  );
}

test('a sound that is dropped beside a lane changes nothing, and it is said where to drop it', async () => {
  const { page, faults, close } = await openPage(preview);
  const before = await page.evaluate(() => window.runoutTest!.workspace.document.text.value);
  const sound = { name: 'mop-1.flac', bytes: readFileSync('samples/mop-1.flac'), type: 'audio/flac' };
  const places = [
    '.picture',
    '.tl-lane:not([data-stem])',
    '.tl-ruler',
    '.cue-list',
    '.app-transport',
    '.tl-head',
  ];
  for (const place of places) expect([place, await drop(page, place, [sound])]).toEqual([place, true]);
  const notices = await page.evaluate(() =>
    window.runoutTest!.notices.list.value.map(({ message }) => message),
  );
  expect(notices).toEqual([
    'Nothing was added: drop sounds on a lane of the timeline, or press Ctrl I to add them at the playhead',
  ]);
  expect(await page.evaluate(() => window.runoutTest!.workspace.document.text.value)).toBe(before);
  expect(faults).toEqual([]);
  await close();
});

describe.skipIf(!hasFfmpeg)('a video that is dropped', () => {
  const FRAMES = 72;
  let video: { name: string; bytes: Buffer; type: string };

  beforeAll(() => {
    const path = join(preview.folder, 'rough.webm');
    makeCodedVideo(path, FRAMES, '24', ['-c:v', 'libvpx', '-b:v', '1M', '-c:a', 'libopus']);
    video = { name: 'rough.webm', bytes: readFileSync(path), type: 'video/webm' };
  });

  test.each(['.picture', '.tl-lane[data-stem=sfx]'])(
    'on %s is the picture, on its exact frames',
    async (place) => {
      const { page, faults, close } = await openPage(preview);
      const before = await page.evaluate(() => window.runoutTest!.workspace.document.text.value);
      expect(await drop(page, place, [video])).toBe(true);
      await page.locator('.picture video').waitFor();
      await page.evaluate((at) => window.runoutTest!.workspace.transport.seek(at), 50 * 2000);
      await page.waitForFunction(() => document.querySelector('video')?.dataset['frame'] === '50');
      // Its own sound, and the shots' first frames.
      await page.waitForFunction(() => window.runoutTest!.workspace.desk.guide.value !== undefined);
      await page.locator('.tl-picture:not([hidden])').first().waitFor();
      expect(await page.evaluate(() => window.runoutTest!.workspace.document.text.value)).toBe(before);
      expect(faults).toEqual([]);
      await close();
    },
  );

  test('and cannot be shown leaves the one that is', async () => {
    const { page, close } = await openPage(preview);
    await drop(page, '.picture', [video]);
    await page.locator('.picture video').waitFor();
    await drop(page, '.picture', [{ name: 'torn.mp4', bytes: Buffer.from('no video'), type: 'video/mp4' }]);
    await page.getByText('torn.mp4 is no video').waitFor();
    expect(await page.evaluate(() => window.runoutTest!.pictureFile.value?.name)).toBe('rough.webm');
    expect(await page.locator('.picture video').count()).toBe(1);
    await close();
  });
});
