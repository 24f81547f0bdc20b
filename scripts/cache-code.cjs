// Runs a small render with the built command line and keeps the code that V8 has made by then, for
// src/cli/start.cjs: what every command does, and what a render does, is compiled in it.
const { mkdtempSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { spawnSync } = require('node:child_process');

const RUNOUT = join(__dirname, '../dist/cli/runout.js');

const folder = mkdtempSync(join(tmpdir(), 'runout-code-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const film = join(folder, 'film');
spawnSync(process.execPath, [RUNOUT, 'init', film], { stdio: 'ignore' });
process.argv = [
  process.execPath,
  RUNOUT,
  ...[
    'render',
    join(film, 'film.cues.json'),
    '--out',
    join(folder, 'out'),
    '--mix-only',
    '--quiet',
    '--json',
  ],
];
process.stdout.write = () => true;
const { script } = require(RUNOUT);
process.on('exit', () => {
  if (!process.exitCode)
    writeFileSync(join(__dirname, '../dist/cli/program.cjs.code'), script.createCachedData());
});
