import { useSignalEffect } from '@preact/signals';
import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import type { Workspace } from '../workspace.ts';
import type { Drawn } from './scale.ts';

/** Keeps a label in view while one scrolls along what it names; `roomPx` of it stays free at its end. */
export function useInView(
  label: RefObject<HTMLElement | null>,
  workspace: Workspace,
  place: { readonly start: number; readonly width: number; readonly drawn: Drawn },
  roomPx: number,
): void {
  const { start, width, drawn } = place;
  const move = (from: number) => {
    if (!label.current) return;
    const hidden = (from - Math.max(start, drawn.from)) / drawn.samplesPerPixel;
    const shift = Math.min(hidden, width - roomPx);
    label.current.style.transform = shift > 0 ? `translateX(${shift}px)` : '';
  };
  useSignalEffect(() => move(workspace.view.from.value));
  // What it names may be drawn anew, from another place or at another zoom, after the view has moved there.
  useLayoutEffect(() => move(workspace.view.from.peek()), [start, width, drawn]);
}
