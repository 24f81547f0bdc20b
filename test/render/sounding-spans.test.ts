import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  divideRange,
  type Span,
  soundingSpans,
  unionOfSpans,
} from '../../src/engine/render/sounding-spans.ts';
import { makeGate, makeRegion, makeScore } from '../mix/make.ts';

const LENGTH = 60;
const anySpans = fc.array(
  fc.tuple(fc.nat({ max: LENGTH }), fc.nat({ max: LENGTH })).map(
    ([a, b]): Span => ({
      start: Math.min(a, b),
      end: Math.max(a, b),
    }),
  ),
  { maxLength: 6 },
);

function covers(spans: readonly Span[], sample: number): boolean {
  return spans.some((span) => span.start <= sample && sample < span.end);
}

test('a stem sounds where it has regions and no gate of its own', () => {
  fc.assert(
    fc.property(anySpans, anySpans, anySpans, (regions, gates, othersGates) => {
      const score = makeScore(
        LENGTH,
        { sfx: regions.map((span) => makeRegion({ sound: 'a', ...span })), room: [] },
        [
          ...gates.map((span) => makeGate({ ...span, stems: ['sfx', 'room'] })),
          ...othersGates.map((span) => makeGate({ ...span, stems: ['room'] })),
        ],
      );
      const spans = soundingSpans(score, 0);
      for (let sample = 0; sample < LENGTH; sample++) {
        expect(covers(spans, sample)).toBe(covers(regions, sample) && !covers(gates, sample));
      }
      expect(soundingSpans(score, 1)).toEqual([]);
    }),
  );
});

test('a range is divided without a gap, inside and outside in turn', () => {
  fc.assert(
    fc.property(anySpans, fc.nat({ max: LENGTH }), fc.nat({ max: LENGTH }), (spans, a, b) => {
      const union = unionOfSpans(spans);
      const [start, end] = [Math.min(a, b), Math.max(a, b)];
      const parts = [...divideRange(union, start, end)];
      let position = start;
      for (const part of parts) {
        expect(part.start).toBe(position);
        expect(part.end).toBeGreaterThan(part.start);
        for (let sample = part.start; sample < part.end; sample++) {
          expect(covers(spans, sample)).toBe(part.isInside);
        }
        position = part.end;
      }
      expect(position).toBe(end);
    }),
  );
});
