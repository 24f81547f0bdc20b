import type { PlacedIssue } from '../engine/index.ts';
import { styled } from './terminal.ts';

/** Columns of a line that a code frame shows; longer lines are cut around the place. */
const FRAME_WIDTH = 100;

/**
 * Issues as a user reads them: `file:line:column severity rule message`, then the lines they lie in with the
 * place marked, then the hint.
 *
 * @param texts - The texts that issues lie in, by file.
 * @param stream - Where they are printed, for colour.
 */
export function describeIssues(
  issues: readonly PlacedIssue[],
  texts: ReadonlyMap<string, string>,
  stream: NodeJS.WriteStream,
): string {
  const linesOf = new Map([...texts].map(([file, text]) => [file, text.split(/\r\n|\r|\n/)]));
  return issues
    .map((issue) => {
      const lines = linesOf.get(issue.file);
      const frame = lines ? codeFrame(lines, issue, stream) : [];
      const hint = issue.hint === undefined ? [] : [`  ${styled('cyan', 'hint:', stream)} ${issue.hint}`];
      return [headline(issue, stream), ...frame, ...hint].join('\n');
    })
    .join('\n\n');
}

/** `2 errors, 1 warning` */
export function countIssues(issues: readonly PlacedIssue[]): string {
  const errors = issues.filter((issue) => issue.severity === 'error').length;
  const warnings = issues.length - errors;
  return [count(errors, 'error'), count(warnings, 'warning')].filter(Boolean).join(', ') || 'no issues';
}

function count(number: number, noun: string): string {
  return number === 0 ? '' : `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function headline(issue: PlacedIssue, stream: NodeJS.WriteStream): string {
  const place = `${issue.file}:${issue.line}:${issue.column}`;
  const severity = styled(issue.severity === 'error' ? 'red' : 'yellow', issue.severity, stream);
  return `${styled('bold', place, stream)} ${severity} ${styled('dim', issue.rule, stream)} ${issue.message}`;
}

/** The line of an issue and the one before it, with a caret under the column. */
function codeFrame(lines: readonly string[], issue: PlacedIssue, stream: NodeJS.WriteStream): string[] {
  const { line } = issue;
  const text = lines[line - 1];
  if (text === undefined || text.trim() === '') return [];
  const column = Math.min(issue.column, text.length + 1);
  const from = Math.max(0, column - 1 - Math.floor(FRAME_WIDTH / 2));
  const width = String(line).length;
  const show = (number: number, mark: string) => {
    const shown = printable((lines[number - 1] ?? '').slice(from, from + FRAME_WIDTH));
    return `${mark} ${styled('dim', `${String(number).padStart(width)} |`, stream)} ${shown}`.trimEnd();
  };
  const before = line > 1 && lines[line - 2]?.trim() ? [show(line - 1, ' ')] : [];
  const caret = `  ${' '.repeat(width)} ${styled('dim', '|', stream)} ${' '.repeat(column - 1 - from)}`;
  return [...before, show(line, '>'), `${caret}${styled('red', '^', stream)}`];
}

/** Tabs and control characters as one column each, so that the caret stands right and nothing reaches the terminal. */
function printable(text: string): string {
  return text.replace(/\t/g, ' ').replace(/\p{Cc}/gu, '\u00b7');
}
