import { type Signal, signal } from '@preact/signals';
import type { DeskChannel } from '../workspace.ts';

/** A channel's controls and levels, which outlive the nodes that obey them. */
export interface Strip extends DeskChannel {
  readonly levelsDb: Signal<readonly number[]>;
  /** Highest magnitudes since the levels were shown last, before the gain. */
  peaks: number[];
}

export function createStrip(id: string, isMuted = false): Strip {
  return {
    id,
    isMuted: signal(isMuted),
    isSoloed: signal(false),
    gainDb: signal(0),
    levelsDb: signal<readonly number[]>([]),
    peaks: [],
  };
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
