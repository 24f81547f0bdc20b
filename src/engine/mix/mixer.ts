import { Kernel, type Pointer } from '../kernel/kernel.ts';
import type { Ramp, Score, ScoreStem } from '../score/score.ts';
import type { Sound } from '../sound/sound.ts';
import { KeptSounds } from './kept-sounds.ts';
import { type Pass, type PlacedRegion, passesOf, placeRegion } from './placed-region.ts';
import { SpanIndex } from './span-index.ts';
import { StemGates } from './stem-gates.ts';
import { SummingBus } from './summing-bus.ts';

export interface MixerOptions {
  /**
   * The compiled kernel, of which the mixer makes an instance of its own; or an instance to mix in: sounds
   * that are resident in its memory are played from where they lie.
   */
  readonly kernel: WebAssembly.Module | Kernel;
  readonly score: Score;
  /** Every sound that the score's regions play, by the score's name for it, at the score's rate. */
  readonly sounds: ReadonlyMap<string, Sound>;
  /** Samples of the longest block that {@link Mixer.mixStem} makes at once. */
  readonly blockSamples?: number;
}

/** Long enough that a block's upkeep is small beside its mixing, short enough that it stays in the cache. */
const BLOCK_SAMPLES = 8192;

/** A stem with its regions placed and made findable. */
interface MixedStem {
  readonly regions: readonly PlacedRegion[];
  readonly byEnd: SpanIndex;
  readonly gates: StemGates;
}

/**
 * Plays a score: any range of any stem, at any time, in any order, always with the same bits.
 *
 * Nothing is carried from one block to the next. Each sample is the 64-bit float sum of what the stem's
 * regions play there, each as (ramps × (level × pan)) × sample, added in the order of the regions (of a
 * looped one, the earlier pass first), times the falls before gates, rounded to 32-bit float once. Inside a
 * gate it is +0; −0 never occurs.
 *
 * A read finds the regions that sound in it in O(log n) each, and takes time for the samples they play and
 * no others.
 */
