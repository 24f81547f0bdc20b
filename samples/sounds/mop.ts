import { bubbles } from '../craft/bubbles.ts';
import { Dice } from '../craft/dice.ts';
import { bandPassed, highPassed, lowPassed } from '../craft/filter.ts';
import { stickSlip } from '../craft/friction.ts';
import { inHall } from '../craft/hall.ts';
import { blow, forces, modesOf, rung, varied } from '../craft/modes.ts';
import { wander, white } from '../craft/noise.ts';
import { add, full, type Signal, silence, type Take, toPeak, trimmed } from '../craft/signal.ts';
import { type Recipe, takes } from '../recipe.ts';
import { parquet } from './footsteps.ts';

const wetVarnish = modesOf(
  { from: 480, to: 3900, count: 14, decay: 0.025, damping: 0.2, slope: 0.4 },
  new Dice(81, 'varnish'),
);

/** Zinc, half full: the water takes the ring out of it. */
const bucket = modesOf(
  { from: 180, to: 3400, count: 22, decay: 0.28, damping: 0.5, slope: 0.35 },
  new Dice(82, 'zinc'),
);

/** Wet cotton strands over wood: many small bands of noise, each with its own catches. */
function strands(seconds: number, dice: Dice, speed: (share: number) => number): Signal {
  const out = silence(seconds);
  const parts: readonly (readonly [number, number, number, number])[] = [
    [330, 0.9, 1.0, 0.03],
    [820, 1.1, 0.8, 0.018],
    [1700, 0.9, 0.55, 0.011],
    [3300, 0.8, 0.26, 0.008],
  ];
  for (const [index, [hz, q, gain, grain]] of parts.entries()) {
    const own = dice.of(`band ${index}`);
    const catches = wander(seconds, own.of('catches'), grain);
    const heave = wander(seconds, own.of('heave'), 0.11);
    const colour = catches.map(
      (_, i) => hz * (0.62 + 0.6 * speed(i / catches.length)) * (1 + 0.12 * heave[i]!),
    );
    const band = bandPassed(white(seconds, own.of('noise')), colour, q);
    for (let i = 0; i < out.length; i++) {
      const v = speed(i / out.length);
      // High bands need more speed.
      out[i]! +=
        gain *
        band[i]! *
        v ** (1 + index * 0.35) *
        Math.max(0.05, 0.6 + 0.4 * catches[i]! + 0.25 * heave[i]!);
    }
  }
  return lowPassed(out, 5200, 0.6);
}

function stroke(dice: Dice, take: number): Signal {
  const seconds = dice.between(0.85, 1.15);
  const out = silence(seconds + 0.35);
  const early = dice.between(0.55, 0.75);
  const speed = (share: number) => Math.max(0, Math.sin(Math.PI * share ** early)) ** 0.9;
  // It lands: a wet slap, with the floor under it.
  const slap = forces(0.08, [
    [0.004, 1, blow(dice.between(5, 8), dice, 0.8)],
    [0.004 + dice.between(0.012, 0.025), 0.5, blow(4, dice, 0.8)],
  ]);
  add(out, full(rung(slap, varied(parquet, dice.of('floor'), 0.3), 0.25)), 0, 0.3);
  const burst = strands(0.14, dice.of('slap'), (s) => (1 - s) ** 2 * Math.min(1, s * 18));
  add(out, full(burst), 0, 0.5);
  add(out, full(bubbles(0.3, dice.of('splash'), (t) => 700 * Math.exp(-t * 16), 700, 6500)), 0.004, 0.22);
  // It is drawn across.
  add(out, full(strands(seconds, dice.of('drag'), speed)), 0.05, 0.7);
  add(out, full(lowPassed(strands(seconds, dice.of('weight'), speed), 260)), 0.05, 0.18);
  add(
    out,
    full(bubbles(seconds, dice.of('trail'), (t) => 160 * speed(t / seconds) + 15, 900, 7000)),
    0.06,
    0.13,
  );
  // In some strokes the wet floor squeaks as it turns.
  if (take % 3 !== 1) {
    const length = dice.between(0.1, 0.24);
    const rate = dice.between(420, 780);
    const bend = dice.between(-0.25, 0.45);
    const squeak = stickSlip(
      length,
      dice.of('squeak'),
      (t) => rate * (1 + (bend * t) / length),
      0.07,
      (t) => Math.sin((Math.PI * t) / length) ** 2,
    );
    add(
      out,
      full(rung(squeak, varied(wetVarnish, dice.of('wet'), 0.4), 0.06)),
      seconds * dice.between(0.55, 0.75),
      dice.between(0.03, 0.08),
    );
  }
  return out;
}

