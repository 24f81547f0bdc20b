/** How high a file's samples go, and which of them lie beyond what it can hold. */
export interface Peaks {
  /** Largest magnitude, full scale = 1. */
  readonly peak: number;
  /** Samples of which any channel is out of range. */
  readonly overs: number;
  /** The first of them, from the score's beginning; Infinity where there is none. */
  readonly firstOver: number;
}

export const NO_PEAKS: Peaks = { peak: 0, overs: 0, firstOver: Number.POSITIVE_INFINITY };

/** The peaks of two stretches together, in whatever order they were rendered. */
export function joinPeaks(a: Peaks, b: Peaks): Peaks {
  return {
    peak: Math.max(a.peak, b.peak),
    overs: a.overs + b.overs,
    firstOver: Math.min(a.firstOver, b.firstOver),
  };
}

/**
 * Counts the samples of a block whose value is below `low` or above `high` on any of its channels.
 *
 * @param start - Sample of the score that the block begins with.
 */
export function countOvers(
  values: Int32Array | Float32Array,
  channels: number,
  low: number,
  high: number,
  start: number,
): Pick<Peaks, 'overs' | 'firstOver'> {
  let overs = 0;
  let firstOver = Number.POSITIVE_INFINITY;
  let last = -1;
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    // Written so that NaN counts as out of range.
    if (value >= low && value <= high) continue;
    const sample = Math.floor(index / channels);
    if (sample === last) continue;
    last = sample;
    overs += 1;
    firstOver = Math.min(firstOver, start + sample);
  }
  return { overs, firstOver };
}
