import type { Dice } from './dice.ts';
import { rateHz, type Signal, silence } from './signal.ts';

/**
 * Stick and slip: a surface is dragged until it holds no longer, jumps, and is caught again. Each jump is a
 * force in proportion to how long it was held, so slow drags crack and fast ones sing.
 *
 * @param slipsPerSecond - By seconds since the start: how often it would slip were it perfectly even.
 * @param jitter - 0 sings like a hinge, 1 crackles like old wood.
 * @param strength - By seconds: how hard it is pressed, 0..1.
 */
export function stickSlip(
  seconds: number,
  dice: Dice,
  slipsPerSecond: (seconds: number) => number,
  jitter: number,
  strength: (seconds: number) => number,
): Signal {
  const out = silence(seconds);
  let at = 0;
  let memory = 0;
  while (at < seconds) {
    const even = 1 / Math.max(0.5, slipsPerSecond(at));
    // What a joint has just done it tends to do again: the jitter is itself correlated.
    memory = 0.6 * memory + 0.4 * dice.normal();
    const held = even * Math.exp(jitter * (memory * 1.3 + 0.5 * dice.normal()));
    at += held;
    const force = strength(at) * Math.min(1.6, Math.sqrt(held / even)) * dice.between(0.6, 1);
    const start = Math.round(at * rateHz);
    // The jump is over in a quarter of a millisecond or so and rebounds half as hard.
    const length = Math.max(4, Math.round(dice.between(0.00009, 0.0004) * rateHz));
    for (let i = 0; i < 2 * length && start + i < out.length; i++) {
      const phase = (Math.PI * i) / length;
      out[start + i]! += (force * Math.sin(phase) * (i < length ? 1 : 0.5)) / length;
    }
  }
  return out;
}
