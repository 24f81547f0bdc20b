import type { Workspace } from '../workspace.ts';
import { type Block, CUE_PX, type Layout, ROW_PX } from './layout.ts';
import { type Marquee, timelineState } from './timeline-state.ts';

/**
 * Selects a cue by a press on it: alone, unless it is selected, with Ctrl or ⌘ besides others or not any more, with
 * Shift and all between.
 */
export function selectBy(
  event: Pick<MouseEvent, 'ctrlKey' | 'metaKey' | 'shiftKey'>,
  workspace: Workspace,
  id: string,
): void {
  const { selection } = workspace.view;
  const before = selection.peek();
  const isSelected = before.includes(id);
  if (event.ctrlKey || event.metaKey) {
    selection.value = isSelected ? before.filter((other) => other !== id) : [...before, id];
  } else if (event.shiftKey) selectUpTo(workspace, id);
  // The one that was clicked is the one that is inspected.
  else selection.value = isSelected ? joined(before, [id]) : [id];
}

/**
 * Adds a cue to those that are selected, as the one that is inspected; where the one that was lies on the same lane,
 * with all that begin between the two.
 */
function selectUpTo(workspace: Workspace, id: string): void {
  const { selection } = workspace.view;
  const layout = timelineState(workspace).layout.peek();
  const before = selection.peek();
  const last = before.findLast((other) => other !== id) ?? id;
  const ends = [last, id].flatMap((end) => layout?.blocks.get(end) ?? []);
  const starts = ends.map(({ block }) => block.placed.start);
  const [one, other] = ends.map(({ lane }) => lane);
  const lane = one !== undefined && one === other && last !== id ? layout?.lanes[one] : undefined;
  const between = (lane?.rows ?? [])
    .flatMap(({ blocks }) => blocks)
    .filter(({ placed: { start } }) => start >= Math.min(...starts) && start <= Math.max(...starts));
  selection.value = joined(before, [...inTime(between).filter((own) => own !== id), id]);
}

/**
 * The cues that a rectangle touches, in order of time.
 *
 * @param tops - Where the first row of each lane lies, CSS pixels below the first lane's top.
 */
export function cuesIn({ lanes }: Layout, tops: readonly number[], marquee: Marquee): readonly string[] {
  const touched = lanes.flatMap(({ rows }, lane) =>
    rows.flatMap(({ blocks }, row) => {
      const top = (tops[lane] ?? 0) + row * ROW_PX;
      if (top >= marquee.bottom || top + CUE_PX <= marquee.top) return [];
      return blocks.filter(({ placed }) => placed.start < marquee.to && placed.end > marquee.from);
    }),
  );
  return inTime(touched);
}

/** Ids, and behind them others, each once. */
export function joined(ids: readonly string[], others: readonly string[]): readonly string[] {
  const added = new Set(others);
  return [...ids.filter((id) => !added.has(id)), ...others];
}

function inTime(blocks: readonly Block[]): readonly string[] {
  return blocks.toSorted((a, b) => a.placed.start - b.placed.start).map(({ id }) => id);
}
