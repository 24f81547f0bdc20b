import { Dice } from '../craft/dice.ts';
import { bandPassed, highPassed, lowPassed, tilted } from '../craft/filter.ts';
import { inHall } from '../craft/hall.ts';
import { blow, forces, modesOf, rung, varied } from '../craft/modes.ts';
import { brown, pink, wander } from '../craft/noise.ts';
import {
  add,
  even,
  faded,
  full,
  rateHz,
  type Signal,
  samplesIn,
  scaled,
  silence,
  type Take,
  toPeak,
  trimmed,
} from '../craft/signal.ts';
import { type Recipe, takes } from '../recipe.ts';
import { overlapSeconds } from './beds.ts';
import { louBody, scuff } from './footsteps.ts';

/** The portable player: leatherette over plywood with a plastic deck. */
const housing = modesOf(
  { from: 120, to: 2700, count: 20, decay: 0.085, damping: 0.5, slope: 0.5 },
  new Dice(91, 'housing'),
);
const fingertip = modesOf(
  { from: 1300, to: 7800, count: 12, decay: 0.012, damping: 0.4, slope: 0.4 },
  new Dice(92, 'finger'),
);
const spring = modesOf(
  { from: 1100, to: 9300, count: 16, decay: 0.03, damping: 0.3, slope: 0.2 },
  new Dice(93, 'switch'),
);

/** Two, three plastic fingers come to rest on the housing, and rub across it a little. */
function hand(dice: Dice): Signal {
  const out = silence(1.3);
  const fingers = 2 + Math.floor(dice.between(0, 2.99));
  const hits: [number, number, Signal][] = [];
  let at = 0.003;
  for (let finger = 0; finger < fingers; finger++) {
    hits.push([at, dice.between(0.4, 1), blow(dice.between(0.7, 1.6), dice)]);
    at += dice.between(0.02, 0.07);
  }
  const force = forces(0.4, hits);
  add(out, full(rung(force, varied(housing, dice.of('deck'), 0.35), 0.3)), 0, 0.7);
  add(out, full(rung(force, varied(louBody, dice.of('arm'), 0.3), 0.3)), 0, 0.2);
  add(out, full(rung(force, varied(fingertip, dice.of('tips'), 0.4), 0.3)), 0, 0.14);
  const rub = dice.between(0.25, 0.55);
  add(
    out,
    full(scuff(rub, dice.of('rub'), 1300, (s) => Math.sin(Math.PI * s ** 0.8) ** 1.5)),
    at + 0.03,
    dice.between(0.05, 0.1),
  );
  return out;
}

/** A rocker with two stages: the finger, the spring over its dead point, the contact. */
function toggle(dice: Dice): Signal {
  const clicks = forces(0.12, [
    [0.002, 0.3, blow(0.8, dice)],
    [0.002 + dice.between(0.024, 0.036), 1, blow(0.2, dice)],
    [0.002 + dice.between(0.0385, 0.041), 0.55, blow(0.25, dice)],
    [0.002 + dice.between(0.05, 0.06), 0.12, blow(0.3, dice)],
  ]);
  const out = silence(0.7);
  add(out, full(rung(clicks, varied(spring, dice.of('spring'), 0.4), 0.3)), 0, 0.5);
  return add(out, full(rung(clicks, varied(housing, dice.of('deck'), 0.3), 0.4)), 0, 0.6);
}

/**
 * A shaded-pole motor and an idler under a heavy platter, by its speed (1 is 33 1/3 rpm). Mains makes it hum at
 * twice 50 Hz whatever it does; everything that turns follows the speed.
 */
