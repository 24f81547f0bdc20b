import { Dice } from '../craft/dice.ts';
import { bandPassed, highPassed, lowPassed } from '../craft/filter.ts';
import { stickSlip } from '../craft/friction.ts';
import { inHall } from '../craft/hall.ts';
import { blow, crunch, forces, modesOf, rung, varied } from '../craft/modes.ts';
import { brown, pink } from '../craft/noise.ts';
import { add, full, type Signal, shaped, silence, toPeak, trimmed } from '../craft/signal.ts';
import type { Recipe } from '../recipe.ts';

/** Three metres of panelled oak: the leaf itself, its panels, and the iron of latch and handle. */
const leaf = modesOf(
  { from: 42, to: 300, count: 9, decay: 0.32, damping: 0.4, slope: 0.3 },
  new Dice(61, 'leaf'),
);
const panels = modesOf(
  { from: 150, to: 2600, count: 22, decay: 0.16, damping: 0.55, slope: 0.55 },
  new Dice(61, 'panels'),
);
const latch = modesOf(
  { from: 850, to: 8200, count: 20, decay: 0.06, damping: 0.35, slope: 0.25 },
  new Dice(62, 'latch'),
);
const hinge = modesOf(
  { from: 260, to: 2900, count: 18, decay: 0.07, damping: 0.3, slope: 0.35 },
  new Dice(63, 'hinge'),
);

function handle(dice: Dice): Signal {
  const out = silence(0.9);
  const grate = stickSlip(
    0.22,
    dice.of('spring'),
    (t) => 90 + 500 * t,
    0.35,
    (t) => 0.3 + 2 * t,
  );
  add(out, full(rung(grate, varied(latch, dice.of('spring'), 0.4), 0.1)), 0, 0.25);
  const clacks = forces(0.3, [
    [0.002, 0.8, blow(0.25, dice)],
    [0.016, 0.35, blow(0.3, dice)],
    [0.21, 1, blow(0.3, dice)],
    [0.224, 0.5, blow(0.25, dice)],
  ]);
  add(out, full(rung(clacks, varied(latch, dice.of('bolt'), 0.2), 0.3)), 0.06, 0.6);
  for (const [at, gain] of [
    [0.062, 0.8],
    [0.27, 1],
    [0.284, 0.5],
  ] as const) {
    add(out, full(crunch(dice.of(`iron ${at}`), 0.03, 11000, 1800)), at, 0.12 * gain);
  }
  return add(out, full(rung(clacks, varied(panels, dice.of('wood'), 0.2), 0.3)), 0.06, 0.55);
}

function hinges(dice: Dice, seconds: number, fromRate: number, toRate: number): Signal {
  const bend = dice.between(0.1, 0.25);
  const force = stickSlip(
    seconds,
    dice.of('hinge'),
    (t) => {
      const share = t / seconds;
      return (fromRate + (toRate - fromRate) * share) * (1 + bend * Math.sin(9 * share + 3 * share * share));
    },
    0.16,
    (t) => Math.sin((Math.PI * t) / seconds) ** 1.5,
  );
  return full(rung(force, varied(hinge, dice.of('iron'), 0.3), 0.3));
}

function airMoved(dice: Dice, seconds: number): Signal {
  const rush = lowPassed(pink(seconds, dice.of('rush')), 380, 0.6);
  return full(shaped(rush, (_, share) => Math.sin(Math.PI * share) ** 2));
}

function open(dice: Dice): Signal {
  const out = silence(4.2);
  add(out, handle(dice.of('handle')), 0.02, 0.4);
  // The leaf comes free of its frame with a low knock, then swings.
  const free = forces(0.1, [
    [0.002, 1, blow(4, dice)],
    [0.03, 0.4, blow(2.2, dice)],
  ]);
  add(out, full(rung(free, varied([...leaf, ...panels], dice.of('free'), 0.2), 0.6)), 0.46, 0.5);
  add(out, hinges(dice.of('swing'), 1.5, 22, 110), 0.62, 0.1);
  add(out, airMoved(dice.of('air'), 1.9), 0.5, 0.12);
  add(out, full(crunch(dice.of('rub'), 0.09, 4200, 300)), 0.46, 0.14);
  const stop = forces(0.06, [[0.002, 1, blow(5, dice)]]);
  return add(out, full(rung(stop, varied(leaf, dice.of('stop'), 0.2), 0.5)), 2.35, 0.14);
}

function close(dice: Dice): Signal {
  const out = silence(4.4);
  add(out, hinges(dice.of('swing'), 1.1, 95, 28), 0.12, 0.06);
  add(out, airMoved(dice.of('air'), 1.45), 0.1, 0.14);
  // Wood into wood: heavy, not loud; the frame answers, then the latch springs home.
  const at = 1.42;
  const thud = forces(0.2, [
    [0.002, 1, blow(6.5, dice, 0.2)],
    [0.011, 0.6, blow(3, dice)],
    [0.055, 0.22, blow(4, dice)],
  ]);
  const knock = forces(0.2, [
    [0.002, 1, blow(1.3, dice, 0.5)],
    [0.013, 0.5, blow(1, dice, 0.5)],
    [0.055, 0.2, blow(1.2, dice, 0.5)],
  ]);
  add(out, full(rung(thud, varied(leaf, dice.of('thud'), 0.2), 1)), at, 0.9);
  add(out, full(rung(knock, varied(panels, dice.of('knock'), 0.2), 0.8)), at, 0.5);
  add(out, full(crunch(dice.of('rebate'), 0.16, 9000, 260)), at + 0.001, 0.42);
  add(out, full(crunch(dice.of('second'), 0.09, 5000, 300)), at + 0.013, 0.2);
  const shake = forces(
    0.7,
    Array.from(
      { length: 7 },
      (_, k) => [0.03 + k * dice.between(0.03, 0.05), 0.7 ** k, blow(0.4, dice)] as const,
    ),
  );
  add(out, full(rung(shake, varied(latch, dice.of('shake'), 0.3), 0.3)), at, 0.07);
  const home = forces(0.2, [
    [0.002, 1, blow(0.25, dice)],
    [0.02, 0.5, blow(0.3, dice)],
    [0.075, 0.3, blow(0.25, dice)],
  ]);
  for (const [late, gain] of [
    [0.002, 1],
    [0.02, 0.5],
    [0.075, 0.3],
  ] as const) {
    add(out, full(crunch(dice.of(`bolt ${late}`), 0.03, 11000, 1500)), at + 0.034 + late, 0.1 * gain);
  }
  add(out, full(rung(home, varied(latch, dice.of('home'), 0.2), 0.4)), at + 0.034, 0.3);
  add(out, full(rung(home, varied(panels, dice.of('answer'), 0.2), 0.4)), at + 0.034, 0.18);
  const boom = shaped(
    bandPassed(brown(1.4, dice.of('boom')), 62, 1.4),
    (t) => Math.exp(-5 * t) * Math.min(1, t * 90),
  );
  return add(out, full(boom), at + 0.004, 0.22);
}

const origin = { script: 'sounds/doors.ts', seed: 1911 };

/** The door is at the far end: it is the hall that makes it large. */
function far(dry: Signal, roomDb: number, peakDb: number) {
  const heard = inHall(highPassed(dry, 32), { ahead: 5.5, left: -2, height: 1.4 }, roomDb);
  return trimmed(toPeak(heard, peakDb), -68, 0.6);
}

export const doors: readonly Recipe[] = [
  { ...origin, tag: 'door-open', render: (dice) => far(open(dice), -4, -9) },
  { ...origin, tag: 'door-close', render: (dice) => far(close(dice), -3, -6) },
];
