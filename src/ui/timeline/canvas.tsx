import { useSignalEffect } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { coloursOf, readTheme } from '../theme-colours.ts';

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
  const colours = useRef<Brush['color'] | undefined>(undefined);
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
    colours.current ??= coloursOf(canvas);
    latest.current.draw({ context, width: wide, height: high, color: colours.current });
  };
  useSignalEffect(() => {
    readTheme();
    paint();
  });
  useLayoutEffect(paint, [width, height, draw]);
  return <canvas class={name} ref={element} style={{ width: `${width}px`, height: `${height}px` }} />;
}
