import { useComputed, useSignal, useSignalEffect } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { Gate } from '../../engine/index.ts';
import { hasFiles, isVideo, maySound } from '../dropped-files.ts';
import type { FilmClock } from '../film-clock.ts';
import { readTheme } from '../theme-colours.ts';
import type { Workspace } from '../workspace.ts';
import { Clusters, clusterAt } from './clusters.tsx';
import { CueBlock, openCueMenu } from './cue-block.tsx';
import { DropLine } from './drop-line.tsx';
import { dropSounds } from './drop-sounds.ts';
import { blockAt, itemsOf, type Lane as LaneLayout, ROW_PX } from './layout.ts';
import { dragMarquee } from './marquee.tsx';
import { oncePerFrame } from './next-frame.ts';
import { Pan } from './pan.tsx';
import { placeOfDrop } from './place-for-new.ts';
import { type Drawn, sampleAt } from './scale.ts';
import { selectBy } from './select-cues.ts';
import { steady } from './steady.ts';
import { scaleOf, timelineState } from './timeline-state.ts';
import { Waveform } from './waveform.ts';
import { lengthInBoth } from './words.ts';
import { zoomToRange } from './zoom.ts';

/** Waveforms take the room that the cues leave. */
const LEAST_WAVE_PX = 24;
const MOST_WAVE_PX = 96;
const PADDING_PX = 3;
/** Zooming is over when nothing has changed for so long. */
const ZOOM_REST_MILLISECONDS = 90;

/** CSS pixels that a lane is high, with a waveform of `wavePx` where it has one. */
export function laneHeight(lane: LaneLayout, wavePx: number): number {
  return rowsHeight(lane) + (lane.stem === undefined ? 0 : wavePx);
}

/** Where a row of cues lies in its lane, CSS pixels. */
export function rowTop(row: number): number {
  return PADDING_PX + row * ROW_PX;
}

/** How high waveforms may be so that all lanes are in view, as far as that goes; 2 to the power of `zoom` as high. */
export function waveHeight(lanes: readonly LaneLayout[], roomPx: number, zoom: number): number {
  const stems = lanes.filter((lane) => lane.stem !== undefined).length;
  const rows = lanes.reduce((sum, lane) => sum + rowsHeight(lane) + 1, 0);
  const each = Math.floor((roomPx - rows) / Math.max(1, stems));
  return Math.min(Math.max(each, LEAST_WAVE_PX), MOST_WAVE_PX) * 2 ** zoom;
}

function rowsHeight(lane: LaneLayout): number {
  return Math.max(1, lane.rows.length) * ROW_PX + 2 * PADDING_PX;
}

