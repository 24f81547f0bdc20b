/** What the process ends with, as shells and scripts see it. */
export const ExitCode = {
  /** Done as asked. */
  done: 0,
  /** The input is at fault, or a check failed. */
  fault: 1,
  /** Wrong usage: an unknown command, option or argument. */
  usage: 2,
  /** Stopped by Ctrl-C. */
  interrupted: 130,
} as const;
