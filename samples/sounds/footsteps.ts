import { Dice } from '../craft/dice.ts';
import { bandPassed, highPassed, lowPassed } from '../craft/filter.ts';
import { inHall } from '../craft/hall.ts';
import { blow, crunch, forces, type Mode, modesOf, rung, varied } from '../craft/modes.ts';
import { wander, white } from '../craft/noise.ts';
import { add, full, type Signal, silence, type Take, toPeak, trimmed } from '../craft/signal.ts';
import { type Recipe, takes } from '../recipe.ts';

/** Oak herringbone on battens over a hollow: it booms a little below and knocks in the middle. */
export const parquet: readonly Mode[] = [
  ...modesOf({ from: 58, to: 190, count: 5, decay: 0.16, damping: 0.3, slope: 0.2 }, new Dice(41, 'joists')),
  ...modesOf(
    { from: 210, to: 3600, count: 26, decay: 0.085, damping: 0.6, slope: 0.55 },
    new Dice(41, 'blocks'),
  ),
];

/** Lou: a tall box of 1990s computer plastic with little in it. */
export const louBody: readonly Mode[] = modesOf(
  { from: 165, to: 1900, count: 11, decay: 0.1, damping: 0.65, slope: 0.5 },
  new Dice(42, 'housing'),
);

/** Hard ABS against varnish: short and bright. */
const soleClick: readonly Mode[] = modesOf(
  { from: 1500, to: 9500, count: 16, decay: 0.016, damping: 0.5, slope: 0.35 },
  new Dice(43, 'sole'),
);

const leatherHeel: readonly Mode[] = modesOf(
  { from: 620, to: 6800, count: 18, decay: 0.03, damping: 0.55, slope: 0.3 },
  new Dice(44, 'heel'),
);

/** Grit and varnish under a sole that moves: bursts of a band whose colour follows the speed. */
export function scuff(
  seconds: number,
  dice: Dice,
  centreHz: number,
  speed: (share: number) => number,
): Signal {
  const texture = wander(seconds, dice.of('grain'), 0.009);
  const drift = wander(seconds, dice.of('drift'), 0.05);
  const colour = texture.map(
    (_, i) => centreHz * (0.5 + 0.6 * speed(i / texture.length)) * (1 + 0.15 * drift[i]!),
  );
  const band = lowPassed(bandPassed(white(seconds, dice.of('noise')), colour, 0.8), 6500, 0.6);
  return band.map((value, i) => value * speed(i / band.length) * Math.max(0.12, 0.6 + 0.38 * texture[i]!));
}

/** Screws and a loose hand inside the housing, a little after the blow. */
function rattle(seconds: number, dice: Dice): Signal {
  const loose = modesOf(
    { from: 900, to: 5200, count: 8, decay: 0.02, damping: 0.3, slope: 0.2 },
    dice.of('parts'),
  );
  const hits: [number, number, Signal][] = [];
  let at = dice.between(0.025, 0.05);
  let gain = 1;
  for (let k = 0; k < 5; k++) {
    hits.push([at, gain, blow(dice.between(0.2, 0.5), dice)]);
    at += dice.between(0.012, 0.03);
    gain *= dice.between(0.4, 0.75);
  }
  return rung(forces(seconds, hits), loose);
}

function plasticStep(dice: Dice, weight: number): Signal {
  const seconds = 0.6;
  // A flat sole lands on one edge first, and the rest of it slaps down.
  const slapAt = dice.between(0.007, 0.024);
  const edge: [number, number, Signal] = [
    0.002,
    dice.between(0.35, 0.6),
    blow(dice.between(0.35, 0.6), dice),
  ];
  const slap: [number, number, Signal] = [0.002 + slapAt, 1, blow(dice.between(0.6, 1.1), dice, 0.5)];
  const settle: [number, number, Signal] = [
    0.002 + slapAt + dice.between(0.012, 0.03),
    dice.between(0.1, 0.22),
    blow(dice.between(0.5, 1), dice),
  ];
  const hard = forces(0.1, [edge, slap, settle]);
  const soft = forces(0.1, [
    [0.002, 0.5, blow(2.2, dice)],
    [0.002 + slapAt, 1, blow(dice.between(3, 4.5), dice, 0.2)],
  ]);
  const floor = rung(hard, varied(parquet, dice.of('floor'), 0.3), 0.5);
  const thump = rung(soft, varied(parquet, dice.of('thump'), 0.3), 0.5);
  const body = rung(hard, varied(louBody, dice.of('body'), 0.2), 0.5);
  const click = rung(hard, varied(soleClick, dice.of('click'), 0.4), 0.5);
  const out = silence(seconds);
  add(out, full(floor), 0, 0.75);
  add(out, full(thump), 0, 0.55 * weight);
  add(out, full(body), 0, 0.42);
  add(out, full(click), 0, 0.3);
  add(
    out,
    full(crunch(dice.of('varnish'), dice.between(0.03, 0.055), 9000, 500)),
    slapAt + 0.002,
    dice.between(0.16, 0.26),
  );
  add(out, full(crunch(dice.of('edge'), 0.02, 7000, 900)), 0.002, dice.between(0.06, 0.12));
  add(out, full(rattle(0.3, dice.of('rattle'))), 0, dice.between(0.02, 0.05));
  add(out, full(scuff(0.09, dice.of('scuff'), 2400, (s) => (1 - s) ** 2)), slapAt, dice.between(0.03, 0.07));
  return out;
}

