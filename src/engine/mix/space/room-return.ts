import type { Kernel, Pointer } from '../../kernel/kernel.ts';
import type { Epoch, StemGates } from '../stem-gates.ts';
import { PAIR_BYTES } from './fourier.ts';
import type { Room, Side } from './room.ts';
import type { SendBus } from './send-bus.ts';

/** What comes back is never this small in earnest; 32-bit floats as small would slow down what reads them. */
const LEAST = 1e-30;
/** Two pointers: to a block's spectra and to a window's. */
const ENTRY_BYTES = 8;
/** Start and end of a run, as 32-bit integers. */
const RUN_BYTES = 8;

/** Start and end of each stretch of a block in which a side is not zero, in turn. */
type Runs = Int32Array;

/** A block of what is sent, as it was transformed last in its place. */
interface SentBlock {
  readonly spectra: Pointer;
  readonly epoch: Epoch;
  readonly index: number;
  /** Of left and right; undefined for a block of silence, which has no spectra. */
  readonly runs: readonly [Runs, Runs] | undefined;
}

/**
 * What a room gives back on one stem.
 *
 * Time is divided into blocks that lie on multiples of the room's partition, and by the stem's gates into epochs.
 * A block that comes back is made of those blocks of its epoch that were sent as far before it as the room rings,
 * and of nothing else: so it has the same bits whatever was read before. The last blocks are kept, so that
 * reading on takes one transform of what is sent and one of what comes back.
 *
 * Where nothing that was sent can be heard, it is exactly zero.
 */
export class RoomReturn {
  readonly #kernel: Kernel;
  readonly #room: Room;
  readonly #sends: SendBus;
  readonly #gates: StemGates;
  /** Sample at which the score ends. */
  readonly #end: number;
  /** By block index modulo the room's windows. */
  readonly #sent: (SentBlock | undefined)[];
  readonly #spectra: Pointer;
  readonly #entries: Pointer;
  readonly #runs: Pointer;
  /** The block that came back last. */
  readonly #returned: Pointer;
  #returnedEpoch: Epoch | undefined;
  #returnedIndex = -1;
  #isReturnedSilent = true;

  /**
   * @param gates - Of the stem that the room comes back on.
   * @param samples - Length of the score.
   */
  constructor(kernel: Kernel, room: Room, sends: SendBus, gates: StemGates, samples: number) {
    const { partition, spectrumBytes } = room.fourier;
    this.#kernel = kernel;
    this.#room = room;
    this.#sends = sends;
    this.#gates = gates;
    this.#end = samples;
    this.#sent = Array(room.windows).fill(undefined);
    this.#spectra = kernel.allocate(room.windows * spectrumBytes);
    this.#entries = kernel.allocate(2 * room.windows * ENTRY_BYTES);
    this.#runs = kernel.allocate(Math.ceil((partition + 1) / 2) * RUN_BYTES);
    this.#returned = kernel.allocate(partition * PAIR_BYTES);
  }

