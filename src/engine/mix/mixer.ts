import { Kernel, type Pointer } from '../kernel/kernel.ts';
import type { Score } from '../score/score.ts';
import type { ImpulseResponse } from '../sound/impulse-response.ts';
import type { Sound } from '../sound/sound.ts';
import { whenAll } from '../sound/when-all.ts';
import { addRegions } from './add-regions.ts';
import { pairsOf } from './layout.ts';
import { type PlacedStem, placeStems, playing } from './placed-stem.ts';
import { writeRamps } from './ramp.ts';
import type { KeptSpectra } from './space/kept-spectra.ts';
import { hasSends, SpaceReturns } from './space/space-returns.ts';
import { openStemFilters, type StemFilter } from './stem-filter.ts';
import { SummingBus } from './summing-bus.ts';

/** What a mixer mixes, and with what. */
export interface MixerOptions {
  /**
   * The compiled kernel, of which the mixer makes an instance of its own; or an instance to mix in: sounds
   * that are resident in its memory are played from where they lie.
   */
  readonly kernel: WebAssembly.Module | Kernel;
  readonly score: Score;
  /** Every sound that the score's regions play, by the score's name for it, at the score's rate. */
  readonly sounds: ReadonlyMap<string, Sound>;
  /** The impulse response of every space that is sent to, by the score's name of the sound. */
  readonly responses?: ReadonlyMap<string, ImpulseResponse>;
  /** The most memory for copies of sounds that are played often. Default: 32 MiB. */
  readonly keptBytes?: number | undefined;
  /** Where spectra of the responses are found that an earlier mixer has made. Default: each makes its own. */
  readonly spectra?: KeptSpectra | undefined;
  /** Samples of the longest block that {@link Mixer.mixStem} makes at once. */
  readonly blockSamples?: number;
}

/** Copies of twenty short sounds or so. */
const KEPT_BYTES = 32 * 2 ** 20;
/** Long enough that a block's upkeep is small beside its mixing, short enough that it stays in the cache. */
const BLOCK_SAMPLES = 8192;
/** A stereo pair of 32-bit floats. */
const PAIR_BYTES = 8;

/**
 * Plays a score: any range of any stem, at any time, in any order, always with the same bits.
 *
 *     regions + returns of spaces ─▶ filters ─▶ level × duck ─▶ fall before gates ─▶ zero in gates ─▶ rounded
 *
 * Each sample is the 64-bit float sum of what the stem's regions play there, each as (ramps × (level × place)) ×
 * sample, added in the order of the regions (of a looped one, the earlier pass first), and of what rooms give
 * back; filtered; times (level × duck), times the falls before gates, and rounded to 32-bit float once. Inside a
 * gate it is +0; −0 never occurs. All of it is a function of the absolute sample.
 *
 * A read finds the regions that sound in it in O(log n) each, and takes time for the samples they play and
 * no others.
 */
export class Mixer {
  readonly kernel: Kernel;
  readonly blockSamples: number;
  readonly #score: Score;
  readonly #stems: readonly PlacedStem[];
  /** One a pair of each stem; none for a stem without filters. */
  readonly #filters: readonly (readonly StemFilter[])[];
  readonly #returns: SpaceReturns | undefined;
  readonly #bus: SummingBus;
  /** Where the pairs of a 5.1 stem are woven together; nowhere if the score has none. */
  readonly #surround: Pointer;

  /**
   * @throws RangeError if `blockSamples` is not an integer of 1 … 2^20.
   * @throws Error if the score plays a sound that is not given, or samples that a sound does not have.
   */
  constructor(options: MixerOptions) {
    const { score, blockSamples = BLOCK_SAMPLES } = options;
    if (!Number.isInteger(blockSamples) || blockSamples < 1 || blockSamples > 2 ** 20) {
      throw new RangeError(`blockSamples must be an integer of 1 to ${2 ** 20} (got ${blockSamples})`);
    }
    this.kernel = options.kernel instanceof Kernel ? options.kernel : Kernel.instantiate(options.kernel);
    this.blockSamples = blockSamples;
    this.#score = score;
    this.#bus = new SummingBus(this.kernel, blockSamples);
    this.#stems = placeStems(score, options.sounds, this.kernel, options.keptBytes ?? KEPT_BYTES);
    this.#filters = score.stems.map((stem) => openStemFilters(this.kernel, stem, score, blockSamples));
    const { responses = new Map() } = options;
    this.#returns = hasSends(score)
      ? new SpaceReturns(this.kernel, score, this.#stems, responses, options.spectra)
      : undefined;
    const isSurround = this.#stems.some((stem) => stem.channels === 6);
    this.#surround = isSurround ? this.kernel.allocate(blockSamples * pairsOf(6) * PAIR_BYTES) : 0;
  }

  /**
   * Makes [from, from + count) readable on all stems, where sounds must be fetched first: await what comes
   * back before reading. Undefined where everything is readable already, which it always is in Node.
   *
   * @throws RangeError if the range is not inside the score.
   */
  prepare(from: number, count: number): Promise<void> | undefined {
    return whenAll(this.#stems.flatMap((_, index) => this.prepareStem(index, from, count) ?? []));
  }

  /**
   * The same for one stem.
   *
   * @param stemIndex - Place in the score's stems.
   * @throws RangeError if there is no such stem, or the range is not inside the score.
   */
  prepareStem(stemIndex: number, from: number, count: number): Promise<void> | undefined {
    const stem = this.#requireStem(stemIndex);
    this.#requireRange(from, count);
    const reach = this.#filters[stemIndex]![0]?.reachOf(from, from + count);
    const [first, last] = reach ?? [from, from + count];
    const pending = this.#returns?.prepare(stem, first, last) ?? [];
    for (const { placed, pass } of playing(stem, first, last)) {
      const fetched = placed.sound.prepare?.(pass.start - pass.origin, pass.end - pass.start);
      if (fetched) pending.push(fetched);
    }
    return whenAll(pending);
  }

  /**
   * Samples [from, from + count) of every stem, in the score's order: channels interleaved as the stem has
   * them, a fresh array each.
   *
   * @throws RangeError if the range is not inside the score.
   * @throws SoundError if a sound can no longer be read.
   */
  read(from: number, count: number): Float32Array[] {
    this.#requireRange(from, count);
    return this.#stems.map(({ channels }, stemIndex) => {
      const samples = new Float32Array(count * channels);
      this.readStem(stemIndex, from, samples);
      return samples;
    });
  }

