import { type ReadonlySignal, useSignal, useSignalEffect } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { typeName } from '../cue-schema.ts';
import { goToCue } from '../go-to.ts';
import { TypeIcon } from '../type-icon.tsx';
import { whyUnreadable } from '../unreadable.ts';
import type { Workspace } from '../workspace.ts';
import type { CueRow } from './cue-rows.ts';

const COLUMNS = ['No.', 'Type', 'Name', 'Timecode', 'Length', 'Anchor', 'Note', 'Off'] as const;
const NOTE = COLUMNS.indexOf('Note');
const OFF = COLUMNS.indexOf('Off');

/** Height of a row, CSS pixels; as in cue-list.css. */
const ROW_HEIGHT = 28;

/** Rows above and below those in sight that are there too, so that scrolling finds them. */
const SPARE_ROWS = 12;

/** Rows that come when the list is scrolled by as many. */
const ROWS_AT_ONCE = 4;

interface Props {
  readonly workspace: Workspace;
  readonly rows: ReadonlySignal<readonly CueRow[]>;
  /** Grows when the row of the selected cue is to take the focus. */
  readonly entered: ReadonlySignal<number>;
  /** Only what was sought is among the rows. */
  readonly isFiltered: boolean;
}

/**
 * The table itself: a grid whose arrow keys go from cell to cell. Only the rows in sight are there.
 *
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/grid/
 */
