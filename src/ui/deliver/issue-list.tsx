import type { PlacedIssue } from '../../engine/index.ts';
import type { Workspace } from '../workspace.ts';

/** What is wrong with a render, each with a way to its place in the sheet. */
export function IssueList({
  issues,
  workspace: { document: sheet, view },
}: {
  issues: readonly PlacedIssue[];
  workspace: Workspace;
}) {
  if (issues.length === 0) return null;

  function show({ pointer }: PlacedIssue): void {
    const range = sheet.rangeOf(pointer);
    if (!range) return;
    view.textTarget.value = range;
    view.panel.value = 'text';
  }

  return (
    <ul class="render-issues">
      {issues.map((issue) => (
        <li key={`${issue.line}:${issue.column}:${issue.rule}:${issue.message}`}>
          <span class={`badge ${issue.severity === 'error' ? 'is-problem' : 'is-warning'}`}>
            {issue.severity}
          </span>{' '}
          <button type="button" class="is-quiet is-small numbers" onClick={() => show(issue)}>
            {issue.file}:{issue.line}:{issue.column}
          </button>{' '}
          <span>{issue.message}</span>
          {issue.hint && <span class="soft"> {issue.hint}</span>}
        </li>
      ))}
    </ul>
  );
}
