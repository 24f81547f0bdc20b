import type { Curve, Gate, Ramp, Region, Score } from '../../src/engine/score/score.ts';

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
  /** sin(πk/2N), or cos(πk/2N) for `out`. */
  equalPower(direction: 'in' | 'out', k: number, length: number): number;
}

/** Those functions as JavaScript has them: right to the last few bits. */
export const JAVASCRIPT_CURVES: Curves = {
  gainFromDb: (db) => 10 ** (db / 20),
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
  const stem = score.stems[stemIndex]!;
  const gates = score.gates.filter((gate) => gate.stems.includes(stem.id));
  const out = new Float32Array(score.samples * 2);
  for (let t = 0; t < score.samples; t++) {
    if (gates.some((gate) => gate.start <= t && t < gate.end)) continue;
    for (let side = 0; side < 2; side++) {
      let sum = 0;
      for (const region of stem.regions) sum = addRegion(sum, region, sounds, curves, t, side);
      for (const gate of gates) sum *= fallBefore(gate, t, curves);
      // Adding 0 makes +0 of −0.
      out[2 * t + side] = Math.fround(sum) + 0;
    }
  }
  return out;
}

function addRegion(
  sum: number,
  region: Region,
  sounds: ReadonlyMap<string, ReferenceSound>,
  curves: Curves,
  t: number,
  side: number,
): number {
  if (t < region.start || t >= region.end) return sum;
  const sound = sounds.get(region.sound)!;
  const level = curves.gainFromDb(region.gainDb) * panGain(region.pan, sound.channels, side, curves);
  const play = (from: number, index: number, gain: number) =>
    from + gain * level * sound.at(index, sound.channels === 1 ? 0 : side);
  const ramps = (gain: number) =>
    region.ramps.reduce((product, ramp) => product * rampGain(ramp, t, curves), gain);

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

function rampGain(ramp: Ramp, t: number, curves: Curves): number {
  const k = t - ramp.start;
  if (k < 0) return ramp.direction === 'in' ? 0 : 1;
  if (k >= ramp.length) return ramp.direction === 'in' ? 1 : 0;
  return curveGain(ramp.direction, ramp.curve, k, ramp.length, curves);
}

function fallBefore(gate: Gate, t: number, curves: Curves): number {
  const k = t - (gate.start - gate.fadeOut);
  return k < 0 || t >= gate.start ? 1 : curveGain('out', gate.curve, k, gate.fadeOut, curves);
}

function curveGain(direction: 'in' | 'out', curve: Curve, k: number, length: number, curves: Curves): number {
  if (curve === 'equal-power') return curves.equalPower(direction, k, length);
  return direction === 'in' ? k / length : 1 - k / length;
}
