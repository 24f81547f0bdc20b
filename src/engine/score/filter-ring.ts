import type { Filter } from './score.ts';

/** The longest that filters may ring, samples: 22 s at 48 kHz. What rings longer would take seconds to seek in. */
export const LONGEST_RING = 2 ** 20;

/** Nepers in which a ringing is over: 208 dB, of which 68 are for what filters in a row add to each other. */
const DECAY = 24;
/** Samples that even the shortest ringing is counted as. */
const SHORTEST = 256;

/**
 * How long filters ring at most once their sound has stopped, in samples: what is left then is less than −140 dB
 * of full scale. A bound for planning; what one filter needs is two thirds of it.
 *
 * @param filters - Below half the sample rate.
 * @param sampleRate - Samples per second.
 */
export function filterRing(filters: readonly Filter[], sampleRate: number): number {
  return filters.reduce((sum, filter) => sum + SHORTEST + Math.ceil(DECAY / decayOf(filter, sampleRate)), 0);
}

/** Nepers per sample by which the slower of a filter's two poles dies away, from the cookbook's denominators. */
function decayOf({ type, hz, q, gainDb }: Filter, sampleRate: number): number {
  const angle = (2 * Math.PI * hz) / sampleRate;
  const alpha = Math.sin(angle) / (2 * q);
  const lift = 10 ** (gainDb / 40);
  if (type === 'low-shelf' || type === 'high-shelf') {
    // A high shelf is a low one seen from the other end of the spectrum.
    const cosine = type === 'low-shelf' ? Math.cos(angle) : -Math.cos(angle);
    const middle = lift + 1 + (lift - 1) * cosine;
    return poleDecay(middle, lift - 1 + (lift + 1) * cosine, 2 * Math.sqrt(lift) * alpha);
  }
  return poleDecay(1, Math.cos(angle), type === 'bell' ? alpha / lift : alpha);
}

/** Of the poles of (middle + width)·z² − 2·turn·z + (middle − width). */
function poleDecay(middle: number, turn: number, width: number): number {
  const apart = turn * turn - (middle * middle - width * width);
  const radius =
    apart <= 0
      ? Math.sqrt((middle - width) / (middle + width))
      : (Math.abs(turn) + Math.sqrt(apart)) / (middle + width);
  return -Math.log(radius);
}
