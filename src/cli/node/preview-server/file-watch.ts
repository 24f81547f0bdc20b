import type { FSWatcher } from 'chokidar';

/** Changes that come so close together are told together, ms: a program that writes a file touches it often. */
const GATHERED_MS = 60;

/** Watches files, also those that are not there yet. */
export class FileWatch {
  readonly #watcher: FSWatcher;
  readonly #paths = new Set<string>();
  readonly #changed = new Set<string>();
  #onChange: (paths: readonly string[]) => void = () => {};
  #timer: NodeJS.Timeout | undefined;

  private constructor(watcher: FSWatcher) {
    this.#watcher = watcher;
    watcher.on('all', (event, path) => {
      this.#note(path);
      if (event === 'unlink') this.#watchAgain(path);
    });
  }

  /** @param onProblem - Told, once, why files cannot be watched. */
  static async start(onProblem: (message: string) => void): Promise<FileWatch> {
    // Only a preview needs it.
    const { watch } = await import('chokidar');
    const watcher = watch([], { ignoreInitial: true });
    let isTold = false;
    watcher.on('error', (problem) => {
      if (isTold) return;
      isTold = true;
      onProblem(`files cannot be watched, reload to see changes (${tell(problem)})`);
    });
    return new FileWatch(watcher);
  }

  /** Whoever listens is told the paths of files that were changed, added or removed. */
  listen(onChange: (paths: readonly string[]) => void): void {
    this.#onChange = onChange;
  }

  /** Watches a file from now on. Idempotent. */
  add(path: string): void {
    if (this.#paths.has(path)) return;
    this.#paths.add(path);
    this.#watcher.add(path);
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#watcher.close();
  }

  /** chokidar forgets a file that goes, and does so only after it has told of it. */
  #watchAgain(path: string): void {
    if (!this.#paths.has(path)) return;
    setImmediate(() => {
      if (this.#watcher.closed) return;
      this.#watcher.add(path);
    });
  }

  /** A folder is watched for a file that is missing in it: only what was asked for is told. */
  #note(path: string): void {
    if (!this.#paths.has(path)) return;
    this.#changed.add(path);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const paths = [...this.#changed].sort();
      this.#changed.clear();
      this.#onChange(paths);
    }, GATHERED_MS);
  }
}

function tell(problem: unknown): string {
  return problem instanceof Error ? problem.message : String(problem);
}
