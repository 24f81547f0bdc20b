import type { Dice } from '../craft/dice.ts';
import { bandPassed, highPassed, lifted, lowPassed } from '../craft/filter.ts';
import { blow, type Mode, modesOf, rung } from '../craft/modes.ts';
import { pink, wander, white } from '../craft/noise.ts';
import { add, full, rateHz, type Signal, scaled, silence } from '../craft/signal.ts';
import type { Note } from './performance.ts';

function hzOf(pitch: number): number {
  return 440 * 2 ** ((pitch - 69) / 12);
}

/** From full to nothing after the key is let go, over `release` seconds. */
function damped(signal: Signal, seconds: number, release: number): Signal {
  return signal.map((value, i) => {
    const past = i / rateHz - seconds;
    return past <= 0 ? value : value * Math.exp((-6.9 * past) / release);
  });
}

/** Gentle ends for what is blown or bowed; what is held for long dies away under the bow. */
function held(seconds: number, attack: number, release: number): (t: number) => number {
  return (t) => {
    const dying = seconds > 3.2 ? Math.max(0, 1 - Math.min(1, t / seconds)) ** 1.3 * 0.97 + 0.03 : 1;
    const rise = t < attack ? Math.sin((Math.PI / 2) * (t / attack)) ** 1.5 : 1;
    const past = t - seconds;
    const fall = past <= 0 ? 1 : past >= release ? 0 : Math.cos((Math.PI / 2) * (past / release)) ** 2;
    return rise * fall * dying;
  };
}

/** An upright that has stood in the hotel for years: two strings a hair apart, felt hammers, a wooden knock. */
function piano(note: Note, dice: Dice): Signal {
  const hz = hzOf(note.pitch);
  const stiffness = 0.00035 * 2 ** ((note.pitch - 60) / 14);
  const modes: Mode[] = [];
  for (let n = 1; n <= 22; n++) {
    const partial = n * hz * Math.sqrt(1 + stiffness * n * n);
    if (partial > 9000) break;
    const gain = Math.abs(Math.sin((Math.PI * n) / 8.3)) / n ** 0.95;
    const decay = (7.5 * (220 / hz) ** 0.45) / (1 + 0.22 * (n - 1));
    const apart = 1 + dice.between(0.0002, 0.0011);
    modes.push(
      { hz: partial, decay: decay * 0.45, gain: gain * 0.7 },
      { hz: partial * apart, decay, gain: gain * 0.42 },
    );
  }
  const contactMs = Math.max(0.35, 1.35 - 0.85 * note.velocity - 0.012 * (note.pitch - 60));
  const ring = full(rung(blow(contactMs, dice, 0.05), modes, note.seconds + 0.5));
  const knock = full(
    rung(
      blow(2.5, dice),
      modesOf({ from: 85, to: 900, count: 9, decay: 0.07, damping: 0.4, slope: 0.4 }, dice),
      0.15,
    ),
  );
  const out = damped(ring, note.seconds, note.pitch > 88 ? 1.2 : 0.28);
  return scaled(add(out, knock, 0, 0.07), 0.5 * note.velocity ** 1.3);
}

function bass(note: Note, dice: Dice): Signal {
  const hz = hzOf(note.pitch);
  const modes: Mode[] = [];
  for (let n = 1; n <= 16; n++) {
    modes.push({
      hz: n * hz * (1 + 0.00012 * n * n),
      decay: dice.about(2.1 / (1 + 0.34 * (n - 1)), 0.12),
      gain: Math.abs(Math.sin(Math.PI * n * 0.19)) / n ** 0.75,
    });
  }
  const pluck = rung(blow(5.5 - 2 * note.velocity, dice, 0.15), modes, note.seconds + 0.4);
  const bodied = lifted(lifted(full(pluck), 98, 5, 1.2), 210, 4, 1.4);
  const finger = bandPassed(white(0.05, dice), 900, 0.8).map((value, i) => value * Math.exp(-i / 320));
  return scaled(
    add(damped(full(bodied), note.seconds, 0.22), full(finger), 0, 0.05),
    0.9 * note.velocity ** 1.1,
  );
}

/** Steel bars over wooden boxes, struck with felt. */
function celesta(note: Note, dice: Dice): Signal {
  const hz = hzOf(note.pitch);
  const modes: Mode[] = [
    { hz, decay: 2.4 * (700 / hz) ** 0.4, gain: 1 },
    { hz: hz * dice.between(1.0004, 1.0015), decay: 1.7, gain: 0.25 },
    { hz: hz * 2.005, decay: 0.5, gain: 0.08 },
    { hz: hz * 3.93, decay: 0.32, gain: 0.22 },
    { hz: hz * 6.3, decay: 0.11, gain: 0.1 },
  ];
  const felt = full(
    rung(
      blow(1.2, dice),
      modesOf({ from: 300, to: 2600, count: 7, decay: 0.03, damping: 0.3, slope: 0.3 }, dice),
      0.05,
    ),
  );
  const ring = full(rung(blow(0.75 - 0.3 * note.velocity, dice, 0.05), modes, note.seconds + 1));
  return scaled(add(damped(ring, note.seconds + 0.4, 1), felt, 0, 0.05), 0.42 * note.velocity);
}

