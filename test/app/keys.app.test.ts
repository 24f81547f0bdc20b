import { beforeAll, describe, expect, test } from 'vitest';
import { copyDemo, openPage, type Preview, startPreview } from './preview.ts';

let preview: Preview;

beforeAll(async () => {
  preview = await startPreview(copyDemo(), 'cues/ballroom.cues.json');
});

describe('keys', () => {
  test('run no two commands at once', async () => {
    const { page, close } = await openPage(preview);
    const keys = await page.evaluate(() =>
      window.runoutTest!.commands.all.flatMap(({ id, keys: own }) => own.map((key) => ({ id, key }))),
    );
    const owners = new Map<string, string[]>();
    for (const { id, key } of keys) {
      const parts = key.split(/\b\+/);
      const last = parts
        .pop()!
        .replace(/^(?:Key|Digit)/, '')
        .toUpperCase();
      const normal = [...parts.sort(), last].join('+');
      owners.set(normal, [...(owners.get(normal) ?? []), id]);
    }
    expect([...owners].filter(([, ids]) => ids.length > 1)).toEqual([]);
    const ids = await page.evaluate(() => window.runoutTest!.commands.all.map(({ id }) => id));
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    await close();
  });

  test('Space plays, and does not also press the button that has the focus', async () => {
    const { page, faults, close } = await openPage(preview);
    const mute = page.getByRole('button', { name: 'Mute sfx' }).first();
    await mute.focus();
    await page.keyboard.press('Space');
    await page.waitForFunction(() => window.runoutTest!.workspace.transport.isPlaying.value);
    expect(await mute.getAttribute('aria-pressed')).toBe('false');
    await page.keyboard.press('Space');
    await page.waitForFunction(() => !window.runoutTest!.workspace.transport.isPlaying.value);
    await page.keyboard.press('Enter');
    expect(await mute.getAttribute('aria-pressed')).toBe('true');
    expect(faults).toEqual([]);
    await close();
  });

  test('do nothing in a text field, where they are letters', async () => {
    const { page, close } = await openPage(preview);
    const timecode = page.getByLabel('Timecode; type another', { exact: false });
    await timecode.focus();
    await page.keyboard.type('l i o ');
    expect(await page.evaluate(() => window.runoutTest!.workspace.transport.isPlaying.value)).toBe(false);
    expect(await page.evaluate(() => window.runoutTest!.workspace.transport.inMark.value)).toBeUndefined();
    await page.keyboard.press('Escape');
    await page.keyboard.press('i');
    expect(await page.evaluate(() => window.runoutTest!.workspace.transport.inMark.value)).toBe(0);
    await close();
  });

  test('step frames, also as K with J and L, and go where a timecode is typed', async () => {
    const { page, close } = await openPage(preview);
    const position = () => page.evaluate(() => window.runoutTest!.workspace.transport.now());
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    expect(await position()).toBe(4000);
    await page.keyboard.press('ArrowLeft');
    expect(await position()).toBe(2000);
    await page.keyboard.press('Shift+ArrowRight');
    expect(await position()).toBe(50000);
    await page.keyboard.down('k');
    await page.keyboard.press('l');
    await page.keyboard.up('k');
    expect(await position()).toBe(52000);
    await page.getByLabel('Timecode; type another', { exact: false }).fill('01:01:00:12');
    await page.keyboard.press('Enter');
    expect(await position()).toBe(48000 * 60.5);
    await page.keyboard.press('End');
    expect(await position()).toBe(13_584_000);
    await close();
  });

  test('stand on a sheet that scrolls by one bar', async () => {
    const { page, close } = await openPage(preview);
    await page.keyboard.press('?');
    const overflow = (name: string) =>
      page.locator(name).evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight);
    expect(await overflow('.shortcuts')).toBe(0);
    expect(await overflow('.shortcuts-groups')).toBeGreaterThan(0);
    // Firefox would lay columns of the very box that scrolls out beside it.
    const columns = await page
      .locator('.shortcuts-groups')
      .evaluate((box) => getComputedStyle(box).columnWidth);
    expect(columns).toBe('auto');
    await close();
  });

  test('that are a character alone can be switched off', async () => {
    const { page, close } = await openPage(preview);
    await page.keyboard.press('?');
    await page.getByLabel('Letters and signs alone are keys too').uncheck();
    await page.keyboard.press('Escape');
    await page.keyboard.press('o');
    expect(await page.evaluate(() => window.runoutTest!.workspace.transport.outMark.value)).toBeUndefined();
    await page.keyboard.press('ArrowRight');
    expect(await page.evaluate(() => window.runoutTest!.workspace.transport.now())).toBe(2000);
    await close();
  });

  test('can be chosen anew, not twice the same, and stay so', async () => {
    const { page, close } = await openPage(preview);
    const marks = () => page.evaluate(() => window.runoutTest!.workspace.transport.inMark.value);
    await page.keyboard.press('?');
    await page.getByRole('button', { name: 'Change the keys of Mark in here' }).click();
    await page.keyboard.press('o');
    await page.getByText('That key is taken: Mark out here').waitFor();
    await page.keyboard.press('Alt+y');
    await page.keyboard.press('Escape');
    await page.keyboard.press('i');
    expect(await marks()).toBeUndefined();
    await page.reload();
    await page.waitForFunction(() => window.runoutTest?.workspace.studio.film.value !== undefined);
    await page.keyboard.press('Alt+y');
    expect(await marks()).toBe(0);
    await close();
  });

  test('F8 goes to the next problem from a text field too, where it types nothing', async () => {
    const { page, close } = await openPage(preview);
    await page.evaluate(() => {
      const { document: sheet } = window.runoutTest!.workspace;
      sheet.change('Break', [
        { path: ['cues', sheet.cueIndex('freeze')!, 'at'], value: 'shot:no-such.start' },
      ]);
    });
    await page.getByRole('button', { name: '1 error' }).waitFor();
    await page.keyboard.press('Control+f');
    await page.keyboard.press('F8');
    await page.waitForFunction(() => window.runoutTest!.workspace.view.selection.value[0] === 'freeze');
    expect(await page.evaluate(() => window.runoutTest!.workspace.view.panel.value)).toBe('text');
    await close();
  });

  test('a command is found by its name and run', async () => {
    const { page, close } = await openPage(preview);
    await page.keyboard.press('Control+k');
    await page.locator('dialog[open]').waitFor();
    await page.keyboard.type('loop between');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => window.runoutTest!.workspace.transport.isLooping.value);
    await page.locator('dialog[open]').waitFor({ state: 'hidden' });
    await close();
  });
});
