import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { copyDemo, openPage, startPreview } from './preview.ts';

const SHEET = 'cues/ballroom.cues.json';

let folder: string;

beforeAll(() => {
  folder = copyDemo();
});

/** A copy of the demo whose sheet is another. */
function demoWith(change: (text: string) => string): string {
  const copy = copyDemo();
  const file = join(copy, SHEET);
  writeFileSync(file, change(readFileSync(file, 'utf8')));
  return copy;
}

describe('an edit', () => {
  test('is heard and seen at once, taken back by Ctrl+Z, and written by Ctrl+S', async () => {
    const preview = await startPreview(folder, SHEET);
    const { page, faults, close } = await openPage(preview);
    const before = readFileSync(join(folder, SHEET), 'utf8');
    const gain = () =>
      page.evaluate(() => {
        const { film } = window.runoutTest!.workspace.studio;
        return film.value?.score.stems
          .flatMap(({ regions }) => regions)
          .find(({ cue }) => cue === 'building-settles')?.gainDb;
      });
    const first = await gain();
    await page.evaluate(() => {
      const { document: sheet } = window.runoutTest!.workspace;
      sheet.change('Louder', [{ path: ['cues', sheet.cueIndex('building-settles')!, 'gainDb'], value: -12 }]);
    });
    await page.waitForFunction(
      () =>
        window.runoutTest!.workspace.studio.film.value?.revision ===
        window.runoutTest!.workspace.document.revision.value,
    );
    expect(await gain()).toBe(first! + 6);
    await page.getByText('unsaved').waitFor();
    expect(await page.title()).toMatch(/^● Ballroom/);
    await page.keyboard.press('Control+z');
    await page.waitForFunction(() => !window.runoutTest!.workspace.document.isDirty.value);
    expect(await page.evaluate(() => window.runoutTest!.workspace.document.text.value)).toBe(before);
    await page.keyboard.press('Control+y');
    await page.keyboard.press('Control+s');
    await page.waitForFunction(() => !window.runoutTest!.workspace.document.isDirty.value);
    const after = readFileSync(join(folder, SHEET), 'utf8');
    expect(after).toBe(before.replace(/("id": "building-settles".*?"gainDb": )-18/, '$1-12'));
    expect(after).not.toBe(before);
    expect(faults).toEqual([]);
    await close();
    await preview.stop();
  });
});

describe('what is wrong is said in plain words', () => {
  test('of a server that was ended, which is no error of the sheet; it goes on when it is back', async () => {
    const copy = copyDemo();
    const file = join(copy, SHEET);
    const before = readFileSync(file, 'utf8');
    const preview = await startPreview(copy, SHEET);
    const { page, close } = await openPage(preview);
    await preview.kill();
    await page.getByText('does not answer').first().waitFor();
    // Of a sound that nobody has asked for yet: its file cannot be looked at.
    await page.evaluate(() => {
      const { document: sheet } = window.runoutTest!.workspace;
      sheet.change('Add', [{ path: ['sounds', 'new'], value: { file: '../samples/new.wav' } }]);
      sheet.change('Louder', [{ path: ['cues', sheet.cueIndex('freeze')!, 'gainDb'], value: -3 }]);
    });
    await page.waitForTimeout(1500);
    expect(await page.evaluate(() => window.runoutTest!.workspace.studio.issues.value)).toEqual([]);
    expect(await page.getByRole('button', { name: /\d errors?/ }).count()).toBe(0);
    expect(await page.locator('.card').count()).toBe(1);
    const edited = await page.evaluate(() => window.runoutTest!.workspace.document.text.value);

    const again = await startPreview(copy, SHEET, '--port', new URL(preview.url).port);
    await page.getByText('was started again').waitFor({ timeout: 30_000 });
    await page.getByRole('button', { name: 'Load anew' }).click();
    await page.getByRole('button', { name: 'Bring it back' }).click();
    // Now it can be told that there is no such sound.
    await page.getByRole('button', { name: '1 error' }).waitFor();
    expect(await page.evaluate(() => window.runoutTest!.workspace.document.text.value)).toBe(edited);
    expect(readFileSync(file, 'utf8')).toBe(before);
    await close();
    await again.stop();
  });

  test('of a sheet with an error, whose last state that was right plays on', async () => {
    const preview = await startPreview(
      demoWith((text) => text),
      SHEET,
    );
    const { page, faults, close } = await openPage(preview);
    await page.evaluate(() => {
      const { document: sheet } = window.runoutTest!.workspace;
      sheet.change('Break', [
        { path: ['cues', sheet.cueIndex('freeze')!, 'at'], value: 'shot:no-such.start' },
      ]);
    });
    await page.getByRole('button', { name: '1 error' }).waitFor();
    expect(await page.locator('.card').count()).toBe(1);
    await page.keyboard.press('Space');
    await page.waitForFunction(() => window.runoutTest!.workspace.transport.now() > 4800);
    expect(faults).toEqual([]);
    await close();
    await preview.stop();
  });

  test('of a sheet that never was right', async () => {
    const broken = demoWith((text) => text.replace('"shot:4-1.start + 2f"', '"shot:4-99.start + 2f"'));
    const preview = await startPreview(broken, SHEET);
    const { page, faults, close } = await openPage(preview);
    await page.getByRole('heading', { name: 'Nothing plays yet' }).waitFor();
    expect(await page.locator('.nothing').innerText()).toContain('4-99');
    await page.getByRole('button', { name: 'Show it in the sheet' }).click();
    await page.locator('.cm-content').waitFor();
    expect(faults).toEqual([]);
    await close();
    await preview.stop();
  });

  test('of a sheet that is no JSON at all', async () => {
    const preview = await startPreview(
      demoWith(() => '{ "version": 1, '),
      SHEET,
    );
    const { page, faults, close } = await openPage(preview);
    await page.getByRole('heading', { name: 'Nothing plays yet' }).waitFor();
    expect(faults).toEqual([]);
    await close();
    await preview.stop();
  });

  test('of a sound that is missing', async () => {
    const copy = copyDemo();
    rmSync(join(copy, 'samples/hum.flac'));
    const preview = await startPreview(copy, SHEET);
    const { page, close } = await openPage(preview);
    await page.getByText('hum.flac').first().waitFor();
    await close();
    await preview.stop();
  });

  test('of a server that is gone, without losing what was typed', async () => {
    const copy = copyDemo();
    const preview = await startPreview(copy, SHEET);
    const { page, close } = await openPage(preview);
    await preview.kill();
    await page.getByText('does not answer').first().waitFor();
    await page.evaluate(() => window.runoutTest!.workspace.document.type(0, 0, '// kept\n'));
    await page.keyboard.press('Control+s');
    await page.waitForTimeout(1500);
    expect(await page.evaluate(() => window.runoutTest!.workspace.document.isDirty.value)).toBe(true);
    expect(await page.evaluate(() => window.runoutTest!.workspace.document.text.value)).toMatch(
      /^\/\/ kept\n/,
    );
    await close();
  });
});