function mechanism(seconds: number, dice: Dice, speed: (seconds: number) => number, loop?: number): Signal {
  const loopSeconds = loop ?? seconds * 2;
  const out = silence(seconds);
  const rumble = even(lowPassed(brown(seconds, dice.of('bearing'), 18), 95));
  const grease = even(bandPassed(pink(seconds, dice.of('grease')), 340, 0.7));
  const felt = even(lowPassed(bandPassed(pink(seconds, dice.of('belt')), 1250, 0.6), 3000));
  const load = wander(seconds, dice.of('load'), 1.3, loopSeconds);
  const wear = wander(seconds, dice.of('wear'), 0.21, loopSeconds);
  // Motor shaft (24 Hz, slipping behind 25), rotor slots, idler wheel (5 Hz) and the mains family: whole numbers,
  // so that a bed may be looped with any whole second of overlap.
  const turning: readonly (readonly [number, number])[] = [
    [24, 0.4],
    [48, 0.28],
    [73, 0.1],
    [145, 0.09],
    [291, 0.07],
    [437, 0.03],
    [583, 0.022],
    [5, 0.2],
  ];
  const standing: readonly (readonly [number, number])[] = [
    [100, 0.42],
    [200, 0.2],
    [300, 0.13],
    [400, 0.05],
    [500, 0.05],
    [700, 0.02],
  ];
  const round = (hz: number) => (loop === undefined ? hz : (Math.round(hz * loop) + 0.25) / loop);
  const phases = turning.map((_, k) => dice.of(`shaft ${k}`).between(0, 1));
  let platter = 0;
  for (let i = 0; i < out.length; i++) {
    const t = i / rateHz;
    const v = Math.max(0, speed(t));
    platter += v / (1.8 * rateHz);
    let value = 0;
    for (const [k, [hz, gain]] of turning.entries()) {
      phases[k]! += (round(hz) * v) / rateHz;
      value +=
        gain *
        v ** 1.2 *
        (1 + 0.18 * wear[i]! + 0.1 * load[i]!) *
        Math.sin(2 * Math.PI * phases[k]! + 0.22 * load[i]!);
    }
    for (const [k, [hz, gain]] of standing.entries()) {
      value +=
        gain *
        (1 + 0.06 * load[i]!) *
        Math.sin(2 * Math.PI * round(hz) * t + k * 1.7) *
        Math.min(1, 0.25 + v);
    }
    const once = 1 + 0.22 * Math.sin(2 * Math.PI * platter) + 0.1 * wear[i]!;
    value += v * (0.9 * rumble[i]! + 0.2 * grease[i]! * once + 0.055 * felt[i]! * once * once);
    out[i] = value;
  }
  // The case gives it a body.
  const body = even(rung(scaled(out, 0.02), housing));
  return highPassed(
    tilted(
      out.map((value, i) => value + 0.35 * body[i]!),
      1500,
      -5,
    ),
    22,
  );
}

/** One level for start, run and stop, so that they can be laid end to end. */
const motorGain = 0.0085;

function motor(dry: Signal): Take {
  return inHall(dry, { ahead: 1.1, left: 0.1, height: 0.9 }, -17).map((channel) =>
    scaled(channel, motorGain),
  );
}

function motorStart(dice: Dice): Take {
  const seconds = 3;
  const spun = (t: number) =>
    t < 0.06 ? 0 : 1 - Math.exp(-(t - 0.06) / 0.42) * (1 + 0.25 * Math.sin(9 * t));
  const turning = mechanism(seconds, dice, spun);
  const heard = motor(turning).map((channel) => faded(channel.slice(0, samplesIn(seconds)), 0.05, 0.8));
  const click = toPeak(
    inHall(highPassed(toggle(dice.of('switch')), 60), { ahead: 1, height: 0.9 }, -14),
    -15,
  );
  const clunk = forces(0.05, [[0.002, 1, blow(3, dice)]]);
  const engaged = toPeak(
    inHall(full(rung(clunk, varied(housing, dice.of('idler'), 0.3), 0.3)), { ahead: 1, height: 0.9 }, -14),
    -21,
  );
  return heard.map((channel, ear) => add(add(channel, click[ear]!), engaged[ear]!, 0.11));
}

function motorRun(dice: Dice): Take {
  const seconds = 28;
  const loop = seconds - overlapSeconds;
  return motor(mechanism(seconds + 1, dice, () => 1, loop)).map((channel) =>
    channel.slice(samplesIn(1), samplesIn(1 + seconds)),
  );
}

