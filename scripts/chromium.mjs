import { existsSync } from 'node:fs';
import { chromium } from 'playwright';

/**
 * The Chromium that browser tests run in: the one that `CHROMIUM_PATH` names, else one that is installed,
 * else the one that `npx playwright install chromium` fetched.
 *
 * @returns {string | undefined} Path of the program, undefined when there is none.
 */
export function findChromium() {
  const named = process.env['CHROMIUM_PATH'];
  if (named) return existsSync(named) ? named : undefined;
  return [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome-stable',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    chromium.executablePath(),
  ].find((path) => existsSync(path));
}

/**
 * Switches that the tests start it with: sound without a click, no traffic of its own, and no sandbox where
 * root runs it (there Chromium refuses to start with one).
 */
export const chromiumArguments = [
  '--autoplay-policy=no-user-gesture-required',
  '--disable-background-networking',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];
