import { varispeedSound } from './derived-sounds.ts';
import type { Platter } from './platter.ts';
import type { Setting } from './setting.ts';

/** A stretch of film time in which a sound is read in one way. */
export interface Piece {
  readonly sound: string;
  readonly start: number;
  readonly end: number;
  readonly origin: number;
}

/** Seconds of a sound before a piece of it, so that filters and rooms behind it come in running. */
const LEAD_SECONDS = 0.5;
/** Samples behind it, for what looks ahead. */
const TAIL = 256;

/**
 * The place in a groove at any sample of the film. While the platter is up to speed it is the sample less
 * `origin`, a whole number, and what lies in the groove is read as it is; while it comes up to speed or slows down,
 * it is the integral of the platter's rate, and what lies in the groove is read along that (a varispeed sound).
 * The two meet to a hair: the angle of the groove is continuous.
 */
export class Groove {
  readonly #platter: Platter;
  readonly #origin: number;
  /** From here on it is read as it is; undefined where the platter never comes up to speed. */
  readonly #steady: number | undefined;
  /** A sample, and the place in the groove there, that all others are counted from. */
  readonly #pin: { readonly sample: number; readonly place: number };

  /**
   * @param from - First sample that is read.
   * @param pinned - A sample whose place is known where the platter never comes up to speed. Default: `from`, at
   *   its distance from the origin.
   */
  constructor(
    platter: Platter,
    from: number,
    origin: number,
    pinned: { readonly sample: number; readonly place: number } = { sample: from, place: from - origin },
  ) {
    this.#platter = platter;
    this.#origin = origin;
    this.#steady = platter.upToSpeed(from);
    this.#pin = this.#steady === undefined ? pinned : { sample: this.#steady, place: this.#steady - origin };
  }

  /** The place in the groove at a sample of the film. */
  at(sample: number): number {
    return this.#pin.place + this.#platter.turned(this.#pin.sample, sample);
  }

  /** The first sample at which a place has been reached; Infinity if the platter stops before. */
  sampleAt(place: number): number {
    return this.#platter.sampleAfter(this.#pin.sample, place - this.#pin.place);
  }

  /** How a sound that lies in the groove is read in [start, end): nothing where the platter stands for good. */
  pieces(setting: Setting, sound: string, start: number, end: number): Piece[] {
    const stop = Math.max(start, this.#platter.standsBefore(end));
    const steady = this.#steady ?? Number.POSITIVE_INFINITY;
    const slows = this.#steady === undefined ? steady : this.#platter.slowsAfter(this.#steady);
    const from = Math.min(stop, Math.max(start, steady));
    const to = Math.max(from, Math.min(stop, slows));
    return [
      ...this.#turning(setting, sound, start, from),
      ...(from < to ? [{ sound, start: from, end: to, origin: this.#origin }] : []),
      ...this.#turning(setting, sound, to, stop),
    ];
  }

  #turning(setting: Setting, sound: string, start: number, end: number): Piece[] {
    if (start >= end) return [];
    const origin = start - Math.round(LEAD_SECONDS * setting.sheet.sampleRate);
    const { points } = this.#platter;
    const first = Math.max(
      0,
      points.findLastIndex((point) => point.at <= origin),
    );
    const last = points.findIndex((point) => point.at >= end);
    const near = points.slice(first, last < 0 ? undefined : last + 1);
    const speed = {
      from: this.at(origin),
      points: near.map(({ at, rate }) => ({ at: at - origin, rate })),
      waves: [],
    };
    const turned = varispeedSound(setting, sound, speed, end - origin + TAIL);
    return [{ sound: turned, start, end, origin }];
  }
}
