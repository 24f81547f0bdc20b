import { type Signal, useComputed, useSignal } from '@preact/signals';
import { useCallback, useRef } from 'preact/hooks';
import { frameOfSample, nearestFrame, sampleOfFrame } from '../film-clock.ts';
import type { Film, Workspace } from '../workspace.ts';
import { type Brush, Canvas } from './canvas.tsx';
import { Pan } from './pan.tsx';
import { sampleAt } from './scale.ts';
import { ticksOf } from './ticks.ts';
import { scaleOf, timelineState } from './timeline-state.ts';

export const RULER_PX = 28;

/** What is heard of each place that the playhead is dragged to, seconds: two frames, enough to know a sound by. */
const BURST_SECONDS = 1 / 12;

/** Timecode along the top. A click seeks, a drag scrubs, and one with Shift sets in and out. */
export function Ruler({ workspace }: { workspace: Workspace }) {
  const { transport } = workspace;
  const { drawn, clock, film } = timelineState(workspace);
  const track = useRef<HTMLDivElement>(null);
  const scrubbing = useSignal<{ readonly marksFrom?: number } | undefined>(undefined);

  const draw = useCallback((brush: Brush) => drawTicks(brush, workspace), [workspace]);
  const sampleOf = (event: PointerEvent) => {
    const left = track.current?.getBoundingClientRect().left ?? 0;
    const length = film.peek()?.score.samples ?? 0;
    const at = Math.round(sampleAt(event.clientX - left, scaleOf(workspace)));
    return Math.min(Math.max(0, at), Math.max(0, length - 1));
  };
  /** Seeking lands on frames, unless one looks closer than that or holds Alt. */
  const frameOf = (sample: number, event: PointerEvent) => {
    const time = clock.peek();
    if (!time || event.altKey) return sample;
    const start = sampleOfFrame(frameOfSample(sample, time), time);
    return sample - start > 24 * drawn.peek().samplesPerPixel ? sample : start;
  };
  const scrub = (event: PointerEvent) => {
    const state = scrubbing.peek();
    if (!state) return;
    const sample = frameOf(sampleOf(event), event);
    if (state.marksFrom === undefined) transport.scrub(sample, burstSamples(film.peek()));
    else {
      transport.inMark.value = Math.min(state.marksFrom, sample);
      transport.outMark.value = Math.max(state.marksFrom, sample);
    }
  };
  return (
    <div
      class="tl-track tl-ruler"
      ref={track}
      style={{ height: `${RULER_PX}px` }}
      onPointerDown={(event) => {
        if (event.button !== 0 || !film.peek()) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        scrubbing.value = event.shiftKey ? { marksFrom: frameOf(sampleOf(event), event) } : {};
        if (!event.shiftKey) scrub(event);
      }}
      onPointerMove={scrub}
      onPointerUp={() => {
        scrubbing.value = undefined;
      }}
      onPointerCancel={() => {
        scrubbing.value = undefined;
      }}
    >
      <Pan workspace={workspace}>
        <Marks workspace={workspace} />
        <Canvas name="tl-ticks" width={drawn.value.width} height={RULER_PX} draw={draw} />
      </Pan>
    </div>
  );
}

function burstSamples(film: Film | undefined): number {
  return Math.round((film?.score.sampleRate ?? 0) * BURST_SECONDS);
}

/** In and out, and the range between them. */
export function Marks({ workspace }: { workspace: Workspace }) {
  const { drawn } = timelineState(workspace);
  const { inMark, outMark, isLooping } = workspace.transport;
  const place = useComputed(() => {
    const { from, samplesPerPixel, width } = drawn.value;
    const x = (sample: number) => Math.min(Math.max(-8, (sample - from) / samplesPerPixel), width + 8);
    return {
      start: inMark.value === undefined ? undefined : x(inMark.value),
      end: outMark.value === undefined ? undefined : x(outMark.value),
      width,
    };
  });
  const { start, end, width } = place.value;
  if (start === undefined && end === undefined) return null;
  const left = start ?? 0;
  return (
    <>
      <div
        class={`tl-range${isLooping.value ? ' is-looping' : ''}`}
        style={{ transform: `translateX(${left}px)`, width: `${Math.max(0, (end ?? width) - left)}px` }}
      />
      {start !== undefined && (
        <div
          class="tl-mark is-in"
          style={{ transform: `translateX(${start}px)` }}
          onPointerDown={(event) => dragMark(event, inMark, workspace)}
        />
      )}
      {end !== undefined && (
        <div
          class="tl-mark is-out"
          style={{ transform: `translateX(${end}px)` }}
          onPointerDown={(event) => dragMark(event, outMark, workspace)}
        />
      )}
    </>
  );
}

/** Moves a mark with the pointer: on frames, with Alt on samples. */
function dragMark(press: PointerEvent, mark: Signal<number | undefined>, workspace: Workspace): void {
  const target = press.currentTarget;
  const track = target instanceof HTMLElement && target.closest<HTMLElement>('.tl-track');
  const { clock, film } = timelineState(workspace);
  const time = clock.peek();
  if (!track || !time || press.button !== 0) return;
  // The ruler under it would seek.
  press.stopPropagation();
  const done = new AbortController();
  const { signal } = done;
  const move = (event: PointerEvent) => {
    const at = sampleAt(event.clientX - track.getBoundingClientRect().left, scaleOf(workspace));
    const sample = event.altKey ? Math.round(at) : sampleOfFrame(nearestFrame(at, time), time);
    mark.value = Math.min(Math.max(0, sample), film.peek()?.score.samples ?? 0);
  };
  target.setPointerCapture(press.pointerId);
  target.addEventListener('pointermove', move, { signal });
  target.addEventListener('pointerup', () => done.abort(), { signal });
  target.addEventListener('pointercancel', () => done.abort(), { signal });
}

function drawTicks({ context, height, color }: Brush, workspace: Workspace): void {
  const { drawn, clock, film } = timelineState(workspace);
  const time = clock.value;
  const length = film.value?.score.samples ?? 0;
  if (!time) return;
  const { from, to, samplesPerPixel } = drawn.value;
  context.font = `11px ${color('--font-numbers') || 'monospace'}`;
  context.textBaseline = 'alphabetic';
  const line = color('--line-strong');
  const faint = color('--line');
  const text = color('--text-soft');
  const margin = 120 * samplesPerPixel;
  for (const { sample, label } of ticksOf(from - margin, Math.min(to, length), samplesPerPixel, time)) {
    const x = Math.round((sample - from) / samplesPerPixel) + 0.5;
    context.strokeStyle = label === undefined ? faint : line;
    context.beginPath();
    context.moveTo(x, label === undefined ? height - 6 : height - 12);
    context.lineTo(x, height);
    context.stroke();
    if (label === undefined) continue;
    context.fillStyle = text;
    context.fillText(label, x + 4, height - 10);
  }
}
