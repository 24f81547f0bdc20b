import { useComputed } from '@preact/signals';
import type { FilmClock } from '../film-clock.ts';
import { timecodeAt } from '../film-clock.ts';
import type { Workspace } from '../workspace.ts';
import { type Drawn, xOf } from './scale.ts';
import { scaleOf, timelineState } from './timeline-state.ts';

/** CSS pixels that the words beside the line may take; where there are fewer to its right, they are to its left. */
const WORDS_PX = 240;

/** Where a file that is dragged over a lane will be put: a line, its timecode, and what it caught on. */
export function DropLine({
  workspace,
  stem,
  drawn,
  clock,
}: {
  readonly workspace: Workspace;
  readonly stem: string;
  readonly drawn: Drawn;
  readonly clock: FilmClock;
}) {
  const { drop, width } = timelineState(workspace);
  const own = useComputed(() => (drop.value?.stem === stem ? drop.value : undefined));
  const place = own.value;
  if (!place) return null;
  const isLeft = xOf(place.sample, scaleOf(workspace)) > width.value - WORDS_PX;
  const left = (place.sample - drawn.from) / drawn.samplesPerPixel;
  return (
    <div
      class={`tl-drop${isLeft ? ' is-left' : ''}`}
      style={{ transform: `translateX(${left}px)` }}
      aria-hidden="true"
    >
      <p>
        <span class="numbers">{timecodeAt(place.sample, clock)}</span>
        {place.label !== undefined && <em>{place.label}</em>}
      </p>
    </div>
  );
}
