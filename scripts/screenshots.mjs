// Takes the picture of the preview that the documentation shows, from the demo.
//
//   node scripts/screenshots.mjs [--all FOLDER [--only WORD]]
//
// Writes docs/preview.png. With --all it writes many into a folder instead, to be looked at: zoomed in, with an
// error, with dialogs, in a small and a large window, in both themes.
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { chromiumArguments, findChromium } from './chromium.mjs';

const { values: options } = parseArgs({ options: { all: { type: 'string' }, only: { type: 'string' } } });

/** @typedef {import('playwright').Page} Page */
/**
 * @typedef {object} Shot
 * @property {string} file
 * @property {'dark' | 'light'} theme
 * @property {readonly [number, number]} size
 * @property {(page: Page) => Promise<unknown>} act
 */

/**
 * Goes to a place and selects a cue there.
 *
 * @param {Page} page
 * @param {{ seconds: number, cue?: string, panel?: string, zoom?: number }} what - `zoom`: seconds that are shown.
 */
function look(page, { seconds, cue, panel, zoom }) {
  return page.evaluate(
    ([at, id, name, span]) => {
      const { transport, view, studio } = /** @type {any} */ (window).runoutTest.workspace;
      const rate = studio.film.value.score.sampleRate;
      transport.seek(at * rate);
      if (id) view.selection.value = [id];
      if (name) view.panel.value = name;
      if (!span) return;
      const width = document.querySelector('.tl-lane')?.clientWidth ?? 1000;
      view.samplesPerPixel.value = (span * rate) / width;
      view.from.value = (at - span / 2) * rate;
    },
    /** @type {const} */ ([seconds, cue ?? '', panel ?? '', zoom ?? 0]),
  );
}

/**
 * Waits until no more waveforms come.
 *
 * @param {Page} page
 */
function waitForWaveforms(page) {
  return page.evaluate(async () => {
    const { studio } = /** @type {any} */ (window).runoutTest.workspace;
    for (let last = 0; last === 0 || last !== studio.peaksRevision.value; ) {
      last = studio.peaksRevision.value;
      await new Promise((resolve) => setTimeout(resolve, 2500));
    }
  });
}

/** @type {readonly Shot[]} */
const SHOTS = [
  {
    file: 'docs/preview.png',
    theme: 'dark',
    size: [1440, 900],
    act: async (page) => {
      await look(page, { seconds: 230, cue: 'nothing', panel: 'cues', zoom: 44 });
      await waitForWaveforms(page);
      await page.keyboard.press('Space');
      await page.waitForFunction(
        () => /** @type {any} */ (window).runoutTest.workspace.transport.now() > 234.6 * 48000,
      );
    },
  },
];

/**
 * @param {string} folder
 * @returns {readonly Shot[]}
 */
const allShots = (folder) =>
  /** @type {const} */ (['dark', 'light']).flatMap((theme) =>
    /** @type {const} */ ([
      [1280, 800],
      [2560, 1440],
    ]).flatMap((size) => {
      /**
       * @param {string} name
       * @param {Shot['act']} act
       */
      const shot = (name, act) => ({
        file: join(folder, `${name}-${theme}-${size[0]}.png`),
        theme,
        size,
        act,
      });
      return [
        shot('whole', (page) => look(page, { seconds: 12 })),
        shot('zoomed', (page) => look(page, { seconds: 22.4, cue: 'mop', panel: 'inspector', zoom: 8 })),
        shot('gate', (page) => look(page, { seconds: 240.2, cue: 'nothing', panel: 'text', zoom: 12 })),
        shot('render', (page) => look(page, { seconds: 90, panel: 'render' })),
        shot('keys', (page) => page.keyboard.press('?')),
        shot('palette', async (page) => {
          await page.keyboard.press('Control+k');
          await page.keyboard.type('cue');
        }),
        shot('error', async (page) => {
          await look(page, { seconds: 12, cue: 'freeze', panel: 'cues' });
          await page.evaluate(() => {
            const { document: sheet } = /** @type {any} */ (window).runoutTest.workspace;
            sheet.change('Break', [
              { path: ['cues', sheet.cueIndex('freeze'), 'at'], value: 'shot:4-9.start' },
            ]);
          });
        }),
      ];
    }),
  );

const server = spawn(
  process.execPath,
  ['dist/cli/runout.js', 'preview', 'cues/ballroom.cues.json', '--no-open'],
  { stdio: ['ignore', 'pipe', 'inherit'] },
);
/** @type {string} */
const url = await new Promise((resolve) => {
  let said = '';
  server.stdout.on('data', (text) => {
    said += text;
    const found = /http:\/\/\S+/.exec(said)?.[0];
    if (found) resolve(found);
  });
});
const executablePath = findChromium();
const browser = await chromium.launch({ ...(executablePath && { executablePath }), args: chromiumArguments });
try {
  if (options.all) mkdirSync(options.all, { recursive: true });
  const shots = options.all ? allShots(options.all) : SHOTS;
  for (const { file, theme, size, act } of shots.filter((shot) => shot.file.includes(options.only ?? ''))) {
    const [width, height] = size;
    const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme });
    const page = await context.newPage();
    await page.goto(`${url}#test`);
    await page.waitForFunction(
      () => /** @type {any} */ (window).runoutTest?.workspace.studio.film.value !== undefined,
    );
    await act(page);
    if (options.all) await waitForWaveforms(page);
    await page.screenshot({ path: file });
    console.log(file);
    await context.close();
  }
} finally {
  await browser.close();
  server.kill('SIGINT');
}
