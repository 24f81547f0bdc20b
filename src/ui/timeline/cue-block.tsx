import { useComputed, useSignalEffect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { FilmClock } from '../film-clock.ts';
import { focusedCue } from '../focused-cue.ts';
import { rawCue, textOf } from '../raw-cue.ts';
import { TypeIcon } from '../type-icon.tsx';
import type { Workspace } from '../workspace.ts';
import { canDrag, dragCue } from './cue-drag.ts';
import { hitsOfCue } from './hits.ts';
import { useInView } from './in-view.ts';
import { type Block, CUE_PX, ROW_PX } from './layout.ts';
import type { MenuPoint } from './menu-place.ts';
import { roomForName } from './name-room.ts';
import type { Drawn } from './scale.ts';
import { selectBy } from './select-cues.ts';
import { steady } from './steady.ts';
import { type Drag, timelineState } from './timeline-state.ts';
import { deltaText, spokenCue } from './words.ts';

/** Pixels at a block's edges that trim instead of move. */
const TRIM_PX = 7;
/** A name is written from this width on. */
const NAME_PX = 56;
const ICON_PX = 18;
/** Fades can be taken hold of from this width on. */
const GRIPS_PX = 64;
const GRIP_PX = 9;
/** Hits closer than this are not drawn. */
const MOST_HITS = 400;

interface CueBlockProps {
  readonly workspace: Workspace;
  readonly block: Block;
  readonly stem: string | undefined;
  readonly drawn: Drawn;
  readonly clock: FilmClock;
  readonly stemAt: (clientY: number) => string | undefined;
}

/** A cue on its lane: a button that can be dragged and trimmed; what its keys do stands in the table of commands. */
export const CueBlock = steady<CueBlockProps>(CueButton);

function CueButton({ workspace, block: present, stem, drawn, clock, stemAt }: CueBlockProps) {
  const element = useRef<HTMLButtonElement>(null);
  const name = useRef<HTMLSpanElement>(null);
  const state = timelineState(workspace);
  const { id } = present;
  const isSelected = useComputed(() => workspace.view.selection.value.includes(id));
  const isActive = useComputed(() => state.tabStop.value === id);
  const problem = useComputed(() => state.problems.value.get(id));
  const drag = useComputed(() => (state.drag.value?.blocks.has(id) ? state.drag.value : undefined));
  // While it is dragged it is drawn from where it was, whatever the film has made of that by now.
  const block = drag.value?.blocks.get(id) ?? present;
  const { placed } = block;

  const shift = drag.value?.delta ?? 0;
  const kind = drag.value?.kind;
  const start = placed.start + (kind === 'move' || kind === 'start' ? shift : 0);
  const end = placed.end + (kind === 'move' || kind === 'end' ? shift : 0);
  const cut = (sample: number) => {
    const x = (sample - drawn.from) / drawn.samplesPerPixel;
    return Math.min(Math.max(x, -4), drawn.width + 4);
  };
  const left = cut(start);
  const width = Math.max(3, cut(end) - left);
  const px = drawn.samplesPerPixel;
  const fadeIn = start >= drawn.from ? (block.fadeIn + (kind === 'fadeIn' ? shift : 0)) / px : 0;
  const fadeOut = end <= drawn.to ? (block.fadeOut - (kind === 'fadeOut' ? shift : 0)) / px : 0;
  const unheard = cut(end) - cut(end - block.unheard);
  const hasGrips = width >= GRIPS_PX && stem !== undefined && placed.stem !== undefined;

  const gripIn =
    hasGrips && start >= drawn.from
      ? Math.max(8, Math.min(fadeIn, width - GRIP_PX) - GRIP_PX / 2)
      : undefined;
  const gripOut =
    hasGrips && end <= drawn.to
      ? Math.min(width - GRIP_PX - 8, Math.max(0, width - fadeOut - GRIP_PX / 2))
      : undefined;
  const grips = [gripIn, gripOut].filter((grip) => grip !== undefined);
  const nameRoom = roomForName(width, grips, GRIP_PX, NAME_PX);

  useInView(name, workspace, { start, width, drawn }, 40);
  useSignalEffect(() => {
    if (state.active.value === id && WANTED.get(workspace.view) === id)
      element.current?.focus({ preventScroll: true });
  });
  useEffect(
    () => () => {
      if (state.hovered.peek() === id) state.hovered.value = undefined;
    },
    [state, id],
  );

  const at = () => {
    const raw = rawCue(workspace.document, id)?.cue;
    return raw && textOf(raw, 'at');
  };
  const kindAt = (event: PointerEvent): Drag['kind'] => {
    const fade = event.target instanceof HTMLElement ? event.target.dataset['fade'] : undefined;
    if (fade === 'fadeIn' || fade === 'fadeOut') return fade;
    const box = element.current?.getBoundingClientRect();
    if (!box || box.width < 3 * TRIM_PX) return 'move';
    // Where it goes on out of view, what is seen last is no edge.
    if (event.clientX < box.left + TRIM_PX && start >= drawn.from) return 'start';
    if (event.clientX > box.right - TRIM_PX && end <= drawn.to) return 'end';
    return 'move';
  };
  const typeClass = placed.type === 'silence' ? ' is-gate' : '';
  const wrong = problem.value === undefined ? '' : ` is-wrong is-${problem.value}`;
  const classes = `tl-cue${wrong}${typeClass}${placed.off ? ' is-off' : ''}${drag.value ? ' is-dragged' : ''}`;
  return (
    <button
      type="button"
      ref={element}
      class={classes}
      data-cue={id}
      tabIndex={isActive.value ? 0 : -1}
      aria-pressed={isSelected.value}
      aria-label={`${spokenCue(block, stem, at(), clock)}${problem.value === undefined ? '' : `, ${problem.value}`}`}
      style={{ transform: `translateX(${left}px)`, width: `${width}px`, top: `${block.row * ROW_PX}px` }}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        const track = event.currentTarget.closest<HTMLElement>('.tl-track');
        const isToggle = event.ctrlKey || event.metaKey;
        // With Shift it may be a drag that keeps to the lane: what a click means is known when it is let go.
        if (isToggle || !event.shiftKey) selectBy(event, workspace, id);
        if (track && !isToggle) dragCue({ workspace, id, kind: kindAt(event), event, track, stemAt });
      }}
      onPointerMove={(event) => {
        if (event.buttons !== 0 || !element.current) return;
        const kind = kindAt(event);
        const isFixed = (kind === 'start' || kind === 'end') && !canDrag(workspace, id, kind);
        element.current.dataset['grip'] = isFixed ? 'fixed' : kind;
      }}
      onPointerEnter={() => {
        state.hovered.value = id;
      }}
      onPointerLeave={() => {
        if (state.hovered.peek() === id) state.hovered.value = undefined;
      }}
      onClick={(event) => {
        // From a screen reader or a voice: there was no pointer that has selected it.
        if (event.detail === 0) workspace.view.selection.value = [id];
      }}
      onDblClick={() => {
        workspace.view.panel.value = 'inspector';
      }}
      onFocus={() => {
        // One that was given it by a command means no more than the command has selected.
        if (WANTED.get(workspace.view) !== id) state.selectedAtFocus.value = workspace.view.selection.peek();
        WANTED.delete(workspace.view);
        state.active.value = id;
      }}
      onContextMenu={(event) => {
        event.preventDefault();
        event.stopPropagation();
        openCueMenu(workspace, id, { x: event.clientX, y: event.clientY });
      }}
    >
      {unheard >= 2 && <span class="tl-unheard" style={{ width: `${Math.min(unheard, width)}px` }} />}
      {fadeIn >= 2 && <span class="tl-fade is-in" style={{ width: `${Math.min(fadeIn, width)}px` }} />}
      {fadeOut >= 2 && <span class="tl-fade is-out" style={{ width: `${Math.min(fadeOut, width)}px` }} />}
      <Hits workspace={workspace} block={block} drawn={drawn} left={left} width={width} />
      {gripIn !== undefined && (
        <span class="tl-grip" data-fade="fadeIn" style={{ transform: `translateX(${gripIn}px)` }} />
      )}
      {gripOut !== undefined && (
        <span class="tl-grip" data-fade="fadeOut" style={{ transform: `translateX(${gripOut}px)` }} />
      )}
      {width >= ICON_PX && (
        <span
          class="tl-cue-name"
          ref={name}
          style={{ '--name-from': `${nameRoom.from}px`, '--name-to': `${nameRoom.to}px` }}
        >
          {problem.value === undefined ? (
            <TypeIcon look="tl-icon" type={placed.type} />
          ) : (
            <b class="tl-sign">!</b>
          )}
          {width >= NAME_PX && <span>{placed.id}</span>}
          {drag.value && width >= 120 && <em>{deltaText(shift, clock)}</em>}
        </span>
      )}
    </button>
  );
}

