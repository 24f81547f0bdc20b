import { signal, useSignalEffect } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

/** Grows when the theme changes, by the page's choice or the system's. */
const themeRevision = signal(0);

/** Draws anew when the theme changes; the timeline's root calls it once. */
export function useThemeChanges(): void {
  useEffect(() => {
    const changed = () => {
      themeRevision.value += 1;
    };
    const observer = new MutationObserver(changed);
    observer.observe(document.documentElement, {
      attributes: true,
      attributeFilter: ['data-theme', 'class'],
    });
    const system = matchMedia('(prefers-color-scheme: dark)');
    system.addEventListener('change', changed);
    return () => {
      observer.disconnect();
      system.removeEventListener('change', changed);
    };
  }, []);
}

/** Subscribes to the theme: what draws with its colours calls it. */
export function readTheme(): void {
  themeRevision.value;
}

export interface Brush {
  readonly context: CanvasRenderingContext2D;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** The value of a CSS custom property, such as `--line`. */
  readonly color: (name: string) => string;
}

/** A canvas that is drawn whenever a signal that its drawing reads has changed. */
export function Canvas({
  draw,
  width,
  height,
  name,
}: {
  draw: (brush: Brush) => void;
  width: number;
  height: number;
  name: string;
}) {
  const element = useRef<HTMLCanvasElement>(null);
  const latest = useRef({ draw, width, height });
  latest.current = { draw, width, height };
  const paint = () => {
    const canvas = element.current;
    const context = canvas?.getContext('2d');
    if (!canvas || !context) return;
    const { width: wide, height: high } = latest.current;
    const ratio = devicePixelRatio || 1;
    canvas.width = Math.max(1, Math.round(wide * ratio));
    canvas.height = Math.max(1, Math.round(high * ratio));
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const style = getComputedStyle(canvas);
    latest.current.draw({ context, width: wide, height: high, color: (key) => style.getPropertyValue(key) });
  };
  useSignalEffect(() => {
    readTheme();
    paint();
  });
  useLayoutEffect(paint, [width, height, draw]);
  return <canvas class={name} ref={element} style={{ width: `${width}px`, height: `${height}px` }} />;
}
