import type { PlacedIssue } from '../../engine/index.ts';
import type { Shortcut } from '../command/shortcut-of.ts';
import type { Workspace } from '../workspace.ts';
import type { AppView } from './view.ts';

/** The sheet's name and state, and the way to everything else. */
export function Header(props: {
  readonly workspace: Workspace;
  readonly view: AppView;
  readonly shortcutOf: (id: string) => Shortcut;
  readonly showProblems: () => void;
}) {
  const { workspace, view, shortcutOf, showProblems } = props;
  const { document: sheet, studio, commands, server } = workspace;
  const run = (id: string) => ({ ...shortcutOf(id), onClick: () => commands.run(id) });
  const isDirty = sheet.isDirty.value;
  const title = studio.film.value?.score.title;
  return (
    <header class="header">
      <p class="mark" aria-hidden="true">
        <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
          <circle cx="10" cy="10" r="9" fill="none" stroke="currentColor" stroke-width="1.500" />
          <circle cx="10" cy="10" r="6" fill="none" stroke="currentColor" opacity="0.600" />
          <circle cx="10" cy="10" r="2.500" fill="currentColor" />
        </svg>
      </p>
      <h1 class="header-title">
        <span title={title}>{title ?? 'Runout'}</span>
        <span class="header-file faint" title={server.sheetName}>
          {server.sheetName}
        </span>
      </h1>
      {isDirty && !sheet.isConflictWaiting.value && (
        <span class="header-dirty">
          <span aria-hidden="true">●</span> unsaved
        </span>
      )}
      {isDirty && sheet.isConflictWaiting.value && (
        <button
          type="button"
          class="is-quiet is-small header-dirty"
          title="The file was changed in the same place by somebody else: nothing is saved until you choose"
          onClick={() => commands.run('document.save')}
        >
          <span aria-hidden="true">●</span> unsaved: choose …
        </button>
      )}
      <Problems issues={studio.issues.value} show={showProblems} />
      <span class="header-space" />
      <button type="button" class="is-small" disabled={!isDirty} {...run('document.save')}>
        Save
      </button>
      <button type="button" class="is-small is-quiet header-find" {...run('help.palette')}>
        Find a command
      </button>
      <button
        type="button"
        class="is-small is-quiet"
        aria-pressed={view.isDeskOpen.value}
        {...run('view.desk')}
      >
        Desk
      </button>
      <button
        type="button"
        class="is-small is-quiet"
        aria-pressed={view.isPanelOpen.value}
        {...run('view.panels')}
      >
        Panels
      </button>
      <button
        type="button"
        class="is-small is-quiet"
        aria-label={`Look: ${view.theme.value}`}
        {...run('view.theme')}
      >
        {{ system: '◐', dark: '☾', light: '☀' }[view.theme.value]}
      </button>
      <button type="button" class="is-small is-quiet" aria-label="Keys" {...run('help.keys')}>
        ?
      </button>
    </header>
  );
}

/** How much is wrong with the newest text; what plays is the last that was right. */
function Problems({ issues, show }: { issues: readonly PlacedIssue[]; show: () => void }) {
  const errors = issues.filter(({ severity }) => severity === 'error').length;
  const warnings = issues.length - errors;
  if (issues.length === 0) return null;
  return (
    <button type="button" class="is-quiet is-small header-problems" title="Show all problems" onClick={show}>
      {errors > 0 && (
        <span class="badge is-problem">
          ✕ {errors} {errors === 1 ? 'error' : 'errors'}
        </span>
      )}
      {warnings > 0 && (
        <span class="badge is-warning">
          ! {warnings} {warnings === 1 ? 'warning' : 'warnings'}
        </span>
      )}
    </button>
  );
}
