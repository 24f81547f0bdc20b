import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';
import { loadKernelModule } from '../../src/cli/node/kernel-file.ts';
import { openPcmCache } from '../../src/cli/node/pcm-cache.ts';

/** What sounds are opened with in Node. */
export const runtime = { kernel: loadKernelModule(), cache: openPcmCache() };
// A worker of the test runner is ended without the event at which the cache would remove its files.
afterAll(() => runtime.cache.dispose());

/** The bytes of a file in fixtures/. */
export function readFixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(fileURLToPath(new URL(`fixtures/${name}`, import.meta.url))));
}

/** True when a program can be started here. */
export function hasTool(name: string): boolean {
  return spawnSync(name, ['--version'], { stdio: 'ignore' }).error === undefined;
}

/** Runs a program in a folder of its own that holds `files`; gives the bytes of its file `result`. */
export function runTool(
  command: readonly [program: string, ...parameters: string[]],
  files: Readonly<Record<string, Uint8Array>>,
  result: string,
): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'runout-test-'));
  try {
    for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
    const [program, ...parameters] = command;
    execFileSync(program, parameters, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
    return new Uint8Array(readFileSync(join(folder, result)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
