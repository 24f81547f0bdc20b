import { beforeAll, expect, test } from 'vitest';
import { copyDemo, openPage, type Preview, startPreview } from './preview.ts';

const RATE = 48000;

let preview: Preview;

beforeAll(async () => {
  preview = await startPreview(copyDemo(), 'cues/ballroom.cues.json');
});

test('sounds are added by keys alone: from the command to the file chooser to the lane', async () => {
  const { page, faults, close } = await openPage(preview);
  await page.evaluate((at) => window.runoutTest!.workspace.transport.seek(at), 60 * RATE);
  const choosing = page.waitForEvent('filechooser');
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
