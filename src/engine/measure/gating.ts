/**
 * The gates of integrated loudness and loudness range. Blocks are powers: the weighted sum of the channels'
 * mean squares, so that a difference in LU is a ratio and nothing here needs a logarithm.
 */

/** The power of −70 LUFS: 10^((−70 + 0.691)/10). */
const ABSOLUTE_GATE = 1.1724653045822962e-7;

/**
 * Mean power of the blocks that pass both gates: above −70 LUFS, then above 10 LU under the mean of those.
 * Undefined when none passes.
 *
 * @param powers - Of 400 ms blocks that overlap by three quarters.
 * @see ITU-R BS.1770-5, Annex 1, equations 4–7
 */
export function integratedPower(powers: readonly number[]): number | undefined {
  const heard = powers.filter((power) => power > ABSOLUTE_GATE);
  const relativeGate = mean(heard) / 10;
  const kept = heard.filter((power) => power > relativeGate);
  return kept.length === 0 ? undefined : mean(kept);
}

/**
 * The powers whose ratio is the loudness range: the 10th and the 95th percentile of the blocks above −70 LUFS
 * and above 20 LU under their mean. Undefined when none is.
 *
 * @param powers - Of 3 s blocks, ten a second.
 * @see EBU Tech 3342
 */
export function rangePowers(powers: readonly number[]): readonly [low: number, high: number] | undefined {
  const heard = powers.filter((power) => power > ABSOLUTE_GATE);
  const relativeGate = mean(heard) / 100;
  const kept = Float64Array.from(heard.filter((power) => power > relativeGate)).sort();
  const low = kept[percentileIndex(kept.length, 10)];
  const high = kept[percentileIndex(kept.length, 95)];
  return low === undefined || high === undefined ? undefined : [low, high];
}

function percentileIndex(count: number, percent: number): number {
  return Math.round(((count - 1) * percent) / 100);
}

function mean(powers: readonly number[]): number {
  let sum = 0;
  for (const power of powers) sum += power;
  return sum / powers.length;
}
