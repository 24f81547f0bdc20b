import { Dice } from '../craft/dice.ts';
import { highPassed } from '../craft/filter.ts';
import { stickSlip } from '../craft/friction.ts';
import { inHall } from '../craft/hall.ts';
import { blow, forces, modesOf, rung, varied } from '../craft/modes.ts';
import { add, full, linear, type Signal, silence, type Take, toPeak, trimmed } from '../craft/signal.ts';
import { type Recipe, takes } from '../recipe.ts';

/** Old roof timber and gallery floor: low bodies with a long knock and a dry top. */
const timber = [
  ...modesOf({ from: 95, to: 520, count: 11, decay: 0.16, damping: 0.35, slope: 0.15 }, new Dice(51, 'beam')),
  ...modesOf(
    { from: 560, to: 4200, count: 20, decay: 0.05, damping: 0.5, slope: 0.5 },
    new Dice(51, 'grain'),
  ),
  ...modesOf(
    { from: 4300, to: 9800, count: 12, decay: 0.009, damping: 0.4, slope: 0.3 },
    new Dice(51, 'splinters'),
  ).map((mode) => ({ ...mode, gain: mode.gain * 0.3 })),
];

/** One creak: the load goes over slowly, so the slips begin wide apart, gather, and give out. */
function creak(dice: Dice, seconds: number): Signal {
  const wood = varied(timber, dice.of('wood'), 0.7);
  const low = dice.between(7, 13);
  const high = dice.between(28, 75);
  const turn = dice.between(0.45, 0.8);
  const pace = (t: number) => {
    const share = t / seconds;
    const rise = share < turn ? share / turn : 1 - (0.5 * (share - turn)) / (1 - turn);
    return low + (high - low) * rise ** 2.4;
  };
  const swell = dice.between(1.2, 2.2);
  const force = stickSlip(seconds, dice.of('slips'), pace, dice.between(0.45, 0.8), (t) => {
    const share = t / seconds;
    return 0.1 + 0.9 * Math.sin(Math.PI * share ** (1 / swell)) ** 1.3;
  });
  const out = silence(seconds + 0.6);
  add(out, rung(force, wood, 0.3), 0.02);
  // Most end in a tick as the joint lets go.
  if (dice.chance(0.65)) {
    const tick = forces(0.02, [[0, dice.between(0.4, 0.9), blow(dice.between(0.5, 1.2), dice)]]);
    add(out, rung(tick, varied(timber, dice.of('tick'), 0.8), 0.25), seconds * dice.between(0.9, 1.05));
  }
  return full(out);
}

/** A single settling tick or two. */
function tick(dice: Dice): Signal {
  const count = dice.chance(0.5) ? 1 : 2;
  const hits = Array.from(
    { length: count },
    (_, k) =>
      [
        0.002 + k * dice.between(0.06, 0.4),
        k === 0 ? 1 : dice.between(0.2, 0.6),
        blow(dice.between(0.6, 1.8), dice),
      ] as const,
  );
  return full(rung(forces(0.5, hits), varied(timber, dice, 0.8), 0.3));
}

function overhead(dry: Signal, dice: Dice, roomDb: number): Take {
  const place = { ahead: dice.between(1.5, 5), left: dice.between(-3, 3), height: dice.between(3, 5.4) };
  return inHall(highPassed(dry, 90), place, roomDb);
}

/**
 * The building at night for the room tone. It is sparse, and two creaks stand early, at five and at fourteen
 * seconds: in the film's cut one of them falls just after the world comes back, at an overlap of one second or of
 * four.
 */
function bed(dice: Dice): Take {
  const seconds = 80;
  const channels: Take = [silence(seconds), silence(seconds)];
  const events: readonly (readonly [number, number, number])[] = [
    // seconds, length (0 is a tick), level in dB
    [4.9, 1.3, 0],
    [13.9, 1.0, -2],
    [21.2, 0.7, -9],
    [29.9, 0, -12],
    [31.3, 1.7, -4],
    [43.8, 0, -5],
    [52.4, 0.9, -6],
    [53.9, 0, -13],
    [63.5, 2.1, -8],
    [71.8, 0, -9],
  ];
  for (const [index, [at, length, db]] of events.entries()) {
    const own = dice.of(`event ${index}`);
    const heard = overhead(length > 0 ? creak(own, length) : tick(own), own.of('place'), -5);
    const level =
      linear(db) /
      Math.max(
        ...heard.map((channel) => channel.reduce((most, value) => Math.max(most, Math.abs(value)), 0)),
      );
    for (const [ear, channel] of channels.entries()) add(channel, heard[ear]!, at, level);
  }
  return toPeak(channels, -36);
}

const origin = { script: 'sounds/creaks.ts', seed: 1889 };

export const creaks: readonly Recipe[] = [
  { ...origin, tag: 'creak', render: bed },
  ...takes('creak', 6, origin, (dice, take) => {
    const seconds = [0.6, 1.1, 1.6, 2.2, 0.9, 1.4][take]!;
    return trimmed(toPeak(overhead(creak(dice, seconds), dice.of('place'), -9), -10), -64, 0.5);
  }),
];
