import type { Dice } from './dice.ts';
import { rateHz, type Signal, samplesIn } from './signal.ts';

/** White noise of unit power. */
export function white(seconds: number, dice: Dice): Signal {
  return new Float64Array(samplesIn(seconds)).map(() => (dice.next() + dice.next() - 1) * 2.4495);
}

/** Noise that falls 3 dB an octave (P. Kellet's refined filter, within 0.05 dB above 9 Hz at 44.1 kHz). */
export function pink(seconds: number, dice: Dice): Signal {
  const poles = [0.99886, 0.99332, 0.969, 0.8665, 0.55, -0.7616];
  const gains = [0.0555179, 0.0750759, 0.153852, 0.3104856, 0.5329522, -0.016898];
  const state = poles.map(() => 0);
  let last = 0;
  return white(seconds, dice).map((value) => {
    let mixed = value * 0.5362 + last;
    for (let k = 0; k < 6; k++) {
      state[k] = poles[k]! * state[k]! + gains[k]! * value;
      mixed += state[k]!;
    }
    last = value * 0.115926;
    return mixed * 0.28;
  });
}

/** Noise that falls 6 dB an octave above `cornerHz`. */
export function brown(seconds: number, dice: Dice, cornerHz = 20): Signal {
  const pole = Math.exp((-2 * Math.PI * cornerHz) / rateHz);
  const gain = Math.sqrt(1 - pole * pole);
  let state = 0;
  return white(seconds, dice).map((value) => {
    state = pole * state + gain * value;
    return state;
  });
}

/**
 * A smooth random curve, about normal with mean 0 and deviation 1, that takes `everySeconds` from one whim to
 * the next. With `loopSeconds` it comes back to where it was after that time, so that a bed whose end is
 * faded into its start neither jumps in level nor in colour there.
 */
export function wander(seconds: number, dice: Dice, everySeconds: number, loopSeconds = seconds * 2): Signal {
  const count = Math.max(4, Math.round(loopSeconds / everySeconds));
  const step = loopSeconds / count;
  const knots = Array.from({ length: count }, () => dice.normal());
  const knot = (index: number) => knots[index % count]!;
  return new Float64Array(samplesIn(seconds)).map((_, i) => {
    const place = i / rateHz / step;
    const index = Math.floor(place) + count;
    const t = place - Math.floor(place);
    const [a, b, c, d] = [knot(index - 1), knot(index), knot(index + 1), knot(index + 2)];
    // A uniform cubic B-spline: twice smooth, and scaled back to unit deviation.
    const u = 1 - t;
    const value =
      (u * u * u * a +
        (3 * t * t * t - 6 * t * t + 4) * b +
        (3 * u * u * u - 6 * u * u + 4) * c +
        t * t * t * d) /
      6;
    return value * 1.45;
  });
}

/** Rare impulses of random height (0..1) and sign, `perSecond` of them on average. */
export function specks(seconds: number, dice: Dice, perSecond: number): Signal {
  const chance = perSecond / rateHz;
  return new Float64Array(samplesIn(seconds)).map(() =>
    dice.chance(chance) ? (dice.next() - 0.5) * 2 * dice.next() : 0,
  );
}
