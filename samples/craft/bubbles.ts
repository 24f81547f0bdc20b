import type { Dice } from './dice.ts';
import { rateHz, type Signal, samplesIn, silence } from './signal.ts';

/**
 * Water: a cloud of bubbles, each a sine at its Minnaert frequency that dies away and rises as the bubble nears
 * the surface.
 *
 * @param perSecond - How many are born, by seconds since the start.
 * @param fromHz - The largest bubble's frequency.
 * @param toHz - The smallest bubble's; small ones are far more frequent and weaker.
 * @see K. van den Doel, Physically based models for liquid sounds, 2005
 */
export function bubbles(
  seconds: number,
  dice: Dice,
  perSecond: (seconds: number) => number,
  fromHz: number,
  toHz: number,
): Signal {
  const out = silence(seconds);
  for (let block = 0; block < seconds; block += 0.01) {
    let born = perSecond(block) * 0.01;
    while (born > 0 && dice.next() < born) {
      born -= 1;
      const hz = fromHz * (toHz / fromHz) ** Math.sqrt(dice.next());
      const radiusMetres = 3 / hz;
      const damping = 0.13 / radiusMetres + 0.0072 * radiusMetres ** -1.5;
      const rise = dice.next() ** 3 * 3 * damping * 0.1;
      const gain = (fromHz / hz) ** 0.9 * dice.next() ** 2.2;
      const length = Math.min(samplesIn(0.25), Math.round((7 / damping) * rateHz));
      const start = samplesIn(block + dice.between(0, 0.01));
      let phase = 0;
      for (let i = 0; i < length && start + i < out.length; i++) {
        const t = i / rateHz;
        phase += (2 * Math.PI * hz * (1 + rise * t)) / rateHz;
        out[start + i]! += gain * Math.min(1, t * 2500) * Math.exp(-damping * t) * Math.sin(phase);
      }
    }
  }
  return out;
}