/** A repeat's hits, each a line where it begins. */
function Hits({
  workspace,
  block,
  drawn,
  left,
  width,
}: {
  workspace: Workspace;
  block: Block;
  drawn: Drawn;
  left: number;
  width: number;
}) {
  const film = workspace.studio.film.value;
  if (!film || width < 16 || block.placed.type === 'room-tone') return null;
  const hits = hitsOfCue(film, block.id);
  if (hits.length < 2) return null;
  // From the block's left edge, so that they go along when it is dragged.
  const origin =
    block.placed.start >= drawn.from ? block.placed.start : drawn.from + left * drawn.samplesPerPixel;
  let path = '';
  let last = Number.NEGATIVE_INFINITY;
  let count = 0;
  for (const hit of hits) {
    const x = (hit - origin) / drawn.samplesPerPixel;
    if (x < 0 || x > width || x - last < 2 || count > MOST_HITS) continue;
    path += `M${x.toFixed(1)} 0v24`;
    last = x;
    count += 1;
  }
  return path === '' ? null : (
    <svg class="tl-hits" width={width} height={CUE_PX} aria-hidden="true">
      <path d={path} />
    </svg>
  );
}

/** Opens the menu of a cue: of all that are selected, where it is one of them. */
export function openCueMenu(workspace: Workspace, id: string, point: MenuPoint): void {
  const { selection } = workspace.view;
  if (!selection.peek().includes(id)) selection.value = [id];
  timelineState(workspace).cueMenu.value = { id, point };
}

