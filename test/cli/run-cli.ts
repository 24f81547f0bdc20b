import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

/** The built command line. */
export const RUNOUT = resolve('dist/cli/runout.js');

/** How a command ended, and what it wrote. */
export interface Ended {
  /** Exit code; null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly milliseconds: number;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs `runout` with arguments, without a terminal and without colour unless the environment asks for it. */
export function runout(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const began = process.hrtime.bigint();
  const { FORCE_COLOR: _force, NO_COLOR: _no, ...env } = process.env;
  const child = spawn(process.execPath, [RUNOUT, ...args], {
    cwd: options.cwd,
    env: { ...env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => {
      const milliseconds = Number(process.hrtime.bigint() - began) / 1e6;
      done({ code, stdout, stderr, milliseconds });
    });
  });
}

/** Runs `runout … --json` and reads the document that it prints. */
export async function runoutJson<Document>(
  args: readonly string[],
  options: RunOptions = {},
): Promise<Ended & { readonly json: Document }> {
  const ended = await runout([...args, '--json'], options);
  return { ...ended, json: JSON.parse(ended.stdout) as Document };
}
