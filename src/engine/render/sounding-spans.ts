import type { Score } from '../score/score.ts';

/** A half-open range of the score's samples. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Where a stem has sound: the union of its regions less its gates, in order and apart. Dither is added
 * there and nowhere else, so that silence stays digital silence.
 */
export function soundingSpans(score: Score, stemIndex: number): readonly Span[] {
  const stem = score.stems[stemIndex]!;
  const gates = score.gates.filter((gate) => gate.stems.includes(stem.id));
  return subtractSpans(unionOfSpans(stem.regions), unionOfSpans(gates));
}

/** The parts of [start, end) that lie inside and outside of the spans, in order, without gaps. */
export function* divideRange(
  spans: readonly Span[],
  start: number,
  end: number,
): Generator<Span & { readonly isInside: boolean }> {
  let position = start;
  for (let index = firstEndingAfter(spans, start); position < end; index++) {
    const span = spans[index] ?? { start: end, end };
    const from = Math.max(position, Math.min(span.start, end));
    const to = Math.max(from, Math.min(span.end, end));
    if (from > position) yield { start: position, end: from, isInside: false };
    if (to > from) yield { start: from, end: to, isInside: true };
    position = to;
  }
}

/** Spans in order, those that touch or overlap made one, empty ones left out. */
export function unionOfSpans(spans: readonly Span[]): readonly Span[] {
  const union: { start: number; end: number }[] = [];
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    if (end <= start) continue;
    const last = union.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else union.push({ start, end });
  }
  return union;
}

/** What of `spans` is in none of `holes`; both in order and apart. */
function subtractSpans(spans: readonly Span[], holes: readonly Span[]): readonly Span[] {
  return spans.flatMap(({ start, end }) =>
    [...divideRange(holes, start, end)]
      .filter((part) => !part.isInside)
      .map((part) => ({ start: part.start, end: part.end })),
  );
}

/** Index of the first span that ends after a sample. */
function firstEndingAfter(spans: readonly Span[], sample: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (spans[middle]!.end <= sample) low = middle + 1;
    else high = middle;
  }
  return low;
}