test('names with markup are shown as text', async () => {
  const markup = '<img src=x onerror=alert(1)>';
  const copy = demoWith((text) =>
    text.replaceAll('"freeze"', `"${markup}"`).replace('"title": "Ballroom"', `"title": "${markup}"`),
  );
  const preview = await startPreview(copy, SHEET);
  const { page, faults, close } = await openPage(preview);
  expect(await page.locator('h1').innerText()).toContain(markup);
  await page.evaluate((id) => {
    window.runoutTest!.workspace.view.selection.value = [id];
  }, markup);
  for (const panel of ['cues', 'inspector', 'versions', 'render', 'text'] as const) {
    await page.evaluate((name) => {
      window.runoutTest!.workspace.view.panel.value = name;
    }, panel);
    await page.waitForTimeout(200);
  }
  expect(await page.locator('img').count()).toBe(0);
  expect(faults).toEqual([]);
  await close();
  await preview.stop();
});

test('names of three hundred letters make no panel wider than it is, and none covers another', async () => {
  const long = 'n'.repeat(300);
  const shot = (frame: number) => ({ id: `${long}${frame}`, name: long, scene: `${long}${frame}` });
  const sheet = {
    version: 1,
    title: 'n'.repeat(200),
    edit: {
      frameRate: '24',
      start: '01:00:00:00',
      shots: [0, 240].map((frame) => ({ ...shot(frame), in: frame, out: frame + 240 })),
      markers: [1, 2].map((second) => ({ name: `${long}${second}`, at: `01:00:0${second}:00` })),
    },
    sounds: { [long]: { file: '../samples/hum.flac' } },
    stems: { ['n'.repeat(60)]: {} },
    cues: [
      {
        id: long,
        type: 'practical',
        stem: 'n'.repeat(60),
        sound: long,
        at: 'start + 1s',
        trim: { for: '2s' },
        note: long,
      },
    ],
  };
  const copy = demoWith(() => JSON.stringify(sheet));
  const preview = await startPreview(copy, SHEET);
  const { page, faults, close } = await openPage(preview);
  await page.evaluate((id) => {
    const { document: sheet, view } = window.runoutTest!.workspace;
    sheet.versions.keep(id, [id]);
    view.selection.value = [id];
  }, long);
  for (const panel of ['inspector', 'versions', 'render', 'text'] as const) {
    await page.evaluate((name) => {
      window.runoutTest!.workspace.view.panel.value = name;
    }, panel);
    await page.waitForTimeout(400);
    const wide = await page.evaluate(() =>
      ['html', '.side-panel', '.picture'].filter((name) => {
        const element = document.querySelector(name)!;
        return element.scrollWidth > element.clientWidth;
      }),
    );
    expect({ panel, wide }).toEqual({ panel, wide: [] });
  }
  const boxes = await page.evaluate(() =>
    ['.card-scene', '.card-number', '.tl-marker:nth-child(1)', '.tl-marker:nth-child(2)'].map((name) => {
      const { left, right } = document.querySelector(name)!.getBoundingClientRect();
      return { left, right };
    }),
  );
  expect(boxes[0]!.right).toBeLessThanOrEqual(boxes[1]!.left);
  expect(boxes[2]!.right).toBeLessThanOrEqual(boxes[3]!.left);
  expect(faults).toEqual([]);
  await close();
  await preview.stop();
});
