import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { findFaults } from './axe.ts';
import { copyDemo, openPage, startPreview } from './preview.ts';

const SHEET = 'cues/ballroom.cues.json';

/** Changes the title, as the inspector would. */
function retitle(page: Page, title: string): Promise<void> {
  return page.evaluate((value) => {
    window.runoutTest!.workspace.document.change('Title', [{ path: ['title'], value }]);
  }, title);
}

const textOf = (page: Page) => page.evaluate(() => window.runoutTest!.workspace.document.text.value);

describe('a sheet that is changed outside', () => {
  test('is taken in where the changes do not meet, asked about where they do, and never overwritten', async () => {
    const folder = copyDemo();
    const file = join(folder, SHEET);
    const original = readFileSync(file, 'utf8');
    const preview = await startPreview(folder, SHEET);
    const { page, faults, close } = await openPage(preview);

    await retitle(page, 'Mine');
    writeFileSync(file, original.replace('"seed": 8', '"seed": 9'));
    await page.getByText('Both changes are in it').waitFor();
    expect(await textOf(page)).toBe(
      original.replace('"title": "Ballroom"', '"title": "Mine"').replace('"seed": 8', '"seed": 9'),
    );

    const theirs = original.replace('"title": "Ballroom"', '"title": "Theirs"');
    writeFileSync(file, theirs);
    const dialog = page.getByRole('dialog', { name: 'The sheet was changed in the same place' });
    await dialog.waitFor();
    expect(await dialog.innerText()).toContain('"title": "Theirs"');
    expect(readFileSync(file, 'utf8')).toBe(theirs);
    expect(faults).toEqual([]);
    // axe writes styles of its own, which the page's policy refuses: what it logs is not the app's.
    expect(await findFaults(page)).toEqual([]);

    await dialog.getByRole('button', { name: 'Later' }).click();
    await page.getByRole('button', { name: 'unsaved: choose …' }).click();
    await dialog.getByRole('button', { name: 'Save as chosen' }).click();
    await page.waitForFunction(() => !window.runoutTest!.workspace.document.isDirty.value);
    expect(readFileSync(file, 'utf8')).toContain('"title": "Mine"');
    await close();
    await preview.stop();
  });
});

describe('a page that dies', () => {
  /** Changes the title twice and lets the page die in the same moment; then opens the sheet again. */
  async function dieOf(prepare: (page: Page) => Promise<() => Promise<Page>>): Promise<void> {
    const folder = copyDemo();
    const preview = await startPreview(folder, SHEET);
    const { page, close } = await openPage(preview);
    const die = await prepare(page);
    await retitle(page, 'Before');
    const lost = (await textOf(page)).replace('Before', 'Unsaved');
    await retitle(page, 'Unsaved');
    const next = await die();
    await next.goto(`${preview.url}#test`);
    const dialog = next.getByRole('dialog', { name: 'There is work that was not saved' });
    await dialog.getByRole('button', { name: 'Bring it back' }).click();
    await next.waitForFunction(() => window.runoutTest?.workspace.document.isDirty.value === true);
    expect(await textOf(next)).toBe(lost);
    expect(readFileSync(join(folder, SHEET), 'utf8')).not.toBe(lost);
    await close();
    await preview.stop();
  }

  test('leaves what was not saved to the next one, to the last change before it was closed', () =>
    dieOf(async (page) => {
      const next = await page.context().newPage();
      return async () => {
        await page.close({ runBeforeUnload: false });
        return next;
      };
    }));

  test('leaves it where it is loaded anew over the question whether to leave', () =>
    dieOf(async (page) => {
      page.on('dialog', (dialog) => void dialog.accept());
      return async () => {
        await page.reload();
        return page;
      };
    }));

  test('leaves all but the last moment of work where it crashes', () =>
    dieOf(async (page) => {
      const next = await page.context().newPage();
      const devTools = await page.context().newCDPSession(page);
      return async () => {
        await page.waitForTimeout(200);
        const crashed = page.waitForEvent('crash');
        // Never answered: there is nobody left to do so.
        devTools.send('Page.crash').catch(() => {});
        await crashed;
        return next;
      };
    }));
});

describe('versions', () => {
  test('are switched between while the loop plays on', async () => {
    const folder = copyDemo();
    const preview = await startPreview(folder, SHEET);
    const { page, faults, close } = await openPage(preview);
    const heard = await page.evaluate(async () => {
      const { document: sheet, studio, transport, desk } = window.runoutTest!.workspace;
      const level = (value: number) =>
        sheet.change('Level', [{ path: ['cues', sheet.cueIndex('tone')!, 'gainDb'], value }]);
      const read = async () => {
        while (studio.film.value?.revision !== sheet.revision.value) await new Promise(requestAnimationFrame);
        return studio.film.value.score.stems[0]!.regions.find(({ cue }) => cue === 'tone')!.gainDb;
      };
      level(-3);
      sheet.versions.keep('soft', ['tone']);
      level(0);
      sheet.versions.keep('loud', ['tone']);
      await read();
      transport.inMark.value = 0;
      transport.outMark.value = 48_000;
      transport.isLooping.value = true;
      await transport.play();
      const levels: number[] = [];
      const times: number[] = [];
      for (const name of ['soft', 'loud', 'soft', 'loud']) {
        const began = performance.now();
        sheet.versions.switchTo(name);
        levels.push(await read());
        times.push(performance.now() - began);
        await new Promise((resolve) => setTimeout(resolve, 300));
      }
      return { levels, times, isPlaying: transport.isPlaying.value, underruns: desk.underruns.value };
    });
    const [first, second] = heard.levels;
    expect(second! - first!).toBeCloseTo(3, 9);
    expect(heard.levels).toEqual([first, second, first, second]);
    expect(heard.isPlaying).toBe(true);
    console.log(
      `a switch of versions is compiled after ${heard.times.map((ms) => ms.toFixed(0)).join(', ')} ms; underruns ${heard.underruns}`,
    );
    expect(faults).toEqual([]);
    await close();
    await preview.stop();
  });
});
