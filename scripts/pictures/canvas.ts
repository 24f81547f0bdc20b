import { type Point, strokesOf } from './letters.ts';
import { type Colour, pngOf } from './png.ts';

/** Shades of each ink over what is beneath it, for smooth edges. */
const SHADES = 8;

/** What can be drawn with, besides the shades of a spectrogram. */
export type Ink = 'text' | 'faint' | 'accent' | 'fill';

/**
 * The film's colours: warm dark amber, soft shadow, and one accent that is kept for what carries the weight.
 */
const GROUND: Colour = [19, 14, 11];
const INKS: Readonly<Record<Ink, Colour>> = {
  text: [226, 199, 160],
  faint: [112, 86, 60],
  fill: [190, 120, 44],
  accent: [94, 200, 206],
};
/** Of a spectrogram, from silence to the loudest. */
const HEAT: readonly Colour[] = [
  GROUND,
  [38, 25, 17],
  [70, 42, 22],
  [112, 66, 28],
  [163, 98, 36],
  [208, 138, 54],
  [238, 186, 104],
  [255, 240, 205],
];
const HEAT_SHADES = 40;

const INK_NAMES = Object.keys(INKS) as Ink[];
const PALETTE: readonly Colour[] = [
  ...Array.from({ length: HEAT_SHADES }, (_, shade) => between(HEAT, shade / (HEAT_SHADES - 1))),
  ...INK_NAMES.flatMap((ink) =>
    Array.from({ length: SHADES }, (_, shade) => between([GROUND, INKS[ink]], (shade + 1) / SHADES)),
  ),
];

/** A picture that is drawn on, pixel by pixel and stroke by stroke. */
export class Canvas {
  readonly width: number;
  readonly height: number;
  readonly #pixels: Uint8Array;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.#pixels = new Uint8Array(width * height);
  }

  /** @param share - 0 (silence) … 1 (the loudest). */
  heat(x: number, y: number, share: number): void {
    const shade = Math.round(Math.max(0, Math.min(1, share)) * (HEAT_SHADES - 1));
    this.#pixels[y * this.width + x] = shade;
  }

  /** @param cover - 0 … 1: how much of the ink is there. Thinner ink does not cover thicker. */
  dot(x: number, y: number, ink: Ink, cover = 1): void {
    const shade = Math.round(Math.max(0, Math.min(1, cover)) * SHADES);
    if (shade === 0 || x < 0 || y < 0 || x >= this.width || y >= this.height) return;
    const first = HEAT_SHADES + INK_NAMES.indexOf(ink) * SHADES - 1;
    const at = Math.floor(y) * this.width + Math.floor(x);
    const old = this.#pixels[at]!;
    const isSameInk = old > first && old <= first + SHADES;
    if (!isSameInk || old < first + shade) this.#pixels[at] = first + shade;
  }

  box(x: number, y: number, width: number, height: number, ink: Ink, cover = 1): void {
    for (let row = y; row < y + height; row++) {
      for (let column = x; column < x + width; column++) this.dot(column, row, ink, cover);
    }
  }

  /** A line of broken strokes straight down. */
  dashes(x: number, y: number, height: number, ink: Ink): void {
    for (let row = 0; row < height; row++) if (row % 6 < 3) this.dot(x, y + row, ink);
  }

  /** @param at - Where the text's left, middle or right is, at the top of its capitals. */
  text(text: string, x: number, y: number, options: TextOptions = {}): void {
    const { ink = 'text', height = 9, align = 'left' } = options;
    const { strokes, width } = strokesOf(text, height);
    const left = x - (align === 'right' ? width : align === 'middle' ? width / 2 : 0);
    for (const stroke of strokes) {
      const points = stroke.map(([px, py]): Point => [left + px, y + py]);
      for (let index = 1; index < points.length; index++) this.#line(points[index - 1]!, points[index]!, ink);
    }
  }

  png(): Buffer {
    return pngOf(this.#pixels, this.width, PALETTE);
  }

  /** A line a little more than a pixel wide, smooth at its edges. */
  #line([ax, ay]: Point, [bx, by]: Point, ink: Ink): void {
    const half = 0.62;
    const [dx, dy] = [bx - ax, by - ay];
    const length = dx * dx + dy * dy || 1;
    for (let y = Math.floor(Math.min(ay, by) - 1); y <= Math.max(ay, by) + 1; y++) {
      for (let x = Math.floor(Math.min(ax, bx) - 1); x <= Math.max(ax, bx) + 1; x++) {
        const t = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length));
        const away = Math.hypot(x - ax - t * dx, y - ay - t * dy);
        this.dot(x, y, ink, half + 0.5 - away);
      }
    }
  }
}

export interface TextOptions {
  readonly ink?: Ink;
  /** Of capitals, pixels. */
  readonly height?: number;
  readonly align?: 'left' | 'middle' | 'right';
}

function between(colours: readonly Colour[], share: number): Colour {
  const place = share * (colours.length - 1);
  const index = Math.min(colours.length - 2, Math.floor(place));
  const [a, b] = [colours[index]!, colours[index + 1]!];
  const mixed = (channel: 0 | 1 | 2) => Math.round(a[channel] + (b[channel] - a[channel]) * (place - index));
  return [mixed(0), mixed(1), mixed(2)];
}
