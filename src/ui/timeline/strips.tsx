import { useCallback, useRef } from 'preact/hooks';
import type { Scene, Shot } from '../../engine/index.ts';
import type { Workspace } from '../workspace.ts';
import { type Brush, Canvas } from './canvas.tsx';
import { useInView } from './in-view.ts';
import { Pan } from './pan.tsx';
import type { Drawn } from './scale.ts';
import { Thumbnail } from './thumbnail.tsx';
import { type Span, timelineState } from './timeline-state.ts';
import { zoomToRange } from './zoom.ts';

export const SCENES_PX = 20;
export const SHOTS_PX = 42;
export const MARKERS_PX = 20;

/** A marker's name is given so much at most. */
const MARKER_PX = 320;
/** Shots narrower than this are only lines. */
const LEGIBLE_PX = 26;

/** The scenes' names over their shots. A double click shows the whole of one. */
export function Scenes({ workspace }: { workspace: Workspace }) {
  const { spans, drawn } = timelineState(workspace);
  return (
    <div class="tl-track tl-scenes" style={{ height: `${SCENES_PX}px` }}>
      <Pan workspace={workspace}>
        {inside(spans.value.scenes, drawn.value).map((span) => (
          <SceneName key={span.of.id} workspace={workspace} span={span} drawn={drawn.value} />
        ))}
      </Pan>
    </div>
  );
}

function SceneName({ workspace, span, drawn }: { workspace: Workspace; span: Span<Scene>; drawn: Drawn }) {
  const name = useRef<HTMLSpanElement>(null);
  const { left, width } = placeOf(span, drawn);
  useInView(name, workspace, { start: span.start, width, drawn }, 24);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the pointer's short way to what Z does
    <div
      class="tl-scene"
      style={{ transform: `translateX(${left}px)`, width: `${width}px` }}
      onDblClick={() => zoomToRange(workspace, span.start, span.end)}
    >
      <span ref={name}>{span.of.id}</span>
    </div>
  );
}

/** The shots, scene by scene lighter and darker; on those that are wide enough, their cards. */
export function Shots({ workspace }: { workspace: Workspace }) {
  const { spans, drawn } = timelineState(workspace);
  const draw = useCallback((brush: Brush) => drawShots(brush, workspace), [workspace]);
  const wide = inside(spans.value.shots, drawn.value).filter(
    ({ start, end }) => end - start >= LEGIBLE_PX * drawn.value.samplesPerPixel,
  );
  return (
    <div class="tl-track tl-shots" style={{ height: `${SHOTS_PX}px` }}>
      <Pan workspace={workspace}>
        <Canvas name="tl-cuts" width={drawn.value.width} height={SHOTS_PX} draw={draw} />
        {wide.map((span) => (
          <ShotCard key={span.of.id} workspace={workspace} span={span} drawn={drawn.value} />
        ))}
      </Pan>
    </div>
  );
}

function ShotCard({ workspace, span, drawn }: { workspace: Workspace; span: Span<Shot>; drawn: Drawn }) {
  const { of: shot, start, end } = span;
  const { left, width } = placeOf(span, drawn);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the pointer's short way to what Z does
    <div
      class="tl-shot"
      style={{ transform: `translateX(${left}px)`, width: `${width}px` }}
      title={shot.name === undefined ? `Shot ${shot.id}` : `Shot ${shot.id}, ${shot.name}`}
      onDblClick={() => zoomToRange(workspace, start, end)}
    >
      <Thumbnail workspace={workspace} shot={shot} start={start} width={width} height={SHOTS_PX - 4} />
    </div>
  );
}

export function Markers({ workspace }: { workspace: Workspace }) {
  const { spans, drawn } = timelineState(workspace);
  const { from, samplesPerPixel, width } = drawn.value;
  return (
    <div class="tl-track tl-markers" style={{ height: `${MARKERS_PX}px` }}>
      <Pan workspace={workspace}>
        {spans.value.markers.map(({ of: marker, start }, index, markers) => {
          const x = (start - from) / samplesPerPixel;
          if (x < -200 || x > width) return null;
          // Its name ends where the next one begins.
          const room = ((markers[index + 1]?.start ?? Number.POSITIVE_INFINITY) - start) / samplesPerPixel;
          return (
            <div
              class="tl-marker"
              key={marker.name}
              title={marker.name}
              style={{
                transform: `translateX(${x}px)`,
                maxWidth: `${Math.max(2, Math.min(room, MARKER_PX))}px`,
              }}
            >
              {marker.name}
            </div>
          );
        })}
      </Pan>
    </div>
  );
}

function drawShots({ context, height, color }: Brush, workspace: Workspace): void {
  const { spans, drawn } = timelineState(workspace);
  const { from, samplesPerPixel } = drawn.value;
  const grounds = [color('--surface-raised'), color('--surface-high')];
  const line = color('--ground');
  for (const { start, end, isOdd } of inside(spans.value.shots, drawn.value)) {
    const x = (start - from) / samplesPerPixel;
    context.fillStyle = grounds[isOdd ? 1 : 0] ?? line;
    context.fillRect(x, 0, (end - start) / samplesPerPixel, height);
    context.fillStyle = line;
    context.fillRect(Math.round(x), 0, 1, height);
  }
}

function inside<Of>(spans: readonly Span<Of>[], { from, to }: Drawn): readonly Span<Of>[] {
  return spans.filter(({ start, end }) => end > from && start < to);
}

/** Where a span is drawn, cut to what is drawn at all. CSS pixels. */
function placeOf(
  { start, end }: Span<unknown>,
  drawn: Drawn,
): { readonly left: number; readonly width: number } {
  const left = (Math.max(start, drawn.from) - drawn.from) / drawn.samplesPerPixel;
  return { left, width: (Math.min(end, drawn.to) - drawn.from) / drawn.samplesPerPixel - left };
}
