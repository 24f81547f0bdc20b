import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Captured } from '../../src/ui/desk/desk.ts';
import { runout } from '../cli/run-cli.ts';
import { capture, readFloats } from './captured.ts';
import { copyDemo, openPage, type Preview, startPreview } from './preview.ts';

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
