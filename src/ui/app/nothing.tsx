import type { Workspace } from '../workspace.ts';

/** Stands where the picture would be while there is no film: the sheet is still being read, or never was right. */
export function Nothing({ workspace }: { workspace: Workspace }) {
  const { studio, view, document: sheet, server } = workspace;
  const errors = studio.issues.value.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return <p class="nothing soft">Reading {server.sheetName} …</p>;
  return (
    <div class="nothing" role="status">
      <h2>Nothing plays yet</h2>
      <p>
        {server.sheetName} has {errors.length === 1 ? 'an error' : `${errors.length} errors`}. As soon as the
        sheet is right it is heard; nothing of it is lost.
      </p>
      <ul>
        {errors.slice(0, 6).map((issue) => (
          <li key={`${issue.line}:${issue.column}:${issue.rule}:${issue.pointer}`}>
            <p>{issue.message}</p>
            {issue.hint && <p class="soft">{issue.hint}</p>}
            <p class="faint numbers">
              {issue.file}:{issue.line}:{issue.column}
            </p>
          </li>
        ))}
      </ul>
      <button
        type="button"
        class="is-primary"
        onClick={() => {
          const pointer = errors[0]?.pointer;
          const range = pointer === undefined ? undefined : sheet.rangeOf(pointer);
          view.panel.value = 'text';
          if (range) view.textTarget.value = range;
        }}
      >
        Show it in the sheet
      </button>
    </div>
  );
}
