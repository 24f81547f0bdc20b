/**
 * One thing wrong with what the user gave us, as data. Printing is somebody else's work.
 *
 * A room that finds an issue knows the pointer (in a sheet) or the line (in an edit file); the file name,
 * line and column of a pointer are filled in by whoever holds the text (`sheet/locate.ts`).
 */
export interface Issue {
  readonly severity: 'error' | 'warning';
  /** Kebab-case name of the rule that was broken, stable across versions: `unknown-shot`. */
  readonly rule: string;
  /** RFC 6901 JSON pointer into the cue sheet, such as `/cues/3/at`; empty for the whole file. */
  readonly pointer: string;
  /** What was found and what the rule is, in a sentence without a full stop. */
  readonly message: string;
  /** What to do about it. */
  readonly hint?: string;
  /** The file that the line and column count in, as the user would name it. */
  readonly file?: string;
  /** Line, from 1. */
  readonly line?: number;
  /** Column in UTF-16 units, from 1. */
  readonly column?: number;
}

/** An issue that stops a render. */
export function error(rule: string, pointer: string, message: string, hint?: string): Issue {
  return { severity: 'error', rule, pointer, message, ...(hint === undefined ? {} : { hint }) };
}

/** An issue that the user should know of and may accept. */
export function warning(rule: string, pointer: string, message: string, hint?: string): Issue {
  return { severity: 'warning', rule, pointer, message, ...(hint === undefined ? {} : { hint }) };
}

/** True when any of the issues stops a render. */
export function hasErrors(issues: readonly Issue[]): boolean {
  return issues.some((issue) => issue.severity === 'error');
}