/** A stem's cues, and under them the waveform of what is rendered; gates cut through both. */
export const Lane = steady(function Lane({
  workspace,
  lane,
  wavePx,
  stemAt,
}: {
  workspace: Workspace;
  lane: LaneLayout;
  wavePx: number;
  stemAt: (clientY: number) => string | undefined;
}) {
  const { drawn, clock, drag, drop } = timelineState(workspace);
  const { stem } = lane;
  const track = useRef<HTMLDivElement>(null);
  const isOver = useComputed(() => stem !== undefined && drop.value?.stem === stem);
  const { selection } = workspace.view;
  const { active, tabStop } = timelineState(workspace);
  // Never hidden in a cluster: what is selected, focused or dragged.
  const apart = useComputed(() => {
    const focused = [active.value, tabStop.value].filter((id) => id !== undefined);
    return new Set([...selection.value, ...focused, ...(drag.value?.blocks.keys() ?? [])]);
  });
  const items = useMemo(() => itemsOf(lane, drawn.value, apart.value), [lane, drawn.value, apart.value]);
  const clusters = useMemo(() => items.flatMap((item) => ('cluster' in item ? [item.cluster] : [])), [items]);
  const time = clock.value;
  const height = laneHeight(lane, wavePx);
  const isTarget = stem !== undefined && drag.value?.stem === stem;
  const sampleOf = (event: MouseEvent) => {
    const left = track.current?.getBoundingClientRect().left ?? 0;
    return Math.max(0, Math.round(sampleAt(event.clientX - left, scaleOf(workspace))));
  };
  const rowOf = (event: MouseEvent) => {
    const top = (track.current?.getBoundingClientRect().top ?? 0) + PADDING_PX;
    return Math.floor((event.clientY - top) / ROW_PX);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: its cues have keys, and commands do what a drop does
    <div
      ref={track}
      class={`tl-track tl-lane${isOver.value || isTarget ? ' is-target' : ''}`}
      data-stem={stem}
      style={{ height: `${height}px` }}
      onPointerDown={(event) => {
        if (event.button !== 0 || (event.target as Element).closest('button')) return;
        const cluster = clusterAt(clusters, rowOf(event), sampleOf(event), 3 * drawn.peek().samplesPerPixel);
        const only = cluster?.blocks.length === 1 ? cluster.blocks[0] : undefined;
        if (only) selectBy(event, workspace, only.id);
        else if (cluster) zoomToRange(workspace, cluster.start, cluster.end);
        else dragMarquee(workspace, event, event.currentTarget);
      }}
      onContextMenu={(event) => {
        event.preventDefault();
        const point = { x: event.clientX, y: event.clientY };
        // One that is drawn together with others is no button of its own.
        const cue = blockAt(lane, rowOf(event), sampleOf(event));
        if (cue) openCueMenu(workspace, cue.id, point);
        else timelineState(workspace).menu.value = { sample: sampleOf(event), stem, point };
      }}
      onDragOver={(event) => {
        // A video alone is for the picture, not for a lane.
        if (stem === undefined || !hasFiles(event) || !maySound(event.dataTransfer)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
        const place = placeOfDrop(workspace, sampleOf(event), event.altKey);
        const known = drop.peek();
        if (known?.stem !== stem || known.sample !== place.sample || known.label !== place.label)
          drop.value = { ...place, stem };
      }}
      onDragLeave={(event) => {
        // From the lane to one of its cues it is still over it.
        const isWithin = event.relatedTarget instanceof Node && track.current?.contains(event.relatedTarget);
        if (!isWithin && drop.peek()?.stem === stem) drop.value = undefined;
      }}
      onDrop={(event) => {
        drop.value = undefined;
        const files = [...(event.dataTransfer?.files ?? [])].filter((file) => !isVideo(file));
        if (stem === undefined || files.length === 0) return;
        event.preventDefault();
        const place = placeOfDrop(workspace, sampleOf(event), event.altKey);
        void dropSounds(workspace, files, place.sample, stem);
      }}
    >
      <Pan workspace={workspace}>
        {stem !== undefined && <Wave workspace={workspace} stem={stem} height={wavePx} />}
        {time &&
          lane.gates.map((gate) => (
            <GateCut
              key={gate.cue}
              gate={gate}
              drawn={drawn.value}
              clock={time}
              isFilm={stem === undefined}
            />
          ))}
        <div class="tl-cues">
          {clusters.length > 0 && (
            <Clusters workspace={workspace} clusters={clusters} rows={lane.rows.length} drawn={drawn.value} />
          )}
          {time &&
            items.flatMap((item) =>
              'block' in item
                ? [
                    <CueBlock
                      key={item.block.id}
                      workspace={workspace}
                      block={item.block}
                      stem={stem}
                      drawn={drawn.value}
                      clock={time}
                      stemAt={stemAt}
                    />,
                  ]
                : [],
            )}
        </div>
        {time && stem !== undefined && (
          <DropLine workspace={workspace} stem={stem} drawn={drawn.value} clock={time} />
        )}
      </Pan>
    </div>
  );
});

/** The waveform of a stem in what is drawn. */
function Wave({ workspace, stem, height }: { workspace: Workspace; stem: string; height: number }) {
  const element = useRef<HTMLDivElement>(null);
  const waveform = useRef<Waveform | undefined>(undefined);
  const { drawn, film } = timelineState(workspace);
  const span = useComputed(() => waveSpan(film.value?.score.samples ?? 0, drawn.value));
  // While one zooms, what was drawn last is stretched, and drawn anew when that is over.
  const shown = useSignal(span.peek());
  useSignalEffect(() => {
    const wanted = span.value;
    const isZooming = shown.peek().columns > 0 && shown.peek().samplesPerPixel !== wanted.samplesPerPixel;
    if (!isZooming) {
      shown.value = wanted;
      return;
    }
    const timer = setTimeout(() => {
      shown.value = wanted;
    }, ZOOM_REST_MILLISECONDS);
    return () => clearTimeout(timer);
  });
  useEffect(() => {
    if (!element.current) return;
    const made = new Waveform(element.current, height);
    waveform.current = made;
    paint();
    drawWave(made, workspace, stem, shown.peek());
    return () => {
      waveform.current = undefined;
      made.dispose();
    };
  }, [workspace, stem, height, shown]);
  const paint = () => {
    if (waveform.current && element.current) waveform.current.color = getComputedStyle(element.current).color;
  };
  useSignalEffect(() => {
    readTheme();
    paint();
  });
  // While the film is being mixed peaks come by the dozen.
  useEffect(() => {
    const late = oncePerFrame(() => {
      if (waveform.current) drawWave(waveform.current, workspace, stem, shown.peek());
    });
    const stop = workspace.studio.peaksRevision.subscribe(late.ask);
    return () => {
      stop();
      late.dispose();
    };
  }, [workspace, stem, shown]);
  useSignalEffect(() => {
    readTheme();
    film.value;
    const own = shown.value;
    if (waveform.current) drawWave(waveform.current, workspace, stem, own);
  });
  const mute = workspace.desk.channels.value.find((channel) => channel.id === stem)?.isMuted.value;
  const { from, to, width } = shown.value;
  const scale = drawn.value;
  const left = (from - scale.from) / scale.samplesPerPixel;
  const stretch = width > 0 ? (to - from) / scale.samplesPerPixel / width : 1;
  return (
    <div
      class={`tl-wave${mute ? ' is-muted' : ''}`}
      ref={element}
      style={{
        transform: `translateX(${left}px) scaleX(${stretch})`,
        width: `${width}px`,
        height: `${height}px`,
      }}
    />
  );
}

/** The part of the film in what is drawn: whole samples where they are wide, else whole pixels. */
interface WaveSpan {
  readonly from: number;
  readonly to: number;
  readonly columns: number;
  readonly samplesPerPixel: number;
  /** CSS pixels. */
  readonly width: number;
}

function waveSpan(samples: number, { from, to, samplesPerPixel }: Drawn): WaveSpan {
  const first = Math.max(0, Math.floor(from));
  const last = Math.min(samples, Math.ceil(to));
  const width = Math.max(0, (last - first) / samplesPerPixel);
  const columns = samplesPerPixel < 1 ? last - first : Math.round(width);
  return { from: first, to: last, columns, samplesPerPixel, width };
}

function drawWave(waveform: Waveform, workspace: Workspace, stem: string, span: WaveSpan): void {
  const film = workspace.studio.film.peek();
  if (!film || span.columns < 1) return;
  const peaks = workspace.studio.peaks(stem, span.from, span.to, span.columns);
  waveform.draw(peaks, (span.to - span.from) / film.score.sampleRate);
}

/** A gate as what it is: a hole that is exactly zero. */
function GateCut({
  gate,
  drawn,
  clock,
  isFilm,
}: {
  gate: Gate;
  drawn: Drawn;
  clock: FilmClock;
  isFilm: boolean;
}) {
  if (gate.end <= drawn.from || gate.start >= drawn.to) return null;
  const left = Math.max(-4, (gate.start - drawn.from) / drawn.samplesPerPixel);
  const right = Math.min(drawn.width + 4, (gate.end - drawn.from) / drawn.samplesPerPixel);
  const width = Math.max(2, right - left);
  return (
    <div
      class={`tl-gate${isFilm ? ' is-film' : ''}`}
      style={{ transform: `translateX(${left}px)`, width: `${width}px` }}
    >
      {!isFilm && width > 150 && <span>{lengthInBoth(gate.end - gate.start, clock)} · exact zero</span>}
      {!isFilm && width <= 150 && width > 22 && <span>0</span>}
    </div>
  );
}
