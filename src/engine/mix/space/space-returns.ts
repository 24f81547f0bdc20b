import type { Kernel } from '../../kernel/kernel.ts';
import type { Score } from '../../score/score.ts';
import type { ImpulseResponse } from '../../sound/impulse-response.ts';
import type { PlacedStem } from '../placed-stem.ts';
import { SummingBus } from '../summing-bus.ts';
import { Fourier } from './fourier.ts';
import type { KeptSpectra } from './kept-spectra.ts';
import { partitionOf } from './partition.ts';
import { responseGain } from './response-gain.ts';
import { Room } from './room.ts';
import { RoomReturn } from './room-return.ts';
import { SendBus } from './send-bus.ts';

/** Samples of sends that are mixed at a time. */
const BLOCK_SAMPLES = 4096;

/**
 * What the rooms of a score give back, on every stem.
 *
 *     stems' sends ─▶ + ─▶ room ─▶ the space's own stem; without one, each sender's own from a room of its own
 *
 * Rooms cannot feed back: what is sent is regions, and never what came back.
 */
export class SpaceReturns {
  readonly #kernel: Kernel;
  readonly #fouriers = new Map<number, Fourier>();
  /** Of the stems that rooms come back on, in the order of the score's spaces. */
  readonly #returns = new Map<PlacedStem, RoomReturn[]>();

  /**
   * @param responses - By the score's name of the sound.
   * @throws Error if a region sends to a space that the score does not have or whose response is not given, or a
   * space comes back on a stem that the score does not have.
   */
  constructor(
    kernel: Kernel,
    score: Score,
    stems: readonly PlacedStem[],
    responses: ReadonlyMap<string, ImpulseResponse>,
    kept?: KeptSpectra,
  ) {
    this.#kernel = kernel;
    checkSpaces(score);
    const bus = new SummingBus(kernel, BLOCK_SAMPLES);
    for (const [id, space] of Object.entries(score.spaces)) {
      const buses = stems.map((stem) => {
        const own = space.stem ?? stem.id;
        const senders = own !== stem.id ? [] : space.stem === undefined ? [stem] : stems;
        return new SendBus(id, senders, bus, BLOCK_SAMPLES);
      });
      if (buses.every((sends) => sends.isEmpty)) continue;
      const response = responses.get(space.sound);
      if (!response)
        throw new Error(`the space "${id}" has the response "${space.sound}", which was not opened`);
      const gain = kernel.exports.gainFromDb(space.gainDb) * responseGain(response, space.normalize);
      const room = new Room(kernel, response, gain, this.#fourier(response), kept);
      buses.forEach((sends, index) => {
        if (sends.isEmpty) return;
        const stem = stems[index]!;
        const returned = new RoomReturn(kernel, room, sends, stem.gates, score.samples);
        this.#returns.set(stem, [...(this.#returns.get(stem) ?? []), returned]);
      });
    }
  }

  /** Makes what comes back on a stem in [from, to) readable, where sounds must be fetched first. */
  prepare(stem: PlacedStem, from: number, to: number): Promise<void>[] {
    return (this.#returns.get(stem) ?? []).flatMap((room) => room.prepare(from, to));
  }

  /**
   * Adds what comes back on a stem to the block of [from, from + count) that the bus has begun, on the pair of
   * L and R.
   *
   * @param until - Where reading on will end.
   */
  addTo(bus: SummingBus, stem: PlacedStem, from: number, count: number, until: number): void {
    for (const room of this.#returns.get(stem) ?? []) room.addTo(() => bus.sums(), from, from + count, until);
  }

  /** Rooms with blocks of one length share their transforms. */
  #fourier({ channels }: ImpulseResponse): Fourier {
    const partition = partitionOf(channels[0]?.length ?? 0);
    const fourier = this.#fouriers.get(partition) ?? new Fourier(this.#kernel, partition);
    this.#fouriers.set(partition, fourier);
    return fourier;
  }
}

function checkSpaces(score: Score): void {
  for (const [id, { stem }] of Object.entries(score.spaces)) {
    if (stem !== undefined && !score.stems.some((other) => other.id === stem)) {
      throw new Error(
        `the score is wrong: the space "${id}" comes back on "${stem}", which is no stem of it`,
      );
    }
  }
  for (const { cue, send } of score.stems.flatMap((stem) => stem.regions)) {
    if (send && !Object.hasOwn(score.spaces, send.space)) {
      throw new Error(`the score is wrong: cue "${cue}" sends to "${send.space}", which is no space of it`);
    }
  }
}

/** Whether anything is sent anywhere. */
export function hasSends(score: Score): boolean {
  return score.stems.some((stem) => stem.regions.some((region) => region.send));
}
