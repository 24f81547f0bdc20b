import type { Mixer, Score } from '../../engine/index.ts';
import type { Changed } from './changed-ranges.ts';

/** Samples of a block that is kept, on the grid of the film. */
export const MIXED_SAMPLES = 8192;

/** What a film is mixed from, as far as it matters here. */
type MixedScore = Pick<Score, 'samples' | 'stems' | 'spaces'>;

/** A block in which nothing sounds. */
const SILENCE = new Float32Array(0);
/** Blocks of a stem have indexes below this. */
const STEM = 2 ** 32;

/**
 * What has been mixed of a film, stem by stem: a range that was drawn or played once is there at once when it is
 * played again, and an edit leaves all of it that it does not change. The blocks used last are kept.
 */
export class MixedFilm {
  readonly #score: MixedScore;
  readonly #mostBytes: number;
  readonly #blockSamples: number;
  /** The stems that rooms ring on: to mix them anywhere takes all that rings there. */
  readonly #ringing: readonly boolean[];
  /** By stem and block, the one used last at the end. */
  readonly #blocks = new Map<number, Float32Array>();
  #bytes = 0;

  /** @param mostBytes - Of blocks that are kept. */
  constructor(score: MixedScore, mostBytes: number, blockSamples = MIXED_SAMPLES) {
    this.#score = score;
    this.#mostBytes = mostBytes;
    this.#blockSamples = blockSamples;
    this.#ringing = ringingStems(score);
  }

  /**
   * The same for the score after an edit. Both may be used from then on.
   *
   * @param changed - What the edit changes, by the new score's stems.
   */
  after(score: MixedScore, changed: readonly Changed[]): MixedFilm {
    const size = this.#blockSamples;
    const next = new MixedFilm(score, this.#mostBytes, size);
    const dropped = changed.map((ranges) => {
      const blocks = new Uint8Array(Math.ceil(score.samples / size));
      if (ranges === 'all') return blocks.fill(1);
      for (const { from, to } of ranges) blocks.fill(1, Math.floor(from / size), Math.ceil(to / size));
      return blocks;
    });
    for (const [key, values] of this.#blocks) {
      const stem = Math.floor(key / STEM);
      if (dropped[stem]?.[key - stem * STEM] === 0) next.#put(key, values);
    }
    return next;
  }

  /**
   * The part of a range that {@link mixStem} will mix, from the first block that is missing to the end of the last;
   * undefined for none.
   */
  missing(stem: number, from: number, count: number): { from: number; count: number } | undefined {
    const size = this.#blockSamples;
    const isMissing = (block: number) => !this.#blocks.has(stem * STEM + block);
    let first = Math.floor(from / size);
    let last = Math.ceil((from + count) / size) - 1;
    while (first <= last && !isMissing(first)) first++;
    while (first < last && !isMissing(last)) last--;
    if (first > last) return undefined;
    const start = Math.max(from, first * size);
    const end = last * size < from ? from + count : this.#endOf(last);
    return { from: start, count: end - start };
  }

  /**
   * Writes a range of a stem, of what is kept and of what a mixer of the same score makes. A block that the range
   * comes to the beginning of is mixed whole, and kept; of one that it begins in, only what is wanted is mixed.
   *
   * @param out - Channels interleaved.
   * @param use - What is heard is kept in the place of what was used last long ago; what is drawn is kept where there
   *   is room: in a long film it would push out all that is near the listener. A stem that no room rings on is mixed
   *   in a moment; of what is drawn of it no more is kept once half the room is taken.
   */
  mixStem(
    mixer: Mixer,
    stem: number,
    from: number,
    count: number,
    out: Float32Array,
    use: 'heard' | 'drawn',
  ): void {
    const size = this.#blockSamples;
    const { channels } = this.#score.stems[stem]!;
    for (let at = from; at < from + count; ) {
      const block = Math.floor(at / size);
      const start = block * size;
      const end = Math.min(from + count, start + size);
      const part = out.subarray((at - from) * channels, (end - from) * channels);
      const key = stem * STEM + block;
      let kept = this.#take(key);
      if (kept === undefined && at === start) {
        const whole = new Float32Array((this.#endOf(block) - start) * channels);
        mixer.readStem(stem, start, whole);
        kept = whole.some((value) => value !== 0) ? whole : SILENCE;
        const most = this.#ringing[stem] ? this.#mostBytes : this.#mostBytes / 2;
        if (use === 'heard' || this.#bytes + kept.byteLength <= most) this.#put(key, kept);
      }
      if (kept === undefined) mixer.readStem(stem, at, part);
      else if (kept === SILENCE) part.fill(0);
      else part.set(kept.subarray((at - start) * channels, (end - start) * channels));
      at = end;
    }
  }

  /** Sample at which a block ends. */
  #endOf(block: number): number {
    return Math.min((block + 1) * this.#blockSamples, this.#score.samples);
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

/** By stem: whether what any of them sends to a room comes back on it. */
function ringingStems({ stems, spaces }: MixedScore): readonly boolean[] {
  const ringing = new Set<string>();
  for (const { id, regions } of stems) {
    for (const { send } of regions) if (send) ringing.add(spaces[send.space]?.stem ?? id);
  }
  return stems.map(({ id }) => ringing.has(id));
}
