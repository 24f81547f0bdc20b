import { seedOf, uniformAt } from '../../random/random.ts';
import type { PressingSound } from '../../score/score.ts';
import { turnCosine } from '../../score/turn-cosine.ts';
import { type NoiseKernel, OctaveNoise } from './octave-noise.ts';
import { addRing, fadeEnd, normalize, type Ring } from './ring.ts';

/** Mains of 50 Hz pull the motor's iron twice in a period; peaks of the harmonics, −64 dBFS and less. */
const HUM: readonly (readonly [hz: number, peak: number])[] = [
  [50, 0.00022],
  [100, 0.00065],
  [150, 0.00016],
  [200, 0.0003],
  [300, 0.00016],
  [400, 0.00007],
  [600, 0.00003],
];

/** What turns: the motor's shaft at 24 turns a second, and what is uneven about it. */
const SHAFT: readonly (readonly [perSecond: number, peak: number])[] = [
  [24, 0.00085],
  [48, 0.0004],
  [72, 0.00018],
  [192, 0.00011],
];
/** Octaves of the bearing's rumble and of the belt's breath, by the rate that they are slower than, Hz. */
const RUMBLE_RATE_HZ = 420;
const RUMBLE_PEAK = 0.0019;
const BREATH_RATE_HZ = 9000;
const BREATH_LOWEST_RATE_HZ = 1500;
const BREATH_PEAK = 0.00034;
/** Once a revolution the idler passes the worn place on its rim: so much louder is its breath there. */
const WORN = 0.8;

/** −24 dBFS: a switch on a wooden board. */
const SWITCH_PEAK = 0.06;
const SWITCH_SECONDS = 0.3;

/** What the mains do to a motor: its hum, of one pitch at any speed. Stereo, without end. */
export class Hum {
  readonly #tones: Chord;

  constructor({ seed }: PressingSound, sampleRate: number) {
    this.#tones = new Chord(HUM, seedOf(seed, 'hum'), sampleRate);
  }

  /** Writes samples [from, from + count), L R L R …, into the start of `out`. */
  write(from: number, count: number, out: Float64Array): void {
    out.fill(0, 0, 2 * count);
    this.#tones.add(from, count, out);
  }
}

/**
 * What turns a platter, at its speed: the shaft's own shake, the rumble of the bearing, and the breath of belt and
 * idler, which swells once a revolution. Stereo, without end; another speed is another reading of it (varispeed).
 */
export class MotorNoise {
  readonly #tones: Chord;
  readonly #rumble: OctaveNoise;
  readonly #breath: OctaveNoise;
  readonly #revolution: number;
  readonly #place: number;
  readonly #block: Float64Array;

  constructor(room: NoiseKernel, { seed, revolution }: PressingSound, sampleRate: number, block: number) {
    this.#tones = new Chord(SHAFT, seedOf(seed, 'shaft'), sampleRate);
    this.#rumble = bandNoise(room, seedOf(seed, 'bearing'), sampleRate, RUMBLE_RATE_HZ, 60, RUMBLE_PEAK);
    this.#breath = bandNoise(
      room,
      seedOf(seed, 'belt'),
      sampleRate,
      BREATH_RATE_HZ,
      BREATH_LOWEST_RATE_HZ,
      BREATH_PEAK,
    );
    this.#revolution = revolution[0] / revolution[1];
    this.#place = uniformAt(seedOf(seed, 'worn'), 0);
    this.#block = new Float64Array(2 * block);
  }

  /** Writes samples [from, from + count), L R L R …, into the start of `out`. @param count - At most the block. */
  write(from: number, count: number, out: Float64Array): void {
    this.#rumble.write(from, count, 1, out);
    this.#breath.write(from, count, 1, this.#block);
    for (let n = 0; n < count; n++) {
      const turns = (from + n) / this.#revolution + this.#place;
      const away = 2 * Math.abs(turns - Math.floor(turns) - 0.5);
      const swell = 1 + WORN * away * away * away;
      out[2 * n] = out[2 * n]! + this.#block[2 * n]! * swell;
      out[2 * n + 1] = out[2 * n + 1]! + this.#block[2 * n + 1]! * swell;
    }
    this.#tones.add(from, count, out);
  }
}