function motorStop(dice: Dice): Take {
  const seconds = 3.2;
  const slowing = (t: number) => (t < 0.3 ? 1 : Math.max(0, 1 - (t - 0.3) / 2.4) ** 1.4);
  const body = mechanism(seconds, dice, slowing).map((value, i) => {
    const t = i / rateHz;
    return value * Math.min(1, t / 0.2) * (t < 0.3 ? 1 : 0.75 * Math.exp(-(t - 0.3) * 0.5));
  });
  const heard = motor(body).map((channel) => faded(channel.slice(0, samplesIn(seconds)), 0.02, 0.7));
  const click = toPeak(
    inHall(highPassed(toggle(dice.of('switch')), 60), { ahead: 1, height: 0.9 }, -14),
    -15,
  );
  return heard.map((channel, ear) => add(channel, click[ear]!, 0.26));
}

/** A small geared motor in Lou's arm or neck: it winds up, holds, and stops against its gears. */
function servo(dice: Dice): Signal {
  const seconds = dice.between(0.35, 0.95);
  const out = silence(seconds + 0.4);
  const top = dice.between(88, 150);
  const rise = dice.between(0.06, 0.14);
  const fall = dice.between(0.08, 0.18);
  const strain = wander(seconds, dice.of('strain'), 0.07);
  const grit = wander(seconds, dice.of('grit'), 0.006);
  const noise = bandPassed(pink(seconds, dice.of('gear noise')), 2600, 0.5);
  const teeth = [7, 11, 13, 22, 26, 39];
  const gains = teeth.map(() => dice.between(0.25, 1));
  let turn = 0;
  const whirr = strain.map((slow, i) => {
    const t = i / rateHz;
    const speed = Math.min(1, t / rise, (seconds - t) / fall) ** 0.7 * (1 + 0.035 * slow);
    turn += (top * Math.max(0, speed)) / rateHz;
    let value = 0.5 * Math.sin(2 * Math.PI * turn) + 0.35 * Math.sin(4 * Math.PI * turn + 1);
    for (const [k, count] of teeth.entries()) {
      const tooth = Math.sin(2 * Math.PI * turn * count + 0.5 * Math.sin(2 * Math.PI * turn));
      value +=
        (gains[k]! / (1 + k * 0.45)) * (tooth + 0.3 * tooth * tooth) * (1 + 0.35 * grit[i]! + 0.25 * slow);
    }
    const mesh = 0.8 * noise[i]! * (1 + 0.6 * Math.sin(2 * Math.PI * turn * 7));
    return (value + mesh) * Math.max(0, speed) ** 1.3;
  });
  const cased = rung(scaled(full(whirr), 0.05), varied(louBody, dice.of('case'), 0.3), 0.2);
  add(out, lowPassed(full(whirr), 4800), 0.01, 0.4);
  add(out, full(cased), 0.01, 0.8);
  const stop = forces(0.08, [
    [0.002, 1, blow(0.8, dice)],
    [0.002 + dice.between(0.014, 0.03), 0.4, blow(0.6, dice)],
  ]);
  return add(
    out,
    full(rung(stop, varied(louBody, dice.of('stop'), 0.3), 0.2)),
    seconds,
    dice.between(0.1, 0.25),
  );
}

const origin = { script: 'sounds/machines.ts', seed: 1993 };
const near = { ahead: 1, height: 0.9 };

export const machines: readonly Recipe[] = [
  ...takes('housing', 4, origin, (dice) =>
    trimmed(toPeak(inHall(highPassed(hand(dice), 60), near, -14), -10), -66, 0.3),
  ),
  ...takes('switch', 2, origin, (dice) =>
    trimmed(toPeak(inHall(highPassed(toggle(dice), 60), near, -14), -12), -66, 0.3),
  ),
  { ...origin, tag: 'motor-start', render: motorStart },
  { ...origin, tag: 'motor-run', render: motorRun },
  { ...origin, tag: 'motor-stop', render: motorStop },
  ...takes('servo', 5, origin, (dice) =>
    trimmed(toPeak(inHall(highPassed(servo(dice), 90), { ahead: 1.6, height: 1.3 }, -12), -14), -66, 0.3),
  ),
];
