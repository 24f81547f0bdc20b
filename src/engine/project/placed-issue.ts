import type { Issue } from '../issue/issue.ts';
import type { Locate } from '../sheet/locate.ts';

/** An issue with its place in the text of a file. */
export type PlacedIssue = Issue & Required<Pick<Issue, 'file' | 'line' | 'column'>>;

/**
 * Gives every issue its file, line and column, and brings them into the order of the texts: the sheet's
 * first. One without a file is the sheet's; one with a file and without a line is about the whole of it.
 */
export function placeIssues(
  issues: readonly Issue[],
  sheetName: string,
  locate: Locate,
): readonly PlacedIssue[] {
  const placed = issues.map((issue): PlacedIssue => {
    if (issue.file !== undefined) return { line: 1, column: 1, ...issue, file: issue.file };
    return { ...locate(issue.pointer), ...issue, file: sheetName };
  });
  const rank = (issue: PlacedIssue) => (issue.file === sheetName ? 0 : 1);
  return placed.sort((a, b) => rank(a) - rank(b) || a.line - b.line || a.column - b.column);
}
