import { spawnSync } from 'node:child_process';
import type { Job } from '../job.ts';

/** A program that can do a job. */
export interface Peer {
  readonly name: string;
  /** Its version, or undefined where it is not installed. */
  version(): string | undefined;
  /** Why it is not asked to do a job; undefined where it is. */
  declines?(job: Job): string | undefined;
  /** Writes what the program needs besides the sounds into `folder`. Not timed. */
  prepare(job: Job, folder: string): Command;
}

/** One whole process, from start to closed file. */
export interface Command {
  readonly command: string;
  readonly args: readonly string[];
  /** The WAV that it writes. */
  readonly output: string;
  /** Samples that it comes late, as a program does that convolves in blocks. Default: 0. */
  readonly delay?: number;
  /** The same mixed so often in one process, which prints the milliseconds of each: files are open by then. */
  readonly warm?: (runs: number) => { readonly command: string; readonly args: readonly string[] };
}

/** The first line that a program prints about itself and that matches, or undefined if it cannot be run. */
export function versionOf(command: string, args: readonly string[], pattern: RegExp): string | undefined {
  const run = spawnSync(command, args, { encoding: 'utf8' });
  if (run.error) return undefined;
  return pattern.exec(run.stdout + run.stderr)?.[0] ?? 'of unknown version';
}
