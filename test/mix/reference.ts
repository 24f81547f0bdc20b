import type {
  Curve,
  Duck,
  Gate,
  LevelPoint,
  Ramp,
  Region,
  Score,
  StemChannels,
} from '../../src/engine/score/score.ts';

/** A sound as the reference knows it: its channels, and the value at any sample. */
export interface ReferenceSound {
  readonly channels: 1 | 2;
  at(sample: number, channel: number): number;
}

/** The few functions that cannot be had exactly from + − × ÷, so that a test may say whose it means. */
export interface Curves {
  /** 10^(db/20). */
  gainFromDb(db: number): number;
  /** sin(π·turn/2), 0 ≤ turn ≤ 1. */
  quarterSine(turn: number): number;
  /** 10^(db/20), of levels and ducks. */
  levelGain(db: number): number;
  /** sin(πk/2N), or cos(πk/2N) for `out`. */
  equalPower(direction: 'in' | 'out', k: number, length: number): number;
}

/** Those functions as JavaScript has them: right to the last few bits. */
export const JAVASCRIPT_CURVES: Curves = {
  gainFromDb: (db) => 10 ** (db / 20),
  levelGain: (db) => 10 ** (db / 20),
  quarterSine: (turn) => Math.sin((Math.PI * turn) / 2),
  equalPower: (direction, k, length) =>
    direction === 'in'
      ? Math.sin((Math.PI * k) / (2 * length))
      : Math.sin((Math.PI * (length - k)) / (2 * length)),
};

/**
 * One stem of a score, sample by sample as the exact rules say it, without a thought for speed: what the
 * mixer must come to, bit for bit.
 */
export function referenceStem(
  score: Score,
  stemIndex: number,
  sounds: ReadonlyMap<string, ReferenceSound>,
  curves: Curves,
): Float32Array {
  const { id, channels, regions, level = [], ducks = [] } = score.stems[stemIndex]!;
  const gates = score.gates.filter((gate) => gate.stems.includes(id));
  const out = new Float32Array(score.samples * channels);
  for (let t = 0; t < score.samples; t++) {
    if (gates.some((gate) => gate.start <= t && t < gate.end)) continue;
    // What a mono stem has of left and right is added up and halved at the end.
    const sums = Array.from({ length: Math.max(2, channels) }, (_, channel) => {
      let sum = 0;
      for (const region of regions) sum = addRegion(sum, region, sounds, curves, t, channels, channel);
      sum *= levelAt(level, t, curves) * duckAt(ducks, t, curves);
      for (const gate of gates) sum *= fallBefore(gate, t, curves);
      return sum;
    });
    const values = channels === 1 ? [(sums[0]! + sums[1]!) / 2] : sums;
    // Adding 0 makes +0 of −0.
    for (const [channel, value] of values.entries()) out[channels * t + channel] = Math.fround(value) + 0;
  }
  return out;
}

/**
 * Adds what a region plays at sample t.
 *
 * @param channel - Of the stem; of a mono stem 0 and 1, its left and right before they are added up.
 */
export function addRegion(
  sum: number,
  region: Region,
  sounds: ReadonlyMap<string, ReferenceSound>,
  curves: Curves,
  t: number,
  stem: StemChannels,
  channel: number,
): number {
  if (region.dry === false) return sum;
  if (t < region.start || t >= region.end) return sum;
  const sound = sounds.get(region.sound)!;
  const points = region.level ?? [];
  const isMoving = isBetween(points, t);
  // A level that stays is part of the region's; one that moves is a gain a sample, as ramps are.
  const level =
    curves.gainFromDb(region.gainDb) *
    placeGain(region, sound.channels, stem, channel, curves) *
    (isMoving ? 1 : levelAt(points, t, curves));
  const play = (from: number, index: number, gain: number) =>
    from + gain * level * sound.at(index, sound.channels === 1 ? 0 : channel % 2);
  const ramps = (gain: number) =>
    region.ramps.reduce((product, ramp) => product * rampGain(ramp, t, curves), gain) *
    (isMoving ? levelAt(points, t, curves) : 1);

  const index = t - region.origin;
  if (!region.loop) return play(sum, index, ramps(1));
  const { period, overlap, curve } = region.loop;
  const pass = Math.floor(index / period);
  const inPass = index - pass * period;
  // The tail of the pass before, then the pass itself.
  if (pass > 0 && inPass < overlap) {
    sum = play(sum, inPass + period, ramps(curveGain('out', curve, inPass, overlap, curves)));
    return play(sum, inPass, ramps(curveGain('in', curve, inPass, overlap, curves)));
  }
  return play(sum, inPass, ramps(1));
}

