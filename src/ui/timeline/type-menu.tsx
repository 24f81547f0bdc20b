import { useLayoutEffect, useRef } from 'preact/hooks';
import { cueTypes, typeName } from '../cue-schema.ts';
import { timecodeAt } from '../film-clock.ts';
import { TypeIcon } from '../type-icon.tsx';
import type { Workspace } from '../workspace.ts';
import { addCue } from './cue-actions.ts';
import { timelineState } from './timeline-state.ts';

/** The types of cue that can be made, as the schema lists them. */
export function TypeMenu({ workspace }: { workspace: Workspace }) {
  const list = useRef<HTMLDivElement>(null);
  const { menu, clock } = timelineState(workspace);
  const place = menu.value;
  useLayoutEffect(() => {
    const before = document.activeElement;
    if (!place) return;
    list.current?.querySelector('button')?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, [place]);
  if (!place || !clock.value) return null;
  const close = () => {
    menu.value = undefined;
  };
  const step = (by: number) => {
    const items = [...(list.current?.querySelectorAll('button') ?? [])];
    const index = items.indexOf(document.activeElement as HTMLButtonElement);
    items[(index + by + items.length) % items.length]?.focus();
  };
  const at = timecodeAt(place.sample, clock.value);
  const where = place.stem === undefined ? at : `${at} on ${place.stem}`;
  return (
    <>
      <div class="tl-menu-shade" onPointerDown={close} />
      <div
        class="tl-menu"
        ref={list}
        role="menu"
        tabIndex={-1}
        aria-label={`New cue at ${where}`}
        onKeyDown={(event) => {
          if (event.key === 'Escape' || event.key === 'Tab') close();
          else if (event.key === 'ArrowDown') step(1);
          else if (event.key === 'ArrowUp') step(-1);
          else if (event.key !== 'Enter' && event.key !== ' ') return;
          event.stopPropagation();
          if (event.key !== 'Enter' && event.key !== ' ') event.preventDefault();
        }}
      >
        <p class="tl-menu-place" aria-hidden="true">
          New cue at {where}
        </p>
        {cueTypes().map(({ type, description }) => (
          <button
            type="button"
            role="menuitem"
            tabIndex={-1}
            key={type}
            onClick={() => {
              close();
              addCue(workspace, type, place.sample, place.stem);
            }}
          >
            <TypeIcon look="tl-icon" type={type} />
            <span>
              <strong>{typeName(type)}</strong>
              <small>{description}</small>
            </span>
          </button>
        ))}
      </div>
    </>
  );
}
