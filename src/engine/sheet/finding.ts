import type { Issue } from '../issue/issue.ts';

/** An issue with what is needed to find its place in the text. */
export interface Finding {
  readonly issue: Issue;
  /** Whether the pointer's value is at fault, or the key that it has. */
  readonly at: 'key' | 'value';
  /** Where in a text value it goes wrong, in UTF-16 units, from 1. */
  readonly textColumn?: number;
}