/** Cues that take the focus as soon as they are drawn. */
const WANTED = new WeakMap<Workspace['view'], string>();

/** Gives the focus to a cue as soon as it is drawn. */
export function wantFocus(workspace: Workspace, id: string | undefined): void {
  if (id === undefined || id === focusedCue()) return;
  WANTED.set(workspace.view, id);
  timelineState(workspace).active.value = id;
  document
    .querySelector<HTMLElement>(`.tl-cue[data-cue="${CSS.escape(id)}"]`)
    ?.focus({ preventScroll: true });
}

/** Gives the focus to a cue that is gone to, where another one has it or waits for it. */
export function takeFocusAlong(workspace: Workspace, id: string): void {
  if (focusedCue() !== undefined || WANTED.has(workspace.view)) wantFocus(workspace, id);
}

/**
 * Gives the focus of a cue that is about to go to the next on its lane that is in view, or to the one before; without
 * one, to the timeline. It is not selected, and no key for the selected cues means it.
 *
 * @param going - All that go.
 */
export function leaveCue(workspace: Workspace, id: string, going: readonly string[]): void {
  const { layout, drawn } = timelineState(workspace);
  const { from, to } = drawn.peek();
  const lane = layout.peek()?.lanes[layout.peek()?.blocks.get(id)?.lane ?? -1];
  const own = (lane?.rows ?? [])
    .flatMap(({ blocks }) => blocks)
    .filter((block) => block.id === id || !going.includes(block.id))
    .filter(({ placed }) => placed.end > from && placed.start < to)
    .sort((a, b) => a.placed.start - b.placed.start);
  const index = own.findIndex((block) => block.id === id);
  const beside = own[index + 1] ?? own[index - 1];
  if (beside) wantFocus(workspace, beside.id);
  else document.querySelector<HTMLElement>('.timeline')?.focus({ preventScroll: true });
}
