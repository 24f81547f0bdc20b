import { integerAt, seedOf, uniformAt } from '../../random/random.ts';
import { moteShapes } from './dust.ts';
import { type NoiseKernel, OctaveNoise } from './octave-noise.ts';
import { addRing, fadeEnd, normalize, type Ring } from './ring.ts';

const DROP_SECONDS = 0.75;
/** −12 dBFS. */
const DROP_PEAK = 0.25;
/** Less than a needle-lift lasts by default, so that nothing of it is cut. */
const LIFT_SECONDS = 0.28;
/** −27 dBFS. */
const LIFT_PEAK = 0.045;

/** Longer than a revolution at 33⅓ rpm, less than the 3 s that a lead-out is given. */
const LEAD_OUT_SECONDS = 2.6;
/** −33 dBFS. */
const LEAD_OUT_PEAK = 0.0224;

/** Both channels of a touch. */
interface Sides {
  readonly left: Float64Array;
  readonly right: Float64Array;
}

/**
 * The stylus touches: the arm's thump and its smaller second bounce, the knock of the tip, the scuff of it
 * finding the groove, and the dust that it ploughs up. L R L R …, full scale 1.
 */
export function makeDrop(room: NoiseKernel, pressingSeed: number, sampleRate: number): Float64Array {
  const seed = seedOf(pressingSeed, 'drop');
  const draw = (index: number) => uniformAt(seed, index);
  const thump: Ring[] = [
    { hz: 46 + 8 * draw(0), decaySeconds: 0.065, amplitude: 1 },
    { hz: 88 + 24 * draw(1), decaySeconds: 0.04, amplitude: 0.85 },
    { hz: 136 + 30 * draw(2), decaySeconds: 0.022, amplitude: 0.45 },
  ];
  const tip: Ring[] = [
    { hz: 620 + 200 * draw(3), decaySeconds: 0.0028, amplitude: 0.22 },
    { hz: 2100 + 900 * draw(4), decaySeconds: 0.0006, amplitude: 0.55 },
  ];
  const bounce = 0.1 + 0.05 * draw(5);
  const sides = makeSides(DROP_SECONDS, sampleRate);
  strike(sides, 0, [...thump, ...tip], 1, 0.92, sampleRate);
  strike(sides, Math.round(bounce * sampleRate), [...thump, ...tip], 0.2, 0.26, sampleRate);
  addScuff(room, sides, seedOf(seed, 'scuff'), sampleRate, 0.32, (seconds) => {
    const slow = 1 + seconds / 0.07;
    return Math.min(1, seconds / 0.006) / (slow * slow);
  });
  ploughUp(sides, seedOf(seed, 'plough'), sampleRate);
  return finish(sides, DROP_PEAK);
}

/**
 * The stylus slides down the wide spiral behind the music: the groove pulls it inwards, which is a rush of air and
 * vinyl that swells and sinks, and at the spiral's end it falls into the locked groove with a soft knock.
 */
export function makeLeadOut(room: NoiseKernel, pressingSeed: number, sampleRate: number): Float64Array {
  const seed = seedOf(pressingSeed, 'lead-out');
  const draw = (index: number) => uniformAt(seed, index);
  const lockedSeconds = 1.75 + 0.35 * draw(0);
  const sides = makeSides(LEAD_OUT_SECONDS, sampleRate);
  addScuff(room, sides, seedOf(seed, 'rush'), sampleRate, 0.5, (seconds) => {
    const rise = Math.min(1, seconds / 0.45);
    const rest = Math.max(0, Math.min(1, (lockedSeconds - seconds) / 0.5));
    // The spiral's own unevenness, half a revolution long.
    const wave = (seconds / 0.9) % 1;
    return rise * rise * rest * (0.6 + 1.6 * wave * (1 - wave));
  });
  const air = new Float64Array(2 * sides.left.length);
  const gains: number[] = [];
  for (let rate = sampleRate; rate >= 400; rate /= 2) gains.push(rate > 3200 ? 0 : 1);
  const rush = new OctaveNoise(room, seedOf(seed, 'air'), gains, gains.length - 1);
  rush.write(0, sides.left.length, 0.42, air);
  for (let n = 0; n < sides.left.length; n++) {
    const place = Math.min(1, n / sampleRate / (lockedSeconds + 0.2));
    const swell = 6.75 * place * place * (1 - place);
    sides.left[n] = sides.left[n]! + air[2 * n]! * swell;
    sides.right[n] = sides.right[n]! + air[2 * n + 1]! * swell;
  }
  const knock: Ring[] = [
    { hz: 58 + 10 * draw(1), decaySeconds: 0.05, amplitude: 0.8 },
    { hz: 115 + 30 * draw(2), decaySeconds: 0.03, amplitude: 0.5 },
    { hz: 900 + 300 * draw(3), decaySeconds: 0.0016, amplitude: 0.35 },
  ];
  strike(sides, Math.round(lockedSeconds * sampleRate), knock, 1, 0.85, sampleRate);
  return finish(sides, LEAD_OUT_PEAK);
}

