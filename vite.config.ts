import { chmodSync, copyFileSync, writeFileSync } from 'node:fs';
import { defineConfig, type Plugin, type UserConfig } from 'vite';
import { thirdPartyNotices } from './scripts/third-party.ts';

const OUT = 'dist/cli';

/** Non-ASCII letters stand in strings, templates, patterns and comments only, where an escape means the same. */
const ascii: Plugin = {
  name: 'ascii',
  generateBundle(_options, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type !== 'chunk') continue;
      file.code = file.code.replace(
        /[^\0-\x7f]/g,
        (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
      );
    }
  },
};

/** What Node runs: a few lines that start the program with the code that `scripts/cache-code.cjs` has kept. */
const starter: Plugin = {
  name: 'starter',
  writeBundle() {
    copyFileSync('src/cli/start.cjs', `${OUT}/runout.js`);
    writeFileSync(`${OUT}/package.json`, '{ "type": "commonjs" }\n');
    // npm makes a package's `bin` executable when it installs it; a checkout is run as it is.
    chmodSync(`${OUT}/runout.js`, 0o755);
  },
};

/** Bundles the command line for Node into one script, dist/cli/program.cjs. */
const commandLine: UserConfig = {
  // The command line has no page and no public folder.
  publicDir: false,
  plugins: [ascii, starter],
  // The decoders stay packages of their own.
  ssr: { noExternal: ['commander', 'zod', 'jsonc-parser', 'chokidar', 'readdirp'] },
  build: {
    ssr: true,
    outDir: OUT,
    target: 'node20',
    minify: false,
    // The notices of the packages that are bundled.
    license: { fileName: 'third-party.md' },
    rolldownOptions: {
      input: { program: 'src/cli/main.ts' },
      output: {
        format: 'cjs',
        entryFileNames: '[name].cjs',
        codeSplitting: false,
        // A command's modules are run when it is the one that was asked for.
        strictExecutionOrder: true,
      },
    },
  },
};

const notices = thirdPartyNotices('third-party.md');

/** The app that `runout preview` serves, dist/app. Paths are relative, so that it works from any folder. */
const app: UserConfig = {
  root: 'src/ui',
  base: './',
  publicDir: false,
  plugins: [notices.page],
  build: {
    outDir: '../../dist/app',
    emptyOutDir: true,
    target: 'es2023',
    // Everything is a file of the server's own: its policy refuses scripts that stand in a URL.
    assetsInlineLimit: 0,
    rolldownOptions: {
      checks: { pluginTimings: false },
      onLog(level, log, handle) {
        // The waveform's spectrogram looks for Node's threads where there are no workers, which is never here.
        if (!log.message.includes('Module "worker_threads" has been externalized')) handle(level, log);
      },
    },
  },
  worker: { format: 'es', plugins: () => [notices.worker()] },
};

/** `--mode app` builds the app, any other mode the command line. */
export default defineConfig(({ mode }) => (mode === 'app' ? app : commandLine));
