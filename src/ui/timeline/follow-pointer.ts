import type { Workspace } from '../workspace.ts';
import { timelineState } from './timeline-state.ts';
import { panBy } from './zoom.ts';

/** Pixels that a pointer goes before it drags rather than clicks. */
const START_PX = 3;
/** Pixels from the track's edges within which a drag pans. */
const PAN_PX = 24;

/** Whether the pointer is where it was pressed still, as near as a hand keeps it. */
export function isClick(press: PointerEvent, { clientX, clientY }: PointerEvent): boolean {
  return Math.hypot(clientX - press.clientX, clientY - press.clientY) < START_PX;
}

/** Goes on along the film where a drag comes near the edge of what is seen. */
export function panAtEdges(workspace: Workspace, { clientX }: PointerEvent, track: HTMLElement): void {
  const x = clientX - track.getBoundingClientRect().left;
  if (x < PAN_PX) panBy(workspace, -12);
  else if (x > timelineState(workspace).width.peek() - PAN_PX) panBy(workspace, 12);
}

/** What a gesture does with its pointer. */
export interface Following {
  readonly move: (event: PointerEvent) => void;
  readonly end: (event: PointerEvent) => void;
  /** It is given up: by Escape, by Undo, or since nobody will say where the pointer is let go. */
  readonly cancel: () => void;
}

/**
 * Follows the pointer from its press until it is let go, wherever that is: what was pressed may be gone by then. No
 * command changes the sheet on the way.
 *
 * @returns Gives the gesture up.
 */
export function followPointer(
  workspace: Workspace,
  { pointerId, currentTarget: target }: PointerEvent,
  { move, end, cancel }: Following,
): () => void {
  const { giveUp } = timelineState(workspace);
  const listening = new AbortController();
  const { signal } = listening;
  const stop = () => {
    listening.abort();
    giveUp.value = undefined;
  };
  const drop = () => {
    stop();
    cancel();
  };
  const own = (work: (event: PointerEvent) => void) => (event: PointerEvent) => {
    if (event.pointerId === pointerId) work(event);
  };
  giveUp.peek()?.();
  giveUp.value = drop;
  if (target instanceof HTMLElement) {
    target.setPointerCapture(pointerId);
    // One that is taken off the page loses it too, but the window is told of that pointer then.
    target.addEventListener('lostpointercapture', drop, { signal });
  }
  window.addEventListener(
    'pointermove',
    // It may have been let go where nobody was told.
    own((event) => (event.buttons === 0 ? drop() : move(event))),
    { signal },
  );
  window.addEventListener(
    'pointerup',
    own((event) => {
      stop();
      end(event);
    }),
    { signal },
  );
  window.addEventListener('pointercancel', own(drop), { signal });
  window.addEventListener('blur', drop, { signal });
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      drop();
    },
    { signal, capture: true },
  );
  return drop;
}
