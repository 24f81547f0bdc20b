import { integerAt, seedOf, uniformAt } from '../random/random.ts';
import type { PracticalCue } from '../sheet/schema.ts';
import type { Setting } from './setting.ts';

/**
 * Steps of pitch to either side of the recorded one. Each step of each take is a sound of its own to the mixer,
 * which keeps those that come again: a handful of steps is enough that no two hits are heard as one, and few
 * enough that a thousand hits are made of a few dozen sounds.
 */
const PITCH_STEPS = 4;

/** How one hit differs from the others. */
export interface Variation {
  /** dB, in hundredths. */
  readonly gainDb: number;
  /** How fast it is played, times the cue's own speed. */
  readonly rate: number;
}

const SAME: Variation = { gainDb: 0, rate: 1 };

/**
 * How the hits of a practical, or the events of a scatter, vary: drawn for each by itself, from the sheet's seed
 * and the cue's id, so that no hit changes when others are added or taken away.
 */
export function variationsOf(
  setting: Setting,
  { cue }: { readonly cue: Pick<PracticalCue, 'id' | 'vary'> },
): (hit: number) => Variation {
  if (cue.vary === undefined) return () => SAME;
  const { gainDb = 0, pitchPercent = 0 } = cue.vary;
  const gains = seedOf(setting.sheet.seed, cue.id, 'gain');
  const pitches = seedOf(setting.sheet.seed, cue.id, 'pitch');
  return (hit) => {
    const step = (integerAt(pitches, hit) % (2 * PITCH_STEPS + 1)) - PITCH_STEPS;
    return {
      gainDb: Math.round((2 * uniformAt(gains, hit) - 1) * gainDb * 100) / 100,
      rate: 1 + (step * pitchPercent) / (100 * PITCH_STEPS),
    };
  };
}
