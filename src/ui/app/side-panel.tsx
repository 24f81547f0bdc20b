import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import type { View } from '../workspace.ts';

/** A panel beside the picture. */
export interface Panel {
  readonly id: View['panel']['value'];
  readonly name: string;
  /** Shown beside the name, such as a count of problems. */
  readonly badge?: ComponentChildren;
  readonly shortcut: { readonly title: string; readonly 'aria-keyshortcuts'?: string };
  readonly render: () => ComponentChildren;
}

/**
 * The panels as tabs: arrow keys go from one to the next.
 *
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/tabs/
 */
export function SidePanel({ view, panels }: { view: View; panels: readonly Panel[] }) {
  const id = useId();
  const open = panels.find((panel) => panel.id === view.panel.value) ?? panels[0];

  function press(event: KeyboardEvent): void {
    const index = panels.findIndex(({ id: panel }) => panel === open?.id);
    const next = {
      ArrowRight: (index + 1) % panels.length,
      ArrowLeft: (index + panels.length - 1) % panels.length,
      Home: 0,
      End: panels.length - 1,
    }[event.key];
    const panel = next === undefined ? undefined : panels[next];
    if (!panel) return;
    event.preventDefault();
    view.panel.value = panel.id;
    document.getElementById(`${id}-${panel.id}`)?.focus();
  }

  return (
    <section class="side" aria-label="Panels">
      <div class="tabs" role="tablist" aria-label="Panels">
        {panels.map((panel) => (
          <button
            key={panel.id}
            type="button"
            id={`${id}-${panel.id}`}
            role="tab"
            class="tab"
            aria-selected={panel === open}
            aria-controls={`${id}-panel`}
            tabIndex={panel === open ? 0 : -1}
            {...panel.shortcut}
            onKeyDown={press}
            onClick={() => {
              view.panel.value = panel.id;
            }}
          >
            {panel.name}
            {panel.badge}
          </button>
        ))}
      </div>
      <div
        class="side-panel"
        id={`${id}-panel`}
        role="tabpanel"
        aria-labelledby={open && `${id}-${open.id}`}
        data-panel={open?.id}
      >
        {open?.render()}
      </div>
    </section>
  );
}
