import type { Filter, SpeedCurve } from '../../src/engine/score/score.ts';
import { openFiltered } from '../../src/engine/sound/filter/filtered.ts';
import { ResidentSound } from '../../src/engine/sound/resident-sound.ts';
import type { Sound } from '../../src/engine/sound/sound.ts';
import { openVarispeed } from '../../src/engine/sound/varispeed/varispeed.ts';
import { noiseAt } from '../mix/make.ts';

/** SHA-256 of one second of each, as last approved. */
export const DERIVED_GOLDEN = {
  varispeed: '61089fa99b534e67506dd0961a19167fe35368e172216bc93021714d377ca4df',
  filtered: '097758289eff1272f0e2d5656ab9e4bd889b90e1457e81e22c391df2dd184eec',
} as const;

/** Spins up to 78 rpm and past two changes of filter, with wow and flutter, and comes to a stop. */
const SPEED: SpeedCurve = {
  from: 1000.25,
  points: [
    { at: 0, rate: 0 },
    { at: 12_000, rate: 2.34 },
    { at: 20_000, rate: 1 },
    { at: 36_000, rate: 1 },
    { at: 44_000, rate: 0 },
  ],
  waves: [
    { period: 86_400, peak: 0.002, phase: 777 },
    { period: 4800, peak: 0.001, phase: -3 },
  ],
};

const FILTERS: readonly Filter[] = [
  { type: 'high-pass', hz: 20, q: Math.SQRT1_2, gainDb: 0 },
  { type: 'low-shelf', hz: 200, q: 0.5, gainDb: 3 },
  { type: 'bell', hz: 2500, q: 4, gainDb: -9 },
  { type: 'high-shelf', hz: 8000, q: Math.SQRT1_2, gainDb: -4.5 },
  { type: 'low-pass', hz: 15_000, q: 1, gainDb: 0 },
];

/** One second of white noise, a quarter of full scale. */
function noise(): Sound {
  const values = Float32Array.from({ length: 96_000 }, (_, index) => noiseAt(21, index) / 4);
  return new ResidentSound('noise', 2, values);
}

/** The second that a golden hash is made of. */
export function goldenSecondOf(
  what: keyof typeof DERIVED_GOLDEN,
  kernel: WebAssembly.Module,
): Float32Array<ArrayBuffer> {
  const options = { name: 'golden', sampleRate: 48000, kernel };
  const sound =
    what === 'filtered'
      ? openFiltered(noise(), FILTERS, options)
      : openVarispeed(noise(), { kind: 'varispeed', of: 'noise', speed: SPEED, samples: 48_000 }, options);
  const out = new Float32Array(96_000);
  sound.read(0, 48_000, out);
  return out;
}
