import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumArguments, findChromium } from './scripts/chromium.mjs';

const executablePath = findChromium();

const node = {
  test: {
    name: 'node',
    environment: 'node',
    include: ['test/**/*.test.ts'],
    exclude: ['test/app/**', 'test/browser/**', 'test/cli/**'],
    // Loading the engine anew for each file takes longer than most files do.
    isolate: false,
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

/** Drives the whole app, as `runout preview` serves it, in a real Chromium. */
const app = {
  test: {
    name: 'app',
    environment: 'node',
    include: ['test/app/**/*.app.test.ts'],
    globalSetup: 'test/cli/build.ts',
    // Each file has a browser of its own; two at once would take the sound from each other on a small machine.
    fileParallelism: false,
    // And so would other tests: these play in real time, when all others are done.
    sequence: { groupOrder: 2 },
    testTimeout: process.env['RUNOUT_SOAK'] ? 600_000 : 120_000,
    hookTimeout: 120_000,
  },
};

/** Tests in a page, without the app around it. */
const inBrowser = (name: string, groupOrder: number) => ({
  // Named here so that Vite does not come upon them in mid-run and reload the page.
  optimizeDeps: {
    include: [
      '@wasm-audio-decoders/ogg-vorbis',
      'mpg123-decoder',
      'fast-check',
      'preact',
      'preact/hooks',
      'preact/jsx-runtime',
      'preact/jsx-dev-runtime',
      '@preact/signals',
      'standardized-audio-context',
      'tone/build/esm/component/channel/Channel.js',
      'tone/build/esm/core/context/Context.js',
      'tone/build/esm/core/context/GlobalContext.js',
      'tone/build/esm/core/context/ToneAudioNode.js',
      '@codemirror/autocomplete',
      '@codemirror/commands',
      '@codemirror/language',
      '@codemirror/lint',
      '@codemirror/search',
      '@codemirror/state',
      '@codemirror/view',
      '@lezer/highlight',
      'axe-core',
      'idb',
      'jsonc-parser',
      'wavesurfer.js',
      'wavesurfer.js/plugins/regions',
      'wavesurfer.js/plugins/spectrogram',
      'wavesurfer.js/plugins/minimap',
    ],
  },
  test: {
    name,
    include: [`test/browser/**/*.${name}.test.ts`],
    sequence: { groupOrder },
    fileParallelism: false,
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
});

export default defineConfig({
  test: {
    maxWorkers: '100%',
    // Without a Chromium the browser's tests cannot start; scripts/test.mjs says so and counts them.
    projects: executablePath
      ? // What plays in real time does so alone.
        [node, cli, inBrowser('browser', 0), inBrowser('realtime', 1), app]
      : [node, cli],
  },
});