/** A tone of harmonics whose weights follow the breath. */
function blown(
  note: Note,
  dice: Dice,
  voice: {
    readonly attack: number;
    readonly release: number;
    readonly vibratoCents: number;
    readonly scoopCents: number;
    weight(harmonic: number, hz: number, breath: number): number;
    readonly breathNoise: number;
  },
): Signal {
  const hz = hzOf(note.pitch);
  const out = silence(note.seconds + voice.release);
  const contour = held(note.seconds, voice.attack, voice.release);
  const shiver = wander(note.seconds + voice.release, dice.of('shiver'), 0.09);
  const sway = wander(note.seconds + voice.release, dice.of('sway'), 0.35);
  const rate = dice.between(4.9, 5.7);
  const count = Math.max(1, Math.min(18, Math.floor(7600 / hz)));
  const weights = new Float64Array(count);
  let phase = dice.next();
  for (let i = 0; i < out.length; i++) {
    const t = i / rateHz;
    const late = Math.min(1, Math.max(0, (t - 0.22) / 0.4));
    const cents =
      voice.vibratoCents * late * Math.sin(2 * Math.PI * rate * t + 0.6 * sway[i]!) +
      2 * shiver[i]! -
      voice.scoopCents * Math.exp(-t / 0.03);
    phase += (hz * 2 ** (cents / 1200)) / rateHz;
    const swell = 0.86 + 0.14 * Math.sin(Math.PI * Math.min(1, t / Math.max(0.3, note.seconds)));
    const breath = contour(t) * swell * (1 + 0.03 * shiver[i]! + 0.05 * sway[i]!);
    if (i % 32 === 0) {
      for (let k = 0; k < count; k++) weights[k] = voice.weight(k + 1, hz * (k + 1), breath * note.velocity);
    }
    let value = 0;
    for (let k = 0; k < count; k++) value += weights[k]! * Math.sin(2 * Math.PI * phase * (k + 1));
    out[i] = value * breath;
  }
  const air = bandPassed(white(note.seconds + voice.release, dice.of('air')), Math.min(4000, hz * 3), 0.6);
  const level = voice.breathNoise * note.velocity;
  return scaled(
    out.map((value, i) => value + level * air[i]! * contour(i / rateHz)),
    note.velocity ** 0.9,
  );
}

function clarinet(note: Note, dice: Dice): Signal {
  return scaled(
    blown(note, dice, {
      attack: dice.between(0.035, 0.06),
      release: 0.09,
      vibratoCents: 7,
      scoopCents: 8,
      breathNoise: 0.012,
      weight: (n, hz, breath) => {
        // A closed pipe: odd harmonics first; the even ones come in higher up, and with force.
        const odd = n % 2 === 1;
        const bright = 1.85 - 0.75 * breath;
        const bell = 1 / (1 + (hz / 3600) ** 2);
        return ((odd ? 1 : 0.06 + 0.3 * Math.min(1, n / 8)) / n ** bright) * bell;
      },
    }),
    0.5,
  );
}

function trumpet(note: Note, dice: Dice): Signal {
  return scaled(
    blown(note, dice, {
      attack: dice.between(0.03, 0.05),
      release: 0.08,
      vibratoCents: 13,
      scoopCents: 18,
      breathNoise: 0.015,
      weight: (n, hz, breath) => {
        // A straight mute: little below 600 Hz, a nasal hill at 1.6 kHz and another at 3 kHz.
        const hill = (centre: number, octaves: number) =>
          Math.exp(-((Math.log2(hz / centre) / octaves) ** 2));
        const mute = 0.25 + 1.1 * hill(1550, 0.75) + 0.5 * hill(3000, 0.5);
        return (mute * (0.35 + breath)) / n ** (1.5 - 0.7 * breath);
      },
    }),
    0.5,
  );
}

/** A sawtooth without its aliases (PolyBLEP), for one bowed string. */
function bowed(hzAt: (t: number) => number, seconds: number, phaseFrom: number): Signal {
  let phase = phaseFrom;
  return silence(seconds).map((_, i) => {
    const step = hzAt(i / rateHz) / rateHz;
    phase += step;
    if (phase >= 1) phase -= 1;
    let value = 2 * phase - 1;
    if (phase < step) {
      const x = phase / step;
      value -= x + x - x * x - 1;
    } else if (phase > 1 - step) {
      const x = (phase - 1) / step;
      value -= x * x + x + x + 1;
    }
    return value;
  });
}

