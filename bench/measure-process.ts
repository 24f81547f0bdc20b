import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import type { Command } from './peers/peer.ts';

/** GNU time, which tells what a process took. */
const TIME = '/usr/bin/time';

/** Processor time and memory of one run. */
export interface Load {
  /** User and system time, all threads, in seconds. */
  readonly cpuSeconds: number;
  /** Peak resident memory, MiB; of a program that starts others, its own. */
  readonly peakMib: number;
}

/**
 * Runs once, untimed, and leaves the output where it is.
 *
 * @returns undefined where GNU time is not installed.
 * @throws Error if the run fails.
 */
export function loadOf({ command, args, output }: Command): Load | undefined {
  const hasTime = existsSync(TIME);
  const { stderr } = hasTime
    ? run(TIME, ['-f', '%U %S %M', command, ...args], output)
    : run(command, args, output);
  const figures = stderr.trim().split('\n').at(-1)?.split(' ').map(Number);
  const [user, system, kib] = figures ?? [];
  if (!hasTime || user === undefined || system === undefined || kib === undefined) return undefined;
  return { cpuSeconds: user + system, peakMib: kib / 1024 };
}

/**
 * What one process took, from before it was started until its file was closed and it was gone. The file is
 * removed after it, so that no run pays for writing back what another wrote.
 *
 * @throws Error if the run fails.
 */
export function wallMilliseconds({ command, args, output }: Command): number {
  rmSync(output, { force: true });
  const start = process.hrtime.bigint();
  run(command, args, output);
  const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
  rmSync(output);
  return milliseconds;
}

/** What each of some runs in one process took, as it prints them; the first, which warms it up, is left out. */
export function warmMilliseconds({ warm }: Command, runs: number): readonly number[] {
  if (!warm) return [];
  const { command, args } = warm(runs + 1);
  const { stdout } = run(command, args);
  return stdout.trim().split('\n').map(Number).slice(1);
}

function run(
  command: string,
  args: readonly string[],
  output?: string,
): { readonly stdout: string; readonly stderr: string } {
  const { error, status, signal, stdout, stderr } = spawnSync(command, [...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`ended with ${status ?? signal}: ${stderr.trim().slice(-400)}`);
  if (output !== undefined && !existsSync(output)) throw new Error(`wrote no ${output}`);
  return { stdout, stderr };
}
