import type { Page } from 'playwright';
import { beforeAll, expect, test } from 'vitest';
import { copyDemo, openPage, type Preview, startPreview } from './preview.ts';

let preview: Preview;

beforeAll(async () => {
  preview = await startPreview(copyDemo(), 'cues/ballroom.cues.json');
});

const ids = (page: Page) =>
  page.evaluate(() => {
    const { value } = window.runoutTest!.workspace.document;
    return (value.value as { cues: { id: string }[] }).cues.map(({ id }) => id);
  });
const selection = (page: Page) => page.evaluate(() => window.runoutTest!.workspace.view.selection.value);
const select = (page: Page, ...wanted: string[]) =>
  page.evaluate((chosen) => {
    window.runoutTest!.workspace.view.selection.value = chosen;
  }, wanted);
const undo = (page: Page) => page.evaluate(() => window.runoutTest!.workspace.document.undo());

test('the browser’s own keys select, copy, cut and paste cues, and ask for no leave', async () => {
  const { page, faults, close } = await openPage(preview);
  const before = await ids(page);
  await page.keyboard.press('Control+a');
  expect((await selection(page)).toSorted()).toEqual(before.toSorted());
  expect(await page.evaluate(() => getSelection()!.toString())).toBe('');
  await select(page, 'sleeve-out');
  await page.keyboard.press('Control+c');
  await page.keyboard.press('Control+v');
  expect(await selection(page)).toEqual(['sleeve-out-2']);
  await undo(page);
  await select(page, 'sleeve-out');
  await page.keyboard.press('Control+x');
  expect(await ids(page)).toEqual(before.filter((id) => id !== 'sleeve-out'));
  await page.keyboard.press('Control+v');
  expect((await ids(page)).toSorted()).toEqual(before.toSorted());
  expect(faults).toEqual([]);
  await close();
});

test('in a text field these keys mean its text, which a copied cue is too', async () => {
  const { page, faults, close } = await openPage(preview);
  const before = await ids(page);
  await select(page, 'sleeve-out');
  await page.keyboard.press('Control+c');
  await page.keyboard.press('Control+f');
  const field = page.getByLabel('Find cues');
  await page.keyboard.press('Control+v');
  expect(await field.inputValue()).toContain('"id": "sleeve-out"');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+x');
  expect(await field.inputValue()).toBe('');
  expect(await ids(page)).toEqual(before);
  expect(await selection(page)).toEqual(['sleeve-out']);
  expect(faults).toEqual([]);
  await close();
});

test('text of the page that is selected is copied, until something else has the focus', async () => {
  const { page, close } = await openPage(preview);
  const notices = () =>
    page.evaluate(() => window.runoutTest!.notices.list.value.map(({ message }) => message));
  await select(page, 'sleeve-out');
  await page.evaluate(() => getSelection()!.selectAllChildren(document.querySelector('.header-title')!));
  await page.keyboard.press('Control+c');
  expect(await notices()).toEqual([]);
  await page.locator('.tl-cue').first().focus();
  await page.keyboard.press('Control+c');
  // The cue that has the focus is the one meant, where it is not one of those that are selected.
  expect(await notices()).toEqual(['Copied give-way']);
  await close();
});

test('other keys and the palette do the same by asking for the clipboard', async () => {
  const { page, faults, close } = await openPage(preview);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await select(page, 'sleeve-out');
  const run = async (title: string) => {
    await page.keyboard.press('Control+k');
    await page.keyboard.type(title);
    await page.keyboard.press('Enter');
  };
  await run('copy the selected');
  await page.getByText('Copied sleeve-out').waitFor();
  expect(JSON.parse(await page.evaluate(() => navigator.clipboard.readText()))).toMatchObject([
    { id: 'sleeve-out' },
  ]);
  await run('paste cues');
  await page.getByText('Pasted sleeve-out-2').waitFor();
  expect(faults).toEqual([]);
  await close();
});
