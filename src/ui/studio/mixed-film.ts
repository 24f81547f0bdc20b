import type { Mixer, Score } from '../../engine/index.ts';
import type { Changed } from './changed-ranges.ts';

/** Samples of a block that is kept, on the grid of the film. */
export const MIXED_SAMPLES = 8192;

/** A block in which nothing sounds. */
const SILENCE = new Float32Array(0);
/** Blocks of a stem have indexes below this. */
const STEM = 2 ** 32;

/**
 * What has been mixed of a film, stem by stem: a range that was drawn or played once is there at once when it is
 * played again, and an edit leaves all of it that it does not change. The blocks used last are kept.
 */
export class MixedFilm {
  readonly #score: Pick<Score, 'samples' | 'stems'>;
  readonly #mostBytes: number;
  readonly #blockSamples: number;
  /** By stem and block, the one used last at the end. */
  readonly #blocks = new Map<number, Float32Array>();
  #bytes = 0;

  /** @param mostBytes - Of blocks that are kept. */
  constructor(score: Pick<Score, 'samples' | 'stems'>, mostBytes: number, blockSamples = MIXED_SAMPLES) {
    this.#score = score;
    this.#mostBytes = mostBytes;
    this.#blockSamples = blockSamples;
  }

  /**
   * The same for the score after an edit. Both may be used from then on.
   *
   * @param changed - What the edit changes, by the new score's stems.
   */
  after(score: Pick<Score, 'samples' | 'stems'>, changed: readonly Changed[]): MixedFilm {
    const size = this.#blockSamples;
    const next = new MixedFilm(score, this.#mostBytes, size);
    for (const [key, values] of this.#blocks) {
      const stem = Math.floor(key / STEM);
      const ranges = changed[stem] ?? 'all';
      const start = (key - stem * STEM) * size;
      const isChanged = ranges === 'all' || ranges.some(({ from, to }) => from < start + size && to > start);
      if (!isChanged) next.#put(key, values);
    }
    return next;
  }

  /** The part of a range that must be mixed, from the first block that is missing to the last; undefined for none. */
  missing(stem: number, from: number, count: number): { from: number; count: number } | undefined {
    const size = this.#blockSamples;
    const isMissing = (block: number) => !this.#blocks.has(stem * STEM + block);
    let first = Math.floor(from / size);
    let last = Math.ceil((from + count) / size) - 1;
    while (first <= last && !isMissing(first)) first++;
    while (first < last && !isMissing(last)) last--;
    if (first > last) return undefined;
    const start = Math.max(from, first * size);
    return { from: start, count: Math.min(from + count, (last + 1) * size) - start };
  }

  /**
   * Writes a range of a stem, of what is kept and of what a mixer of the same score makes. Whole blocks are kept.
   *
   * @param out - Channels interleaved.
   */
  mixStem(mixer: Mixer, stem: number, from: number, count: number, out: Float32Array): void {
    const size = this.#blockSamples;
    const { channels } = this.#score.stems[stem]!;
    for (let at = from; at < from + count; ) {
      const block = Math.floor(at / size);
      const start = block * size;
      const end = Math.min(from + count, start + size);
      const part = out.subarray((at - from) * channels, (end - from) * channels);
      const kept = this.#take(stem * STEM + block);
      if (kept === undefined) {
        for (let done = 0; done < end - at; done += mixer.blockSamples) {
          const some = Math.min(mixer.blockSamples, end - at - done);
          const mixed = mixer.mixStem(stem, at + done, some);
          part.set(mixer.kernel.float32(mixed, some * channels), done * channels);
        }
        const isWhole = at === start && end === Math.min(start + size, this.#score.samples);
        if (isWhole)
          this.#put(stem * STEM + block, part.some((value) => value !== 0) ? part.slice() : SILENCE);
      } else if (kept === SILENCE) {
        part.fill(0);
      } else {
        part.set(kept.subarray((at - start) * channels, (end - start) * channels));
      }
      at = end;
    }
  }

  #take(key: number): Float32Array | undefined {
    const values = this.#blocks.get(key);
    if (values !== undefined) {
      this.#blocks.delete(key);
      this.#blocks.set(key, values);
    }
    return values;
  }

  #put(key: number, values: Float32Array): void {
    this.#blocks.set(key, values);
    this.#bytes += values.byteLength;
    for (const [oldest, { byteLength }] of this.#blocks) {
      if (this.#bytes <= this.#mostBytes) break;
      this.#blocks.delete(oldest);
      this.#bytes -= byteLength;
    }
  }
}
