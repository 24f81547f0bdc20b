import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** An empty folder of a test's own, gone when the test is over. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'runout-render-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** True where a program can be run. */
export function hasTool(name: string): boolean {
  return spawnSync(name, ['--version']).error === undefined;
}

/** Both outputs of a program, and its exit code. */
export function runTool(name: string, args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(name, args, { encoding: 'utf8' });
  return { status, stdout, stderr };
}
