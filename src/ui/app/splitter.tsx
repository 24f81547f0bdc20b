import type { Signal } from '@preact/signals';
import { useRef } from 'preact/hooks';

/** The line between two areas, which is dragged or moved with arrow keys. */
export function Splitter(props: {
  readonly label: string;
  /** `vertical`: a standing line, moved sideways. */
  readonly orientation: 'vertical' | 'horizontal';
  readonly size: Signal<number>;
  readonly least: number;
  readonly most: () => number;
  /** −1 where the area that is sized lies after the line. */
  readonly direction?: 1 | -1;
}) {
  const { label, orientation, size, least, most, direction = 1 } = props;
  const from = useRef<{ readonly at: number; readonly size: number } | undefined>(undefined);
  const place = (event: PointerEvent) => (orientation === 'vertical' ? event.clientX : event.clientY);
  const set = (pixels: number) => {
    size.value = Math.round(Math.max(least, Math.min(most(), pixels)));
  };

  function press(event: KeyboardEvent): void {
    const [back, on] = orientation === 'vertical' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
    const step = event.shiftKey ? 64 : 16;
    if (event.key === back) set(size.peek() - direction * step);
    else if (event.key === on) set(size.peek() + direction * step);
    else if (event.key === 'Home') set(least);
    else if (event.key === 'End') set(most());
    else return;
    event.preventDefault();
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: an <hr> cannot be moved
    <div
      class={`splitter is-${orientation}`}
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={orientation}
      aria-valuenow={size.value}
      aria-valuemin={least}
      aria-valuemax={Math.max(size.value, Math.round(most()))}
      onKeyDown={press}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        from.current = { at: place(event), size: size.peek() };
      }}
      onPointerMove={(event) => {
        if (from.current) set(from.current.size + direction * (place(event) - from.current.at));
      }}
      onLostPointerCapture={() => {
        from.current = undefined;
      }}
    />
  );
}
