import { type PlacedIssue, pointerOf } from '../../engine/index.ts';

/** What is wrong with a cue or a field of it, in the words of `runout check`; nothing where nothing is. */
export function CueIssues({
  id,
  issues,
}: {
  /** Of the element, for what it describes. */
  readonly id?: string;
  readonly issues: readonly PlacedIssue[];
}) {
  if (issues.length === 0) return null;
  return (
    <ul class="in-issues" {...(id !== undefined && { id })}>
      {issues.map((issue) => (
        <li key={`${issue.rule} ${issue.message}`} class={`is-${issue.severity}`}>
          <strong>{issue.severity}</strong> {issue.message}
          {issue.hint !== undefined && <em> {issue.hint}</em>}
        </li>
      ))}
    </ul>
  );
}

/** Those of what lies at a path of the sheet, or below it. */
export function issuesAt(
  issues: readonly PlacedIssue[],
  path: readonly (string | number)[],
): readonly PlacedIssue[] {
  const pointer = pointerOf(path);
  return issues.filter((issue) => issue.pointer === pointer || issue.pointer.startsWith(`${pointer}/`));
}
