import { add, compare, divide, multiply, type Rational, subtract, ZERO } from '../time/rational.ts';

/**
 * A piece of a clip as the picture shows it: [`start`, `end`), seconds in the space of whatever holds it.
 */
export interface Segment<Clip> {
  readonly clip: Clip;
  readonly start: Rational;
  readonly end: Rational;
  /** Seconds from the clip's own first frame to where this piece begins. */
  readonly skipped: Rational;
}

/** A half-open range of seconds. */
export interface TimeRange {
  readonly start: Rational;
  readonly duration: Rational;
}

/**
 * Lays one layer over another: the upper one hides what is below it, and where it has nothing the lower one
 * shows. Both in order and without overlaps within themselves; so is the result.
 */
export function overlay<Clip>(
  lower: readonly Segment<Clip>[],
  upper: readonly Segment<Clip>[],
): readonly Segment<Clip>[] {
  if (upper.length === 0) return lower;
  if (lower.length === 0) return upper;
  const shown: Segment<Clip>[] = [];
  let next = 0;
  for (const segment of lower) {
    let from = segment.start;
    for (; next < upper.length && compare(upper[next]!.start, segment.end) < 0; next++) {
      const cover = upper[next]!;
      if (compare(from, cover.start) < 0) pushPart(shown, segment, from, cover.start);
      if (compare(cover.end, from) > 0) from = cover.end;
      // It may reach into the next segment of the lower layer.
      if (compare(cover.end, segment.end) > 0) break;
      shown.push(cover);
    }
    if (compare(from, segment.end) < 0) pushPart(shown, segment, from, segment.end);
  }
  for (; next < upper.length; next++) shown.push(upper[next]!);
  return shown;
}

/** What a range of the content shows, moved so that the range begins at 0. */
export function trim<Clip>(
  content: readonly Segment<Clip>[],
  { start, duration }: TimeRange,
): Segment<Clip>[] {
  const end = add(start, duration);
  const shown: Segment<Clip>[] = [];
  for (const segment of content) {
    const from = compare(segment.start, start) > 0 ? segment.start : start;
    const to = compare(segment.end, end) < 0 ? segment.end : end;
    if (compare(from, to) < 0) pushPart(shown, segment, from, to);
  }
  return shift(shown, subtract(ZERO, start));
}

export function shift<Clip>(content: readonly Segment<Clip>[], by: Rational): Segment<Clip>[] {
  return content.map((segment) => ({ ...segment, start: add(segment.start, by), end: add(segment.end, by) }));
}

/**
 * What a range of the content shows when it runs `speed` times as fast: pieces are shortened by it, and the
 * range itself keeps its length. At 0 the picture stands still on the range's first frame.
 */
export function retime<Clip>(
  content: readonly Segment<Clip>[],
  { start, duration }: TimeRange,
  speed: Rational,
): Segment<Clip>[] {
  if (speed.numerator === 0n) {
    const held = content.find(
      (segment) => compare(segment.start, start) <= 0 && compare(start, segment.end) < 0,
    );
    if (!held) return [];
    return [{ ...held, start: ZERO, end: duration, skipped: add(held.skipped, subtract(start, held.start)) }];
  }
  const shown = trim(content, { start, duration: multiply(duration, speed) });
  return shown.map((segment) => ({
    ...segment,
    start: divide(segment.start, speed),
    end: divide(segment.end, speed),
  }));
}

function pushPart<Clip>(into: Segment<Clip>[], segment: Segment<Clip>, start: Rational, end: Rational): void {
  into.push({ ...segment, start, end, skipped: add(segment.skipped, subtract(start, segment.start)) });
}