  /** Makes what comes back in [from, to) readable, where sounds must be fetched first. */
  prepare(from: number, to: number): Promise<void>[] {
    const { partition } = this.#room.fourier;
    return [...this.#gates.epochs(from, to)].flatMap(({ epoch, start, end }) => {
      const first = Math.floor(start / partition) - this.#room.windows + 1;
      const last = Math.ceil(end / partition);
      return this.#sends.prepare(
        Math.max(epoch.start, first * partition, 0),
        Math.min(epoch.end, last * partition, this.#end),
      );
    });
  }

  /**
   * Adds what comes back in [from, to).
   *
   * @param sums - Gives the place of the stem's 64-bit stereo sums for `from`; called only if something comes back.
   */
  addTo(sums: () => Pointer, from: number, to: number): void {
    const { partition } = this.#room.fourier;
    for (const { epoch, start, end } of this.#gates.epochs(from, to)) {
      for (let at = start; at < end; ) {
        const index = Math.floor(at / partition);
        const next = Math.min(end, (index + 1) * partition);
        const block = this.#makeBlock(epoch, index);
        if (block !== undefined) {
          this.#kernel.exports.addSums(
            sums() + (at - from) * PAIR_BYTES,
            block + (at - index * partition) * PAIR_BYTES,
            next - at,
          );
        }
        at = next;
      }
    }
  }

  /** The block that comes back; undefined for silence. */
  #makeBlock(epoch: Epoch, index: number): Pointer | undefined {
    if (this.#returnedIndex !== index || this.#returnedEpoch?.start !== epoch.start) {
      this.#isReturnedSilent = !this.#convolve(epoch, index);
      this.#returnedEpoch = epoch;
      this.#returnedIndex = index;
    }
    return this.#isReturnedSilent ? undefined : this.#returned;
  }

  /** @returns False if nothing comes back. */
  #convolve(epoch: Epoch, index: number): boolean {
    const { fourier, windows, isCrossed } = this.#room;
    const { partition } = fourier;
    const heard: SentBlock[] = [];
    for (let late = 0; late < windows; late++) {
      const sent = this.#send(epoch, index - late);
      if (sent?.runs) heard.push(sent);
    }
    if (heard.length === 0) return false;

    const entries = heard.flatMap((sent) => [sent.spectra, this.#room.straight(index - sent.index)]);
    if (isCrossed) {
      entries.push(...heard.flatMap((sent) => [sent.spectra, this.#room.crossed(index - sent.index)]));
    }
    this.#kernel.int32(this.#entries, entries.length).set(entries);
    const block = fourier.convolve(this.#entries, heard.length, isCrossed ? heard.length : 0);
    this.#kernel.exports.copyAudible(block, this.#returned, partition, LEAST);
    this.#silence(heard, index, 0);
    this.#silence(heard, index, 1);
    return true;
  }

  /** A block of what is sent in an epoch; undefined for one that lies outside of it. */
  #send(epoch: Epoch, index: number): SentBlock | undefined {
    const { fourier, windows } = this.#room;
    const { partition, data } = fourier;
    const from = Math.max(index * partition, epoch.start);
    const to = Math.min((index + 1) * partition, epoch.end, this.#end);
    if (index < 0 || from >= to) return undefined;
    const slot = index % windows;
    const kept = this.#sent[slot];
    if (kept && kept.index === index && kept.epoch.start === epoch.start) return kept;

    const spectra = this.#spectra + slot * fourier.spectrumBytes;
    let runs: SentBlock['runs'];
    if (this.#sends.playsIn(from, to)) {
      this.#kernel.bytes(data, partition * PAIR_BYTES).fill(0);
      this.#sends.addTo(data + (from - index * partition) * PAIR_BYTES, from, to - from);
      const [left, right] = [this.#findRuns(0), this.#findRuns(1)];
      if (left.length + right.length > 0) {
        runs = [left, right];
        fourier.analyseBlock(spectra);
      }
    }
    const sent = { spectra, epoch, index, runs };
    this.#sent[slot] = sent;
    return sent;
  }

  /** Where a side of the block that is about to be transformed is not zero, and not so shortly that it does not matter. */
  #findRuns(side: Side): Runs {
    const { data, partition } = this.#room.fourier;
    const reaches = this.#room.paths
      .filter(({ from }) => from === side)
      .map(({ first, last }) => last - first);
    if (reaches.length === 0) return new Int32Array(0);
    // Fewer zeros in a row leave no hole in what any path gives back.
    const gap = Math.min(...reaches) + 1;
    const found = this.#kernel.exports.findRuns(data + side * 8, partition, gap, this.#runs);
    return this.#kernel.int32(this.#runs, 2 * found).slice();
  }

  /** Makes exact zeros where a side of the returned block hears nothing: all that is there is rounding. */
  #silence(heard: readonly SentBlock[], index: number, side: Side): void {
    const { partition } = this.#room.fourier;
    const spans: [start: number, end: number][] = [];
    for (const path of this.#room.paths) {
      if (path.to !== side) continue;
      for (const sent of heard) {
        const runs = sent.runs![path.from];
        const offset = (sent.index - index) * partition;
        for (let run = 0; run < runs.length; run += 2) {
          const start = Math.max(0, runs[run]! + offset + path.first);
          const end = Math.min(partition, runs[run + 1]! + offset + path.last);
          if (start < end) spans.push([start, end]);
        }
      }
    }
    spans.sort(([a], [b]) => a - b);
    const values = this.#kernel.float64(this.#returned, 2 * partition);
    let silentFrom = 0;
    for (const [start, end] of [...spans, [partition, partition] as const]) {
      for (let sample = silentFrom; sample < start; sample++) values[2 * sample + side] = 0;
      silentFrom = Math.max(silentFrom, end);
    }
  }
}
