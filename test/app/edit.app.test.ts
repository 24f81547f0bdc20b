import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Captured, DeskPart } from '../../src/ui/desk/desk.ts';
import { runout } from '../cli/run-cli.ts';
import { capture, readFloats } from './captured.ts';
import { copyDemo, openPage, type Preview, startPreview } from './preview.ts';

const RATE = 48000;
const CHANNELS = 2;
const STEMS = ['room', 'sfx', 'record'] as const;
/** In the dance: bed and record sound without a break, steps between. Seconds. */
const FROM = 150;
/** `npm run soak` makes more. */
const EDITS = process.env['RUNOUT_SOAK'] ? 40 : 4;
/** Pages that are opened for their first edit. */
const PAGES = process.env['RUNOUT_SOAK'] ? 5 : 1;
/** So many are made before the record is over. */
const EDITS_ON_THE_WAY = 12;
/** From a moment before the edit: a busy machine takes its time. */
const CAPTURED_SECONDS = 3;

let preview: Preview;
let folder: string;
let rendered: string;

beforeAll(async () => {
  folder = copyDemo();
  rendered = mkdtempSync(join(tmpdir(), 'runout-app-'));
  preview = await startPreview(folder, 'cues/ballroom.cues.json');
});

afterAll(() => rmSync(rendered, { recursive: true, force: true }));

/** A change that is heard wherever the playhead is: the bed or the record, louder or elsewhere. */
type Edit = 'a bed’s gain' | 'a bed moved' | 'the record’s gain' | 'the record’s end moved';
const KINDS: readonly Edit[] = ['a bed’s gain', 'a bed moved', 'the record’s gain', 'the record’s end moved'];

/** An edit, the sheets before and after it, and what reached the desk around it. */
interface Heard {
  readonly edit: Edit;
  readonly before: string;
  readonly after: string;
  /** The context's frame that was put out next when the edit began. */
  readonly frame: number;
  readonly latencyMs: number;
  readonly parts: readonly Captured[];
}

/** Makes an edit while it plays. */
async function hear(page: Page, edit: Edit, turn: number): Promise<Heard> {
  let made: Omit<Heard, 'edit' | 'parts'> | undefined;
  const parts = await capture(page, CAPTURED_SECONDS * RATE, async () => {
    await page.waitForTimeout(150);
    made = await page.evaluate(
      ([kind, count]) => {
        const { workspace } = window.runoutTest!;
        const { document: sheet, view, commands } = workspace;
        const desk = workspace.desk as DeskPart;
        const at = (id: string, ...path: (string | number)[]) => ['cues', sheet.cueIndex(id)!, ...path];
        const before = sheet.text.value;
        const frame = desk.outputFrame();
        if (kind === 'a bed’s gain')
          sheet.change('Gain', [{ path: at('tone', 'sounds', 0, 'gainDb'), value: -2 - (count % 9) / 2 }]);
        else if (kind === 'the record’s gain')
          sheet.change('Gain', [{ path: at('drop', 'gainDb'), value: -1 - (count % 9) / 2 }]);
        else if (kind === 'the record’s end moved')
          sheet.change('End', [
            { path: at('drop', 'musicEnd'), value: `scene:7.start - ${1 + (count % 9)}f` },
          ]);
        else {
          view.selection.value = ['tone'];
          commands.run('cue.move-right');
        }
        return { before, after: sheet.text.value, frame, latencyMs: desk.latencyMs.value };
      },
      [edit, turn] as const,
    );
  });
  return { edit, ...made!, parts };
}

/** The command line's stems of a sheet from FROM on, so many seconds. */
async function render(text: string, seconds: number): Promise<readonly Float32Array[]> {
  const sheet = join(folder, 'cues/edited.cues.json');
  writeFileSync(sheet, text);
  const range = ['--from', `start + ${FROM}s`, '--to', `start + ${FROM + seconds}s`];
  const options = ['--out', rendered, '--bits', '32f', '--force', '--quiet'];
  const { code, stderr } = await runout(['render', sheet, ...options, ...range]);
  expect({ code, stderr }).toMatchObject({ code: 0 });
  return STEMS.map((stem) => readFloats(join(rendered, `Ballroom_${stem}.wav`)));
}

