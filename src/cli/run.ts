import { CommanderError } from 'commander';
import { ExitCode } from './exit-code.ts';
import { Failure, UsageError } from './failure.ts';
import { isInterrupted, tellInterrupted } from './interrupt.ts';
import { createProgram } from './program.ts';
import { endOnBrokenOutput, note, styled } from './terminal.ts';

/** Runs one command line. The exit code is set, not forced: the process ends when its work has ended. */
export async function run(args: readonly string[]): Promise<void> {
  if (args.includes('--no-color')) forbidColour();
  endOnBrokenOutput();
  try {
    const program = await createProgram(args);
    await program.parseAsync(args, { from: 'user' });
  } catch (problem) {
    if (isInterrupted()) {
      tellInterrupted();
      return;
    }
    process.exitCode = exitCodeOf(problem);
    // Commander has printed its own errors.
    if (problem instanceof CommanderError) return;
    note(`${styled('red', 'runout:', process.stderr)} ${tell(problem)}`);
  }
}

/** Before anything is printed, and for commander's own help too; what the command line says outranks FORCE_COLOR. */
function forbidColour(): void {
  process.env['NO_COLOR'] = '1';
  delete process.env['FORCE_COLOR'];
}

function exitCodeOf(problem: unknown): number {
  if (problem instanceof CommanderError) return problem.exitCode === 0 ? ExitCode.done : ExitCode.usage;
  if (problem instanceof UsageError) return ExitCode.usage;
  return ExitCode.fault;
}

/** The message and the hint; anything that was not foreseen also shows where it happened. */
function tell(problem: unknown): string {
  if (problem instanceof Failure || problem instanceof UsageError) {
    return problem.hint === undefined ? problem.message : `${problem.message}\n  ${problem.hint}`;
  }
  if (problem instanceof Error) {
    return `this should not happen, please report it: ${problem.stack ?? problem.message}`;
  }
  return String(problem);
}
