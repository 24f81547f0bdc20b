import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumArguments, findChromium } from './scripts/chromium.mjs';

const executablePath = findChromium();

const node = {
  test: {
    name: 'node',
    environment: 'node',
    include: ['test/**/*.test.ts'],
    exclude: ['test/browser/**', 'test/cli/**'],
    testTimeout: 60_000,
  },
};

/** Runs the built command line as a process. */
const cli = {
  test: {
    name: 'cli',
    environment: 'node',
    include: ['test/cli/**/*.test.ts'],
    globalSetup: 'test/cli/build.ts',
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
};

const browser = {
  // Named here so that Vite does not come upon them in mid-run and reload the page.
  optimizeDeps: {
    include: ['@wasm-audio-decoders/ogg-vorbis', 'mpg123-decoder', 'fast-check'],
  },
  test: {
    name: 'browser',
    include: ['test/browser/**/*.browser.test.ts'],
    testTimeout: 60_000,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({
        launchOptions: { ...(executablePath && { executablePath }), args: chromiumArguments },
      }),
      instances: [{ browser: 'chromium' as const }],
    },
  },
};

export default defineConfig({
  test: {
    // Without a Chromium the browser's tests cannot start; scripts/test.mjs says so and counts them.
    projects: executablePath ? [node, cli, browser] : [node, cli],
  },
});
