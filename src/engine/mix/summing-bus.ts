import type { Kernel, Pointer } from '../kernel/kernel.ts';
import type { Ramp } from '../score/score.ts';
import { type GainLine, writeLine } from './gain-curve.ts';
import { writeRamps } from './ramp.ts';

/** Voices that the kernel sums at once: its VOICES_MAX. */
const VOICES_MAX = 64;
/** A stereo pair of 64-bit floats. */
const SUM_BYTES = 16;
/** Pieces of scratch memory, each a block of stereo samples or of gains, that those voices share. */
const SLOTS = 32;
/** Bytes that a sound may use behind its slot. */
const SLACK = 16;

// A voice in the kernel's table: `from`, `to`, `kind`, `source`, `gains` as 32-bit integers, the levels of
// both sides as 64-bit floats at the end.
const VOICE_BYTES = 48;
const VOICE_INTS = VOICE_BYTES / 4;
const VOICE_FLOATS = VOICE_BYTES / 8;
const MONO = 1;
const RAMPED = 2;
const PACKED = 4;
/** Of the level of a packed voice: its 24-bit integers are taken as the upper bytes of 32 bits. */
const PACKED_STEP = 2 ** -31;

/** A stretch of a sound, as one block hears it. */
export interface Voice {
  /** First sample of the block that it sounds in. */
  readonly from: number;
  readonly to: number;
  /** Where its sample for `from` lies. */
  readonly source: Pointer;
  readonly channels: 1 | 2;
  /** True where its samples are 24-bit integers, three bytes a value, and not 32-bit floats; it has no gains then. */
  readonly isPacked: boolean;
  /** Where its gain for `from` lies, f64 each, if it has any. */
  readonly gains: Pointer | undefined;
  /** Linear gain of each side. */
  readonly left: number;
  readonly right: number;
}

/**
 * Sums a block of one stem in the kernel: voices are added in 64-bit float in the order in which they come,
 * and rounded to 32-bit float once.
 *
 * All its memory is taken at the start; voices that do not fit the kernel's table at once are summed in
 * batches, which changes nothing in the sum.
 */
export class SummingBus {
  /** 32-bit float, interleaved where it is stereo: what {@link finish} leaves. */
  readonly out: Pointer;
  readonly kernel: Kernel;
  readonly #voices: Pointer;
  readonly #sums: Pointer;
  readonly #slots: Pointer;
  readonly #slotBytes: number;
  #memory: ArrayBuffer;
  #ints: Int32Array;
  #floats: Float64Array;
  #count = 0;
  #voiceCount = 0;
  #slotsTaken = 0;
  /** True once the sums hold what this block's earlier voices came to. */
  #summed = false;

  /** @param blockSamples - Samples of the longest block. */
  constructor(kernel: Kernel, blockSamples: number) {
    this.kernel = kernel;
    this.#slotBytes = blockSamples * 8;
    this.out = kernel.allocate(blockSamples * 8);
    this.#sums = kernel.allocate(blockSamples * SUM_BYTES);
    this.#voices = kernel.allocate(VOICES_MAX * VOICE_BYTES);
    this.#slots = kernel.allocate(SLOTS * this.#slotBytes + SLACK);
    this.#memory = kernel.exports.memory.buffer;
    this.#ints = kernel.int32(this.#voices, VOICES_MAX * VOICE_INTS);
    this.#floats = kernel.float64(this.#voices, VOICES_MAX * VOICE_FLOATS);
  }

  /** Starts a block of `count` samples. */
  begin(count: number): void {
    this.#count = count;
    this.#voiceCount = 0;
    this.#slotsTaken = 0;
    this.#summed = false;
  }

  /** True while nothing has been added to the block. */
  get isEmpty(): boolean {
    return !this.#summed && this.#voiceCount === 0;
  }

  /**
   * Sums up what has been added so far.
   *
   * @returns The block's sums, interleaved 64-bit float stereo, which may be added to and changed in place.
   */
  sums(): Pointer {
    this.#sum(false);
    return this.#sums;
  }

