import type { Dice } from '../craft/dice.ts';
import { bandPassed, highPassed, lowPassed } from '../craft/filter.ts';
import { inHall } from '../craft/hall.ts';
import { pink, specks, wander, white } from '../craft/noise.ts';
import { add, full, type Signal, silence, toPeak, trimmed } from '../craft/signal.ts';
import { type Recipe, takes } from '../recipe.ts';

/** Wool over silk lining: folds that catch and let go, many small rushes rather than one. */
function rustle(dice: Dice): Signal {
  const seconds = dice.between(0.9, 1.7);
  const out = silence(seconds + 0.3);
  const moves = 2 + Math.floor(dice.between(0, 2.5));
  for (let move = 0; move < moves; move++) {
    const own = dice.of(`move ${move}`);
    const length = own.between(0.25, 0.6);
    const grain = wander(length, own.of('grain'), 0.011);
    const fold = wander(length, own.of('fold'), 0.04);
    const colour = fold.map((value) => 2300 * Math.exp(0.35 * value));
    const silk = lowPassed(bandPassed(white(length, own.of('silk')), colour, 0.7), 5800, 0.6);
    const wool = lowPassed(pink(length, own.of('wool')), 620, 0.6);
    const crisp = highPassed(lowPassed(specks(length, own.of('crisp'), 900), 9000), 2500);
    const rush = silk.map((value, i) => {
      const share = i / silk.length;
      const swell = Math.sin(Math.PI * share ** 0.7) ** 1.8;
      const catchGain = Math.max(0.1, 0.5 + 0.4 * grain[i]!) * Math.exp(0.5 * fold[i]!);
      return swell * (value * catchGain + 0.8 * wool[i]! + 0.5 * crisp[i]!);
    });
    add(out, full(rush), (move / moves) * (seconds - 0.35) + own.between(0, 0.12), own.between(0.35, 1));
  }
  return out;
}

/** A record leaves its paper sleeve and its card: paper sighs, the disc's edge scrapes, the card gives a hollow pop. */
function sleeve(dice: Dice): Signal {
  const seconds = 1.5;
  const out = silence(2.2);
  const grain = wander(seconds, dice.of('grain'), 0.004);
  const hand = wander(seconds, dice.of('hand'), 0.12);
  const colour = hand.map((value, i) => (1500 + 2600 * (i / hand.length)) * Math.exp(0.18 * value));
  const paper = lowPassed(bandPassed(white(seconds, dice.of('paper')), colour, 0.9), 7000, 0.6);
  const card = bandPassed(
    white(seconds, dice.of('card')),
    hand.map((value) => 410 * Math.exp(0.2 * value)),
    1.3,
  );
  const edge = lowPassed(highPassed(white(seconds, dice.of('edge')), 4200), 9000);
  const slide = paper.map((value, i) => {
    const share = i / paper.length;
    const speed = Math.sin(Math.PI * share ** 0.8) ** 0.9 * Math.max(0.1, 0.8 + 0.35 * hand[i]!);
    return speed * (value * Math.max(0.1, 0.6 + 0.4 * grain[i]!) + 0.5 * card[i]! + 0.16 * edge[i]!);
  });
  add(out, full(slide), 0.08, 0.8);
  const pop = lowPassed(full(bandPassed(pink(0.12, dice.of('pop')), 190, 2)), 800);
  add(
    out,
    pop.map((value, i) => value * Math.exp(-i / 900)),
    1.5,
    0.35,
  );
  return add(out, rustleShort(dice.of('fingers')), 0, 0.2);
}

function rustleShort(dice: Dice): Signal {
  const length = 0.3;
  const grain = wander(length, dice.of('grain'), 0.006);
  const band = bandPassed(white(length, dice.of('noise')), 1900, 0.6);
  return full(
    band.map(
      (value, i) => value * Math.sin((Math.PI * i) / band.length) ** 2 * Math.max(0, 0.4 + 0.6 * grain[i]!),
    ),
  );
}

const origin = { script: 'sounds/cloths.ts', seed: 1947 };

export const cloths: readonly Recipe[] = [
  ...takes('coat', 4, origin, (dice) =>
    trimmed(toPeak(inHall(highPassed(rustle(dice), 110), { ahead: 1.4, height: 1.2 }, -14), -14), -64, 0.3),
  ),
  ...takes('sleeve', 2, origin, (dice) =>
    trimmed(toPeak(inHall(highPassed(sleeve(dice), 90), { ahead: 0.9, height: 1 }, -15), -11), -64, 0.3),
  ),
];