/** A few players on one line: each with an own pitch, vibrato, bow and moment. */
function section(note: Note, dice: Dice, players: number, trembling: boolean): Signal {
  const hz = hzOf(note.pitch);
  const attack = trembling ? 0.09 : Math.min(0.16, 0.05 + 0.12 * (1 - note.velocity));
  const release = 0.22;
  const out = silence(note.seconds + release + 0.06);
  for (let player = 0; player < players; player++) {
    const own = dice.of(`player ${player}`);
    const seconds = note.seconds + release;
    const cents = 4.5 * own.normal();
    const rate = own.between(4.8, 6.1);
    const depth = own.between(9, 17);
    const start = own.between(0, 2 * Math.PI);
    const drift = wander(seconds, own.of('drift'), 0.18);
    const contour = held(note.seconds, own.about(attack, 0.25), release);
    const tone = bowed(
      (t) => {
        const late = Math.min(1, Math.max(0, (t - 0.12) / 0.3));
        return hz * 2 ** ((cents + depth * late * Math.sin(2 * Math.PI * rate * t + start)) / 1200);
      },
      seconds,
      own.next(),
    );
    const strokes = wander(seconds, own.of('strokes'), 0.038);
    const noise = bandPassed(white(seconds, own.of('bow')), 2400, 0.5);
    const played = tone.map((value, i) => {
      const t = i / rateHz;
      const shake = trembling ? Math.max(0.12, 0.62 + 0.42 * strokes[i]!) : 1 + 0.05 * strokes[i]!;
      return (value + 0.06 * noise[i]!) * contour(t) * shake * (1 + 0.08 * drift[i]!);
    });
    add(out, played, own.between(0, 0.045));
  }
  // Wooden boxes: air resonance, main wood resonance, and the bridge's hill.
  const bodied = lifted(lifted(lifted(highPassed(out, 170), 280, 4, 2), 480, 3, 1.6), 2500, 3, 0.9);
  return scaled(
    lowPassed(lowPassed(bodied, 2600 + 2600 * note.velocity, 0.6), 6500),
    (0.22 / Math.sqrt(players)) * note.velocity,
  );
}

function swish(note: Note, dice: Dice): Signal {
  const seconds = note.seconds;
  const wires = wander(seconds, dice.of('wires'), 0.008);
  const arc = wander(seconds, dice.of('arc'), 0.2);
  const colour = arc.map(
    (value, i) => (2600 + 1500 * Math.sin((Math.PI * i) / arc.length)) * Math.exp(0.1 * value),
  );
  return bandPassed(white(seconds, dice.of('noise')), colour, 0.6).map((value, i) => {
    const share = i / wires.length;
    return (
      0.14 *
      note.velocity *
      value *
      Math.sin(Math.PI * share ** 0.6) ** 1.3 *
      Math.max(0.1, 0.75 + 0.25 * wires[i]!)
    );
  });
}

function tap(note: Note, dice: Dice): Signal {
  const seconds = 0.28;
  const wires = bandPassed(white(seconds, dice.of('wires')), dice.about(3100, 0.12), 0.5).map(
    (value, i) => value * Math.min(1, i / 150) * Math.exp(-i / (rateHz * 0.034)),
  );
  const head = rung(
    blow(1.6, dice),
    [
      { hz: dice.about(196, 0.01), decay: 0.16, gain: 1 },
      { hz: dice.about(318, 0.01), decay: 0.11, gain: 0.6 },
      { hz: dice.about(447, 0.01), decay: 0.08, gain: 0.35 },
    ],
    0.25,
  );
  return scaled(add(scaled(full(wires), 0.5), full(head), 0, 0.16), 0.55 * note.velocity);
}

function drum(note: Note, dice: Dice): Signal {
  const skin: readonly Mode[] = [
    { hz: dice.about(58, 0.02), decay: 0.42, gain: 1 },
    { hz: dice.about(93, 0.02), decay: 0.26, gain: 0.5 },
    { hz: dice.about(141, 0.02), decay: 0.16, gain: 0.25 },
  ];
  const felt = full(lowPassed(pink(0.04, dice), 900)).map((value, i) => value * Math.exp(-i / 400));
  return scaled(add(full(rung(blow(6, dice), skin, 0.5)), felt, 0, 0.1), 0.6 * note.velocity);
}

/** One note as its instrument sounds, mono; no two are alike. */
export function sounded(note: Note, dice: Dice): Signal {
  switch (note.instrument) {
    case 'piano':
      return piano(note, dice);
    case 'bass':
      return bass(note, dice);
    case 'celesta':
      return celesta(note, dice);
    case 'clarinet':
      return clarinet(note, dice);
    case 'trumpet':
      return trumpet(note, dice);
    case 'violins':
      return section(note, dice, 6, false);
    case 'strings':
      return section(note, dice, 3, false);
    case 'tremolo':
      return section(note, dice, 3, true);
    case 'swish':
      return swish(note, dice);
    case 'tap':
      return tap(note, dice);
    case 'drum':
      return drum(note, dice);
  }
}
