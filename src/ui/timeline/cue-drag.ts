import { rawCue, rawSheet } from '../raw-cue.ts';
import { revolutionOf } from '../revolution.ts';
import { isReadable } from '../unreadable.ts';
import type { Workspace } from '../workspace.ts';
import { type Beginning, fadeCueBy, type MoveOptions, moveCues, trimCueBy } from './cue-actions.ts';
import { editableCue } from './editable-cue.ts';
import { followPointer, isClick, panAtEdges } from './follow-pointer.ts';
import { newGesture } from './gesture.ts';
import { isClean } from './guard-trim.ts';
import { marksOf } from './marks.ts';
import type { Edge } from './move-cue.ts';
import { roomToMove, roomToTrim, withinRoom, wordOfBound } from './room-to-move.ts';
import { sampleAt, unseenSamples } from './scale.ts';
import { selectBy } from './select-cues.ts';
import { revolutionTargets, SNAP_PX, type Snapped, type SnapTarget, snap, snapTargets } from './snap.ts';
import { type Drag, scaleOf, timelineState } from './timeline-state.ts';
import { whyNoTrim } from './why-no-trim.ts';

/** A drag is heard so often while the film plays. */
const HEARD_EVERY_MILLISECONDS = 100;

export interface CueDragOptions {
  readonly workspace: Workspace;
  readonly id: string;
  readonly kind: Drag['kind'];
  readonly event: PointerEvent;
  /** The track that the cue lies on. */
  readonly track: HTMLElement;
  /** The stem under a place of the window. */
  readonly stemAt: (clientY: number) => string | undefined;
}

/**
 * Follows the pointer from its press on a cue until it is let go: moves or trims, snapping. Escape gives it up,
 * Alt snaps to nothing, Shift keeps it on its lane, Ctrl ties it to the shot that it is dropped on. What it comes
 * to is one step of undo, also where it was heard on the way. A click with Shift selects up to it.
 */
