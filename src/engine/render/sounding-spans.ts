import { filterRing } from '../score/filter-ring.ts';
import type { Score, ScoreSpace, ScoreStem } from '../score/score.ts';

/** A half-open range of the score's samples. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Where a stem has sound: the union of its regions and of the tails that rooms and its filters ring on with, less
 * its gates, in order and apart. Dither is added there and nowhere else, so that silence stays digital silence.
 */
export function soundingSpans(score: Score, stemIndex: number): readonly Span[] {
  const stem = score.stems[stemIndex]!;
  const gates = gatesOf(score, stem);
  const direct = stem.regions.filter((region) => region.dry !== false);
  const ring = ringSamples(score, stem);
  const heard = [...direct, ...returnedSpans(score, stem, gates)].map(({ start, end }) => ({
    start,
    end: Math.min(end + ring, score.samples),
  }));
  return subtractSpans(unionOfSpans(heard), gates);
}

/**
 * Samples that a stem's filters may ring on for: a power of two, because the bound that it is taken from has sines
 * and logarithms in it, whose last bits are not the same on every machine.
 */
function ringSamples({ sampleRate }: Score, { filters = [] }: ScoreStem): number {
  const ring = filterRing(filters, sampleRate);
  let samples = ring === 0 ? 0 : 1;
  while (samples < ring) samples *= 2;
  return samples;
}

/** Where rooms can be heard on a stem: from where something is sent until its tail has ended, or a gate begins. */
function returnedSpans(score: Score, stem: ScoreStem, gates: readonly Span[]): readonly Span[] {
  return Object.entries(score.spaces).flatMap(([id, space]) => {
    const tail = responseSamples(score, space) - 1;
    const senders = space.stem === undefined ? [stem] : space.stem === stem.id ? score.stems : [];
    return senders.flatMap((sender) => {
      const regions = sender.regions.filter(({ send }) => send?.space === id);
      // What is sent in one epoch of the stem is not heard in another.
      const closed = unionOfSpans([...gatesOf(score, sender), ...gates]);
      return subtractSpans(unionOfSpans(regions), closed).map(({ start, end }) => {
        const shut = gates[firstEndingAfter(gates, end - 1)]?.start ?? score.samples;
        return { start, end: Math.min(end + tail, shut) };
      });
    });
  });
}

function responseSamples({ sounds }: Score, space: ScoreSpace): number {
  const response = sounds[space.sound];
  if (response?.kind !== 'file')
    throw new Error(`the score is wrong: "${space.sound}" is no impulse response`);
  return response.samples;
}

function gatesOf({ gates }: Score, stem: ScoreStem): readonly Span[] {
  return unionOfSpans(gates.filter((gate) => gate.stems.includes(stem.id)));
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
