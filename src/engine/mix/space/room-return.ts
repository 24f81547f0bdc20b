import type { Kernel, Pointer } from '../../kernel/kernel.ts';
import type { Epoch, StemGates } from '../stem-gates.ts';
import { PAIR_BYTES, TOGETHER } from './fourier.ts';
import type { Room, Side } from './room.ts';
import type { SendBus } from './send-bus.ts';
import { Spectra } from './spectra.ts';

/** What comes back is never this small in earnest; 32-bit floats as small would slow down what reads them. */
const LEAST = 1e-30;
/** Start and end of a run, as 32-bit integers. */
const RUN_BYTES = 8;

/** Start and end of each stretch of a block in which a side is not zero, in turn. */
type Runs = Int32Array;

/** A block of what is sent, as it was transformed last in its place. */
interface SentBlock {
  /** Of its spectra. */
  readonly place: number;
  readonly epoch: Epoch;
  readonly index: number;
  /** Of left and right; undefined for a block of silence, which has no spectra. */
  readonly runs: readonly [Runs, Runs] | undefined;
}

/** A block that came back. */
interface ReturnedBlock {
  readonly epoch: Epoch;
  readonly index: number;
  /** Where its samples lie; undefined for silence. */
  readonly samples: Pointer | undefined;
}

/**
 * What a room gives back on one stem.
 *
 * Time is divided into blocks that lie on multiples of the room's partition, and by the stem's gates into epochs.
 * A block that comes back is made of those blocks of its epoch that were sent as far before it as the room rings,
 * and of nothing else: so it has the same bits whatever was read before. The last blocks are kept, so that
 * reading on takes one transform of what is sent and one of what comes back. Where it is known to be read on, some
 * blocks are made at once, which takes less of the memory's time.
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
  /** By block index modulo their number: as many as blocks that come back at once are made of. */
  readonly #sent: (SentBlock | undefined)[];
  readonly #spectra: Spectra;
  readonly #runs: Pointer;
  /** The blocks that came back last, by block index modulo their number. */
  readonly #returned: (ReturnedBlock | undefined)[] = Array(TOGETHER).fill(undefined);
  /** Room for their samples. */
  readonly #samples: Pointer;

  /**
   * @param gates - Of the stem that the room comes back on.
   * @param samples - Length of the score.
   */
  constructor(kernel: Kernel, room: Room, sends: SendBus, gates: StemGates, samples: number) {
    const { partition } = room.fourier;
    const sent = room.windows + TOGETHER - 1;
    this.#kernel = kernel;
    this.#room = room;
    this.#sends = sends;
    this.#gates = gates;
    this.#end = samples;
    this.#sent = Array(sent).fill(undefined);
    this.#spectra = new Spectra(kernel, partition, sent);
    this.#runs = kernel.allocate(Math.ceil((partition + 1) / 2) * RUN_BYTES);
    this.#samples = kernel.allocate(TOGETHER * partition * PAIR_BYTES);
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
   * @param until - Where reading on will end: what comes back before may be made at once.
   */
  addTo(sums: () => Pointer, from: number, to: number, until: number): void {
    const { partition } = this.#room.fourier;
    for (const { epoch, start, end } of this.#gates.epochs(from, to)) {
      for (let at = start; at < end; ) {
        const index = Math.floor(at / partition);
        const next = Math.min(end, (index + 1) * partition);
        const block = this.#block(epoch, index, until);
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

  /** The samples of a block that comes back; undefined for silence. */
  #block(epoch: Epoch, index: number, until: number): Pointer | undefined {
    const place = index % TOGETHER;
    const kept = this.#returned[place];
    if (kept && kept.index === index && kept.epoch.start === epoch.start) return kept.samples;
    const end = Math.ceil(Math.min(until, epoch.end) / this.#room.fourier.partition);
    this.#convolve(epoch, index, Math.max(1, Math.min(TOGETHER, end - index)));
    return this.#returned[place]!.samples;
  }

  /** Makes `count` blocks that come back, from `first` on. */
  #convolve(epoch: Epoch, first: number, count: number): void {
    const { fourier } = this.#room;
    const blocks = Array.from({ length: count }, (_, place) => ({
      index: first + place,
      heard: this.#heardIn(epoch, first + place),
    }));
    const sounding = blocks.filter(({ heard }) => heard.length > 0);
    if (sounding.length > 0) this.#room.convolve(this.#spectra, sounding);
    sounding.forEach(({ index, heard }, place) => {
      const samples = this.#samples + (index % TOGETHER) * fourier.partition * PAIR_BYTES;
      this.#kernel.exports.copyAudible(fourier.bringBack(place), samples, fourier.partition, LEAST);
      this.#silence(samples, heard, index, 0);
      this.#silence(samples, heard, index, 1);
      this.#returned[index % TOGETHER] = { epoch, index, samples };
    });
    for (const { index, heard } of blocks) {
      if (heard.length === 0) this.#returned[index % TOGETHER] = { epoch, index, samples: undefined };
    }
  }

  /** The blocks of an epoch that are heard in one that comes back, the one sent last first. */
  #heardIn(epoch: Epoch, index: number): SentBlock[] {
    const heard: SentBlock[] = [];
    for (let late = 0; late < this.#room.windows; late++) {
      const sent = this.#send(epoch, index - late);
      if (sent?.runs) heard.push(sent);
    }
    return heard;
  }

  /** A block of what is sent in an epoch; undefined for one that lies outside of it. */
  #send(epoch: Epoch, index: number): SentBlock | undefined {
    const { fourier } = this.#room;
    const { partition, data } = fourier;
    const from = Math.max(index * partition, epoch.start);
    const to = Math.min((index + 1) * partition, epoch.end, this.#end);
    if (index < 0 || from >= to) return undefined;
    const place = index % this.#sent.length;
    const kept = this.#sent[place];
    if (kept && kept.index === index && kept.epoch.start === epoch.start) return kept;

    let runs: SentBlock['runs'];
    if (this.#sends.playsIn(from, to)) {
      this.#kernel.bytes(data, partition * PAIR_BYTES).fill(0);
      this.#sends.addTo(data + (from - index * partition) * PAIR_BYTES, from, to - from);
      const [left, right] = [this.#findRuns(0), this.#findRuns(1)];
      if (left.length + right.length > 0) {
        runs = [left, right];
        fourier.analyseBlock(this.#spectra, place);
      }
    }
    const sent = { place, epoch, index, runs };
    this.#sent[place] = sent;
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

  /** Makes exact zeros where a side of a block that came back hears nothing: all that is there is rounding. */
  #silence(samples: Pointer, heard: readonly SentBlock[], index: number, side: Side): void {
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
    const values = this.#kernel.float64(samples, 2 * partition);
    let silentFrom = 0;
    for (const [start, end] of [...spans, [partition, partition] as const]) {
      for (let sample = silentFrom; sample < start; sample++) values[2 * sample + side] = 0;
      silentFrom = Math.max(silentFrom, end);
    }
  }
}
