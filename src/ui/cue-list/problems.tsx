import { useSignal } from '@preact/signals';
import type { PlacedIssue } from '../../engine/index.ts';
import { cueOf, goToCue, goToIssue } from '../go-to.ts';
import type { Workspace } from '../workspace.ts';
import './cue-list.css';

/** Problems shown at first; more take their time to draw, and nobody reads them all at once. */
const FIRST_SHOWN = 100;

/** What is wrong with the sheet, in the words of `runout check`; each leads to its place. */
export function Problems({ workspace }: { readonly workspace: Workspace }) {
  const isWhole = useSignal(false);
  const issues = workspace.studio.issues.value;
  const errors = issues.filter(({ severity }) => severity === 'error').length;
  const warnings = issues.length - errors;
  const shown = isWhole.value ? issues : issues.slice(0, FIRST_SHOWN);
  return (
    <section class="problems" aria-label="Problems">
      <h2 class="problems-head">
        Problems
        <span role="status" class="problems-count">
          {issues.length === 0 && <span class="faint">none</span>}
          {errors > 0 && <span class="badge is-problem">{counted(errors, 'error')}</span>}
          {warnings > 0 && <span class="badge is-warning">{counted(warnings, 'warning')}</span>}
        </span>
      </h2>
      {issues.length > 0 && (
        <ul class="problem-list">
          {shown.map((issue, index) => (
            <Problem key={`${issue.pointer} ${issue.rule} ${index}`} issue={issue} workspace={workspace} />
          ))}
          {shown.length < issues.length && (
            <li>
              <button
                type="button"
                class="is-small is-quiet"
                onClick={() => {
                  isWhole.value = true;
                }}
              >
                Show all {issues.length}
              </button>
            </li>
          )}
        </ul>
      )}
    </section>
  );
}

function Problem({ issue, workspace }: { readonly issue: PlacedIssue; readonly workspace: Workspace }) {
  const cue = cueOf(workspace, issue);
  const isError = issue.severity === 'error';
  return (
    <li class={`problem ${isError ? 'is-error' : 'is-warning'}`}>
      <button type="button" class="is-quiet problem-text" onClick={() => goToIssue(workspace, issue)}>
        <span class="problem-sign" aria-hidden="true">
          {isError ? '✕' : '!'}
        </span>
        <span>
          <span class="visually-hidden">{isError ? 'Error: ' : 'Warning: '}</span>
          <span class="problem-message">{issue.message}</span>
          {issue.hint !== undefined && <span class="problem-hint">{issue.hint}</span>}
          <span class="problem-place numbers">
            {issue.file}:{issue.line}:{issue.column} · {issue.rule}
          </span>
        </span>
      </button>
      {cue !== undefined && (
        <button
          type="button"
          class="is-small is-quiet"
          aria-label={`Show cue ${cue} on the timeline`}
          title="Show on the timeline"
          onClick={() => goToCue(workspace, cue)}
        >
          {cue}
        </button>
      )}
    </li>
  );
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
