import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { RUNOUT, runout } from './run-cli.ts';

const COMMANDS = ['init', 'check', 'compile', 'render', 'edit', 'measure', 'schema'];

test('--version prints the version of the package', async () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  for (const flag of ['--version', '-V']) {
    expect(await runout([flag])).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: '' });
  }
});

test('--help lists every command on stdout', async () => {
  const { code, stdout, stderr } = await runout(['--help']);
  expect(code).toBe(0);
  expect(stderr).toBe('');
  for (const command of COMMANDS) expect(stdout).toContain(`\n  ${command} `);
});

test.each(COMMANDS)('%s --help shows examples', async (command) => {
  for (const args of [
    [command, '--help'],
    ['help', command],
  ]) {
    const { code, stdout } = await runout(args);
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`Examples?:\\n\\s+\\$ runout ${command} `));
  }
});

test('a command line that is not understood ends with 2 and says what would be', async () => {
  const unknown = await runout(['chekc', 'a.cues.json']);
  expect(unknown).toMatchObject({ code: 2, stdout: '' });
  expect(unknown.stderr).toContain("unknown command 'chekc'");
  expect(unknown.stderr).toContain('check');

  const option = await runout(['check', 'a.cues.json', '--jsn']);
  expect(option).toMatchObject({ code: 2, stdout: '' });
  expect(option.stderr).toContain('--json');

  for (const args of [[], ['check'], ['check', 'a', 'b'], ['edit', 'a.edl', '--fps', '17'], ['compile']]) {
    expect(await runout(args), args.join(' ')).toMatchObject({ code: 2, stdout: '' });
  }
});

test('the built command has a shebang and runs as it is', () => {
  expect(readFileSync(RUNOUT, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  expect(spawnSync(RUNOUT, ['--version'], { encoding: 'utf8' }).status).toBe(0);
});

test('a reader that closes the pipe early is no error', () => {
  const { stdout, stderr, status } = spawnSync(
    'bash',
    ['-c', `set -o pipefail; "${process.execPath}" "${RUNOUT}" schema | head -c 1`],
    { encoding: 'utf8' },
  );
  expect({ stdout, stderr, status }).toEqual({ stdout: '{', stderr: '', status: 0 });
});

test.skipIf(!existsSync('/dev/full'))('output that cannot be written ends with 1, in a word', () => {
  const { stderr, status } = spawnSync(
    'bash',
    ['-c', `"${process.execPath}" "${RUNOUT}" schema > /dev/full`],
    { encoding: 'utf8' },
  );
  expect(status).toBe(1);
  expect(stderr).toMatch(/^runout: cannot write to stdout: ENOSPC.*\n$/);
});

test('colour is shown only where it is asked for or seen', async () => {
  const missing = ['check', 'no-such.cues.json'];
  const escapeCode = '\u001b[';
  expect((await runout(missing)).stdout).not.toContain(escapeCode);
  expect((await runout(missing, { env: { FORCE_COLOR: '1' } })).stdout).toContain(escapeCode);
  expect((await runout([...missing, '--no-color'], { env: { FORCE_COLOR: '1' } })).stdout).not.toContain(
    escapeCode,
  );
  expect((await runout(missing, { env: { NO_COLOR: '1' } })).stdout).not.toContain(escapeCode);
});

test('schema prints the JSON Schema that is in the package', async () => {
  const { code, stdout } = await runout(['schema']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual(JSON.parse(readFileSync('cues/cue-sheet.schema.json', 'utf8')));
});
