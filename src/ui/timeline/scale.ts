/** Where on the timeline one looks: the one place where samples become pixels and pixels samples. */
export interface Scale {
  /** Sample at the left edge; may lie before the film. */
  readonly from: number;
  readonly samplesPerPixel: number;
}

/** The film, and how wide it is drawn, CSS pixels. */
export interface Extent {
  readonly samples: number;
  readonly width: number;
}

/**
 * A stretch of the film that is drawn: what is in view and up to half as much again, so that little is drawn
 * anew while one scrolls. Its pixels are counted from `from`, where they stay small numbers at any zoom.
 */
export interface Drawn {
  readonly from: number;
  readonly to: number;
  readonly samplesPerPixel: number;
  /** CSS pixels from `from` to `to`. */
  readonly width: number;
}

/** 32 pixels for a sample. */
const LEAST_SAMPLES_PER_PIXEL = 1 / 32;
/** Pixels that one may look beyond the film's start and end. */
export const MARGIN_PX = 24;

export function xOf(sample: number, scale: Scale): number {
  return (sample - scale.from) / scale.samplesPerPixel;
}

export function sampleAt(x: number, scale: Scale): number {
  return scale.from + x * scale.samplesPerPixel;
}

/** All of it, with a margin on both sides. */
export function scaleFor(from: number, to: number, extent: Extent, marginPx = MARGIN_PX): Scale {
  const room = Math.max(1, extent.width - 2 * marginPx);
  const samplesPerPixel = limitZoom((to - from) / room, extent);
  const middle = (from + to) / 2;
  return keepInside({ from: middle - (extent.width / 2) * samplesPerPixel, samplesPerPixel }, extent);
}

/** Zooms by a factor (2: in, 0.5: out) about a place that stays where it is. */
export function zoomAt(x: number, factor: number, scale: Scale, extent: Extent): Scale {
  const samplesPerPixel = limitZoom(scale.samplesPerPixel / factor, extent);
  return keepInside({ from: sampleAt(x, scale) - x * samplesPerPixel, samplesPerPixel }, extent);
}

export function pan(pixels: number, scale: Scale, extent: Extent): Scale {
  return keepInside({ ...scale, from: sampleAt(pixels, scale) }, extent);
}

/** Pans just so far that a sample is in view, with some room around it. */
export function reveal(sample: number, scale: Scale, extent: Extent): Scale {
  const x = xOf(sample, scale);
  const room = Math.min(80, extent.width / 8);
  if (x >= room && x <= extent.width - room) return scale;
  return pan(x < room ? x - extent.width / 4 : x - (extent.width * 3) / 4, scale, extent);
}

/** How far to scroll, from `top`, so that a stretch is in view; where there is too little room, its beginning. */
export function scrollTo(from: number, to: number, top: number, room: number): number {
  if (from < top || to - from > room) return from;
  return Math.max(top, to - room);
}

/** What to draw for a view. It stays the same value while one scrolls within it. */
export function drawnAt(scale: Scale, width: number): Drawn {
  // Until there is a film to look at.
  if (!(scale.samplesPerPixel > 0)) return { from: 0, to: 0, samplesPerPixel: 1, width: 0 };
  const step = Math.max(1, width / 2) * scale.samplesPerPixel;
  const first = Math.floor(scale.from / step);
  // Three halves hold the view wherever in the first of them it begins.
  return {
    from: first * step,
    to: (first + 3) * step,
    samplesPerPixel: scale.samplesPerPixel,
    width: Math.max(1, width / 2) * 3,
  };
}

export function isSameDrawn(a: Drawn, b: Drawn): boolean {
  return a.from === b.from && a.to === b.to && a.samplesPerPixel === b.samplesPerPixel && a.width === b.width;
}

function limitZoom(samplesPerPixel: number, { samples, width }: Extent): number {
  const most = samples / Math.max(1, width - 2 * MARGIN_PX);
  return Math.min(
    Math.max(samplesPerPixel, LEAST_SAMPLES_PER_PIXEL),
    Math.max(most, LEAST_SAMPLES_PER_PIXEL),
  );
}

function keepInside(scale: Scale, { samples, width }: Extent): Scale {
  const { samplesPerPixel } = scale;
  const least = -MARGIN_PX * samplesPerPixel;
  const most = samples + MARGIN_PX * samplesPerPixel - width * samplesPerPixel;
  return { samplesPerPixel, from: most < least ? least : Math.min(Math.max(scale.from, least), most) };
}

/**
 * How far from its place a text may be where nothing was caught on, samples: between those that the eye cannot tell
 * apart it stays short. Undefined where each sample is seen.
 */
export function unseenSamples(samplesPerPixel: number): number | undefined {
  const half = samplesPerPixel / 2;
  return half > 1 ? half : undefined;
}
