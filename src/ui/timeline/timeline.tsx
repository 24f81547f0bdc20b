import './timeline.css';
import { untracked, useComputed, useSignal, useSignalEffect } from '@preact/signals';
import { useCallback, useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { cueRequest } from '../cue-request.ts';
import { useThemeChanges } from '../theme-colours.ts';
import type { Workspace } from '../workspace.ts';
import { takeFocusAlong } from './cue-block.tsx';
import { CueMenu } from './cue-menu.tsx';
import { Lane, laneHeight, rowTop, waveHeight } from './lane.tsx';
import { LaneHead } from './lane-head.tsx';
import { ROW_PX, strayBy } from './layout.ts';
import { MarqueeBox } from './marquee.tsx';
import { Overview } from './overview.tsx';
import { Playhead } from './playhead.tsx';
import { RULER_PX, Ruler } from './ruler.tsx';
import { scrollTo } from './scale.ts';
import { MARKERS_PX, Markers, SCENES_PX, Scenes, SHOTS_PX, Shots } from './strips.tsx';
import { type Heights, Threads } from './threads.tsx';
import { TimelineBar } from './timeline-bar.tsx';
import { timelineState } from './timeline-state.ts';
import { TypeMenu } from './type-menu.tsx';
import { panBy, revealCue, stretchView, zoomBy, zoomToAll } from './zoom.ts';

/** The film from left to right: its timecode, scenes and shots, and under them a lane for each stem. */
export function Timeline({
  workspace,
  keysOf = () => '',
}: {
  readonly workspace: Workspace;
  /** Labels of a command's keys, for menus. */
  readonly keysOf?: (command: string) => string;
}) {
  const root = useRef<HTMLElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const ruler = useRef<HTMLDivElement>(null);
  const scrollTop = useSignal(0);
  const state = timelineState(workspace);
  const { layout, width, film, drag } = state;
  useThemeChanges();
  useSize(ruler, (box) => {
    width.value = Math.round(box.width);
  });
  useWheel(root, scroller, ruler, workspace);

  // The first film is shown whole, as soon as there is room to show it in.
  const isFitted = useRef(false);
  useSignalEffect(() => {
    if (isFitted.current || !film.value || width.value <= 0) return;
    isFitted.current = true;
    zoomToAll(workspace);
  });
  // What is in view is the same time still where the film gets another sample rate.
  const viewedRate = useRef<number>(undefined);
  useSignalEffect(() => {
    const rate = film.value?.score.sampleRate;
    const before = viewedRate.current;
    viewedRate.current = rate ?? before;
    if (rate !== undefined && before !== undefined && rate !== before) stretchView(workspace, rate / before);
  });
  // What was dropped stays where it was let go until the text has been read.
  useSignalEffect(() => {
    const doneAt = drag.value?.doneAt;
    if (doneAt === undefined) return;
    const isInFilm = (film.value?.revision ?? 0) >= doneAt;
    if (!isInFilm && workspace.studio.readRevision.value < doneAt) return;
    const done = untracked(() => drag.value);
    // It has made an error of the sheet: there is no film with it in its place.
    if (!isInFilm && done?.kind === 'move')
      state.strays.value = strayBy(state.strays.peek(), done.blocks.keys(), done.delta, doneAt);
    drag.value = undefined;
  });

  // Before the first reading has ended there are no problems to point at.
  const hasErrors = useComputed(() =>
    workspace.studio.issues.value.some(({ severity }) => severity === 'error'),
  );

  const lanesPx = useSignal(0);
  useSize(scroller, (box) => {
    lanesPx.value = Math.floor(box.height);
  });
  const wavePx = useComputed(() =>
    waveHeight(layout.value?.lanes ?? [], lanesPx.value, workspace.view.waveZoom.value),
  );
  const hasMarkers = (film.value?.edit.markers.length ?? 0) > 0;
  const heights = useComputed((): Heights => {
    const shotsBottom = RULER_PX + SCENES_PX + SHOTS_PX;
    const markersBottom = shotsBottom + ((film.value?.edit.markers.length ?? 0) > 0 ? MARKERS_PX : 0);
    let top = markersBottom - scrollTop.value;
    const lanes = (layout.value?.lanes ?? []).map((lane) => {
      const own = top;
      top += laneHeight(lane, wavePx.value) + 1;
      return own;
    });
    return { shotsBottom, markersBottom, lanes };
  });
  const requested = cueRequest(workspace.view);
  useSignalEffect(() => {
    const id = requested.value?.id;
    if (id === undefined) return;
    untracked(() => {
      revealCue(workspace, id);
      takeFocusAlong(workspace, id);
    });
  });
  // A cue that was gone to is scrolled to, with its whole lane where there is room for it.
  useSignalEffect(() => {
    const id = state.wanted.value?.id;
    const element = scroller.current;
    untracked(() => {
      const found = id === undefined ? undefined : layout.value?.blocks.get(id);
      const lane = found && layout.value?.lanes[found.lane];
      const laneTop = found && heights.value.lanes[found.lane];
      if (!element || !found || !lane || laneTop === undefined) return;
      const room = element.clientHeight;
      const top = laneTop - heights.value.markersBottom + scrollTop.value;
      const high = laneHeight(lane, wavePx.value);
      const rowAt = top + rowTop(found.block.row);
      const [from, to] = high <= room ? [top, top + high] : [rowAt, rowAt + ROW_PX];
      element.scrollTop = scrollTo(from, to, element.scrollTop, room);
    });
  });
  const stemAt = useCallback((clientY: number): string | undefined => {
    const lanes = scroller.current?.querySelectorAll<HTMLElement>('.tl-lane') ?? [];
    for (const lane of lanes) {
      const box = lane.getBoundingClientRect();
      if (clientY >= box.top && clientY < box.bottom) return lane.dataset['stem'];
    }
    return undefined;
  }, []);
  const stems = film.value?.score.stems.map((stem) => stem.id) ?? [];
  return (
    <section
      class="timeline"
      aria-label="Timeline"
      ref={root}
      tabIndex={-1}
      onKeyDown={({ key, target }) => {
        const isOnCues = target instanceof Element && target.matches('.timeline, .tl-cue');
        if (key === 'Escape' && isOnCues) workspace.view.selection.value = [];
      }}
    >
      <TimelineBar workspace={workspace} />
      <div class="tl-body">
        <div class="tl-strips">
          <div class="tl-head is-strip" style={{ height: `${RULER_PX}px` }}>
            timecode
          </div>
          <div ref={ruler}>
            <Ruler workspace={workspace} />
          </div>
          <div class="tl-head is-strip" style={{ height: `${SCENES_PX}px` }}>
            scenes
          </div>
          <Scenes workspace={workspace} />
          <div class="tl-head is-strip" style={{ height: `${SHOTS_PX}px` }}>
            shots
          </div>
          <Shots workspace={workspace} />
          {hasMarkers && (
            <div class="tl-head is-strip" style={{ height: `${MARKERS_PX}px` }}>
              markers
            </div>
          )}
          {hasMarkers && <Markers workspace={workspace} />}
        </div>
        <div
          class="tl-lanes"
          ref={scroller}
          onScroll={(event) => {
            scrollTop.value = event.currentTarget.scrollTop;
          }}
        >
          {layout.value?.lanes.map((lane) => (
            // biome-ignore lint/a11y/useSemanticElements: a fieldset is laid out as no grid in every browser
            <div
              class={`tl-lane-row${lane.stem === undefined ? '' : ` tl-stem-${stems.indexOf(lane.stem) % 6}`}`}
              key={lane.stem ?? ''}
              role="group"
              aria-label={lane.stem ?? 'all stems'}
            >
              <LaneHead workspace={workspace} stem={lane.stem} height={laneHeight(lane, wavePx.value)} />
              <Lane workspace={workspace} lane={lane} wavePx={wavePx.value} stemAt={stemAt} />
            </div>
          ))}
          <MarqueeBox workspace={workspace} />
          {!layout.value && (
            <p class="tl-empty">
              {hasErrors.value
                ? "Nothing plays yet: the sheet's problems say why."
                : 'The sheet is being read …'}
            </p>
          )}
        </div>
        <div class="tl-overlay">
          <Threads workspace={workspace} heights={heights} />
          <Playhead workspace={workspace} />
        </div>
      </div>
      <div class="tl-foot">
        <div class="tl-head is-strip">film</div>
        <Overview workspace={workspace} />
      </div>
      <TypeMenu workspace={workspace} keysOf={keysOf} />
      <CueMenu workspace={workspace} keysOf={keysOf} />
    </section>
  );
}

/** Tells the size of an element's content whenever it has changed. */
function useSize(
  element: { readonly current: HTMLElement | null },
  tell: (box: { readonly width: number; readonly height: number }) => void,
): void {
  useLayoutEffect(() => {
    if (!element.current) return;
    tell({ width: element.current.clientWidth, height: element.current.clientHeight });
    const observer = new ResizeObserver(([entry]) => {
      if (entry) tell(entry.contentRect);
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
}

/** Wheel: scrolls; with Ctrl it zooms at the pointer, with Shift or Alt, or sideways, it pans. */
function useWheel(
  root: { readonly current: HTMLElement | null },
  scroller: { readonly current: HTMLElement | null },
  ruler: { readonly current: HTMLElement | null },
  workspace: Workspace,
): void {
  useEffect(() => {
    const element = root.current;
    if (!element) return;
    const wheel = (event: WheelEvent) => {
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      const down = event.deltaY * unit;
      const aside = event.deltaX * unit;
      if (event.ctrlKey || event.metaKey) {
        const left = ruler.current?.getBoundingClientRect().left ?? 0;
        zoomBy(workspace, Math.exp(-down / 240), Math.max(0, event.clientX - left));
      } else if (event.shiftKey || event.altKey) {
        panBy(workspace, Math.abs(aside) > Math.abs(down) ? aside : down);
      } else if (Math.abs(aside) > Math.abs(down)) {
        panBy(workspace, aside);
      } else {
        const lanes = scroller.current;
        // Where all lanes are in view there is nothing else that the wheel could mean.
        if (lanes && lanes.scrollHeight > lanes.clientHeight) return;
        panBy(workspace, down);
      }
      event.preventDefault();
    };
    element.addEventListener('wheel', wheel, { passive: false });
    return () => element.removeEventListener('wheel', wheel);
  }, [root, scroller, ruler, workspace]);
}