/** Whether a sample of a part is what was rendered, in all stems. */
function isRendered({ from, stems }: Captured, sample: number, files: readonly Float32Array[]): boolean {
  return stems.every((stem, index) => {
    const file = files[index]!;
    for (let channel = 0; channel < CHANNELS; channel++) {
      const there = (from - FROM * RATE + sample) * CHANNELS + channel;
      // Not NaN, and no zero of another sign, can be in either.
      if (!Object.is(stem[sample * CHANNELS + channel], file[there])) return false;
    }
    return true;
  });
}

/**
 * Looks for the first sample that the edit has changed. What is before it must be the old sheet's render, and what
 * follows the new one's.
 *
 * @returns Milliseconds from the edit until that sample left the worklet.
 */
async function millisecondsOf({ before, after, frame, parts }: Heard): Promise<number> {
  const last = parts.at(-1)!;
  const seconds = Math.ceil((last.from + last.stems[0]!.length / CHANNELS) / RATE - FROM + 0.1);
  const old = await render(before, seconds);
  const fresh = await render(after, seconds);
  let heardAt: number | undefined;
  let wrong = 0;
  for (const part of parts) {
    const count = part.stems[0]!.length / CHANNELS;
    for (let sample = 0; sample < count; sample++) {
      if (heardAt === undefined && !isRendered(part, sample, old)) heardAt = part.frame + sample;
      if (heardAt !== undefined && !isRendered(part, sample, fresh)) wrong += 1;
    }
  }
  expect(wrong).toBe(0);
  expect(heardAt).toBeGreaterThan(frame);
  return ((heardAt! - frame) / RATE) * 1000;
}

function show(what: string, values: readonly number[]): void {
  const sorted = [...values].sort((a, b) => a - b);
  const list = values.map((value) => value.toFixed(0)).join(' ');
  console.log(
    `${what}: ${list} ms; median ${sorted[sorted.length >> 1]!.toFixed(0)}, at most ${sorted.at(-1)!.toFixed(0)} ms`,
  );
}

async function play(page: Page): Promise<void> {
  await page.keyboard.press('Space');
  await begin(page);
}

/** Goes back to FROM while it plays. */
async function begin(page: Page): Promise<void> {
  await page.evaluate((at) => window.runoutTest!.workspace.transport.seek(at), FROM * RATE);
  await page.waitForFunction(
    ([from, to]) => {
      const now = window.runoutTest!.workspace.transport.now();
      return now > from && now < to;
    },
    [(FROM + 0.2) * RATE, (FROM + 2) * RATE] as const,
  );
}

test('an edit is heard at the playhead without stopping, and is the new sheet’s render to the bit', async () => {
  const { page, faults, close } = await openPage(preview);
  await page.waitForTimeout(3000);
  await play(page);
  const heard: Heard[] = [];
  for (let turn = 0; turn < EDITS; turn++) {
    if (turn > 0 && turn % EDITS_ON_THE_WAY === 0) await begin(page);
    heard.push(await hear(page, KINDS[turn % KINDS.length]!, turn));
  }
  const underruns = await page.evaluate(() => window.runoutTest!.workspace.desk.underruns.value);
  await close();
  const times: number[] = [];
  for (const one of heard) times.push(await millisecondsOf(one));
  for (const kind of KINDS)
    show(
      `edit to worklet’s output, ${kind}`,
      times.filter((_, index) => heard[index]!.edit === kind),
    );
  show('edit to worklet’s output', times);
  console.log(`the device adds ${heard[0]!.latencyMs.toFixed(0)} ms; ${underruns} blocks came late`);
  expect(faults).toEqual([]);
});

test('so is the first one after the app was opened', async () => {
  const heard: Heard[] = [];
  for (let turn = 0; turn < PAGES; turn++) {
    const { page, faults, close } = await openPage(preview);
    await play(page);
    heard.push(await hear(page, KINDS[turn % 2]!, turn));
    expect(faults).toEqual([]);
    await close();
  }
  const times: number[] = [];
  for (const one of heard) times.push(await millisecondsOf(one));
  show('first edit after load to worklet’s output', times);
});
