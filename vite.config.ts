import { chmodSync, existsSync } from 'node:fs';
import { defineConfig, type Plugin } from 'vite';

const OUT = 'dist/cli';

/** The command line, and the thread that it renders with. */
const entries = {
  runout: 'src/cli/runout.ts',
  'render-worker': 'src/cli/node/render-worker.ts',
};

/** npm makes a package's `bin` executable when it installs it; a checkout is run as it is. */
const executable: Plugin = {
  name: 'executable',
  writeBundle() {
    chmodSync(`${OUT}/runout.js`, 0o755);
  },
};

/** Bundles the command line for Node into dist/cli. */
export default defineConfig({
  // The command line has no page and no public folder.
  publicDir: false,
  plugins: [executable],
  // These few are in every run: bundled they load 10 ms sooner. The decoders stay packages of their own.
  ssr: { noExternal: ['commander', 'zod', 'jsonc-parser'] },
  build: {
    ssr: true,
    outDir: OUT,
    target: 'node20',
    minify: false,
    // The notices of the packages that are bundled.
    license: { fileName: 'third-party.md' },
    rolldownOptions: {
      input: Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(file))),
      output: {
        entryFileNames: '[name].js',
        // Beside the entries, so that every piece finds dist from its own address.
        chunkFileNames: '[name].js',
        banner: (chunk) => (chunk.name === 'runout' ? '#!/usr/bin/env node' : ''),
      },
    },
  },
});
