import type { Dice } from '../craft/dice.ts';
import { inHall } from '../craft/hall.ts';
import { blow, forces, type Mode, rung, varied } from '../craft/modes.ts';
import { add, full, type Signal, silence, sum, toPeak, trimmed } from '../craft/signal.ts';
import { type Recipe, takes } from '../recipe.ts';

/**
 * A flute's bowl: its rim bends in 2, 3, 4 … waves whose pitches rise about as the square of their number,
 * and each comes twice, a hair apart, because no glass is quite round.
 */
function flute(hz: number, dice: Dice): readonly Mode[] {
  const ratios = [1, 2.41, 4.27, 6.55, 9.1, 12.1];
  const modes: Mode[] = [];
  for (const [index, ratio] of ratios.entries()) {
    const split = 1 + dice.between(0.0012, 0.004);
    const decay = (2.6 / (1 + 0.75 * index)) * dice.between(0.8, 1.2);
    const gain = dice.between(0.5, 1) / (1 + 0.34 * index);
    modes.push(
      { hz: hz * ratio, decay, gain },
      { hz: hz * ratio * split, decay: decay * 0.85, gain: gain * dice.between(-0.8, 0.8) },
    );
  }
  // The stem and foot: short and dull.
  modes.push(
    { hz: dice.about(610, 0.1), decay: 0.09, gain: 0.2 },
    { hz: dice.about(3350, 0.1), decay: 0.12, gain: 0.25 },
  );
  return modes;
}

function clink(dice: Dice, firmness: number): Signal {
  const hits: [number, number, Signal][] = [[0.002, 1, blow(dice.between(0.09, 0.14), dice, 0.1)]];
  // Rims meet, spring apart, and often touch once more.
  let at = 0.002 + dice.between(0.011, 0.03);
  let gain = 0.3 * firmness;
  while (gain > 0.04) {
    if (dice.chance(0.75))
      hits.push([at, gain * dice.between(0.5, 1), blow(dice.between(0.1, 0.16), dice, 0.1)]);
    at += dice.between(0.006, 0.02);
    gain *= 0.45;
  }
  const force = forces(0.15, hits);
  const one = rung(force, flute(dice.about(1180, 0.06), dice.of('one')), 2.2);
  const other = rung(force, flute(dice.about(1390, 0.06), dice.of('other')), 2.2);
  return sum(
    full(one),
    full(other).map((value) => value * -0.8),
  );
}

const table: readonly Mode[] = [
  { hz: 172, decay: 0.11, gain: 0.9 },
  { hz: 395, decay: 0.08, gain: 0.7 },
  { hz: 640, decay: 0.06, gain: 0.5 },
  { hz: 1130, decay: 0.04, gain: 0.35 },
];

/** Set down on a table: the foot knocks on wood, the bowl rings a little and is damped by the hand. */
function setDown(dice: Dice): Signal {
  const out = silence(1.4);
  const hits = forces(0.12, [
    [0.002, 1, blow(0.35, dice)],
    [0.002 + dice.between(0.02, 0.05), 0.35, blow(0.3, dice)],
  ]);
  const held = flute(dice.about(1250, 0.09), dice.of('glass')).map((mode) => ({
    ...mode,
    decay: mode.decay * 0.14,
  }));
  add(out, full(rung(hits, held, 0.8)), 0, 0.5);
  return add(out, full(rung(hits, varied(table, dice.of('table'), 0.6), 0.4)), 0, 0.55);
}

const origin = { script: 'sounds/glasses.ts', seed: 1729 };

export const glasses: readonly Recipe[] = [
  ...takes('flutes', 4, origin, (dice, take) => {
    const place = { ahead: dice.between(1.6, 2.2), left: dice.between(-0.5, 0.5), height: 1.2 };
    return trimmed(
      toPeak(inHall(clink(dice, take === 0 ? 1 : dice.between(0.5, 1)), place, -11), -9),
      -66,
      0.5,
    );
  }),
  ...takes('flute-down', 2, origin, (dice) => {
    const place = { ahead: 1.8, left: dice.between(-0.5, 0.5), height: 0.8 };
    return trimmed(toPeak(inHall(setDown(dice), place, -11), -10), -66, 0.4);
  }),
];