function panGain(pan: number, channels: 1 | 2, side: number, curves: Curves): number {
  if (pan === 0) return 1;
  const towards = side === 0 ? -pan : pan;
  if (channels === 1) return Math.SQRT2 * curves.quarterSine((1 + towards) / 2);
  return towards > 0 ? 1 : curves.quarterSine(1 - Math.abs(pan));
}

/** How much of a sound a channel of a stem gets: of the sound's left or right side, whichever the channel is of. */
function placeGain(
  { pan, surround = 0 }: Region,
  sound: 1 | 2,
  stem: StemChannels,
  channel: number,
  curves: Curves,
): number {
  if (stem === 1) return 1;
  if (stem === 2) return panGain(pan, sound, channel, curves);
  const front = curves.quarterSine(1 - surround);
  const back = curves.quarterSine(surround);
  const [left, right, centre, lfe, leftSurround] = [0, 1, 2, 3, 4];
  if (channel === lfe) return 0;
  if (sound === 2) {
    if (channel === centre) return 0;
    return panGain(pan, 2, channel % 2, curves) * (channel < centre ? front : back);
  }
  if (channel === left) return curves.quarterSine(Math.max(0, -pan)) * front;
  if (channel === right) return curves.quarterSine(Math.max(0, pan)) * front;
  if (channel === centre) return curves.quarterSine(1 - Math.abs(pan)) * front;
  return curves.quarterSine((channel === leftSurround ? 1 - pan : 1 + pan) / 2) * back;
}

function levelAt(points: readonly LevelPoint[], t: number, curves: Curves): number {
  const index = points.findLastIndex((point) => point.at <= t);
  const last = points[Math.max(0, index)];
  const next = points[index + 1];
  if (!last) return 1;
  const from = curves.levelGain(last.gainDb);
  if (index < 0 || !next || next.gainDb === last.gainDb) return from;
  const way = (t - last.at) / (next.at - last.at);
  if (next.curve === 'linear') return curves.levelGain(last.gainDb + (next.gainDb - last.gainDb) * way);
  const to = curves.levelGain(next.gainDb);
  return Math.sqrt(from * from + (to * to - from * from) * way);
}

function duckAt(ducks: readonly Duck[], t: number, curves: Curves): number {
  return curves.levelGain(Math.min(0, ...ducks.map((duck) => duckDb(duck, t))));
}

function duckDb({ start, end, attack, release, byDb }: Duck, t: number): number {
  if (t < start - attack || t >= end + release) return 0;
  if (t < start) return -byDb * ((t - start + attack) / attack);
  if (t < end) return -byDb;
  return -byDb + byDb * ((t - end) / release);
}

/** Whether a level is on its way from one point to another that is not as loud. */
function isBetween(points: readonly LevelPoint[], t: number): boolean {
  const next = points.findIndex(({ at }) => at > t);
  return next > 0 && points[next]!.gainDb !== points[next - 1]!.gainDb;
}

function rampGain(ramp: Ramp, t: number, curves: Curves): number {
  const k = t - ramp.start;
  if (k < 0) return ramp.direction === 'in' ? 0 : 1;
  if (k >= ramp.length) return ramp.direction === 'in' ? 1 : 0;
  return curveGain(ramp.direction, ramp.curve, k, ramp.length, curves);
}

export function fallBefore(gate: Gate, t: number, curves: Curves): number {
  const k = t - (gate.start - gate.fadeOut);
  return k < 0 || t >= gate.start ? 1 : curveGain('out', gate.curve, k, gate.fadeOut, curves);
}

function curveGain(direction: 'in' | 'out', curve: Curve, k: number, length: number, curves: Curves): number {
  if (curve === 'equal-power') return curves.equalPower(direction, k, length);
  return direction === 'in' ? k / length : 1 - k / length;
}
