import type { Kernel, Pointer } from '../kernel/kernel.ts';
import type { Score, ScoreStem } from '../score/score.ts';
import { type Cascade, CascadeRun, designCascade, PAIR_BYTES } from '../sound/filter/cascade.ts';
import { pairsOf } from './layout.ts';
import type { SummingBus } from './summing-bus.ts';

/** Pairs that the pre-roll is filtered in: a multiple of 64. */
const CHUNK = 2048;
const NONE = -1;

/** Sums samples [from, from + count) of what is to be filtered, onto a bus that has begun them. */
export type Summing = (from: number, count: number) => void;

/**
 * The filters of a stem, one for each of its pairs; none if it has no filters.
 *
 * @param blockSamples - Samples of the longest block of the bus.
 * @throws RangeError as {@link designCascade} does.
 */
export function openStemFilters(
  kernel: Kernel,
  stem: ScoreStem,
  score: Score,
  blockSamples: number,
): readonly StemFilter[] {
  if (!stem.filters?.length) return [];
  const cascade = designCascade(kernel, stem.filters, score.sampleRate);
  return Array.from(
    { length: pairsOf(stem.channels) },
    () => new StemFilter(kernel, cascade, score.samples, blockSamples),
  );
}

/**
 * The filters of one pair of a stem, on its 64-bit sums. They run in blocks on the grid of the timeline (see
 * {@link Cascade}), so any range has the same bits; the block made last is kept, and so is the part of its input
 * that the next one's pre-roll needs: played in order, each sample is mixed once and no more.
 */
export class StemFilter {
  readonly #kernel: Kernel;
  readonly #cascade: Cascade;
  readonly #run: CascadeRun;
  /** Samples of the score. */
  readonly #samples: number;
  readonly #blockSamples: number;
  /** A block, filtered. */
  readonly #block: Pointer;
  /** What lies before a block, as it went in: as long as the pre-roll. */
  readonly #before: Pointer;
  readonly #chunk: Pointer;
  /** Where a reading is put together. */
  readonly #read: Pointer;
  #made = NONE;
  /** The block that {@link #before} lies before. */
  #next = NONE;

  /**
   * @param samples - Of the score.
   * @param blockSamples - Samples of the longest block of the bus.
   */
  constructor(kernel: Kernel, cascade: Cascade, samples: number, blockSamples: number) {
    this.#kernel = kernel;
    this.#cascade = cascade;
    this.#samples = samples;
    this.#blockSamples = blockSamples;
    this.#run = new CascadeRun(kernel, cascade);
    this.#block = kernel.allocate(cascade.block * PAIR_BYTES);
    this.#before = kernel.allocate(cascade.preroll * PAIR_BYTES);
    this.#chunk = kernel.allocate(CHUNK * PAIR_BYTES);
    this.#read = kernel.allocate(blockSamples * PAIR_BYTES);
  }

  /** What must be known to filter [from, to): the blocks that it touches, and the pre-roll. */
  reachOf(from: number, to: number): readonly [from: number, to: number] {
    const { block, preroll } = this.#cascade;
    const start = Math.floor(from / block) * block - preroll;
    return [Math.max(0, start), Math.min(this.#samples, Math.ceil(to / block) * block)];
  }

  /** Begins a block on the bus that holds samples [from, from + count), filtered. */
  begin(bus: SummingBus, from: number, count: number, sum: Summing): void {
    const size = this.#cascade.block;
    for (let at = from; at < from + count; ) {
      const block = Math.floor(at / size);
      if (block !== this.#made) this.#make(block, bus, sum);
      const end = Math.min(from + count, (block + 1) * size);
      const source = this.#block + (at - block * size) * PAIR_BYTES;
      this.#copy(source, this.#read + (at - from) * PAIR_BYTES, end - at);
      at = end;
    }
    bus.begin(count);
    this.#copy(this.#read, bus.sums(), count);
  }

  #make(block: number, bus: SummingBus, sum: Summing): void {
    const { preroll, block: size } = this.#cascade;
    const first = block * size;
    const length = Math.min(size, this.#samples - first);
    const known = Math.min(preroll, first);
    const before = this.#before + (preroll - known) * PAIR_BYTES;
    const hasBefore = this.#next === block;
    // Should a sound fail, nothing that is half made is taken for whole.
    this.#made = NONE;
    this.#next = NONE;
    if (!hasBefore) this.#sum(bus, sum, first - known, known, before);
    this.#sum(bus, sum, first, length, this.#block);
    this.#run.restart();
    for (let done = 0; done < known; done += CHUNK) {
      const some = Math.min(CHUNK, known - done);
      this.#copy(before + done * PAIR_BYTES, this.#chunk, some);
      this.#run.filter(this.#chunk, some);
    }
    this.#keep(length);
    this.#run.filter(this.#block, length);
    this.#made = block;
    this.#next = block + 1;
  }

  /** Sums samples [from, from + count) and puts them at `target`. */
  #sum(bus: SummingBus, sum: Summing, from: number, count: number, target: Pointer): void {
    for (let done = 0; done < count; done += this.#blockSamples) {
      const some = Math.min(this.#blockSamples, count - done);
      bus.begin(some);
      sum(from + done, some);
      this.#copy(bus.sums(), target + done * PAIR_BYTES, some);
    }
  }

  /** Keeps what lies before the next block, while this one has not been filtered. */
  #keep(length: number): void {
    const { preroll } = this.#cascade;
    const older = Math.max(0, preroll - length);
    this.#copy(this.#before + (preroll - older) * PAIR_BYTES, this.#before, older);
    const some = preroll - older;
    this.#copy(this.#block + (length - some) * PAIR_BYTES, this.#before + older * PAIR_BYTES, some);
  }

  #copy(source: Pointer, target: Pointer, pairs: number): void {
    const bytes = pairs * PAIR_BYTES;
    new Uint8Array(this.#kernel.exports.memory.buffer).copyWithin(target, source, source + bytes);
  }
}
