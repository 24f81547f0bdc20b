// All checks of the project in one go: lint, types, build, then the tests in Node and in Chromium.
//
//   node scripts/test.mjs [--report FILE]
//
// Ends with the line `N passed, N failed, N skipped`. Every failed step counts as one failure. Where no
// Chromium can be had, the browser's tests count as skipped; under CI that is a failure.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findChromium } from './chromium.mjs';

const { values: options } = parseArgs({ options: { report: { type: 'string' } } });
const isCi = Boolean(process.env['CI']);

/**
 * Runs a command with its output on the terminal.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {boolean} Whether it succeeded.
 */
function run(command, args) {
  console.log(`\n$ ${[command, ...args].join(' ')}`);
  return spawnSync(command, args, { stdio: 'inherit' }).status === 0;
}

/** Installs Debian's Chromium where that is possible without asking: as root, on Debian, with none named. */
function installChromium() {
  if (process.env['CHROMIUM_PATH'] || process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return;
  const apt = ['-o', 'Acquire::Retries=3'];
  run('apt-get', [...apt, 'update']);
  run('apt-get', [...apt, 'install', '-y', '--no-install-recommends', 'chromium']);
}

/**
 * Reads the counts of a Vitest JSON report. A file that fails before its tests run is one failure.
 *
 * @param {string} file
 */
function readReport(file) {
  if (!existsSync(file)) return { passed: 0, failed: 0, skipped: 0 };
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const brokenFiles = report.testResults.filter(
    (/** @type {any} */ result) => result.status === 'failed' && result.assertionResults.length === 0,
  ).length;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

if (!findChromium()) installChromium();
const hasChromium = findChromium() !== undefined;

const work = mkdtempSync(join(tmpdir(), 'runout-test-'));
const report = options.report ?? join(work, 'report.json');
rmSync(report, { force: true });

const stepFailures = [
  ['npm', ['run', '--silent', 'lint']],
  ['npm', ['run', '--silent', 'typecheck']],
  ['npm', ['run', '--silent', 'build']],
].filter(([command, args]) => !run(/** @type {string} */ (command), /** @type {string[]} */ (args)));
const testsSucceeded = run('npx', [
  'vitest',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
]);

const counts = readReport(report);
rmSync(work, { recursive: true, force: true });
let failed = counts.failed + stepFailures.length;
// An error outside of any test (a worker that died, a setup that threw) fails the run and no test.
if (!testsSucceeded && counts.failed === 0) failed += 1;
let skipped = counts.skipped;

for (const [command, args] of stepFailures) {
  console.log(`FAILED: ${command} ${/** @type {string[]} */ (args).join(' ')}`);
}
if (!hasChromium) {
  const files = [...readdirSync('test/browser'), ...readdirSync('test/app')].filter((name) =>
    /\.(?:browser|realtime|app)\.test\.ts$/.test(name),
  ).length;
  skipped += files;
  console.log(`SKIPPED: the browser's tests (${files} files): there is no Chromium.`);
  console.log('  Install one, or name it: CHROMIUM_PATH=/path/to/chromium npm test');
  if (isCi) console.log('  Under CI that is a failure.');
}
console.log(`\n${counts.passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed > 0 || (isCi && !hasChromium) ? 1 : 0;
