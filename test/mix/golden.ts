import type { Mixer } from '../../src/engine/mix/mixer.ts';
import { makeEndless, makeGate, makeNoise, makeRamp, makeRegion, makeScore } from './make.ts';

const SAMPLES = 48_000;

/** A second with a bit of everything: a looped bed, hits with fades and pans, a groove, a gate. */
export const GOLDEN_SCORE = makeScore(
  SAMPLES,
  {
    room: [
      makeRegion({
        sound: 'hum',
        start: 0,
        end: 30_000,
        gainDb: -12.5,
        loop: { period: 5000, overlap: 2001, curve: 'equal-power' },
      }),
      makeRegion({
        sound: 'hum',
        start: 34_801,
        end: SAMPLES,
        origin: 0,
        gainDb: -12.5,
        loop: { period: 5000, overlap: 2001, curve: 'equal-power' },
        ramps: [makeRamp({ direction: 'in', start: 34_801, length: 4801 })],
      }),
    ],
    sfx: Array.from({ length: 60 }, (_, index) => {
      const start = index * 701;
      return makeRegion({
        sound: index % 3 ? 'step' : 'mop',
        start,
        end: start + 3001,
        origin: start - index,
        gainDb: -index / 7,
        pan: (index - 30) / 30,
        ramps: [
          makeRamp({ direction: 'in', start, length: 480, curve: index % 2 ? 'linear' : 'equal-power' }),
          makeRamp({ direction: 'out', start: start + 2500, length: 501 }),
        ],
      });
    }),
    record: [makeRegion({ sound: 'groove', start: 100, end: SAMPLES, origin: 20_000, gainDb: -30 })],
  },
  [makeGate({ start: 30_000, end: 34_801, fadeOut: 480, stems: ['room', 'sfx', 'record'] })],
);

export const GOLDEN_SOUNDS = {
  hum: makeNoise(7001, 2, 11),
  step: makeNoise(4000, 1, 12),
  mop: makeNoise(4000, 2, 13),
  groove: makeEndless(14),
};

/** SHA-256 of the stems' 32-bit floats, one stem after another, as last approved. */
export const GOLDEN_SHA256 = 'fd8c6ae6e84064ece8f08e8c2f090521b8b70a60240712570df55d7bf1a78ebe';

export async function goldenSha256(mixer: Mixer): Promise<string> {
  const stems = mixer.read(0, SAMPLES);
  const bytes = new Uint8Array(stems.length * stems[0]!.byteLength);
  stems.forEach((stem, index) => {
    bytes.set(new Uint8Array(stem.buffer), index * stem.byteLength);
  });
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
