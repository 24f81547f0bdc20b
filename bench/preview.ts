/**
 * `npm run bench:preview`: how the preview bears a large sheet, in a real Chromium.
 *
 *     npm run bench:preview -- [--cues 5000] [--runs N] [--only WORD] [--profile STEP]
 *
 * Prints what each step costs the page's own thread: processor time, which other work on the machine does not
 * stretch. `--only`: steps whose name holds WORD. `--profile` writes what
 * Chromium's profiler saw of one step (its name as it is printed) to bench/work/STEP.cpuprofile.
 */
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type CDPSession, chromium, type Page } from 'playwright';
import { chromiumArguments, findChromium } from '../scripts/chromium.mjs';
import type { AppParts } from '../src/ui/app/app.tsx';
import { largeSheet } from './large-sheet.ts';

const { values: options } = parseArgs({
  options: {
    cues: { type: 'string', default: '5000' },
    runs: { type: 'string', default: '12' },
    profile: { type: 'string' },
    only: { type: 'string' },
  },
});
const CUES = Number(options.cues);
const RUNS = Number(options.runs);
const ROOT = join(import.meta.dirname, '..');

declare global {
  interface Window {
    runoutTest?: AppParts;
    /** The revision of the peaks when they were last looked at. */
    lastPeaks?: number;
  }
}

/** What a step did, milliseconds of the page's thread. */
interface Cost {
  readonly task: number;
  readonly script: number;
  readonly layout: number;
}

/** A project with a large sheet beside the demo's sounds. */
function makeFolder(): { readonly folder: string; readonly bytes: number } {
  const folder = mkdtempSync(join(tmpdir(), 'runout-bench-'));
  cpSync(join(ROOT, 'samples'), join(folder, 'samples'), { recursive: true });
  mkdirSync(join(folder, 'cues'));
  cpSync(join(ROOT, 'cues/ballroom.edl'), join(folder, 'cues/ballroom.edl'));
  writeFileSync(join(folder, 'package.json'), '{}');
  const text = largeSheet(readFileSync(join(ROOT, 'cues/ballroom.cues.json'), 'utf8'), CUES);
  writeFileSync(join(folder, 'cues/large.cues.json'), text);
  return { folder, bytes: Buffer.byteLength(text) };
}

async function startPreview(folder: string): Promise<{ readonly url: string; stop(): void }> {
  const program = join(ROOT, 'dist/cli/runout.js');
  const child = spawn(process.execPath, [program, 'preview', 'cues/large.cues.json', '--no-open'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise<string>((resolve) => {
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const found = /http:\/\/\S+/.exec(said)?.[0];
      if (found) resolve(found);
    });
  });
  return { url, stop: () => child.kill('SIGINT') };
}

async function costOf(cdp: CDPSession, act: () => Promise<unknown>): Promise<Cost> {
  const before = await metrics(cdp);
  await act();
  const after = await metrics(cdp);
  const since = (name: string) => ((after.get(name) ?? 0) - (before.get(name) ?? 0)) * 1000;
  return {
    task: since('TaskDuration'),
    script: since('ScriptDuration'),
    layout: since('LayoutDuration') + since('RecalcStyleDuration'),
  };
}

async function metrics(cdp: CDPSession): Promise<ReadonlyMap<string, number>> {
  const { metrics: all } = await cdp.send('Performance.getMetrics');
  return new Map(all.map(({ name, value }) => [name, value]));
}

/** Waits until the page has drawn what it has. */
function frames(page: Page, count: number): Promise<void> {
  return page.evaluate(async (left) => {
    for (let frame = 0; frame < left; frame++) await new Promise(requestAnimationFrame);
  }, count);
}

