import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Captured } from '../../src/ui/desk/desk.ts';
import { runout } from '../cli/run-cli.ts';
import { capture, readFloats } from './captured.ts';
import { copyDemo, openPage, type Preview, startPreview, type TestPage } from './preview.ts';

const STEMS = ['room', 'sfx', 'record'] as const;
const CHANNELS = 2;

let preview: Preview;
let stems: readonly Float32Array[];
let rendered: string;

beforeAll(async () => {
  const folder = copyDemo();
  rendered = mkdtempSync(join(tmpdir(), 'runout-app-'));
  const render = await runout([
    'render',
    join(folder, 'cues/ballroom.cues.json'),
    '--out',
    rendered,
    '--bits',
    '32f',
  ]);
  expect(render.code).toBe(0);
  stems = STEMS.map((stem) => readFloats(join(rendered, `Ballroom_${stem}.wav`)));
  preview = await startPreview(folder, 'cues/ballroom.cues.json');
});

afterAll(() => rmSync(rendered, { recursive: true, force: true }));

/** Samples that differ from the command line's stems at the places they were captured from, and how many there were. */
function compare(parts: readonly Captured[]): {
  differing: number;
  compared: number;
} {
  let differing = 0;
  let compared = 0;
  for (const part of parts) {
    part.stems.forEach((stem, index) => {
      const file = stems[index]!;
      const bits = new Uint32Array(stem.buffer, stem.byteOffset, stem.length);
      const expected = new Uint32Array(file.buffer, part.from * CHANNELS * 4, stem.length);
      compared += stem.length;
      for (let at = 0; at < bits.length; at++) if (bits[at] !== expected[at]) differing += 1;
    });
  }
  return { differing, compared };
}

describe('the samples that reach the desk are those of the command line, bit for bit', () => {
  test('in play', async () => {
    const opened = await openPage(preview);
    await opened.page.evaluate(() => window.runoutTest!.workspace.transport.seek(48000 * 100 + 12345));
    const parts = await capture(opened.page, 96000, () => opened.page.keyboard.press('Space'));
    const { differing, compared } = compare(parts);
    expect(compared).toBeGreaterThanOrEqual(96000 * CHANNELS * STEMS.length);
    expect(differing).toBe(0);
    expect(opened.faults).toEqual([]);
    await opened.close();
  });

  test('through seeks and a loop, also across the silence', async () => {
    const opened = await openPage(preview);
    const { page } = opened;
    await page.keyboard.press('Space');
    await page.waitForFunction(() => window.runoutTest!.workspace.transport.now() > 9600);
    const parts = await capture(page, 48000 * 6, async () => {
      for (const seconds of [86.5, 12.25, 239.3]) {
        await page.evaluate(
          (at) => window.runoutTest!.workspace.transport.seek(Math.round(at * 48000) + 77),
          seconds,
        );
        await page.waitForTimeout(900);
      }
      await page.evaluate(() => {
        const { transport } = window.runoutTest!.workspace;
        transport.inMark.value = 48000 * 62 + 11;
        transport.outMark.value = 48000 * 62 + 11 + 24_001;
        transport.isLooping.value = true;
        transport.seek(48000 * 62 + 11);
      });
    });
    const { differing, compared } = compare(parts);
    expect(parts.length).toBeGreaterThan(3);
    expect(compared).toBeGreaterThan(48000 * CHANNELS * STEMS.length);
    expect(differing).toBe(0);
    expect(opened.faults).toEqual([]);
    await opened.close();
  });
});

describe('what is scrubbed over is heard for a moment', () => {
  /** A place with sound in it, on a frame. */
  const PLACE = 48000 * 100;

  const state = ({ page }: TestPage) =>
    page.evaluate(() => {
      const { transport, desk } = window.runoutTest!.workspace;
      return {
        at: transport.now(),
        isPlaying: transport.isPlaying.value,
        integratedLufs: desk.master.integratedLufs.value,
        underruns: desk.underruns.value,
      };
    });
  /** A burst of a frame at 24 fps has been over for some time. */
  const OVER_MS = 500;

  test('a frame of it with each arrow, as the command line renders it', async () => {
    const opened = await openPage(preview);
    const { page } = opened;
    // So that the device is awake, and what sounds there is open.
    await page.evaluate((at) => window.runoutTest!.workspace.transport.seek(at), PLACE);
    await page.keyboard.press('Space');
    await page.waitForFunction((at) => window.runoutTest!.workspace.transport.now() > at + 24_000, PLACE);
    await page.keyboard.press('Space');
    await page.waitForTimeout(OVER_MS);
    await page.evaluate((at) => window.runoutTest!.workspace.transport.seek(at), PLACE);
    const before = await state(opened);
    const parts = await capture(opened.page, 3 * 2000, async () => {
      for (const key of ['ArrowRight', 'ArrowRight', 'ArrowLeft']) {
        await page.keyboard.press(key);
        await page.waitForTimeout(OVER_MS);
      }
    });
    expect(parts.map(({ from, stems: [stem] }) => ({ from, samples: stem!.length / CHANNELS }))).toEqual([
      { from: PLACE + 2000, samples: 2000 },
      { from: PLACE + 4000, samples: 2000 },
      { from: PLACE + 2000, samples: 2000 },
    ]);
    expect(compare(parts).differing).toBe(0);
    expect(await state(opened)).toEqual({ ...before, at: PLACE + 2000 });
    expect(opened.faults).toEqual([]);
    await opened.close();
  });

  test('as the playhead is dragged along the ruler, unless that is switched off', async () => {
    const opened = await openPage(preview);
    const { page } = opened;
    const ruler = (await page.locator('.tl-ruler').boundingBox())!;
    const y = ruler.y + 8;
    /** Over the first scene, where no record plays: what is rendered there is there at once, on any machine. */
    const drag = async () => {
      await page.mouse.move(ruler.x + 190, y);
      await page.mouse.down();
      for (let x = 190; x <= 290; x += 2) {
        await page.mouse.move(ruler.x + x, y);
        await page.waitForTimeout(25);
      }
      await page.mouse.up();
      await page.waitForTimeout(OVER_MS);
    };
    // So that the sounds are open.
    await drag();
    const parts = await capture(opened.page, 7 * 4000, drag);
    expect(compare(parts).differing).toBe(0);
    const places = parts.map(({ from }) => from);
    expect(new Set(places).size).toBeGreaterThan(3);
    const after = await state(opened);
    expect(after).toMatchObject({ isPlaying: false, integratedLufs: Number.NEGATIVE_INFINITY });

    // And the sound goes on from where it was let go.
    const played = await capture(opened.page, 4000, () => page.keyboard.press('Space'));
    expect(played[0]!.from).toBe(after.at);
    expect(compare(played).differing).toBe(0);
    await page.keyboard.press('Space');
    await page.waitForTimeout(OVER_MS);

    await page.keyboard.press('h');
    expect(await page.getByRole('button', { name: 'Scrub' }).getAttribute('aria-pressed')).toBe('false');
    let heard = false;
    void capture(opened.page, 100, async () => undefined).then(
      () => {
        heard = true;
      },
      () => undefined,
    );
    await drag();
    await page.keyboard.press('ArrowLeft');
    await page.waitForTimeout(OVER_MS);
    expect(heard).toBe(false);
    expect(opened.faults).toEqual([]);
    await opened.close();
  });
});