export function CueGrid({ workspace, rows, entered, isFiltered }: Props) {
  const { view, document } = workspace;
  const scroller = useRef<HTMLDivElement>(null);
  const top = useSignal(0);
  const height = useSignal(600);
  const active = useSignal({ row: 0, column: 2 });
  /** Id of the cue whose note is being written. */
  const editing = useSignal<string | undefined>(undefined);
  const wantsFocus = useRef(false);
  const list = rows.value;
  const selected = new Set(view.selection.value);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      height.value = element.clientHeight;
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const reveal = (row: number) => {
    const element = scroller.current;
    if (!element) return;
    const above = row * ROW_HEIGHT;
    // The header sticks to the top, over what is scrolled.
    const room = element.clientHeight - ROW_HEIGHT;
    if (above < element.scrollTop) element.scrollTop = above;
    else if (above + ROW_HEIGHT > element.scrollTop + room) element.scrollTop = above + ROW_HEIGHT - room;
    top.value = element.scrollTop;
  };

  useSignalEffect(() => {
    const id = view.selection.value.at(-1);
    const row = id === undefined ? -1 : rows.peek().findIndex((other) => other.id === id);
    if (row < 0) return;
    active.value = { row, column: active.peek().column };
    reveal(row);
  });

  useSignalEffect(() => {
    if (entered.value === 0) return;
    wantsFocus.current = true;
    active.value = { ...active.peek() };
  });

  useLayoutEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    scroller.current?.querySelector<HTMLElement>('[data-active]')?.focus({ preventScroll: true });
  });

  const move = (row: number, column: number) => {
    const next = {
      row: Math.max(0, Math.min(list.length - 1, row)),
      column: Math.max(0, Math.min(COLUMNS.length - 1, column)),
    };
    reveal(next.row);
    wantsFocus.current = true;
    active.value = next;
  };

  const press = (event: KeyboardEvent) => {
    if (editing.value !== undefined || event.altKey) return;
    const { row, column } = active.value;
    const page = Math.max(1, Math.floor(height.value / ROW_HEIGHT) - 2);
    const isFar = event.ctrlKey || event.metaKey;
    const cue = list[row];
    switch (event.key) {
      case 'ArrowDown':
        move(row + 1, column);
        break;
      case 'ArrowUp':
        move(row - 1, column);
        break;
      case 'ArrowRight':
        move(row, column + 1);
        break;
      case 'ArrowLeft':
        move(row, column - 1);
        break;
      case 'PageDown':
        move(row + page, column);
        break;
      case 'PageUp':
        move(row - page, column);
        break;
      case 'Home':
        move(isFar ? 0 : row, 0);
        break;
      case 'End':
        move(isFar ? list.length - 1 : row, COLUMNS.length - 1);
        break;
      case 'F2':
      case 'Enter':
        if (!cue) return;
        if (column === NOTE) editing.value = cue.id;
        else if (column === OFF) toggleOff(workspace, cue);
        else goToCue(workspace, cue.id);
        break;
      default:
        return;
    }
    event.preventDefault();
  };

  const first = Math.max(0, Math.floor(top.value / ROW_HEIGHT) - SPARE_ROWS);
  const end = Math.min(list.length, Math.ceil((top.value + height.value) / ROW_HEIGHT) + SPARE_ROWS);
  const activeRow = Math.min(active.value.row, list.length - 1);
  // Rows that go out of sight become those that come into it; the one that may have the focus stays itself.
  const slots = Math.max(1, end - first);
  const digits = String(list.length).length;
  // The row that Tab goes to is always there, in sight or not.
  const indices = range(first, end);
  if (activeRow >= 0 && (activeRow < first || activeRow >= end)) indices.push(activeRow);

  return (
    <div
      ref={scroller}
      class="cue-grid"
      style={digits > 3 ? { '--cue-number': `calc(${digits}ch + 1.125rem)` } : {}}
      onScroll={(event) => {
        // Rows come a few at a time, not at every pixel.
        const rows = Math.floor(event.currentTarget.scrollTop / ROW_HEIGHT / ROWS_AT_ONCE) * ROWS_AT_ONCE;
        top.value = rows * ROW_HEIGHT;
      }}
    >
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: ARIA in HTML allows a table to be a grid
        role="grid"
        aria-label="Cues"
        aria-rowcount={list.length + 1}
        aria-colcount={COLUMNS.length}
        aria-multiselectable="true"
        onKeyDown={press}
      >
        <thead>
          <tr class="cue-row cue-head" aria-rowindex={1}>
            {COLUMNS.map((name, column) => (
              <th key={name} scope="col" aria-colindex={column + 1}>
                <span class={name === 'Type' ? 'cue-word' : undefined}>{name}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody class="cue-rows" style={{ height: `${list.length * ROW_HEIGHT}px` }}>
          {indices.map((row) => {
            const cue = list[row];
            return cue ? (
              <Row
                key={row === activeRow ? 'active' : row % slots}
                cue={cue}
                row={row}
                isSelected={selected.has(cue.id)}
                activeColumn={row === activeRow ? active.value.column : undefined}
                isEditing={editing.value === cue.id}
                onPick={(column, event) => {
                  active.value = { row, column };
                  if (event.ctrlKey || event.metaKey) {
                    view.selection.value = selected.has(cue.id)
                      ? view.selection.value.filter((id) => id !== cue.id)
                      : [...view.selection.value, cue.id];
                  } else goToCue(workspace, cue.id);
                }}
                onToggleOff={() => toggleOff(workspace, cue)}
                onEdit={() => {
                  editing.value = cue.id;
                }}
                onNote={(note) => {
                  editing.value = undefined;
                  wantsFocus.current = true;
                  if (note !== undefined && note !== cue.note) {
                    const value = note === '' ? undefined : note;
                    const index = document.cueIndex(cue.id) ?? cue.index;
                    document.change(`Note on ${cue.id}`, [{ path: ['cues', index, 'note'], value }]);
                  }
                }}
              />
            ) : null;
          })}
        </tbody>
      </table>
      {list.length === 0 && (
        <p class="cue-list-none">
          {whyUnreadable(workspace) ??
            (isFiltered
              ? 'Nothing found.'
              : 'No cues yet: press C or + Cue, or drop a sound file on a lane.')}
        </p>
      )}
    </div>
  );
}

function toggleOff({ document }: Workspace, cue: CueRow): void {
  const index = document.cueIndex(cue.id) ?? cue.index;
  document.change(cue.isOff ? `Switch ${cue.id} on` : `Switch ${cue.id} off`, [
    { path: ['cues', index, 'off'], value: cue.isOff ? undefined : true },
  ]);
}

interface RowProps {
  readonly cue: CueRow;
  readonly row: number;
  readonly isSelected: boolean;
  readonly activeColumn: number | undefined;
  readonly isEditing: boolean;
  readonly onPick: (column: number, event: MouseEvent) => void;
  readonly onToggleOff: () => void;
  readonly onEdit: () => void;
  /** @param note - Undefined where it is to stay as it was. */
  readonly onNote: (note: string | undefined) => void;
}

function Row({
  cue,
  row,
  isSelected,
  activeColumn,
  isEditing,
  onPick,
  onToggleOff,
  onEdit,
  onNote,
}: RowProps) {
  const cell = (column: number) => ({
    'aria-colindex': column + 1,
    tabIndex: activeColumn === column ? 0 : -1,
    'data-active': activeColumn === column ? '' : undefined,
    onClick: (event: MouseEvent) => onPick(column, event),
  });
  return (
    <tr
      class={`cue-row${isSelected ? ' is-selected' : ''}${cue.isOff ? ' is-off' : ''}`}
      aria-rowindex={row + 2}
      aria-selected={isSelected}
      style={{ transform: `translateY(${row * ROW_HEIGHT}px)` }}
    >
      <td {...cell(0)} class="numbers faint">
        {cue.index + 1}
      </td>
      <td {...cell(1)} class="cue-type" title={typeName(cue.type)}>
        <TypeIcon look="type-icon" type={cue.type} />
        <span class="cue-word">{typeName(cue.type)}</span>
      </td>
      <td {...cell(2)} class="cue-name" title={cue.id}>
        {cue.id}
      </td>
      <td {...cell(3)} class={cue.start === undefined ? 'faint' : 'numbers'}>
        {cue.timecode}
      </td>
      <td {...cell(4)} class="numbers cue-length">
        {cue.length}
      </td>
      <td {...cell(5)} class="cue-anchor" title={cue.anchor}>
        {cue.anchor}
      </td>
      {isEditing ? (
        <td aria-colindex={NOTE + 1} class="cue-note is-edited">
          <NoteField id={cue.id} note={cue.note} onDone={onNote} />
        </td>
      ) : (
        <td {...cell(NOTE)} class="cue-note" title={cue.note} onDblClick={onEdit}>
          {cue.note}
        </td>
      )}
      <td aria-colindex={OFF + 1}>
        <input
          type="checkbox"
          aria-label={`${cue.id} is off`}
          checked={cue.isOff}
          tabIndex={activeColumn === OFF ? 0 : -1}
          data-active={activeColumn === OFF ? '' : undefined}
          onChange={onToggleOff}
        />
      </td>
    </tr>
  );
}

function NoteField({
  id,
  note,
  onDone,
}: {
  readonly id: string;
  readonly note: string;
  readonly onDone: (note: string | undefined) => void;
}) {
  const field = useRef<HTMLInputElement>(null);
  // Taking the field away blurs it, which is no second answer.
  const isDone = useRef(false);
  const finish = (text: string | undefined) => {
    if (isDone.current) return;
    isDone.current = true;
    onDone(text);
  };
  useLayoutEffect(() => field.current?.select(), []);
  return (
    <input
      ref={field}
      class="cue-note-field"
      aria-label={`Note on ${id}`}
      defaultValue={note}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') finish(event.currentTarget.value);
        else if (event.key === 'Escape') finish(undefined);
        else return;
        event.preventDefault();
      }}
      onBlur={(event) => finish(event.currentTarget.value)}
    />
  );
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
}
