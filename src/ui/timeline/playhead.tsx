import { effect, useSignalEffect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Workspace } from '../workspace.ts';
import { xOf } from './scale.ts';
import { scaleOf, timelineState } from './timeline-state.ts';
import { setScale } from './zoom.ts';

/** The line that is heard now. Only its transform changes while it moves. */
export function Playhead({ workspace }: { workspace: Workspace }) {
  const element = useRef<HTMLDivElement>(null);
  const { width } = timelineState(workspace);
  // A useSignalEffect comes after the frame is painted: the line would be a frame late.
  useEffect(
    () =>
      effect(() => {
        const x = xOf(workspace.transport.position.value, scaleOf(workspace));
        const line = element.current;
        if (!line) return;
        const isSeen = x >= -1 && x <= width.value + 1;
        line.style.visibility = isSeen ? 'visible' : 'hidden';
        if (isSeen) line.style.transform = `translateX(${x}px)`;
      }),
    [workspace, width],
  );
  useSignalEffect(() => {
    const position = workspace.transport.position.value;
    const { view, transport } = workspace;
    if (!view.isFollowing.value || !transport.isPlaying.value) return;
    const scale = { from: view.from.peek(), samplesPerPixel: view.samplesPerPixel.peek() };
    const x = xOf(position, scale);
    const room = width.peek();
    if (room <= 0 || (x >= 0 && x <= room * 0.94)) return;
    // Pages, and does not creep: what is looked at stays where it is.
    setScale(workspace, { ...scale, from: position - room * 0.06 * scale.samplesPerPixel });
  });
  return <div class="tl-playhead" ref={element} aria-hidden="true" />;
}