  /**
   * Fills `out` with samples of one stem from `from` on, channels interleaved as the stem has them.
   *
   * @param stemIndex - Place in the score's stems.
   * @throws as {@link read} does, and RangeError if there is no such stem.
   */
  readStem(stemIndex: number, from: number, out: Float32Array): void {
    const { channels } = this.#requireStem(stemIndex);
    const count = out.length / channels;
    for (let done = 0; done < count; done += this.blockSamples) {
      const length = Math.min(this.blockSamples, count - done);
      const block = this.mixStem(stemIndex, from + done, length, from + count);
      out.set(this.kernel.float32(block, length * channels), done * channels);
    }
  }

  /**
   * Mixes samples [from, from + count) of one stem and leaves them in the kernel's memory, its
   * channels interleaved, where they stay until the next block is mixed.
   *
   * @param stemIndex - Place in the score's stems.
   * @param count - At most {@link blockSamples}.
   * @param until - The sample that will be read on to, block by block, which saves time where rooms ring: all up to
   * there must have been prepared, and what is not read then was made in vain.
   * @throws RangeError if the range is not inside the score or longer than a block.
   * @throws SoundError if a sound can no longer be read.
   */
  mixStem(stemIndex: number, from: number, count: number, until = from + count): Pointer {
    const stem = this.#requireStem(stemIndex);
    this.#requireRange(from, count);
    if (count > this.blockSamples) {
      throw new RangeError(`a block has at most ${this.blockSamples} samples (got ${count})`);
    }
    for (let pair = 0; pair < pairsOf(stem.channels); pair++) {
      this.#mixPair(stem, pair, this.#filters[stemIndex]![pair], from, count, until);
    }
    return stem.channels === 6 ? this.#surround : this.#bus.out;
  }

  /** Makes one pair of a stem, from its regions to 32-bit float. */
  #mixPair(
    stem: PlacedStem,
    pair: number,
    filter: StemFilter | undefined,
    from: number,
    count: number,
    until: number,
  ): void {
    if (filter === undefined) {
      this.#bus.begin(count);
      this.#sumPair(stem, pair, from, count, until);
    } else {
      filter.begin(this.#bus, from, count, (at, some) => this.#sumPair(stem, pair, at, some, until));
      // A filter rings on into a gate.
      for (const shut of stem.gates.shutSpans(from, from + count)) {
        this.#bus.scaleEvenly(shut.from - from, shut.to - from, 0);
      }
    }
    stem.level.apply(this.#bus, from, count);
    for (const fall of stem.gates.falls(from, from + count)) {
      const start = Math.max(fall.start, from);
      const end = Math.min(fall.start + fall.length, from + count);
      this.#bus.scale(start - from, end - from, (gains) =>
        writeRamps(this.kernel, gains, [fall], start, end - start),
      );
    }
    this.#bus.finish(stem.channels === 1 ? 1 : 2);
    if (stem.channels === 6) {
      const { exports } = this.kernel;
      exports.placePair(this.#bus.out, this.#surround + pair * PAIR_BYTES, pairsOf(6) * PAIR_BYTES, count);
    }
  }

  /** Adds up everything that is heard on one pair of a stem, before its filters, level and gates. */
  #sumPair(stem: PlacedStem, pair: number, from: number, count: number, until: number): void {
    addRegions(this.#bus, stem, from, count, ({ dry }) => dry[pair]);
    if (pair === 0) this.#returns?.addTo(this.#bus, stem, from, count, until);
  }

  #requireStem(stemIndex: number): PlacedStem {
    const stem = this.#stems[stemIndex];
    if (!stem) throw new RangeError(`there are ${this.#stems.length} stems (got index ${stemIndex})`);
    return stem;
  }

  #requireRange(from: number, count: number): void {
    const { samples } = this.#score;
    if (
      !Number.isInteger(from) ||
      !Number.isInteger(count) ||
      from < 0 ||
      count < 0 ||
      from + count > samples
    ) {
      throw new RangeError(
        `a range must lie inside the score's ${samples} samples (got ${count} samples from ${from})`,
      );
    }
  }
}
