/** Between two drawings of a bar, and between two lines where there can be no bar. */
const BAR_SECONDS = 0.08;
const LINE_SECONDS = 5;
const BAR_WIDTH = 32;

/** Tells on stderr how far a long work has come. */
export interface Progress {
  /** Counts work that was done, in the unit of the total. */
  add(amount: number): void;
  /** Takes the bar away. Idempotent. */
  end(): void;
}

/** Where progress is told, and when. */
export interface ProgressOptions {
  /** What is under way: `rendering`. */
  readonly label: string;
  readonly total: number;
  /** True to tell nothing. */
  readonly isQuiet?: boolean;
  readonly stream: { readonly isTTY?: boolean; write(text: string): unknown };
  readonly environment: NodeJS.ProcessEnv;
}

/** A bar on a terminal; on anything else a line every few seconds, so that a short work leaves no trace. */
export function startProgress(options: ProgressOptions): Progress {
  const { label, total, isQuiet = false, stream, environment } = options;
  const isBar = stream.isTTY && !environment['CI'] && environment['TERM'] !== 'dumb';
  const interval = isBar ? BAR_SECONDS : LINE_SECONDS;
  let done = 0;
  let shownAt = process.uptime();
  let isShown = false;
  return {
    add(amount) {
      done += amount;
      if (isQuiet || process.uptime() - shownAt < interval) return;
      shownAt = process.uptime();
      isShown = true;
      const part = Math.min(1, done / total);
      stream.write(isBar ? `\r${label} ${bar(part)} ${percent(part)}` : `${label} ${percent(part)}\n`);
    },
    end() {
      // Back to the line's beginning and clear it.
      if (isBar && isShown) stream.write('\r\u001b[K');
      isShown = false;
    },
  };
}

function bar(part: number): string {
  const full = Math.floor(part * BAR_WIDTH);
  return `[${'#'.repeat(full)}${'.'.repeat(BAR_WIDTH - full)}]`;
}

function percent(part: number): string {
  return `${String(Math.floor(part * 100)).padStart(3)} %`;
}
