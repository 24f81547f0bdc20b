import { useSignalEffect } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import type { Workspace } from '../workspace.ts';
import { timelineState } from './timeline-state.ts';

/** What is drawn of a track, moved to where it is in view: scrolling changes nothing but its transform. */
export function Pan({ workspace, children }: { workspace: Workspace; children?: ComponentChildren }) {
  const element = useRef<HTMLDivElement>(null);
  const { drawn } = timelineState(workspace);
  useSignalEffect(() => {
    const { from, samplesPerPixel } = drawn.value;
    const x = (from - workspace.view.from.value) / samplesPerPixel;
    if (element.current) element.current.style.transform = `translateX(${x}px)`;
  });
  return (
    <div class="tl-pan" ref={element}>
      {children}
    </div>
  );
}
