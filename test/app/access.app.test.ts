import { beforeAll, describe, expect, test } from 'vitest';
import { findFaults } from './axe.ts';
import { copyDemo, openPage, type Preview, startPreview } from './preview.ts';

const PANELS = ['cues', 'inspector', 'text', 'versions', 'render'] as const;

let preview: Preview;

beforeAll(async () => {
  preview = await startPreview(copyDemo(), 'cues/ballroom.cues.json');
});

describe.each(['dark', 'light'] as const)('in the %s theme, axe-core finds nothing', (colorScheme) => {
  test('in the whole app, with each of its panels', async () => {
    const { page, faults, close } = await openPage(preview, { colorScheme });
    await page.evaluate(() => {
      const { view } = window.runoutTest!.workspace;
      view.selection.value = ['mop'];
    });
    for (const panel of PANELS) {
      await page.evaluate((name) => {
        window.runoutTest!.workspace.view.panel.value = name;
      }, panel);
      await page
        .locator(panel === 'text' ? '.cm-content' : `[data-panel="${panel}"] > *`)
        .first()
        .waitFor();
      await page.waitForTimeout(400);
      expect({ panel, found: await findFaults(page) }).toEqual({ panel, found: [] });
    }
    // axe-core itself sets styles that the page's policy forbids; what the app does is looked at elsewhere.
    expect(faults.filter((fault) => !fault.includes('Content Security Policy'))).toEqual([]);
    await close();
  });

  test('in the menu of a cue, which gives the focus back', async () => {
    const { page, close } = await openPage(preview, { colorScheme });
    const cue = page.locator('.tl-cue[data-cue="mop"]');
    await cue.click({ button: 'right' });
    await page.getByRole('menu', { name: 'Menu of mop, practical' }).waitFor();
    expect(await findFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => document.activeElement?.getAttribute('data-cue') === 'mop');
    // By keys, to where its name is written.
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menuitem', { name: 'Rename …' }).click();
    await page.waitForFunction(() => document.activeElement?.closest('.inspector') !== null);
    await page.keyboard.type('broom');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => window.runoutTest!.workspace.view.selection.value[0] === 'broom');
    // What is written letter by letter, in other fields too, counts when it is whole.
    await page.evaluate(() => {
      const { document: sheet, view } = window.runoutTest!.workspace;
      sheet.versions.keep('A', ['broom']);
      view.panel.value = 'versions';
    });
    await page.getByLabel('Note on version A').click();
    await page.keyboard.type('too short');
    await page.keyboard.press('Tab');
    await page.waitForFunction(
      () => window.runoutTest!.workspace.document.versions.list.value[0]?.note === 'too short',
    );
    await close();
  });

  test('with an error in the sheet, and notices', async () => {
    const { page, close } = await openPage(preview, { colorScheme });
    await page.evaluate(() => {
      const { document: sheet, notify } = window.runoutTest!.workspace;
      sheet.change('Break', [{ path: ['cues', sheet.cueIndex('mop')!, 'at'], value: 'shot:none.start' }]);
      notify('Something is done.');
      notify('Something is wrong.', 'problem');
    });
    await page.getByRole('button', { name: '1 error' }).waitFor();
    expect(await findFaults(page)).toEqual([]);
    const [notice, timeline] = await Promise.all(
      [page.locator('.notice').last(), page.locator('.timeline')].map((one) => one.boundingBox()),
    );
    // They lie over no lane.
    expect(notice!.y + notice!.height).toBeLessThanOrEqual(timeline!.y);
    await close();
  });

  test('in the palette and in the sheet of keys', async () => {
    const { page, close } = await openPage(preview, { colorScheme });
    await page.keyboard.press('Control+K');
    await page.keyboard.type('cue');
    await page.getByRole('dialog').getByRole('option').first().waitFor();
    expect(await findFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    expect(await findFaults(page)).toEqual([]);
    await close();
  });
});
