import { ExitCode } from './exit-code.ts';

const controller = new AbortController();
let isHandled = false;

/**
 * A signal that is aborted by the first Ctrl-C (or SIGTERM): whoever asks for it cleans up and then lets the
 * process end with {@link ExitCode.interrupted}. A second Ctrl-C ends the process at once.
 */
export function interruptSignal(): AbortSignal {
  isHandled = true;
  return controller.signal;
}

/** Makes Ctrl-C end the process with exit code 130, after whoever asked for the signal has cleaned up. */
export function catchInterrupts(): void {
  const stop = () => {
    process.exitCode = ExitCode.interrupted;
    if (!isHandled || controller.signal.aborted) process.exit();
    controller.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}
