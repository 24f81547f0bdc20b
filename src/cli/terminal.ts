import { styleText } from 'node:util';
import { ExitCode } from './exit-code.ts';

/** Colours and weights that the commands use. */
export type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan';

/** Writes data to stdout, with a line end. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Writes one JSON document to stdout. */
export function printJson(value: unknown): void {
  print(JSON.stringify(value, undefined, 2));
}

/** Writes a note to stderr: whatever is not the data that was asked for. */
export function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Colours text where the stream shows colour; NO_COLOR, FORCE_COLOR and `--no-color` are obeyed. */
export function styled(style: Style, text: string, stream: NodeJS.WriteStream = process.stdout): string {
  return styleText(style, text, { stream, validateStream: true });
}

/**
 * Ends the process when its data can no longer be written: quietly, with the exit code as it was, when the
 * reader of a pipe has gone (`runout schema | head -1`), which is no fault of the input; else with 1. Notes
 * that nobody reads stop nothing.
 */
export function endOnBrokenOutput(): void {
  process.stderr.on('error', () => {});
  process.stdout.on('error', (problem: NodeJS.ErrnoException) => {
    if (problem.code === 'EPIPE') process.exit();
    note(`runout: cannot write to stdout: ${problem.message}`);
    process.exit(ExitCode.fault);
  });
}
