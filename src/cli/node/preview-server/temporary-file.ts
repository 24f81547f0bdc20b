import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isRunning } from '../is-running.ts';

/** With the number of the process that writes it: `.runout-save-1234-1.part`. */
const NAME = /^\.runout-save-(\d+)-\d+\.part$/;
/** A file of a process that has gone is nobody's after so long, ms. */
const LEFT_AFTER_MS = 60_000;

let count = 0;

/** A path in a folder for what is to be renamed when it is whole. */
export function temporaryPath(folder: string): string {
  return join(folder, `.runout-save-${process.pid}-${count++}.part`);
}

/** Removes from a folder what processes have left there that were killed before they could rename it. */
export function sweepTemporaries(folder: string): void {
  for (const name of namesIn(folder)) {
    const pid = Number(NAME.exec(name)?.[1]);
    if (!Number.isInteger(pid) || isRunning(pid)) continue;
    const path = join(folder, name);
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats && Date.now() - stats.mtimeMs > LEFT_AFTER_MS) rmSync(path, { force: true });
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // Told when something is to be written there.
    return [];
  }
}
