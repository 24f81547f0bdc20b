import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { onTestFinished } from 'vitest';
import { RUNOUT } from './run-cli.ts';

/** A preview that runs as a process of its own. */
export interface RunningPreview {
  readonly pid: number;
  readonly url: string;
  readonly port: number;
  readonly token: string;
  /** What it has written to stderr so far. */
  readonly stderr: () => string;
  /** A request of the API with all that the app sends along; `headers` replace that, undefined takes away. */
  api(path: string, init?: ApiInit): Promise<Response>;
  /** Sends bytes as they are, and gives back all that comes until the connection ends: from here, by default. */
  raw(text: string, options?: { readonly isEnded?: boolean }): Promise<string>;
  /** Ends it by a signal. @returns The exit code, or the signal. */
  stop(signal?: NodeJS.Signals): Promise<number | string | null>;
}

export interface ApiInit extends Omit<RequestInit, 'headers'> {
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

/** Starts `runout preview` on a sheet; it is ended when the test is. */
export async function startPreview(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<RunningPreview> {
  const child = spawn(process.execPath, [RUNOUT, 'preview', ...args, '--no-open'], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').once('data', (text: string) => resolve(text.trim()));
    child.once('exit', (code) => reject(new Error(`the preview ended with ${code}: ${stderr}`)));
  });
  const page = await (await fetch(url)).text();
  const token = /name="runout-token" content="([^"]+)"/.exec(page)?.[1] ?? '';
  const { port, origin } = new URL(url);
  return {
    pid: child.pid!,
    url,
    port: Number(port),
    token,
    stderr: () => stderr,
    api(path, { headers = {}, ...init } = {}) {
      const all = { 'x-runout-token': token, Origin: origin, ...headers };
      const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
      return fetch(new URL(path, url), { ...init, headers: given });
    },
    raw: (text, { isEnded = true } = {}) => exchange(Number(port), text, isEnded),
    async stop(signal = 'SIGINT') {
      const exited = once(child, 'exit');
      child.kill(signal);
      const [code, by] = await exited;
      return code ?? by;
    },
  };
}

async function exchange(port: number, text: string, isEnded: boolean): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.setEncoding('latin1').on('data', (part: string) => {
    answer += part;
  });
  // Whoever is cut off has what came before.
  socket.on('error', () => {});
  socket.write(text, 'latin1');
  if (isEnded) socket.end();
  await new Promise((resolve) => socket.on('close', resolve));
  return answer;
}

/** Events of a preview, as they come. */
export interface Events {
  /** The next event that nobody has taken yet. */
  next(): Promise<unknown>;
  close(): void;
}

export async function listen(preview: RunningPreview): Promise<Events> {
  const abort = new AbortController();
  const response = await preview.api('/api/events', { signal: abort.signal });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  onTestFinished(() => abort.abort());
  let text = '';
  return {
    async next() {
      for (;;) {
        const found = /^data: (.*)\n\n/m.exec(text);
        if (found) {
          text = text.slice(found.index + found[0].length);
          return JSON.parse(found[1]!);
        }
        const { value, done } = await reader.read();
        if (done) throw new Error('the events have ended');
        text += value;
      }
    },
    close: () => abort.abort(),
  };
}
