import WaveSurfer from 'wavesurfer.js';
import { styleNonce } from '../style-nonce.ts';

/**
 * A waveform of what is rendered, drawn by wavesurfer.js. It is handed the peaks of what is in view and nothing
 * else, one column for each pixel (one for each sample, where samples are wider), so that its cost is that of the
 * picture and not that of the film, from the whole of it to single samples.
 */
export class Waveform {
  readonly #surfer: WaveSurfer;
  #drawn: Drawing | undefined;

  constructor(container: HTMLElement, height: number) {
    const nonce = styleNonce();
    this.#surfer = WaveSurfer.create({
      container,
      height,
      interact: false,
      dragToSeek: false,
      autoScroll: false,
      autoCenter: false,
      hideScrollbar: true,
      cursorWidth: 0,
      renderFunction: (channels, context) => {
        // It is called with one column where there is nothing to draw, which would be a dot.
        if (this.#drawn?.peaks) drawColumns(channels, context);
      },
      ...(nonce !== undefined && { cspNonce: nonce }),
    });
  }

  /** A CSS colour; it is drawn with from the next time on. */
  set color(color: string) {
    this.#surfer.options.waveColor = color;
  }

  /**
   * @param peaks - Lowest and highest value of each column, min0 max0 min1 max1 …; undefined draws nothing.
   * @param seconds - What the columns last.
   */
  draw(peaks: Float32Array | undefined, seconds: number): void {
    // An edit moves few of them, and most that is mixed anew is as it was.
    const drawing = { peaks, seconds, color: this.#surfer.options.waveColor };
    if (this.#drawn && isSameDrawing(this.#drawn, drawing)) return;
    this.#drawn = drawing;
    const columns = peaks ? peaks.length / 2 : 1;
    const highest = new Float32Array(columns);
    const lowest = new Float32Array(columns);
    if (peaks) {
      for (let column = 0; column < columns; column++) {
        lowest[column] = heightOf(peaks[2 * column]!);
        highest[column] = heightOf(peaks[2 * column + 1]!);
      }
    }
    // It is superseded by the next one: that is no failure.
    this.#surfer.load('', [highest, lowest], Math.max(seconds, 1e-6)).catch(() => undefined);
  }

  dispose(): void {
    this.#surfer.destroy();
  }
}

/** What a picture of a waveform follows from, besides its size. */
interface Drawing {
  readonly peaks: Float32Array | undefined;
  readonly seconds: number;
  readonly color: unknown;
}

function isSameDrawing(a: Drawing, b: Drawing): boolean {
  if (a.seconds !== b.seconds || a.color !== b.color) return false;
  if (!a.peaks || !b.peaks) return a.peaks === b.peaks;
  return a.peaks.length === b.peaks.length && a.peaks.every((value, index) => value === b.peaks?.[index]);
}

/** The square root of the level: a room at −50 dB is still seen, and zero is the only thing that is flat. */
function heightOf(value: number): number {
  const level = Math.sqrt(Math.min(1, Math.abs(value)));
  return value < 0 ? -level : level;
}

/** Columns from lowest to highest; where they are wide, a line from sample to sample. */
function drawColumns(channels: (Float32Array | number[])[], context: CanvasRenderingContext2D): void {
  const [highest = [], lowest = []] = channels;
  const { width, height } = context.canvas;
  const columns = highest.length;
  const columnWidth = width / columns;
  const middle = height / 2;
  const y = (value: number) => middle - value * (middle - 1);
  if (columnWidth >= 3) {
    drawLine(highest, columnWidth, y, context);
    return;
  }
  for (let column = 0; column < columns; column++) {
    const top = highest[column]!;
    const bottom = lowest[column]!;
    // Exactly zero stays empty: silence is seen as a hole.
    if (top === 0 && bottom === 0) continue;
    const from = y(top);
    context.fillRect(column * columnWidth, from, columnWidth, Math.max(1, y(bottom) - from));
  }
}

function drawLine(
  values: Float32Array | number[],
  step: number,
  y: (value: number) => number,
  context: CanvasRenderingContext2D,
): void {
  context.strokeStyle = context.fillStyle;
  context.lineWidth = Math.max(1, context.canvas.height / 48);
  context.beginPath();
  for (let column = 0; column < values.length; column++) {
    context.lineTo((column + 0.5) * step, y(values[column]!));
  }
  context.stroke();
  if (step < 10) return;
  for (let column = 0; column < values.length; column++) {
    context.fillRect((column + 0.5) * step - 2, y(values[column]!) - 2, 4, 4);
  }
}
