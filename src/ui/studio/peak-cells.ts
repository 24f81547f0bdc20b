/** Samples of the finest cell that is kept of the whole film. */
export const CELL_SAMPLES = 256;
/** Cells that are made at a time. */
export const CHUNK_CELLS = 128;
export const CHUNK_SAMPLES = CELL_SAMPLES * CHUNK_CELLS;

/**
 * Lowest and highest value of each cell, over all channels: min0 max0 min1 max1 ….
 *
 * @param samples - Channels interleaved.
 * @param cell - Samples of a cell; the last may have fewer.
 */
export function peaksOf(samples: Float32Array, channels: number, cell: number): Float32Array<ArrayBuffer> {
  const values = cell * channels;
  const peaks = new Float32Array(2 * Math.ceil(samples.length / values));
  for (let index = 0, start = 0; start < samples.length; index += 2, start += values) {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    const end = Math.min(samples.length, start + values);
    for (let at = start; at < end; at++) {
      const value = samples[at]!;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    peaks[index] = low;
    peaks[index + 1] = high;
  }
  return peaks;
}
