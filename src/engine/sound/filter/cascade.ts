import type { Kernel, Pointer } from '../../kernel/kernel.ts';
import { LONGEST_RING } from '../../score/filter-ring.ts';
import type { Filter } from '../../score/score.ts';

const STAGE_BYTES = 5 * 8;
const STATE_BYTES = 4 * 8;
/** A left and a right sample in 64 bits. */
export const PAIR_BYTES = 16;

/** −140 dB: what a filter may still owe to the sound before its pre-roll, for any sound within full scale. */
const LIMIT = 1e-7;
/** States smaller than this leave nothing to come. */
const SETTLED = 1e-20;
/** Pre-rolls are counted in this many samples. */
const GRAIN = 256;

const LEAST_BLOCK = 2 ** 15;
/** Samples of the longest block; any block's length divides it. */
export const FILTER_BLOCK_MOST = 2 ** 17;

// The kernel's numbers for the types.
const TYPES: Readonly<Record<Filter['type'], number>> = {
  'high-pass': 0,
  'low-pass': 1,
  'low-shelf': 2,
  'high-shelf': 3,
  bell: 4,
};

/**
 * Filters in a row, worked out for a sample rate: f64 coefficients (b0 b1 b2 a1 a2 each), and the grid on which
 * they run. Block b of a signal is its samples [b·block, (b + 1)·block); it is filtered from zero state, beginning
 * `preroll` samples before it. So its bits depend on the signal alone, and not on what was read before, and they
 * are those of a filter that never stopped, within −140 dB of full scale.
 */
export interface Cascade {
  readonly coefficients: Float64Array;
  readonly stages: number;
  /** Samples. */
  readonly preroll: number;
  /** Samples. */
  readonly block: number;
}

/**
 * Works out filters.
 *
 * @param kernel - Any instance: it is used, and left as it was.
 * @throws RangeError if a filter is not between 0 Hz and half the sample rate, has no q, or rings for longer than
 *   2²⁰ samples.
 */
export function designCascade(kernel: Kernel, filters: readonly Filter[], sampleRate: number): Cascade {
  for (const filter of filters) checkFilter(filter, sampleRate);
  const mark = kernel.mark();
  try {
    const table = kernel.allocate(filters.length * STAGE_BYTES);
    filters.forEach(({ type, hz, q, gainDb }, index) => {
      kernel.exports.designBiquad(table + index * STAGE_BYTES, TYPES[type], hz / sampleRate, q, gainDb);
    });
    const coefficients = kernel.float64(table, filters.length * 5).slice();
    const preroll = prerollOf(kernel, coefficients);
    if (preroll > LONGEST_RING) {
      throw new RangeError(
        `the filters ring for more than ${(LONGEST_RING / sampleRate).toFixed(1)} s: a low frequency needs a low q (got ${describe(filters)})`,
      );
    }
    let block = LEAST_BLOCK;
    while (block < preroll && block < FILTER_BLOCK_MOST) block *= 2;
    return { coefficients, stages: filters.length, preroll, block };
  } finally {
    kernel.release(mark);
  }
}

/**
 * Samples of a sound before a place that its filters need to know, so that what comes from it there is right to
 * −140 dB of full scale.
 *
 * @throws RangeError as {@link designCascade} does.
 */
export function filterPreroll(filters: readonly Filter[], sampleRate: number, kernel: Kernel): number {
  return designCascade(kernel, filters, sampleRate).preroll;
}

/** One run of a cascade from zero state over a signal, in calls that follow each other. */
export class CascadeRun {
  readonly #kernel: Kernel;
  readonly #stages: number;
  readonly #table: Pointer;
  readonly #states: Pointer;

  /** Takes memory of the kernel: the caller releases it. */
  constructor(kernel: Kernel, { coefficients, stages }: Cascade) {
    this.#kernel = kernel;
    this.#stages = stages;
    this.#table = kernel.allocate(stages * STAGE_BYTES);
    this.#states = kernel.allocate(stages * STATE_BYTES);
    kernel.float64(this.#table, coefficients.length).set(coefficients);
    this.restart();
  }

  restart(): void {
    this.#kernel.bytes(this.#states, this.#stages * STATE_BYTES).fill(0);
  }

  /** Filters pairs of f64 in place. All calls of a run but the last have a multiple of 64 pairs. */
  filter(pairs: Pointer, count: number): void {
    this.#kernel.exports.filterPairs(this.#table, this.#states, this.#stages, pairs, count);
  }

  /** True when what is still to come of the sound so far can be forgotten. */
  get isSettled(): boolean {
    return this.#kernel.float64(this.#states, this.#stages * 4).every((value) => Math.abs(value) < SETTLED);
  }
}

/** The part of an impulse's response that comes after the pre-roll adds up to the limit at most. */
function prerollOf(kernel: Kernel, coefficients: Float64Array): number {
  const stages = coefficients.length / 5;
  const run = new CascadeRun(kernel, { coefficients, stages, preroll: 0, block: 0 });
  const pairs = kernel.allocate(GRAIN * PAIR_BYTES);
  const sums: number[] = [];
  do {
    const response = kernel.float64(pairs, GRAIN * 2).fill(0);
    if (sums.length === 0) response[0] = 1;
    run.filter(pairs, GRAIN);
    let sum = 0;
    for (let n = 0; n < response.length; n += 2) sum += Math.abs(response[n]!);
    sums.push(sum);
    // To settle takes three times as long as the pre-roll.
  } while (!run.isSettled && sums.length * GRAIN < 4 * LONGEST_RING);
  let grains = sums.length;
  for (let rest = 0; grains > 0; grains--) {
    rest += sums[grains - 1]!;
    if (rest > LIMIT) break;
  }
  return grains * GRAIN;
}

function checkFilter({ type, hz, q, gainDb }: Filter, sampleRate: number): void {
  if (!(hz > 0 && hz < sampleRate / 2)) {
    throw new RangeError(
      `a ${type} must lie above 0 Hz and below ${sampleRate / 2} Hz, half the sample rate (got ${hz} Hz)`,
    );
  }
  if (!(q > 0 && Number.isFinite(q))) throw new RangeError(`the q of a ${type} must be above 0 (got ${q})`);
  if (!Number.isFinite(gainDb))
    throw new RangeError(`the gain of a ${type} must be a number (got ${gainDb} dB)`);
}

function describe(filters: readonly Filter[]): string {
  return filters.map(({ type, hz, q }) => `${type} at ${hz} Hz with q ${q}`).join(', ');
}