/** The mop is pressed out: a gush that thins to drops, and the bucket and its wringer. */
function wring(dice: Dice): Signal {
  const out = silence(4);
  const knocks = forces(0.5, [
    [0.003, 1, blow(1.4, dice)],
    [0.05 + dice.between(0, 0.03), 0.45, blow(1, dice)],
    [0.19 + dice.between(0, 0.05), 0.3, blow(1.2, dice)],
  ]);
  add(out, full(rung(knocks, varied(bucket, dice.of('knock'), 0.2), 0.6)), 0.05, 0.4);
  const creak = stickSlip(
    0.7,
    dice.of('lever'),
    (t) => 60 + 70 * t,
    0.4,
    (t) => Math.sin((Math.PI * t) / 0.7),
  );
  add(out, full(rung(creak, varied(bucket, dice.of('creak'), 0.3), 0.3)), 0.45, 0.1);
  const press = (t: number) => Math.max(0, Math.sin((Math.PI * t) / 1.5)) ** 0.7;
  const gush = bubbles(
    3.2,
    dice.of('gush'),
    (t) => (t < 1.5 ? 1500 * press(t) : 0) + 120 * Math.exp(-Math.max(0, t - 1.3) * 2),
    380,
    5200,
  );
  add(out, full(gush), 0.55, 0.55);
  add(out, full(rung(gush, varied(bucket, dice.of('pail'), 0.2))), 0.55, 0.16);
  add(out, full(strands(1.5, dice.of('pour'), (s) => Math.sin(Math.PI * s) ** 0.8)), 0.55, 0.2);
  let at = 2.1;
  while (at < 3.5) {
    add(
      out,
      full(bubbles(0.2, dice.of(`drop ${at}`), (t) => (t < 0.02 ? 220 : 0), 500, 1900)),
      at,
      dice.between(0.06, 0.2),
    );
    at += dice.between(0.12, 0.45);
  }
  return out;
}

/** The mop goes from one side to the other, and so does its sound, within a third of the picture. */
function swept(take: Take, direction: number): Take {
  return take.map((channel, ear) =>
    channel.map((value, i) => {
      const place = direction * (ear === 0 ? -1 : 1) * 0.22 * Math.cos(Math.PI * Math.min(1, i / 55_000));
      return value * (1 + place);
    }),
  );
}

const origin = { script: 'sounds/mop.ts', seed: 1958 };

export const mop: readonly Recipe[] = [
  ...takes('mop', 8, origin, (dice, take) => {
    const place = { ahead: dice.between(1.5, 1.9), left: 0, height: 0.05 };
    const heard = inHall(highPassed(stroke(dice, take), 60), place, -12);
    return trimmed(toPeak(swept(heard, take % 2 === 0 ? 1 : -1), -9 + dice.between(-1.5, 0)), -64, 0.4);
  }),
  ...takes('wring', 2, origin, (dice) => {
    const place = { ahead: 1.8, left: 0.5, height: 0.4 };
    return trimmed(toPeak(inHall(highPassed(wring(dice), 70), place, -11), -8), -64, 0.5);
  }),
];
