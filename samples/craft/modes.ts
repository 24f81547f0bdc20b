import type { Dice } from './dice.ts';
import { lowPassed } from './filter.ts';
import { wander, white } from './noise.ts';
import { rateHz, type Signal, samplesIn, silence } from './signal.ts';

/** One way in which a body rings: a struck plate, glass or chair is a few dozen of them. */
export interface Mode {
  readonly hz: number;
  /** Time to fall by 60 dB, seconds. */
  readonly decay: number;
  /** Amplitude after a force of unit impulse. */
  readonly gain: number;
}

/** What a body with these modes sounds like under a force, `tail` seconds longer than the force. */
export function rung(force: Signal, modes: readonly Mode[], tail = 0): Signal {
  const out = new Float64Array(force.length + samplesIn(tail));
  for (const { hz, decay, gain } of modes) {
    if (hz >= 0.45 * rateHz) continue;
    const angle = (2 * Math.PI * hz) / rateHz;
    const radius = 10 ** (-3 / (decay * rateHz));
    const back = 2 * radius * Math.cos(angle);
    const farBack = radius * radius;
    const into = gain * Math.sin(angle);
    let last = 0;
    let before = 0;
    for (let i = 0; i < out.length; i++) {
      const value = (i < force.length ? into * force[i]! : 0) + back * last - farBack * before;
      before = last;
      last = value;
      out[i]! += value;
    }
  }
  return out;
}

/** What a material makes of the modes of a shape. */
export interface Material {
  /** Lowest mode, Hz. */
  readonly from: number;
  /** Highest mode, Hz. */
  readonly to: number;
  /** How many modes lie between. */
  readonly count: number;
  /** Decay to -60 dB of the lowest mode, seconds. */
  readonly decay: number;
  /** How much sooner high modes die: decay falls with (hz / from) to this power. */
  readonly damping: number;
  /** How much weaker high modes are: gain falls with (hz / from) to this power. */
  readonly slope: number;
}

/** Modes of an irregular body: spread over the octaves as plates spread them, none alike. */
export function modesOf(material: Material, dice: Dice): readonly Mode[] {
  const { from, to, count, decay, damping, slope } = material;
  return Array.from({ length: count }, (_, k) => {
    const place = (k + dice.between(0.1, 0.9)) / count;
    const hz = from * (to / from) ** place;
    const ratio = from / hz;
    return {
      hz,
      decay: dice.about(decay * ratio ** damping, 0.35),
      gain: dice.between(0.35, 1) * ratio ** slope * (dice.chance(0.5) ? 1 : -1),
    };
  });
}

/** The same body held or struck a little differently: every mode's pitch, decay and gain strays. */
export function varied(modes: readonly Mode[], dice: Dice, share: number): readonly Mode[] {
  return modes.map(({ hz, decay, gain }) => ({
    hz: dice.about(hz, share * 0.06),
    decay: dice.about(decay, share),
    gain: dice.about(gain, share * 2),
  }));
}

/**
 * The force of a blow: how long two surfaces touch decides how bright it is. Rough contact is not one smooth
 * push, so `roughness` (0..1) breaks it up.
 */
export function blow(contactMs: number, dice: Dice, roughness = 0.3): Signal {
  const length = Math.max(3, Math.round((contactMs / 1000) * rateHz));
  const lean = dice.between(0.7, 1.3);
  return new Float64Array(length).map((_, i) => {
    const phase = ((i + 0.5) / length) ** lean;
    const push = Math.sin(Math.PI * phase) ** 2;
    return ((2 / length) * push * (1 + roughness * dice.normal())) / (1 + roughness * 0.2);
  });
}

/** Forces put down at their times: seconds, gain, force. */
export function forces(seconds: number, blows: readonly (readonly [number, number, Signal])[]): Signal {
  const whole = silence(seconds);
  for (const [at, gain, force] of blows) {
    const start = samplesIn(at);
    for (let i = 0; i < force.length && start + i < whole.length; i++) whole[start + i]! += gain * force[i]!;
  }
  return whole;
}

/**
 * The noise of surfaces meeting, which no row of modes has: brightest at the moment of contact, and duller as it
 * dies away.
 *
 * @param decay - To -60 dB, seconds.
 * @param fromHz - Highest pitch at the contact.
 * @param toHz - Highest pitch at the end.
 */
export function crunch(dice: Dice, decay: number, fromHz: number, toHz: number): Signal {
  const noise = white(decay * 1.1, dice.of('crunch'));
  const grain = wander(decay * 1.1, dice.of('crumbs'), 0.004);
  const fall = 6.9 / decay;
  const corner = noise.map((_, i) => toHz + (fromHz - toHz) * Math.exp((-2.2 * fall * i) / rateHz));
  const dulled = lowPassed(lowPassed(noise, corner, 0.6), 12_000);
  return dulled.map((value, i) => {
    const t = i / rateHz;
    return value * Math.min(1, t * 4000) * Math.exp(-fall * t) * Math.max(0.2, 0.8 + 0.3 * grain[i]!);
  });
}
