import { useSignalEffect } from '@preact/signals';
import type { RefObject } from 'preact';
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
  useSignalEffect(() => {
    const from = workspace.view.from.value;
    if (!label.current) return;
    const hidden = (from - Math.max(start, drawn.from)) / drawn.samplesPerPixel;
    const shift = Math.min(hidden, width - roomPx);
    label.current.style.transform = shift > 0 ? `translateX(${shift}px)` : '';
  });
}