/** A switch: its lever, the snap of its spring, and the board that it sits on. L R L R …, full scale 1. */
export function makeSwitch(
  part: 'switch-on' | 'switch-off',
  pressingSeed: number,
  sampleRate: number,
): Float64Array {
  const seed = seedOf(pressingSeed, part);
  const draw = (index: number) => uniformAt(seed, index);
  const board: Ring[] = [
    { hz: 180 + 40 * draw(0), decaySeconds: 0.022, amplitude: 0.55 },
    { hz: 395 + 70 * draw(1), decaySeconds: 0.012, amplitude: 0.4 },
  ];
  const snap: Ring[] = [
    { hz: 1350 + 300 * draw(2), decaySeconds: 0.003, amplitude: 0.6 },
    { hz: 3400 + 900 * draw(3), decaySeconds: 0.0012, amplitude: 0.9 },
  ];
  const samples = Math.round(SWITCH_SECONDS * sampleRate);
  const side = new Float64Array(samples);
  const lever = Math.round((0.028 + 0.02 * draw(4)) * sampleRate);
  for (const ring of snap) addRing(side, 0, { ...ring, amplitude: ring.amplitude * 0.3 }, sampleRate);
  for (const ring of [...snap, ...board]) {
    const falls = part === 'switch-off' ? { ...ring, hz: ring.hz * 0.9 } : ring;
    addRing(side, lever, falls, sampleRate);
  }
  fadeEnd(side, Math.floor(samples / 3));
  normalize(side, part === 'switch-off' ? SWITCH_PEAK * 0.8 : SWITCH_PEAK);
  const out = new Float64Array(2 * samples);
  for (let n = 0; n < samples; n++) {
    out[2 * n] = side[n]!;
    out[2 * n + 1] = side[n]! * 0.92;
  }
  return out;
}

function bandNoise(
  room: NoiseKernel,
  seed: number,
  sampleRate: number,
  highestRate: number,
  lowestRate: number,
  peak: number,
): OctaveNoise {
  const gains: number[] = [];
  for (let rate = sampleRate; rate >= lowestRate; rate /= 2) gains.push(rate > highestRate ? 0 : peak);
  return new OctaveNoise(room, seed, gains, Math.max(0, gains.length - 3));
}

/** Steady tones of whole frequencies: one period of all of them together, over and over. */
class Chord {
  /** L R L R … */
  readonly #period: Float64Array;

  /** @param tones - Frequencies are multiples of the first. */
  constructor(tones: readonly (readonly [hz: number, peak: number])[], seed: number, sampleRate: number) {
    const samples = sampleRate / divisorOf(sampleRate, tones[0]![0]);
    this.#period = new Float64Array(2 * samples);
    for (const [index, [hz, peak]] of tones.entries()) {
      if (2 * hz >= sampleRate) continue;
      const lean = 0.7 + 0.3 * uniformAt(seed, 2 * index);
      const phase = uniformAt(seed, 2 * index + 1);
      for (let n = 0; n < samples; n++) {
        const value = peak * turnCosine((n * hz) / sampleRate + phase);
        this.#period[2 * n] = this.#period[2 * n]! + value;
        this.#period[2 * n + 1] = this.#period[2 * n + 1]! + value * lean;
      }
    }
  }

  /** Adds samples [from, from + count), L R L R …, to the start of `out`. */
  add(from: number, count: number, out: Float64Array): void {
    const period = this.#period;
    let at = 2 * from - Math.floor((2 * from) / period.length) * period.length;
    for (let n = 0; n < 2 * count; n += 2) {
      out[n] = out[n]! + period[at]!;
      out[n + 1] = out[n + 1]! + period[at + 1]!;
      at = at + 2 === period.length ? 0 : at + 2;
    }
  }
}

/** The greatest whole number that divides both. */
function divisorOf(a: number, b: number): number {
  return b === 0 ? a : divisorOf(b, a % b);
}