export function dragCue({ workspace, id, kind, event: press, track, stemAt }: CueDragOptions): void {
  const state = timelineState(workspace);
  const film = workspace.studio.film.peek();
  const clock = state.clock.peek();
  if (!film || !clock) return;
  const selected = workspace.view.selection.peek();
  const ids = kind === 'move' && selected.includes(id) ? selected : [id];
  const blocks = ids.flatMap((one) => state.layout.peek()?.blocks.get(one)?.block ?? []);
  const own = state.layout.peek()?.blocks.get(id)?.block;
  const isGone = () => rawSheet(workspace.document) !== undefined && !rawCue(workspace.document, id);
  if (!own || isGone()) return;
  const left = () => track.getBoundingClientRect().left;
  const startSample = sampleAt(press.clientX - left(), scaleOf(workspace));
  const startStem = stemAt(press.clientY);
  const gesture = newGesture(kind);
  let targets: readonly SnapTarget[] | undefined;
  let from: Beginning | undefined;
  let isDragging = false;
  let heardAt = Number.NEGATIVE_INFINITY;
  let heardRevision = -1;
  let later: ReturnType<typeof setTimeout> | undefined;

  const edges = (): number[] => {
    if (kind === 'start') return [own.placed.start];
    if (kind === 'end') return [own.placed.end];
    return [own.placed.start, own.placed.end];
  };
  /** A fade is neither longer than its cue nor less than nothing. */
  const limit = (delta: number): number => {
    const length = own.placed.end - own.placed.start;
    if (kind === 'fadeIn') return Math.min(Math.max(delta, -own.fadeIn), length - own.fadeIn);
    if (kind === 'fadeOut') return Math.min(Math.max(delta, own.fadeOut - length), own.fadeOut);
    return delta;
  };
  /** No cue is dragged to where it would begin outside of the film. */
  const stopAtEnds = (free: Snapped): Snapped => {
    if (!from) return free;
    const { samples, bound } = withinRoom(Math.round(free.delta), from.room);
    if (!bound) return free;
    const edge = kind === 'end' ? own.placed.end : own.placed.start;
    return { delta: samples, target: { sample: edge + samples, label: wordOfBound(bound) } };
  };
  const holds = () => {
    targets ??= snapTargets({ film, clock, moving: new Set(ids), marks: marksOf(workspace), own: turnsOf() });
    return targets;
  };
  /** Where a needle goes round, its whole revolutions. */
  const turnsOf = (): SnapTarget[] => {
    const cue = film.sheet.cues.find((candidate) => candidate.id === id);
    const revolution = cue && 'player' in cue ? revolutionOf(cue.player, film) : undefined;
    if (revolution === undefined || kind !== 'end') return [];
    return revolutionTargets(own.placed.start, own.placed.end, revolution);
  };
  const move = (event: PointerEvent) => {
    if (!isDragging && isClick(press, event)) return;
    if (!isDragging && !isReadable(workspace)) {
      giveUp();
      return;
    }
    if (!isDragging && (kind === 'start' || kind === 'end')) {
      const cue = editableCue(workspace, id);
      const why = cue && whyNoTrim(cue, kind);
      if (why !== undefined) {
        workspace.notify(why);
        giveUp();
        return;
      }
    }
    isDragging = true;
    if (!selected.includes(id)) workspace.view.selection.value = ids;
    from ??= beginningOf(workspace, ids, kind === 'start' || kind === 'end' ? kind : undefined);
    panAtEdges(workspace, event, track);
    const raw = limit(sampleAt(event.clientX - left(), scaleOf(workspace)) - startSample);
    const isFree = event.altKey || !workspace.view.isSnapping.peek();
    const reach = SNAP_PX * workspace.view.samplesPerPixel.peek();
    const isFade = kind === 'fadeIn' || kind === 'fadeOut';
    const free = isFree || isFade ? { delta: Math.round(raw) } : snap(edges(), raw, holds(), reach, clock);
    const snapped = isFade ? free : stopAtEnds(free);
    const stem = stemAt(event.clientY);
    const isElsewhere = kind === 'move' && !event.shiftKey && stem !== undefined && stem !== startStem;
    state.drag.value = {
      blocks: new Map(blocks.map((block) => [block.id, block])),
      kind,
      delta: Math.round(snapped.delta),
      ...(isElsewhere && { stem }),
      ...('target' in snapped && snapped.target && { target: snapped.target }),
    };
    letHear();
  };
  /** While the film plays, it plays what the drag has come to: now and then, and never before the last was read. */
  const letHear = () => {
    clearTimeout(later);
    const drag = state.drag.peek();
    if (!drag || !workspace.transport.isPlaying.peek()) return;
    const isRead = workspace.studio.readRevision.peek() >= heardRevision;
    if (!isRead || performance.now() - heardAt < HEARD_EVERY_MILLISECONDS) {
      later = setTimeout(letHear, HEARD_EVERY_MILLISECONDS / 4);
      return;
    }
    if (drag.delta === 0) workspace.document.drop(gesture);
    // It goes to another lane when it is let go: its button would be another one there.
    else finish({ ...drag, stem: undefined }, { gesture, from, isOnTheWay: true });
    heardAt = performance.now();
    heardRevision = workspace.document.revision.peek();
  };
  const end = (event: PointerEvent) => {
    stop();
    const drag = state.drag.peek();
    if (!isDragging || !drag) {
      state.drag.value = undefined;
      if (press.shiftKey) selectBy(press, workspace, id);
      // It could have been dragged with others: clicked, it alone is meant.
      else if (selected.length > 1) workspace.view.selection.value = [id];
      return;
    }
    const isFree = event.altKey || !workspace.view.isSnapping.peek() || kind.startsWith('fade');
    const tolerance = isFree ? unseenSamples(workspace.view.samplesPerPixel.peek()) : undefined;
    const options = { gesture, from, tolerance };
    if (drag.delta === 0) workspace.document.drop(gesture);
    const isDone = finish(drag, { ...options, reties: event.ctrlKey || event.metaKey });
    if (!isDone) workspace.document.drop(gesture);
    // The block stays where it was let go until the film has come after it.
    state.drag.value = isDone ? { ...drag, doneAt: workspace.document.revision.peek() } : undefined;
  };
  const finish = (
    { delta, stem }: Pick<Drag, 'delta'> & { stem?: string | undefined },
    options: MoveOptions,
  ): boolean => {
    switch (kind) {
      case 'move':
        return moveCues(workspace, ids, delta, { ...options, stem });
      case 'start':
      case 'end':
        return delta !== 0 && trimCueBy(workspace, id, kind, delta, options);
      case 'fadeIn':
        return fadeCueBy(workspace, id, kind, delta, options);
      case 'fadeOut':
        return fadeCueBy(workspace, id, kind, -delta, options);
    }
  };
  const cancel = () => {
    stop();
    workspace.document.drop(gesture);
    state.drag.value = undefined;
  };
  const giveUp = followPointer(workspace, press, { move, end, cancel });
  // A cue may go by another hand: in its file, or in the text.
  const stopWatching = workspace.document.revision.subscribe(() => {
    if (isGone()) giveUp();
  });
  const stop = () => {
    clearTimeout(later);
    stopWatching();
  };
}

/** Steps of a gesture are counted from here, and not from one another. */
function beginningOf(workspace: Workspace, ids: readonly string[], edge: Edge | undefined): Beginning {
  const cues = ids.flatMap((id) => {
    const cue = editableCue(workspace, id);
    if (!cue) return [];
    const { walks: _, ...before } = cue;
    return [[id, before] as const];
  });
  const [id] = ids;
  const room = edge && id !== undefined ? roomToTrim(workspace, id, edge) : roomToMove(workspace, ids);
  return { cues: new Map(cues), room, isClean: isClean(workspace) };
}

/** True where a cue's edge can be dragged by itself. */
export function canDrag(workspace: Workspace, id: string, edge: Edge): boolean {
  const cue = editableCue(workspace, id);
  return cue !== undefined && whyNoTrim(cue, edge) === undefined;
}