/** Waits until nothing is read, mixed or drawn any more. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const { document: sheet, studio } = window.runoutTest!.workspace;
    const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
    while (studio.readRevision.value < sheet.revision.value) await wait(20);
    await wait(400);
  });
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1]!;
const most = (values: readonly number[]) => Math.max(...values);

async function main(): Promise<void> {
  const { folder, bytes } = makeFolder();
  const preview = await startPreview(folder);
  const executablePath = findChromium();
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: chromiumArguments,
  });
  try {
    const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
    // tsx keeps the names of functions by a helper, which functions that go to the page expect there.
    await page.addInitScript('globalThis.__name = (named) => named');
    page.on('pageerror', (error) => console.error(error.stack));
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
    console.log(`${CUES} cues, ${(bytes / 1e6).toFixed(1)} MB`);
    const opened = performance.now();
    await page.goto(`${preview.url}#test`);
    await page.waitForFunction(() => window.runoutTest?.workspace.studio.film.value, undefined, {
      timeout: 120_000,
    });
    await frames(page, 2);
    const all = await metrics(cdp);
    console.log(
      `opened: ${(performance.now() - opened).toFixed(0)} ms, of the page's thread ${((all.get('TaskDuration') ?? 0) * 1000).toFixed(0)} ms`,
    );
    await page.waitForFunction(
      () => {
        const { studio } = window.runoutTest!.workspace;
        const before = window.lastPeaks;
        window.lastPeaks = studio.peaksRevision.value;
        return before === window.lastPeaks && before > 0;
      },
      undefined,
      { polling: 1500, timeout: 240_000 },
    );

    const step = async (name: string, per: number, act: (run: number) => Promise<unknown>, rest = settle) => {
      if (options.only !== undefined && !name.includes(options.only)) return;
      const costs: Cost[] = [];
      const isProfiled = options.profile === name;
      if (isProfiled) {
        await cdp.send('Profiler.enable');
        await cdp.send('Profiler.setSamplingInterval', { interval: 200 });
        await cdp.send('Profiler.start');
      }
      for (let run = 0; run < RUNS; run++) {
        costs.push(
          await costOf(cdp, async () => {
            await act(run);
            await rest(page);
          }),
        );
      }
      if (isProfiled) {
        const { profile } = await cdp.send('Profiler.stop');
        mkdirSync(join(ROOT, 'bench/work'), { recursive: true });
        writeFileSync(
          join(ROOT, `bench/work/${name.replaceAll(' ', '-')}.cpuprofile`),
          JSON.stringify(profile),
        );
      }
      const of = (what: keyof Cost) => costs.map((cost) => cost[what] / per);
      console.log(
        `${name.padEnd(34)} ${median(of('task')).toFixed(1).padStart(7)} ms (at most ${most(of('task')).toFixed(1)}; script ${median(of('script')).toFixed(1)}, layout ${median(of('layout')).toFixed(1)})`,
      );
    };
    const none = async () => undefined;

    const inPage = <Argument>(act: (argument: Argument) => unknown, argument: Argument) =>
      page.evaluate(act as (argument: unknown) => unknown, argument);
    await step('an idle frame', 10, () => frames(page, 10), none);
    const wheel = (deltaY: number, ctrlKey: boolean, shiftKey: boolean) =>
      inPage(
        async ([delta, ctrl, shift]: readonly [number, boolean, boolean]) => {
          const lane = document.querySelector('.tl-lane:last-of-type')!;
          for (let turn = 0; turn < 10; turn++) {
            const box = lane.getBoundingClientRect();
            const place = { clientX: box.left + box.width / 2, clientY: box.top + 5 };
            const event = { deltaY: delta, ctrlKey: ctrl, shiftKey: shift, bubbles: true, cancelable: true };
            lane.dispatchEvent(new WheelEvent('wheel', { ...event, ...place }));
            await new Promise(requestAnimationFrame);
          }
        },
        [deltaY, ctrlKey, shiftKey] as const,
      );
    await step('a frame of zooming', 10, (run) => wheel(run % 4 < 2 ? -60 : 60, true, false), none);
    // Half a minute in view: the playhead is in it for all of the frames.
    await inPage(() => {
      const { view, studio } = window.runoutTest!.workspace;
      const { sampleRate } = studio.film.value!.score;
      view.samplesPerPixel.value = (30 * sampleRate) / document.querySelector('.tl-lane')!.clientWidth;
      view.from.value = 0;
    }, undefined);
    await frames(page, 20);
    await step('a frame of scrolling', 10, (run) => wheel(run % 2 ? 80 : -80, false, true), none);
    await inPage(() => window.runoutTest!.workspace.commands.run('transport.toggle'), undefined);
    await frames(page, 20);
    await step('a frame of play', 30, () => frames(page, 30), none);
    await inPage(() => window.runoutTest!.workspace.commands.run('transport.toggle'), undefined);
    await settle(page);

    const select = (id: string) =>
      inPage((wanted) => {
        window.runoutTest!.workspace.view.selection.value = [wanted];
      }, id);
    await select(`hit-${CUES >> 1}`);
    await step('a nudge of a cue', 1, async (run) => {
      await page.keyboard.press(run % 2 ? 'Comma' : 'Period');
      await frames(page, 2);
    });

    await page.locator('.cue-grid').waitFor();
    await page.locator('.cue-grid [data-active]').first().focus();
    await step(
      'a jump in the cue list',
      1,
      async (run) => {
        await page.keyboard.press(['Control+End', 'Control+Home', 'PageDown', 'PageDown'][run % 4]!);
        await frames(page, 2);
      },
      (one) => frames(one, 10),
    );
    await step(
      'the next cue',
      1,
      async () => {
        await inPage(() => window.runoutTest!.workspace.commands.run('cues.next'), undefined);
        await frames(page, 2);
      },
      (one) => frames(one, 10),
    );
    await page.locator('.cue-list input[type=search]').focus();
    await step(
      'a letter in the search',
      1,
      async (run) => {
        await page.keyboard.press(run % 2 ? 'Backspace' : '7');
        await frames(page, 2);
      },
      (one) => frames(one, 10),
    );
    await page.keyboard.press('Escape');

    await inPage(() => {
      window.runoutTest!.workspace.view.panel.value = 'text';
    }, undefined);
    await page.locator('.cm-content').waitFor();
    await settle(page);
    await inPage(
      (id: string) => {
        const { document: sheet, view } = window.runoutTest!.workspace;
        const range = sheet.rangeOf(`/cues/${sheet.cueIndex(id)}/note`);
        view.textTarget.value = { from: range!.from + 2, to: range!.from + 2 };
      },
      `hit-${CUES >> 1}`,
    );
    await settle(page);
    await step('a letter typed in the text', 1, async (run) => {
      await page.keyboard.press('abcdefgh'[run % 8]!);
      await frames(page, 2);
    });
  } finally {
    await browser.close();
    preview.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