  /** Makes sure that one voice with `slots` slots can be added; what was in earlier slots may be gone then. */
  makeRoom(slots: number): void {
    if (this.#voiceCount === VOICES_MAX || this.#slotsTaken + slots > SLOTS) this.#sum(false);
  }

  /** A piece of scratch memory for the next voice: room for a block of stereo samples. */
  takeSlot(): Pointer {
    return this.#slots + this.#slotsTaken++ * this.#slotBytes;
  }

  add(voice: Voice): void {
    if (this.#memory !== this.kernel.exports.memory.buffer) this.#viewAgain();
    const int = this.#voiceCount * VOICE_INTS;
    const float = this.#voiceCount * VOICE_FLOATS;
    // The kernel counts from the block's start, so both pointers are moved back to there.
    this.#ints[int] = voice.from;
    this.#ints[int + 1] = voice.to;
    this.#ints[int + 2] =
      (voice.channels === 1 ? MONO : 0) |
      (voice.gains === undefined ? 0 : RAMPED) |
      (voice.isPacked ? PACKED : 0);
    this.#ints[int + 3] = voice.source - voice.from * (voice.isPacked ? 3 : 4) * voice.channels;
    this.#ints[int + 4] = voice.gains === undefined ? 0 : voice.gains - voice.from * 8;
    const step = voice.isPacked ? PACKED_STEP : 1;
    this.#floats[float + 4] = voice.left * step;
    this.#floats[float + 5] = voice.right * step;
    this.#voiceCount++;
  }

  /** Writes the product of ramps, and of a line of level, over [from, from + count), timeline samples, into a slot. */
  writeGains(ramps: readonly Ramp[], from: number, count: number, line?: GainLine): Pointer {
    const gains = this.takeSlot();
    writeRamps(this.kernel, gains, ramps, from, count);
    if (line) writeLine(this.kernel, gains, line, from, count, ramps.length > 0);
    return gains;
  }

  /**
   * Multiplies what has been added so far by gains, over the block's samples [from, to).
   *
   * @param writeGains - Told where `to` − `from` 64-bit floats go.
   */
  scale(from: number, to: number, writeGains: (gains: Pointer) => void): void {
    if (this.isEmpty) return;
    const sums = this.sums() + from * SUM_BYTES;
    // No voice waits any more, so every slot is free.
    writeGains(this.#slots);
    this.kernel.exports.scaleSums(sums, this.#slots, to - from);
  }

  /** Multiplies what has been added so far by one gain, over the block's samples [from, to). */
  scaleEvenly(from: number, to: number, gain: number): void {
    if (this.isEmpty) return;
    this.kernel.exports.scaleSumsEvenly(this.sums() + from * SUM_BYTES, gain, to - from);
  }

  /** Rounds the block into {@link out}: as stereo, or as mono, half the sum of its sides. */
  finish(channels: 1 | 2): void {
    const { exports } = this.kernel;
    if (channels === 1) exports.foldSums(this.sums(), this.out, this.#count);
    else if (this.#summed && this.#voiceCount === 0) exports.roundSums(this.#sums, this.out, this.#count);
    else this.#sum(true);
  }

  #sum(finish: boolean): void {
    if (this.#summed && this.#voiceCount === 0) return;
    this.kernel.exports.mixVoices(
      this.#voices,
      this.#voiceCount,
      this.#sums,
      this.out,
      this.#count,
      this.#summed,
      finish,
    );
    this.#summed = true;
    this.#voiceCount = 0;
    this.#slotsTaken = 0;
  }

  #viewAgain(): void {
    this.#memory = this.kernel.exports.memory.buffer;
    this.#ints = this.kernel.int32(this.#voices, VOICES_MAX * VOICE_INTS);
    this.#floats = this.kernel.float64(this.#voices, VOICES_MAX * VOICE_FLOATS);
  }
}
