import type { Workspace } from '../workspace.ts';
import { followPointer, isClick, panAtEdges } from './follow-pointer.ts';
import { sampleAt, xOf } from './scale.ts';
import { cuesIn, joined } from './select-cues.ts';
import { scaleOf, timelineState } from './timeline-state.ts';

/**
 * Selects what a rectangle touches that is drawn from a press beside all cues, with Shift or Ctrl besides what is
 * selected. Escape leaves the selection as it was; a click alone selects nothing.
 */
export function dragMarquee(workspace: Workspace, press: PointerEvent, track: HTMLElement): void {
  const { marquee, layout } = timelineState(workspace);
  const { selection } = workspace.view;
  const lanes = track.closest<HTMLElement>('.tl-lanes');
  if (!lanes) return;
  const yOf = (clientY: number) => clientY - lanes.getBoundingClientRect().top + lanes.scrollTop;
  const placeOf = ({ clientX, clientY }: PointerEvent) => ({
    sample: sampleAt(clientX - track.getBoundingClientRect().left, scaleOf(workspace)),
    y: Math.min(Math.max(0, yOf(clientY)), lanes.scrollHeight),
  });
  const before = selection.peek();
  const kept = press.shiftKey || press.ctrlKey || press.metaKey ? before : [];
  const first = placeOf(press);
  selection.value = kept;
  followPointer(workspace, press, {
    move(event) {
      const present = layout.peek();
      if (!present || (!marquee.peek() && isClick(press, event))) return;
      panAtEdges(workspace, event, track);
      const last = placeOf(event);
      const drawn = {
        from: Math.min(first.sample, last.sample),
        to: Math.max(first.sample, last.sample),
        top: Math.min(first.y, last.y),
        bottom: Math.max(first.y, last.y),
      };
      const tops = [...lanes.querySelectorAll('.tl-cues')].map((rows) =>
        yOf(rows.getBoundingClientRect().top),
      );
      marquee.value = drawn;
      const touched = joined(kept, cuesIn(present, tops, drawn));
      if (touched.join() !== selection.peek().join()) selection.value = touched;
    },
    end() {
      marquee.value = undefined;
    },
    cancel() {
      marquee.value = undefined;
      selection.value = before;
    },
  });
}

/** The rectangle that is being drawn. */
export function MarqueeBox({ workspace }: { readonly workspace: Workspace }) {
  const { marquee, width } = timelineState(workspace);
  const drawn = marquee.value;
  if (!drawn) return null;
  const scale = scaleOf(workspace);
  const left = Math.max(0, xOf(drawn.from, scale));
  const right = Math.min(width.value, xOf(drawn.to, scale));
  return (
    <div
      class="tl-marquee"
      aria-hidden="true"
      style={{
        transform: `translate(${left}px, ${drawn.top}px)`,
        width: `${Math.max(0, right - left)}px`,
        height: `${drawn.bottom - drawn.top}px`,
      }}
    />
  );
}
