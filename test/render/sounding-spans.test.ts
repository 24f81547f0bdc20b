import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
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

describe('rooms', () => {
  const LENGTH_OF_ROOM = 5;
  const inRoom = (stem?: string) => ({
    sounds: { ir: { kind: 'file', file: 'ir.wav', channels: 1, samples: LENGTH_OF_ROOM } as const },
    spaces: { hall: { sound: 'ir', normalize: true, gainDb: 0, ...(stem !== undefined && { stem }) } },
  });
  const sent = (span: Span, isDry: boolean) =>
    makeRegion({
      sound: 'a',
      ...span,
      send: { space: 'hall', gainDb: 0 },
      ...(!isDry && { dry: false as const }),
    });

  test('ring on as long as their response, from what is sent outside gates until a gate of the stem they are heard on', () => {
    fc.assert(
      fc.property(
        anySpans,
        anySpans,
        anySpans,
        fc.boolean(),
        fc.boolean(),
        (regions, gates, othersGates, isOwn, isDry) => {
          const stems = { sfx: regions.map((span) => sent(span, isDry)), reverb: [] };
          const shut = [
            ...gates.map((span) => makeGate({ ...span, stems: ['sfx'] })),
            ...othersGates.map((span) => makeGate({ ...span, stems: ['reverb'] })),
          ];
          const score = { ...makeScore(LENGTH, stems, shut), ...inRoom(isOwn ? undefined : 'reverb') };
          const targetGates = isOwn ? gates : othersGates;
          for (const [stem, stemGates] of [gates, othersGates].entries()) {
            const spans = soundingSpans(score, stem);
            for (let sample = 0; sample < LENGTH; sample++) {
              let rings = false;
              for (let lag = 0; lag < LENGTH_OF_ROOM && !covers(targetGates, sample - lag); lag++) {
                rings ||= covers(regions, sample - lag) && !covers(gates, sample - lag);
              }
              const isHeard = stem === 0 && isDry && covers(regions, sample);
              const returns = rings && (stem === 0) === isOwn;
              expect(covers(spans, sample)).toBe((isHeard || returns) && !covers(stemGates, sample));
            }
          }
        },
      ),
    );
  });
});

test('filters ring on behind what sounds, until the end of the score and not into gates', () => {
  const gates = [makeGate({ start: 30_000, end: 40_000 })];
  const regions = [makeRegion({ sound: 'a', start: 1000, end: 2000 })];
  const score = makeScore(100_000, regions, gates);
  const filters = [{ type: 'high-pass', hz: 40, q: 0.7, gainDb: 0 } as const];
  const filtered = { ...score, stems: score.stems.map((stem) => ({ ...stem, filters })) };
  expect(soundingSpans(score, 0)).toEqual([{ start: 1000, end: 2000 }]);
  const [ringing, after] = soundingSpans(filtered, 0);
  // 24 / (α ω₀) is where less than −140 dB is left: 6,551 samples, as a power of two.
  expect(ringing).toEqual({ start: 1000, end: 2000 + 2 ** 13 });
  expect(after).toBeUndefined();
});
