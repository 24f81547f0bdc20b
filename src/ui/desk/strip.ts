import { type Signal, signal } from '@preact/signals';
import type { DeskChannel } from '../workspace.ts';

/** A channel's controls and levels, which outlive the nodes that obey them. */
export interface Strip extends DeskChannel {
  readonly levelsDb: Signal<readonly number[]>;
  readonly peakDb: Signal<number>;
  /** Highest magnitudes since the levels were shown last, before the gain. */
  peaks: number[];
}

export function createStrip(id: string, isMuted = false): Strip {
  const peakDb = signal(Number.NEGATIVE_INFINITY);
  return {
    id,
    isMuted: signal(isMuted),
    isSoloed: signal(false),
    gainDb: signal(0),
    levelsDb: signal<readonly number[]>([]),
    peakDb,
    resetPeak() {
      peakDb.value = Number.NEGATIVE_INFINITY;
    },
    peaks: [],
  };
}

/** Shows the peaks that a strip has had since it showed some last, at a linear gain, and holds the highest. */
export function showPeaks(strip: Strip, gain: number): void {
  if (strip.peaks.length > 0) {
    const levels = strip.peaks.map((peak) => toDb(peak * gain));
    strip.levelsDb.value = levels;
    strip.peakDb.value = Math.max(strip.peakDb.peek(), ...levels);
  }
  strip.peaks = [];
}

/** Linear gains that the strips have together: a solo silences all that have none. */
export function gainsOf(strips: readonly Strip[]): readonly number[] {
  const isAnySoloed = strips.some(({ isSoloed }) => isSoloed.value);
  return strips.map(({ isMuted, isSoloed, gainDb }) => {
    const isSilent = isMuted.value || (isAnySoloed && !isSoloed.value);
    return isSilent ? 0 : 10 ** (gainDb.value / 20);
  });
}

/** dBFS of a magnitude. */
export function toDb(magnitude: number): number {
  return magnitude > 0 ? 20 * Math.log10(magnitude) : Number.NEGATIVE_INFINITY;
}
