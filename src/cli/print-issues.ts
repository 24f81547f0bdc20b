import type { PlacedIssue } from '../engine/index.ts';
import { printJson, styled } from './terminal.ts';

/** Columns of a line that a code frame shows; a longer one is cut, each on its own: that of the issue around the place. */
const FRAME_WIDTH = 100;
/** Stands where a line was cut. */
const CUT = '…';

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

/** An issue with its keys always there and always in the same order; only the hint may be missing. */
export function issueToJson({
  file,
  line,
  column,
  pointer,
  severity,
  rule,
  message,
  hint,
}: PlacedIssue): PlacedIssue {
  return { file, line, column, pointer, severity, rule, message, ...(hint !== undefined && { hint }) };
}

/** What `--json` prints in place of its document where there is none: `{"issues": […]}`. */
export function printIssuesAsJson(issues: readonly PlacedIssue[]): void {
  printJson({ issues: issues.map(issueToJson) });
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
  const width = String(line).length;
  const show = (number: number, mark: string, shown: string) =>
    `${mark} ${styled('dim', `${String(number).padStart(width)} |`, stream)} ${shown}`.trimEnd();
  const previous = line > 1 ? (lines[line - 2] ?? '') : '';
  const before = previous.trim() ? [show(line - 1, ' ', clip(previous, 1).shown)] : [];
  const { shown, column } = clip(text, Math.min(issue.column, text.length + 1));
  const caret = `  ${' '.repeat(width)} ${styled('dim', '|', stream)} ${' '.repeat(column - 1)}`;
  return [...before, show(line, '>', shown), `${caret}${styled('red', '^', stream)}`];
}

/** The part of a line around a column, with dots where it is cut; and where the column is in it, from 1. */
function clip(text: string, column: number): { readonly shown: string; readonly column: number } {
  if (text.length <= FRAME_WIDTH) return { shown: printable(text), column };
  const centred = column - 1 - Math.floor(FRAME_WIDTH / 2);
  const from = Math.max(0, Math.min(centred, text.length - FRAME_WIDTH));
  const head = from > 0 ? CUT : '';
  const tail = from + FRAME_WIDTH < text.length ? CUT : '';
  const shown = head + printable(text.slice(from, from + FRAME_WIDTH)) + tail;
  return { shown, column: column - from + head.length };
}

/** Tabs and control characters as one column each, so that the caret stands right and nothing reaches the terminal. */
function printable(text: string): string {
  return text.replace(/\t/g, ' ').replace(/\p{Cc}/gu, '\u00b7');
}