export class Mixer {
  readonly kernel: Kernel;
  readonly blockSamples: number;
  readonly #score: Score;
  readonly #stems: readonly MixedStem[];
  readonly #bus: SummingBus;
  readonly #kept: KeptSounds;

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
    this.#stems = score.stems.map((stem) => this.#placeStem(stem, options.sounds));
    this.#kept = new KeptSounds(
      this.kernel,
      this.#stems.flatMap((stem) => stem.regions),
    );
  }

  /**
   * Makes [from, from + count) readable on all stems, where sounds must be fetched first: await what comes
   * back before reading. Undefined where everything is readable already, which it always is in Node.
   *
   * @throws RangeError if the range is not inside the score.
   */
  prepare(from: number, count: number): Promise<void> | undefined {
    this.#requireRange(from, count);
    const pending: Promise<void>[] = [];
    for (const stem of this.#stems) {
      for (const { placed, pass } of audible(stem, from, from + count)) {
        const fetched = placed.sound.prepare?.(pass.start - pass.origin, pass.end - pass.start);
        if (fetched) pending.push(fetched);
      }
    }
    return pending.length === 0 ? undefined : Promise.all(pending).then(() => undefined);
  }

  /**
   * Samples [from, from + count) of every stem, in the score's order: interleaved stereo, a fresh array each.
   *
   * @throws RangeError if the range is not inside the score.
   * @throws SoundError if a sound can no longer be read.
   */
  read(from: number, count: number): Float32Array[] {
    this.#requireRange(from, count);
    return this.#stems.map((_, stemIndex) => {
      const samples = new Float32Array(count * 2);
      for (let done = 0; done < count; done += this.blockSamples) {
        const length = Math.min(this.blockSamples, count - done);
        const block = this.mixStem(stemIndex, from + done, length);
        samples.set(this.kernel.float32(block, length * 2), done * 2);
      }
      return samples;
    });
  }

  /**
   * Mixes samples [from, from + count) of one stem and leaves them in the kernel's memory, interleaved
   * stereo, where they stay until the next block is mixed.
   *
   * @param stemIndex - Place in the score's stems.
   * @param count - At most {@link blockSamples}.
   * @throws RangeError if the range is not inside the score or longer than a block.
   * @throws SoundError if a sound can no longer be read.
   */
  mixStem(stemIndex: number, from: number, count: number): Pointer {
    const stem = this.#stems[stemIndex];
    if (!stem) throw new RangeError(`there are ${this.#stems.length} stems (got index ${stemIndex})`);
    this.#requireRange(from, count);
    if (count > this.blockSamples) {
      throw new RangeError(`a block has at most ${this.blockSamples} samples (got ${count})`);
    }
    this.#bus.begin(count);
    for (const { placed, pass } of audible(stem, from, from + count)) this.#addPass(placed, pass, from);
    for (const fall of stem.gates.falls(from, from + count)) {
      const end = Math.min(fall.start + fall.length, from + count);
      this.#bus.scale(fall, Math.max(fall.start, from) - from, end - from, from);
    }
    this.#bus.finish();
    return this.#bus.out;
  }

  /** Adds a pass piece by piece: a ramp's start and end, and those only, part one piece from the next. */
  #addPass(placed: PlacedRegion, pass: Pass, blockStart: number): void {
    const { sound, left, right } = placed;
    let start = pass.start;
    while (start < pass.end) {
      let end = pass.end;
      const moving: Ramp[] = [];
      for (const ramp of pass.ramps) {
        if (ramp.start > start) {
          end = Math.min(end, ramp.start);
        } else if (ramp.start + ramp.length > start) {
          end = Math.min(end, ramp.start + ramp.length);
          moving.push(ramp);
        }
      }
      this.#bus.makeRoom(2);
      this.#bus.add({
        from: start - blockStart,
        to: end - blockStart,
        source: this.#fetch(sound, start - pass.origin, end - start),
        channels: sound.channels,
        gains: moving.length === 0 ? undefined : this.#bus.writeGains(moving, start, end - start),
        left,
        right,
      });
      start = end;
    }
  }

  #placeStem(stem: ScoreStem, sounds: ReadonlyMap<string, Sound>): MixedStem {
    const regions = stem.regions.map((region) => {
      const sound = sounds.get(region.sound);
      if (!sound) throw new Error(`cue "${region.cue}" plays "${region.sound}", which was not opened`);
      return placeRegion(region, sound, this.kernel);
    });
    return {
      regions,
      byEnd: new SpanIndex(regions.map((placed) => placed.end)),
      gates: new StemGates(this.#score.gates, stem.id),
    };
  }

  /** Makes samples [from, from + count) of a sound contiguous in the kernel's memory. */
  #fetch(sound: Sound, from: number, count: number): Pointer {
    const { channels, resident } = sound;
    const whole =
      resident?.buffer === this.kernel.exports.memory.buffer ? resident.byteOffset : this.#kept.find(sound);
    if (whole !== undefined) return whole + from * channels * Float32Array.BYTES_PER_ELEMENT;
    const pointer = this.#bus.takeSlot();
    sound.read(from, count, this.kernel.float32(pointer, count * channels));
    return pointer;
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

/** What can be heard of a stem in [from, to): outside its gates, in the order in which it is added. */
function* audible(
  stem: MixedStem,
  from: number,
  to: number,
): Generator<{ readonly placed: PlacedRegion; readonly pass: Pass }> {
  for (const open of stem.gates.openSpans(from, to)) {
    for (
      let index = stem.byEnd.next(0, open.from);
      index < stem.regions.length;
      index = stem.byEnd.next(index + 1, open.from)
    ) {
      const placed = stem.regions[index]!;
      if (placed.region.start >= open.to) break;
      for (const pass of passesOf(placed, open.from, open.to)) yield { placed, pass };
    }
  }
}
