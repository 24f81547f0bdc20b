import type { Signal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { FADER_TOP_DB, faderGainDb, faderPosition, formatDb, gainAfterKey } from '../fader-scale.ts';

/** Travel of the pointer for the whole fader with Shift, as a multiple of its length: fine. */
const FINE = 8;

interface Drag {
  readonly pointer: number;
  /** The fader's place where the drag, or its present fineness, began: 0 … 1. */
  readonly from: number;
  readonly y: number;
  readonly isFine: boolean;
}

/** A fader in dB: drag it (with Shift finely), double-click for 0 dB, or use the arrow keys. */
export function Fader({ label, gainDb }: { label: string; gainDb: Signal<number> }) {
  const track = useRef<HTMLDivElement>(null);
  const drag = useRef<Drag | undefined>(undefined);
  const db = gainDb.value;

  function begin(event: PointerEvent): void {
    if (event.button !== 0) return;
    track.current?.setPointerCapture(event.pointerId);
    drag.current = {
      pointer: event.pointerId,
      from: faderPosition(gainDb.peek()),
      y: event.clientY,
      isFine: event.shiftKey,
    };
  }

  function move(event: PointerEvent): void {
    const present = drag.current;
    const height = track.current?.clientHeight ?? 0;
    if (!present || present.pointer !== event.pointerId || height === 0) return;
    const travel = (present.y - event.clientY) / height / (present.isFine ? FINE : 1);
    const position = present.from + travel;
    gainDb.value = faderGainDb(position);
    if (event.shiftKey !== present.isFine) {
      drag.current = { ...present, from: position, y: event.clientY, isFine: event.shiftKey };
    }
  }

  function press(event: KeyboardEvent): void {
    const next = gainAfterKey(gainDb.peek(), event);
    if (next === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    gainDb.value = next;
  }

  return (
    <div
      ref={track}
      class="fader"
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-orientation="vertical"
      aria-valuemin={-60}
      aria-valuemax={FADER_TOP_DB}
      aria-valuenow={Math.max(-60, db)}
      aria-valuetext={db === Number.NEGATIVE_INFINITY ? 'off' : `${formatDb(db)} dB`}
      title="Drag; Shift for fine; double-click for 0 dB"
      onPointerDown={begin}
      onPointerMove={move}
      onPointerUp={() => {
        drag.current = undefined;
      }}
      onLostPointerCapture={() => {
        drag.current = undefined;
      }}
      onDblClick={() => {
        gainDb.value = 0;
      }}
      onKeyDown={press}
    >
      <span class="fader-zero" style={{ bottom: `${faderPosition(0) * 100}%` }} />
      <span class="fader-cap" style={{ bottom: `${faderPosition(db) * 100}%` }} />
    </div>
  );
}
