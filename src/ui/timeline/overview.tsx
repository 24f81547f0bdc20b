import { effect, untracked, useSignalEffect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { frameOfSample, restOfFrame, sampleOfFrame, timecodeAt } from '../film-clock.ts';
import { readTheme } from '../theme-colours.ts';
import type { Workspace } from '../workspace.ts';
import { oncePerFrame } from './next-frame.ts';
import { extentOf, timelineState } from './timeline-state.ts';
import { Waveform } from './waveform.ts';
import { setScale } from './zoom.ts';

export const OVERVIEW_PX = 30;

/**
 * The whole film in a strip: what of it is in view, which a drag moves; where the playhead is, which the keys
 * move.
 */
export function Overview({ workspace }: { workspace: Workspace }) {
  const wave = useRef<HTMLDivElement>(null);
  const head = useRef<HTMLDivElement>(null);
  const pane = useRef<HTMLDivElement>(null);
  const { width, film, clock } = timelineState(workspace);
  const { view, transport, studio } = workspace;
  const samples = film.value?.score.samples ?? 0;

  useEffect(() => {
    if (!wave.current) return;
    const made = new Waveform(wave.current, OVERVIEW_PX);
    const draw = () => {
      const length = studio.film.peek()?.score.samples ?? 0;
      const wide = width.peek();
      if (wave.current) made.color = getComputedStyle(wave.current).color;
      if (length > 0 && wide > 0) made.draw(studio.peaks('mix', 0, length, wide), 1);
    };
    const late = oncePerFrame(draw);
    const stop = width.subscribe(late.ask);
    const stopPeaks = studio.peaksRevision.subscribe(late.ask);
    const stopTheme = effect(() => {
      readTheme();
      untracked(late.ask);
    });
    return () => {
      stop();
      stopPeaks();
      stopTheme();
      late.dispose();
      made.dispose();
    };
  }, [studio, width]);
  useSignalEffect(() => {
    const length = film.value?.score.samples ?? 1;
    const x = (transport.position.value / length) * width.value;
    if (head.current) head.current.style.transform = `translateX(${x}px)`;
  });
  useSignalEffect(() => {
    const length = film.value?.score.samples ?? 1;
    const perPixel = length / Math.max(1, width.value);
    const left = Math.max(0, view.from.value) / perPixel;
    const right = Math.min(length, view.from.value + width.value * view.samplesPerPixel.value) / perPixel;
    if (!pane.current) return;
    pane.current.style.transform = `translateX(${left}px)`;
    pane.current.style.width = `${Math.max(6, right - left)}px`;
  });

  const centre = (event: PointerEvent, grip: number) => {
    const extent = extentOf(workspace);
    const box = wave.current?.getBoundingClientRect();
    if (!box || extent.width === 0) return;
    const at = ((event.clientX - box.left) / extent.width) * extent.samples;
    const samplesPerPixel = view.samplesPerPixel.peek();
    const most = Math.max(0, extent.samples - extent.width * samplesPerPixel);
    setScale(workspace, { samplesPerPixel, from: Math.min(Math.max(0, at - grip), most) });
  };
  const gates = film.value?.score.gates ?? [];
  return (
    <div
      class="tl-overview"
      role="slider"
      tabIndex={0}
      aria-label="Playhead in the whole film"
      aria-valuemin={0}
      aria-valuemax={samples / (film.value?.score.sampleRate ?? 1)}
      aria-valuenow={Math.floor(transport.position.value / (film.value?.score.sampleRate ?? 1))}
      aria-valuetext={clock.value ? timecodeAt(transport.position.value, clock.value) : 'no film'}
      style={{ height: `${OVERVIEW_PX}px` }}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        const target = event.currentTarget;
        target.setPointerCapture(event.pointerId);
        const { samples: length, width: wide } = extentOf(workspace);
        const at = ((event.clientX - target.getBoundingClientRect().left) / Math.max(1, wide)) * length;
        const span = wide * view.samplesPerPixel.peek();
        const held = at - view.from.peek();
        const grip = held >= 0 && held <= span ? held : span / 2;
        centre(event, grip);
        const done = new AbortController();
        const { signal } = done;
        target.addEventListener('pointermove', (moved) => centre(moved, grip), { signal });
        target.addEventListener('pointerup', () => done.abort(), { signal });
        target.addEventListener('pointercancel', () => done.abort(), { signal });
      }}
      onKeyDown={(event) => {
        const to = positionOnKey(event, workspace);
        if (to === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        const at = Math.min(Math.max(0, to), Math.max(0, samples - 1));
        transport.scrub(at, clock.value ? restOfFrame(at, clock.value) : 0);
      }}
    >
      <div class="tl-overview-wave" ref={wave} />
      {gates.map((gate) => (
        <div
          class="tl-overview-gate"
          key={gate.cue}
          style={{
            transform: `translateX(${(gate.start / samples) * width.value}px)`,
            width: `${Math.max(2, ((gate.end - gate.start) / samples) * width.value)}px`,
          }}
        />
      ))}
      <div class="tl-overview-pane" ref={pane} />
      <div class="tl-overview-head" ref={head} />
    </div>
  );
}

/** Where a key takes the playhead: frames, seconds with Shift, ten seconds by the page. */
function positionOnKey(event: KeyboardEvent, workspace: Workspace): number | undefined {
  const clock = timelineState(workspace).clock.peek();
  if (!clock || event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const position = workspace.transport.position.peek();
  const step = (direction: number) =>
    event.shiftKey
      ? position + direction * clock.sampleRate
      : sampleOfFrame(frameOfSample(position, clock) + direction, clock);
  switch (event.key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return step(-1);
    case 'ArrowRight':
    case 'ArrowUp':
      return step(1);
    case 'PageDown':
      return position - 10 * clock.sampleRate;
    case 'PageUp':
      return position + 10 * clock.sampleRate;
    case 'Home':
      return 0;
    case 'End':
      return Number.MAX_SAFE_INTEGER;
    default:
      return undefined;
  }
}
