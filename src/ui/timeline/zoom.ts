import { batch } from '@preact/signals';
import type { View, Workspace } from '../workspace.ts';
import { pan, reveal, type Scale, scaleFor, xOf, zoomAt } from './scale.ts';
import { extentOf, timelineState } from './timeline-state.ts';

/** What one press of a zoom key does. */
const STEP = 1.5;

export function setScale({ view }: Workspace, scale: Scale): void {
  batch(() => {
    view.from.value = scale.from;
    view.samplesPerPixel.value = scale.samplesPerPixel;
  });
}

function peekScale({ view }: Workspace): Scale {
  return { from: view.from.peek(), samplesPerPixel: view.samplesPerPixel.peek() };
}

/** Zooms about a place of the track; without one, about the playhead where it is in view, else the middle. */
export function zoomBy(workspace: Workspace, factor: number, x?: number): void {
  const scale = peekScale(workspace);
  const extent = extentOf(workspace);
  if (extent.samples === 0 || extent.width === 0) return;
  const head = xOf(workspace.transport.position.peek(), scale);
  const middle = head >= 0 && head <= extent.width ? head : extent.width / 2;
  setScale(workspace, zoomAt(x ?? middle, factor, scale, extent));
}

export function zoomIn(workspace: Workspace): void {
  zoomBy(workspace, STEP);
}

export function zoomOut(workspace: Workspace): void {
  zoomBy(workspace, 1 / STEP);
}

export function zoomToAll(workspace: Workspace): void {
  const extent = extentOf(workspace);
  if (extent.samples > 0 && extent.width > 0) setScale(workspace, scaleFor(0, extent.samples, extent));
}

/** Counts the view in so many times as many samples. */
export function stretchView(workspace: Workspace, ratio: number): void {
  const { from, samplesPerPixel } = peekScale(workspace);
  setScale(workspace, { from: from * ratio, samplesPerPixel: samplesPerPixel * ratio });
}

/** Shows the selected cues whole; without any, the loop range. */
export function zoomToSelection(workspace: Workspace): void {
  const { layout } = timelineState(workspace);
  const blocks = workspace.view.selection.peek().flatMap((id) => layout.peek()?.blocks.get(id)?.block ?? []);
  const from = workspace.transport.inMark.peek();
  const to = workspace.transport.outMark.peek();
  if (blocks.length > 0) {
    const start = Math.min(...blocks.map((block) => block.placed.start));
    const end = Math.max(...blocks.map((block) => block.placed.end));
    zoomToRange(workspace, start, Math.max(end, start + 1));
    const last = blocks.at(-1);
    if (last) timelineState(workspace).wanted.value = { id: last.id };
  } else if (from !== undefined && to !== undefined && to > from) {
    zoomToRange(workspace, from, to);
  }
}

export function zoomToRange(workspace: Workspace, from: number, to: number): void {
  const extent = extentOf(workspace);
  if (extent.width > 0) setScale(workspace, scaleFor(from, to, extent, extent.width / 10));
}

export function panBy(workspace: Workspace, pixels: number): void {
  setScale(workspace, pan(pixels, peekScale(workspace), extentOf(workspace)));
}

/** Pans to a cue's start and scrolls to its lane, each only where it is out of view. */
export function revealCue(workspace: Workspace, id: string): void {
  const { layout, wanted } = timelineState(workspace);
  const block = layout.peek()?.blocks.get(id)?.block;
  if (!block) return;
  revealSample(workspace, block.placed.start);
  wanted.value = { id };
}

/** Pans so that a sample is in view. */
export function revealSample(workspace: Workspace, sample: number): void {
  const scale = peekScale(workspace);
  const extent = extentOf(workspace);
  if (extent.width === 0) return;
  const revealed = reveal(sample, scale, extent);
  if (revealed !== scale) setScale(workspace, revealed);
}

/** The highest waveforms, as a power of two. */
export const MOST_WAVE_ZOOM = 3;

/** Draws the waveforms of all lanes 2 to the power of `steps` as high; lanes that do not fit are scrolled to. */
export function zoomWaves({ waveZoom }: View, steps: number): void {
  waveZoom.value = Math.max(0, Math.min(MOST_WAVE_ZOOM, waveZoom.peek() + steps));
}
