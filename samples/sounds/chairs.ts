import { Dice } from '../craft/dice.ts';
import { highPassed } from '../craft/filter.ts';
import { stickSlip } from '../craft/friction.ts';
import { inHall } from '../craft/hall.ts';
import { blow, crunch, forces, modesOf, rung, varied } from '../craft/modes.ts';
import { add, full, type Signal, silence, toPeak, trimmed } from '../craft/signal.ts';
import { type Recipe, takes } from '../recipe.ts';
import { louBody, parquet, scuff } from './footsteps.ts';

/** Bentwood: legs and rails ring as bars do, the plywood seat as a small drum. */
const frame = modesOf(
  { from: 240, to: 4300, count: 24, decay: 0.13, damping: 0.55, slope: 0.5 },
  new Dice(71, 'legs'),
);
const seat = modesOf(
  { from: 130, to: 1500, count: 10, decay: 0.15, damping: 0.6, slope: 0.4 },
  new Dice(71, 'seat'),
);
const grip = modesOf(
  { from: 900, to: 7000, count: 12, decay: 0.018, damping: 0.4, slope: 0.4 },
  new Dice(72, 'hand'),
);

/** A chair comes to rest on another: it does not land once but rocks until all its legs have found their place. */
function landing(dice: Dice): [number, number, Signal][] {
  const hits: [number, number, Signal][] = [];
  let at = 0.003;
  let gain = 1;
  const count = 4 + Math.floor(dice.between(0, 4));
  for (let k = 0; k < count; k++) {
    hits.push([at, gain * dice.between(0.7, 1), blow(dice.between(0.5, 1.6), dice, 0.4)]);
    at += dice.between(0.018, 0.09) * (k === 0 ? 1.4 : 1);
    gain *= dice.between(0.45, 0.8);
  }
  return hits;
}

function stack(dice: Dice): Signal {
  const out = silence(2.2);
  // The plastic hand takes hold.
  const take = forces(0.06, [
    [0.002, 1, blow(0.6, dice)],
    [0.002 + dice.between(0.012, 0.03), 0.6, blow(0.5, dice)],
  ]);
  add(out, full(rung(take, varied([...grip, ...louBody], dice.of('hand'), 0.3), 0.2)), 0.02, 0.2);
  // The legs leave the floor with a scrape that sings.
  const scrape = dice.between(0.12, 0.3);
  const liftAt = dice.between(0.16, 0.28);
  const rate = dice.between(150, 260);
  const drag = stickSlip(
    scrape,
    dice.of('drag'),
    (t) => rate * (1 + 1.4 * t),
    0.35,
    (t) => Math.sin((Math.PI * t) / scrape),
  );
  add(out, full(rung(drag, varied([...frame, ...parquet], dice.of('scraped'), 0.3), 0.2)), liftAt, 0.22);
  add(out, full(scuff(scrape, dice.of('dust'), 1100, (s) => Math.sin(Math.PI * s))), liftAt, 0.04);
  // And down onto the stack.
  const downAt = liftAt + scrape + dice.between(0.3, 0.55);
  const blows = landing(dice.of('landing'));
  const hits = forces(0.7, blows);
  for (const [at, gain] of blows) {
    add(
      out,
      full(crunch(dice.of(`contact ${at}`), dice.between(0.04, 0.08), 8000, 400)),
      downAt + at,
      0.2 * gain,
    );
  }
  add(out, full(rung(hits, varied(frame, dice.of('upper'), 0.3), 0.5)), downAt, 0.75);
  add(out, full(rung(hits, varied(frame, dice.of('lower'), 1), 0.5)), downAt + 0.0007, 0.4);
  add(out, full(rung(hits, varied(seat, dice.of('seat'), 0.3), 0.5)), downAt, 0.6);
  add(out, full(rung(hits, varied(parquet, dice.of('floor'), 0.3), 0.5)), downAt + 0.002, 0.22);
  // It slides home.
  const home = dice.between(0.08, 0.16);
  const slide = stickSlip(
    home,
    dice.of('home'),
    () => 420,
    0.5,
    (t) => 1 - t / home,
  );
  return add(
    out,
    full(rung(slide, varied(frame, dice.of('slid'), 0.4), 0.2)),
    downAt + dice.between(0.12, 0.24),
    0.12,
  );
}

export const chairs: readonly Recipe[] = takes(
  'chair',
  6,
  { script: 'sounds/chairs.ts', seed: 1932 },
  (dice) => {
    const place = { ahead: dice.between(1.8, 2.4), left: dice.between(-0.8, 0.8), height: 0.7 };
    return trimmed(toPeak(inHall(highPassed(stack(dice), 45), place, -9), -7), -66, 0.4);
  },
);
