import type { Pointer } from '../../kernel/kernel.ts';
import { addRegions } from '../add-regions.ts';
import { type PlacedStem, playing } from '../placed-stem.ts';
import { writeRamps } from '../ramp.ts';
import { SpanIndex } from '../span-index.ts';
import type { SummingBus } from '../summing-bus.ts';
import { PAIR_BYTES } from './fourier.ts';

/**
 * What is sent to a space: of each stem, in the score's order, the sum of its regions after pan and ramps at the
 * level of their sends, times the stem's falls before gates, and nothing inside its gates.
 */
export class SendBus {
  readonly #stems: readonly PlacedStem[];
  readonly #bus: SummingBus;
  readonly #blockSamples: number;

  /**
   * @param stems - That may send.
   * @param bus - For blocks of `blockSamples`; used by one call at a time.
   */
  constructor(space: string, stems: readonly PlacedStem[], bus: SummingBus, blockSamples: number) {
    this.#stems = stems.flatMap((stem) => {
      const regions = stem.regions.filter(({ send }) => send?.space === space);
      if (regions.length === 0) return [];
      return [{ ...stem, regions, byEnd: new SpanIndex(regions.map((placed) => placed.end)) }];
    });
    this.#bus = bus;
    this.#blockSamples = blockSamples;
  }

  /** True when nothing is ever sent. */
  get isEmpty(): boolean {
    return this.#stems.length === 0;
  }

  /** True when something is sent in [from, to). */
  playsIn(from: number, to: number): boolean {
    return this.#stems.some((stem) => !playing(stem, from, to).next().done);
  }

  /** Makes what is sent in [from, to) readable, where sounds must be fetched first. */
  prepare(from: number, to: number): Promise<void>[] {
    return this.#stems.flatMap((stem) =>
      [...playing(stem, from, to)].flatMap(
        ({ placed, pass }) => placed.sound.prepare?.(pass.start - pass.origin, pass.end - pass.start) ?? [],
      ),
    );
  }

  /** Adds what is sent in [from, from + count) to stereo 64-bit values in the kernel's memory. */
  addTo(target: Pointer, from: number, count: number): void {
    for (let done = 0; done < count; done += this.#blockSamples) {
      const some = Math.min(this.#blockSamples, count - done);
      for (const stem of this.#stems) {
        this.#addStem(stem, target + done * PAIR_BYTES, from + done, some);
      }
    }
  }

  #addStem(stem: PlacedStem, target: Pointer, from: number, count: number): void {
    const bus = this.#bus;
    bus.begin(count);
    addRegions(bus, stem, from, count, ({ send }) => send);
    if (bus.isEmpty) return;
    for (const fall of stem.gates.falls(from, from + count)) {
      const start = Math.max(fall.start, from);
      const end = Math.min(fall.start + fall.length, from + count);
      bus.scale(start - from, end - from, (gains) =>
        writeRamps(bus.kernel, gains, [fall], start, end - start),
      );
    }
    bus.kernel.exports.addSums(target, bus.sums(), count);
  }
}
