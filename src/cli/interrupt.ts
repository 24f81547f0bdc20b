import { ExitCode } from './exit-code.ts';

/** Ctrl-C, a polite kill, and a terminal that was closed. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const controller = new AbortController();
let isHandled = false;

/**
 * A signal that is aborted by the first Ctrl-C (or SIGTERM, or SIGHUP): whoever asks for it takes back what it
 * has done and throws. A second Ctrl-C ends the process at once.
 */
export function interruptSignal(): AbortSignal {
  isHandled = true;
  return controller.signal;
}

/** Whether there was a Ctrl-C: a command that throws then has been stopped, and one that ends has made it in time. */
export function isInterrupted(): boolean {
  return controller.signal.aborted;
}

/** Makes Ctrl-C end the process, after whoever asked for the signal has cleaned up. */
export function catchInterrupts(): void {
  const stop = () => {
    if (!isHandled || controller.signal.aborted) {
      tellInterrupted();
      process.exit();
    }
    controller.abort();
  };
  for (const signal of SIGNALS) process.on(signal, stop);
}

/** Says so, and sets the exit code. */
export function tellInterrupted(): void {
  process.exitCode = ExitCode.interrupted;
  process.stderr.write('runout: interrupted, nothing was written\n');
}
