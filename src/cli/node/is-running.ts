import { errorCode } from './error-code.ts';

/** Whether a process of this machine is running, whoever's it is. */
export function isRunning(pid: number): boolean {
  if (pid <= 0) return false;
  try {
    // Signal 0 is sent to nobody: it asks.
    process.kill(pid, 0);
    return true;
  } catch (problem) {
    return errorCode(problem) !== 'ESRCH';
  }
}
