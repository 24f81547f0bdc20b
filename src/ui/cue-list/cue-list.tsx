import { useComputed, useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { goToCue } from '../go-to.ts';
import type { Workspace } from '../workspace.ts';
import { CueGrid } from './cue-grid.tsx';
import { arrange, type CueRow, cueRows, type RowOrder } from './cue-rows.ts';
import { findRequests, soughtCues } from './find-request.ts';
import { Problems } from './problems.tsx';
import './cue-list.css';

/** The cues as a table, as show-control programs have it, and what is wrong with them. */
export function CueList({ workspace }: { readonly workspace: Workspace }) {
  const { view } = workspace;
  const field = useRef<HTMLInputElement>(null);
  const sought = soughtCues(view);
  const entered = useSignal(0);
  const order = useSignal<RowOrder>('time');
  const rows = useMemo(() => cueRows(workspace), [workspace]);
  const shown = useComputed((): readonly CueRow[] => arrange(rows.value, sought.value, order.value));
  const asked = findRequests(view);
  const answered = useRef(0);
  useEffect(
    () =>
      asked.subscribe((count) => {
        if (count === answered.current) return;
        answered.current = count;
        field.current?.focus();
        field.current?.select();
      }),
    [asked],
  );
  useLayoutEffect(
    () => () => {
      sought.value = '';
    },
    [sought],
  );
  const count = rows.value.length;
  return (
    <section class="cue-list" aria-label="Cue list">
      <div class="cue-list-bar">
        <input
          ref={field}
          type="search"
          aria-label="Find cues"
          placeholder="Find: name, type, note, timecode …"
          value={sought.value}
          onInput={(event) => {
            sought.value = event.currentTarget.value;
          }}
          onKeyDown={(event) => {
            const first = shown.value[0];
            if (event.key !== 'Enter' || event.isComposing || sought.value === '' || !first) return;
            event.preventDefault();
            goToCue(workspace, first.id);
            // The keys are the app's again: Space plays from there, and the arrows go on from its row.
            entered.value += 1;
          }}
        />
        <span class="cue-list-count numbers" role="status">
          {sought.value === ''
            ? `${count} ${count === 1 ? 'cue' : 'cues'}`
            : `${shown.value.length} of ${count}`}
        </span>
        <fieldset class="cue-list-order">
          <legend class="visually-hidden">Order</legend>
          {(['time', 'sheet'] as const).map((one) => (
            <button
              key={one}
              type="button"
              class="is-small is-quiet"
              aria-pressed={order.value === one}
              onClick={() => {
                order.value = one;
              }}
            >
              {one === 'time' ? 'By time' : 'As written'}
            </button>
          ))}
        </fieldset>
      </div>
      <CueGrid workspace={workspace} rows={shown} entered={entered} isFiltered={sought.value !== ''} />
      <Problems workspace={workspace} />
    </section>
  );
}
