import { integerAt } from '../random/random.ts';
import type { SpeedCurve, SpeedDrift } from './score.ts';
import { turnCosine } from './turn-cosine.ts';

/** A stretch of a curve in which the rate is one straight line. */
interface Segment {
  /** First sample; the stretch ends where the next begins. */
  readonly start: number;
  /** Sample that the line is counted from. */
  readonly origin: number;
  /** Integral of the rate from the first point to the origin. */
  readonly place: number;
  /** Rate at the origin. */
  readonly rate: number;
  /** Half of what the rate rises by in a sample. */
  readonly halfSlope: number;
}

/** A wave of a speed, as it moves the place: by swing × (atStart − cosine of its angle). */
export interface PlaceWave {
  readonly period: number;
  readonly phase: number;
  /** Samples that the place swings to each side of its middle. */
  readonly swing: number;
  /** Cosine at sample 0, so that the wave has moved nothing there. */
  readonly atStart: number;
  /** Cosines, then sines, of the first {@link WAVE_STEPS} samples of a period. */
  readonly turns: Float64Array;
}

/** A stretch of a drift between two of its knots, in which it rises smoothly from `before` by `rise`, samples. */
export interface DriftStretch {
  readonly before: number;
  readonly rise: number;
}

/**
 * Samples for which a wave's angle is worked out once, from a multiple of this on; the rest follows by turning
 * that angle, which is five times as fast.
 */
export const WAVE_STEPS = 64;

/**
 * The place in a sound that a speed curve has come to at any sample: the rate's integral in closed form, a
 * parabola for each straight line and a cosine for each wave. Nothing is added up from sample to sample, so a
 * seek comes to where playing would have. Sums, products and quotients only: the same bits everywhere.
 */
export class SpeedPlace {
  /** The least and the highest rate of the curve's lines, without its waves. */
  readonly lowest: number;
  readonly highest: number;
  /** The most that waves and drifts add to a rate, or take from it. */
  readonly sway: number;
  /** The rate after the last point, without waves. */
  readonly finalRate: number;
  readonly #from: number;
  readonly #segments: readonly Segment[];
  /** Integral of the rate from the first point to sample 0. */
  readonly #before: number;
  readonly waves: readonly PlaceWave[];
  readonly drifts: readonly SpeedDrift[];

  /** @throws RangeError if the curve is not one: see {@link SpeedCurve}. */
  constructor(curve: SpeedCurve) {
    checkCurve(curve);
    const rates = curve.points.map((point) => point.rate);
    this.lowest = Math.min(...rates);
    this.highest = Math.max(...rates);
    this.finalRate = rates.at(-1)!;
    this.drifts = curve.drifts ?? [];
    this.sway = [...curve.waves, ...this.drifts].reduce((sum, { peak }) => sum + Math.abs(peak), 0);
    this.#from = curve.from;
    this.#segments = segmentsOf(curve.points);
    const { origin, place, rate, halfSlope } = this.#segments[this.#segmentAt(0)]!;
    this.#before = place + (0 - origin) * (rate + (0 - origin) * halfSlope);
    this.waves = curve.waves.map(({ period, peak, phase }) => ({
      period,
      phase,
      swing: (peak * period) / (2 * Math.PI),
      atStart: turnCosine(phase / period),
      turns: Float64Array.from({ length: 2 * WAVE_STEPS }, (_, step) =>
        turnCosine(step < WAVE_STEPS ? step / period : (step - WAVE_STEPS) / period - 0.25),
      ),
    }));
  }

  /** The place at sample k, in samples of the sound; `from` at k = 0. */
  at(k: number): number {
    const one = new Float64Array(1);
    this.fillLines(k, 1, one);
    let place = one[0]!;
    const anchor = anchorOf(k);
    const step = k - anchor;
    for (const { swing, atStart, turns, ...wave } of this.waves) {
      const [cosine, sine] = angleAt(wave, anchor);
      place += swing * (atStart - (cosine * turns[step]! - sine * turns[WAVE_STEPS + step]!));
    }
    for (const drift of this.drifts) {
      const at = k / drift.step;
      const { before, rise } = driftStretch(drift, Math.floor(at));
      place += before + rise * smooth(at - Math.floor(at));
    }
    return place;
  }