function slideStep(dice: Dice): Signal {
  const length = dice.between(0.3, 0.5);
  const out = silence(0.9);
  const speed = (s: number) => Math.sin(Math.PI * s ** 0.7) ** 1.4;
  const slide = scuff(length, dice.of('slide'), dice.about(1700, 0.2), speed);
  add(out, full(slide), 0.01, 0.4);
  // The sole hums over the joints of the herringbone.
  const joints: [number, number, Signal][] = [];
  for (let at = 0.03; at < length; at += dice.between(0.035, 0.07)) {
    joints.push([at, dice.between(0.2, 1) * speed(at / length), blow(dice.between(0.5, 1.4), dice)]);
  }
  const knocked = rung(
    forces(length + 0.05, joints),
    varied([...parquet, ...louBody], dice.of('joints'), 0.3),
    0.3,
  );
  add(out, full(knocked), 0.01, 0.35);
  const landing = plasticStep(dice.of('landing'), 0.8);
  return add(out, lowPassed(landing, 3200), length * dice.between(0.75, 0.95), 0.55);
}

function heelStep(dice: Dice): Signal {
  const out = silence(0.7);
  const heel = forces(0.04, [
    [0.002, 1, blow(dice.between(0.25, 0.4), dice)],
    [0.002 + dice.between(0.003, 0.006), dice.between(0.1, 0.3), blow(0.3, dice)],
  ]);
  const ballAt = dice.between(0.075, 0.125);
  const ball = forces(0.04, [[0.002, 1, blow(dice.between(1.8, 3), dice, 0.6)]]);
  add(out, full(rung(heel, varied(leatherHeel, dice.of('heel'), 0.35), 0.4)), 0, 0.55);
  add(out, full(rung(heel, varied(parquet, dice.of('floor'), 0.3), 0.4)), 0, 0.7);
  add(out, full(rung(ball, varied(parquet, dice.of('ball'), 0.3), 0.4)), ballAt, dice.between(0.16, 0.26));
  add(out, full(crunch(dice.of('tip'), 0.03, 8500, 700)), 0.001, dice.between(0.14, 0.22));
  add(out, full(crunch(dice.of('ball noise'), 0.07, 3800, 300)), ballAt, dice.between(0.07, 0.12));
  const leather = scuff(
    dice.between(0.08, 0.14),
    dice.of('leather'),
    3000,
    (s) => Math.sin(Math.PI * s) ** 1.5,
  );
  return add(out, full(leather), ballAt - 0.01, dice.between(0.05, 0.1));
}

function onTheFloor(dry: Signal, dice: Dice, peakDb: number): Take {
  const place = { ahead: dice.between(1.3, 1.7), left: dice.between(-0.4, 0.4), height: 0.05 };
  const heard = inHall(highPassed(dry, 38), place, -11);
  return trimmed(toPeak(heard, peakDb + dice.between(-1.5, 0)), -68, 0.35);
}

const origin = { script: 'sounds/footsteps.ts', seed: 1991 };

export const footsteps: readonly Recipe[] = [
  ...takes('step', 12, origin, (dice) =>
    onTheFloor(plasticStep(dice, dice.between(0.8, 1.15)), dice.of('place'), -7),
  ),
  ...takes('step-slide', 5, origin, (dice) => onTheFloor(slideStep(dice), dice.of('place'), -11)),
  ...takes('heel', 6, origin, (dice) => onTheFloor(heelStep(dice), dice.of('place'), -8)),
];
