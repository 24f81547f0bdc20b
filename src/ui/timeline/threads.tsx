import type { ReadonlySignal } from '@preact/signals';
import { type Place, parseAnchor } from '../../engine/index.ts';
import { type FilmClock, sampleOfFrame } from '../film-clock.ts';
import type { Film, Workspace } from '../workspace.ts';
import { CUE_PX, type Layout, ROW_PX } from './layout.ts';
import { xOf } from './scale.ts';
import { scaleOf, timelineState } from './timeline-state.ts';

/** Where rows of the timeline lie, CSS pixels from the top of the ruler. */
export interface Heights {
  readonly shotsBottom: number;
  readonly markersBottom: number;
  /** Of each lane. */
  readonly lanes: readonly number[];
}

/** More at once would be a web. */
const MOST_THREADS = 24;
const LANE_PADDING_PX = 3;

/** What the selected cue, and the one under the pointer, are tied to: a thread from each anchor to its place. */
export function Threads({ workspace, heights }: { workspace: Workspace; heights: ReadonlySignal<Heights> }) {
  const { layout, film, clock, hovered, drag, width } = timelineState(workspace);
  if (drag.value || !film.value || !layout.value || !clock.value) return null;
  const ids = [...workspace.view.selection.value];
  if (hovered.value !== undefined && !ids.includes(hovered.value)) ids.push(hovered.value);
  const scale = scaleOf(workspace);
  const threads = ids
    .slice(-8)
    .flatMap((id) => threadsOf(id, film.value!, layout.value!, clock.value!, heights.value))
    .slice(0, MOST_THREADS);
  if (threads.length === 0) return null;
  return (
    <svg class="tl-threads" width={width.value} height="100%" aria-hidden="true">
      {threads.map(({ from, to, key }) => {
        const x1 = Math.min(Math.max(xOf(from.sample, scale), -50), width.value + 50);
        const x2 = Math.min(Math.max(xOf(to.sample, scale), -50), width.value + 50);
        const bend = Math.max(12, Math.abs(to.y - from.y) / 2) * Math.sign(to.y - from.y || -1);
        return (
          <g key={key}>
            <path d={`M${x1} ${from.y}C${x1} ${from.y + bend} ${x2} ${to.y - bend} ${x2} ${to.y}`} />
            <circle cx={x2} cy={to.y} r="3" />
          </g>
        );
      })}
    </svg>
  );
}

interface End {
  readonly sample: number;
  readonly y: number;
}

interface Thread {
  readonly from: End;
  readonly to: End;
  readonly key: string;
}

function threadsOf(id: string, film: Film, layout: Layout, clock: FilmClock, heights: Heights): Thread[] {
  const found = layout.blocks.get(id);
  const cue = film.sheet.cues.find((candidate) => candidate.id === id);
  if (!found || !cue) return [];
  const { placed } = found.block;
  const y = rowTop(found.block.row, found.lane, heights);
  const ties: { text: string | undefined; sample: number }[] = [
    { text: 'at' in cue ? cue.at : undefined, sample: placed.start },
    { text: 'until' in cue ? cue.until : undefined, sample: placed.end },
    { text: 'musicEnd' in cue ? cue.musicEnd : undefined, sample: placed.end },
    { text: 'repeat' in cue ? cue.repeat?.until : undefined, sample: placed.end },
  ];
  return ties.flatMap(({ text, sample }, index): Thread[] => {
    const anchor = text === undefined ? undefined : parseAnchor(text);
    const to = anchor && !('error' in anchor) && endOf(anchor.place, film, layout, clock, heights);
    if (!to) return [];
    const isAbove = to.y < y;
    return [{ from: { sample, y: isAbove ? y : y + CUE_PX }, to, key: `${id} ${index}` }];
  });
}

function endOf(
  place: Place,
  film: Film,
  layout: Layout,
  clock: FilmClock,
  heights: Heights,
): End | undefined {
  if (place.kind !== 'ref') return undefined;
  const at = (frame: number) => sampleOfFrame(frame - clock.startFrame, clock);
  const isEnd = place.edge === 'end';
  if (place.to === 'cue') {
    const tied = layout.blocks.get(place.id);
    if (!tied) return undefined;
    const { placed } = tied.block;
    const edge = place.edge ?? 'start';
    const sample = edge === 'end' ? placed.end : edge === 'start' ? placed.start : placed.edges?.[edge];
    return { sample: sample ?? placed.start, y: rowTop(tied.block.row, tied.lane, heights) + CUE_PX / 2 };
  }
  if (place.to === 'marker') {
    const marker = film.edit.markers.find((candidate) => candidate.name === place.id);
    return marker && { sample: at(marker.frame), y: heights.markersBottom };
  }
  const ranges = place.to === 'shot' ? film.edit.shots : film.edit.scenes;
  const range = ranges.find((candidate) => candidate.id === place.id);
  return range && { sample: at(isEnd ? range.recordOut : range.recordIn), y: heights.shotsBottom };
}

function rowTop(row: number, lane: number, { lanes }: Heights): number {
  return (lanes[lane] ?? 0) + LANE_PADDING_PX + row * ROW_PX;
}