  /** Writes the places at samples [from, from + count) as the curve's lines have them, without its waves and drifts. */
  fillLines(from: number, count: number, places: Float64Array): void {
    this.#eachSegment(from, count, ({ origin, place, rate, halfSlope }, start, end) => {
      for (let n = start; n < end; n++) {
        const k = from + n - origin;
        places[n] = this.#from + (place + k * (rate + k * halfSlope) - this.#before);
      }
    });
  }

  /** Writes the rates of the curve's lines, without its waves, at samples [from, from + count). */
  fillRates(from: number, count: number, rates: Float64Array): void {
    this.#eachSegment(from, count, ({ origin, rate, halfSlope }, start, end) => {
      for (let n = start; n < end; n++) rates[n] = rate + 2 * halfSlope * (from + n - origin);
    });
  }

  /** Calls back for each part [start, end) of a range, counted from its first sample, that one segment holds. */
  #eachSegment(
    from: number,
    count: number,
    write: (segment: Segment, start: number, end: number) => void,
  ): void {
    let index = this.#segmentAt(from);
    for (let start = 0; start < count; index++) {
      const next = this.#segments[index + 1]?.start ?? Number.POSITIVE_INFINITY;
      const end = Math.min(count, Math.ceil(next - from));
      if (end > start) write(this.#segments[index]!, start, end);
      start = Math.max(start, end);
    }
  }

  /** Index of the last segment that starts at or before sample k. */
  #segmentAt(k: number): number {
    let low = 0;
    for (let high = this.#segments.length - 1; low < high; ) {
      const middle = (low + high + 1) >> 1;
      if (this.#segments[middle]!.start <= k) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** The sample that a wave's angle is worked out for, at or before sample k. */
export function anchorOf(k: number): number {
  return Math.floor(k / WAVE_STEPS) * WAVE_STEPS;
}

/** Cosine and sine of a wave's angle at a sample. */
export function angleAt(
  { period, phase }: Pick<PlaceWave, 'period' | 'phase'>,
  sample: number,
): readonly [cosine: number, sine: number] {
  const turns = (sample + phase) / period;
  return [turnCosine(turns), turnCosine(turns - 0.25)];
}

/** The steepest slope of {@link smooth}: at its middle. */
const STEEPEST = 15 / 8;

/** What a drift does between a knot and the next. */
export function driftStretch({ seed, step, knots, peak }: SpeedDrift, knot: number): DriftStretch {
  // Between −reach and reach in one step is as fast as it may go.
  const reach = (peak * step) / (2 * STEEPEST);
  const knotAt = (index: number) =>
    index <= 0 || index >= knots - 1 ? 0 : (integerAt(seed, index) / 2147483648 - 1) * reach;
  const before = knotAt(knot);
  return { before, rise: knotAt(knot + 1) - before };
}

/** Rises from 0 to 1 with no slope and no bend at its ends. */
function smooth(u: number): number {
  return u * u * u * (10 + u * (6 * u - 15));
}

function segmentsOf(points: SpeedCurve['points']): readonly Segment[] {
  const [first] = points;
  const lines = [
    { start: Number.NEGATIVE_INFINITY, origin: first!.at, place: 0, rate: first!.rate, halfSlope: 0 },
  ];
  let place = 0;
  points.forEach((point, index) => {
    const next = points[index + 1];
    const length = next === undefined ? 0 : next.at - point.at;
    const halfSlope = next === undefined || length === 0 ? 0 : (next.rate - point.rate) / (2 * length);
    lines.push({ start: point.at, origin: point.at, place, rate: point.rate, halfSlope });
    place += length * (point.rate + length * halfSlope);
  });
  return lines;
}

function checkCurve({ from, points, waves, drifts = [] }: SpeedCurve): void {
  if (!Number.isFinite(from)) throw new RangeError(`a speed must begin at a place (got ${from})`);
  if (points.length === 0) throw new RangeError('a speed must have a point at least');
  points.forEach(({ at, rate }, index) => {
    if (!Number.isFinite(at)) throw new RangeError(`a point of a speed must lie at a sample (got ${at})`);
    if (!(at >= (points[index - 1]?.at ?? at))) {
      throw new RangeError(
        `the points of a speed must be in order (got ${at} after ${points[index - 1]!.at})`,
      );
    }
    if (!(rate >= 0 && rate <= MAX_SPEED)) {
      throw new RangeError(`a rate must be within [0, ${MAX_SPEED}] (got ${rate})`);
    }
  });
  for (const { step, peak, knots } of drifts) {
    if (!(step > 0 && Number.isFinite(step) && Math.abs(peak) <= 1 && knots >= 0)) {
      throw new RangeError(
        `a drift of a speed must have a step above 0 and a peak within [-1, 1] (got ${step}, ${peak})`,
      );
    }
  }
  for (const { period, peak, phase } of waves) {
    if (!(period > 0 && Number.isFinite(period) && Number.isFinite(phase) && Math.abs(peak) <= 1)) {
      throw new RangeError(
        `a wave of a speed must have a period above 0, a phase, and a peak within [-1, 1] (got ${period}, ${phase}, ${peak})`,
      );
    }
  }
}

/** The highest rate of a point. */
const MAX_SPEED = 8;