/** The stylus leaves: a last scrape, the click of the tip coming free, the arm springing back. */
export function makeLift(room: NoiseKernel, pressingSeed: number, sampleRate: number): Float64Array {
  const seed = seedOf(pressingSeed, 'lift');
  const draw = (index: number) => uniformAt(seed, index);
  const free = Math.round((0.03 + 0.015 * draw(0)) * sampleRate);
  const sides = makeSides(LIFT_SECONDS, sampleRate);
  strike(
    sides,
    free,
    [
      { hz: 1500 + 700 * draw(1), decaySeconds: 0.0007, amplitude: 1 },
      { hz: 480 + 160 * draw(2), decaySeconds: 0.004, amplitude: 0.4 },
      { hz: 66 + 16 * draw(3), decaySeconds: 0.035, amplitude: 0.6 },
    ],
    1,
    0.8,
    sampleRate,
  );
  const freeSeconds = free / sampleRate;
  addScuff(room, sides, seedOf(seed, 'scuff'), sampleRate, 0.5, (seconds) => {
    const near = (seconds - freeSeconds) / (seconds < freeSeconds ? freeSeconds : 0.05);
    return near < -1 || near > 1 ? 0 : (1 - near * near) * (1 - near * near);
  });
  return finish(sides, LIFT_PEAK);
}

function makeSides(seconds: number, sampleRate: number): Sides {
  const samples = Math.round(seconds * sampleRate);
  return { left: new Float64Array(samples), right: new Float64Array(samples) };
}

function strike(
  sides: Sides,
  at: number,
  rings: readonly Ring[],
  left: number,
  right: number,
  sampleRate: number,
): void {
  for (const ring of rings) {
    addRing(sides.left, at, { ...ring, amplitude: ring.amplitude * left }, sampleRate);
    addRing(sides.right, at, { ...ring, hz: ring.hz * 1.013, amplitude: ring.amplitude * right }, sampleRate);
  }
}

/** Adds noise of about 1 to 5 kHz, rough as the edge of a groove. `level` is its peak. */
function addScuff(
  room: NoiseKernel,
  { left, right }: Sides,
  seed: number,
  sampleRate: number,
  level: number,
  envelopeAt: (seconds: number) => number,
): void {
  const gains: number[] = [];
  for (let rate = sampleRate; rate >= 5000; rate /= 2) gains.push(rate > 13000 ? 0 : 1);
  const noise = new Float64Array(2 * left.length);
  new OctaveNoise(room, seed, gains, Number.POSITIVE_INFINITY).write(0, left.length, level, noise);
  const grainSamples = sampleRate / 140;
  const grain = seedOf(seed, 'grain');
  for (let n = 0; n < left.length; n++) {
    const knot = Math.floor(n / grainSamples);
    const place = n / grainSamples - knot;
    const rough = uniformAt(grain, knot) * (1 - place) + uniformAt(grain, knot + 1) * place;
    const gain = envelopeAt(n / sampleRate) * (0.15 + 0.85 * rough * rough);
    left[n] = left[n]! + noise[2 * n]! * gain;
    right[n] = right[n]! + noise[2 * n + 1]! * gain;
  }
}

/** Adds dust, thick at first. */
function ploughUp({ left, right }: Sides, seed: number, sampleRate: number): void {
  const shapes = moteShapes(seed, sampleRate);
  for (let mote = 0; mote < 34; mote++) {
    const place = uniformAt(seed, 3 * mote);
    const at = Math.floor((0.012 + 0.55 * place * place) * sampleRate);
    const shape = shapes[integerAt(seed, 3 * mote + 1) % shapes.length]!;
    const size = 0.05 / (0.22 + uniformAt(seed, 3 * mote + 2));
    const side = uniformAt(seed, 3 * mote + 1);
    for (let n = 0; n < shape.length && at + n < left.length; n++) {
      left[at + n] = left[at + n]! + shape[n]! * size * (1 - 0.7 * side);
      right[at + n] = right[at + n]! + shape[n]! * size * (0.3 + 0.7 * side);
    }
  }
}

function finish({ left, right }: Sides, peak: number): Float64Array {
  const fall = Math.floor(left.length / 3);
  fadeEnd(left, fall);
  fadeEnd(right, fall);
  const out = new Float64Array(2 * left.length);
  for (let n = 0; n < left.length; n++) {
    out[2 * n] = left[n]!;
    out[2 * n + 1] = right[n]!;
  }
  normalize(out, peak);
  return out;
}
