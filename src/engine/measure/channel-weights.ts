/** L R C LFE Ls Rs */
const SURROUND = [1, 1, 1, 0, 1.41, 1.41];

/**
 * How much each channel of a file counts for loudness: six are 5.1 in SMPTE order, where the surrounds count
 * 1.41 and the LFE does not; any other number of channels is taken for front channels.
 *
 * @see ITU-R BS.1770-5, Annex 1, table 3
 */
export function channelWeights(channels: number): readonly number[] {
  return channels === SURROUND.length ? SURROUND : Array<number>(channels).fill(1);
}
