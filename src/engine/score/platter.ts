/** A motor that is switched on or off, samples from the edit's first frame. */
export interface MotorTurn {
  readonly on: boolean;
  readonly start: number;
  /** Where the platter is up to speed, or stands. */
  readonly end: number;
}

/** A rate that the platter has at a sample; 1 is its speed. Straight lines between. */
export interface PlatterPoint {
  readonly at: number;
  readonly rate: number;
}

/** Straight lines in which a platter comes up to speed, or to a stop; fewer where it takes fewer samples. */
const LINES = 8;

/**
 * How fast a platter turns, over the whole film: it stands until its motor is first switched on, or, where the
 * first thing that happens is that it is switched off, runs until then; without a motor it runs for ever.
 *
 *     1 ─              ╭──────────────╮
 *                    ╱                  ╲         up: 1 − (1 − u)², the motor pulls less the faster it turns
 *     0 ────────────╯                     ╲──     down: (1 − u)·(1 − u/4), the bearing and the belt hold it
 *              start  end          start   end
 *
 * The place in the groove is the integral of it, in closed form.
 */
export class Platter {
  /** In order. */
  readonly points: readonly PlatterPoint[];
  readonly #turns: readonly MotorTurn[];

  /** @param turns - In order of start, on and off in turn. */
  constructor(turns: readonly MotorTurn[]) {
    this.#turns = turns;
    let points: PlatterPoint[] = [{ at: 0, rate: turns[0]?.on === true ? 0 : 1 }];
    for (const { on, start, end } of turns) {
      const rate = rateAt(points, start);
      points = points.filter((point) => point.at < start);
      // Each corner on a sample of its own, or the rate would jump in mid-turn.
      const lines = Math.max(1, Math.min(LINES, end - start));
      for (let line = 0; line <= lines; line++) {
        const rest = 1 - line / lines;
        points.push({
          at: start + Math.round(((end - start) * line) / lines),
          rate: on ? 1 - rest * rest * (1 - rate) : rate * rest * (0.75 + rest / 4),
        });
      }
    }
    this.points = points;
  }

  /** Its rate at a sample, 0 … 1; at a jump, the rate after it. */
  rateAt(sample: number): number {
    return rateAt(this.points, sample);
  }

  /** Samples of groove that pass in [from, to): the integral of the rate. */
  turned(from: number, to: number): number {
    if (to < from) return -this.turned(to, from);
    let sum = 0;
    let at = from;
    let rate = this.rateAt(from);
    for (const point of this.points) {
      if (point.at <= from) continue;
      if (point.at >= to) break;
      sum += (point.at - at) * ((rate + this.#rateBefore(point.at)) / 2);
      at = point.at;
      rate = this.rateAt(at);
    }
    return sum + (to - at) * ((rate + this.#rateBefore(to)) / 2);
  }

  /** Samples by which what begins at a sample falls behind until the platter is up to speed, if nothing stops it. */
  lagAt(sample: number): number {
    const turn = this.#turns.findLast(({ start }) => start <= sample);
    if (turn?.on !== true || turn.end <= sample) return 0;
    const alone = new Platter(this.#turns.slice(0, this.#turns.indexOf(turn) + 1));
    return turn.end - sample - alone.turned(sample, turn.end);
  }

  /** The first sample at or after `from` at which it is up to speed; undefined where it stops before. */
  upToSpeed(from: number): number | undefined {
    if (this.rateAt(from) === 1) return from;
    const turn = this.#turns.findLast(({ start }) => start <= from);
    if (turn?.on !== true) return undefined;
    return this.rateAt(turn.end) === 1 ? turn.end : undefined;
  }

  /** The first sample after `from`, up to speed there, at which it begins to slow down; Infinity if it never does. */
  slowsAfter(from: number): number {
    return this.#turns.find(({ on, start }) => !on && start >= from)?.start ?? Number.POSITIVE_INFINITY;
  }

  /** Where it comes to stand for good before `end`; `end` if it does not. */
  standsBefore(end: number): number {
    const turn = this.#turns.findLast(({ start }) => start < end);
    return turn && !turn.on ? Math.min(end, turn.end) : end;
  }

  /** The first sample at which `groove` samples have passed since `from`; Infinity if it stops before. */
  sampleAfter(from: number, groove: number): number {
    const last = Math.max(from, this.points.at(-1)!.at);
    const whole = this.turned(from, last);
    if (whole < groove) {
      return this.rateAt(last) === 0 ? Number.POSITIVE_INFINITY : last + Math.ceil(groove - whole);
    }
    let low = from;
    let high = last;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (this.turned(from, middle) < groove) low = middle;
      else high = middle;
    }
    return groove <= 0 ? from : high;
  }

  #rateBefore(sample: number): number {
    const index = this.points.findIndex((point) => point.at >= sample);
    const after = this.points[index];
    const before = this.points[index - 1];
    if (!after || !before) return after?.rate ?? this.points.at(-1)!.rate;
    return before.rate + ((after.rate - before.rate) * (sample - before.at)) / (after.at - before.at);
  }
}

function rateAt(points: readonly PlatterPoint[], sample: number): number {
  const index = points.findLastIndex((point) => point.at <= sample);
  const before = points[index];
  const after = points[index + 1];
  if (!before) return points[0]!.rate;
  if (!after) return before.rate;
  return before.rate + ((after.rate - before.rate) * (sample - before.at)) / (after.at - before.at);
}
