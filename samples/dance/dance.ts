import type { Dice } from '../craft/dice.ts';
import { bandPassed, highPassed, lifted, lowPassed } from '../craft/filter.ts';
import { pink } from '../craft/noise.ts';
import { even, faded, linear, peakOf, rateHz, type Signal, type Take } from '../craft/signal.ts';
import type { Recipe } from '../recipe.ts';
import { leadInSeconds } from './performance.ts';

const seed = 1937;

/** A valve stage that is driven a little: odd and some even order, no edge. */
function warmed(signal: Signal, drive: number): Signal {
  const bias = 0.12;
  const rest = Math.tanh(bias);
  return signal.map((value) => (Math.tanh(drive * value + bias) - rest) / drive);
}

/** What the disc keeps: 80 Hz to 7 kHz, a cutter's and a horn's presence. */
function cut(signal: Signal): Signal {
  const band = lowPassed(lowPassed(highPassed(highPassed(signal, 72), 60), 6800, 0.75), 8200, 0.6);
  return lifted(lifted(band, 2700, 2.5, 0.7), 420, -1.5, 0.8);
}

/**
 * The orchestra as an early stereo pressing has it: narrow, its bass in the middle, warmed, and with the master
 * tape's own breath. Clicks and surface noise are the pressing's, and the player adds those.
 */
function pressed(take: Take, dice: Dice): Take {
  const [left, right] = take;
  if (!left || !right) throw new RangeError('the orchestra has two channels');
  const middle = left.map((value, i) => (value + right[i]!) / 2);
  const side = highPassed(
    left.map((value, i) => (value - right[i]!) / 2),
    240,
  ).map((value) => value * 0.55);
  const breath = even(bandPassed(pink(left.length / rateHz, dice.of('tape')), 1400, 0.35));
  const channels = [1, -1].map((sign) => {
    const mixed = middle.map((value, i) => value + sign * side[i]!);
    return cut(warmed(mixed, 1.6));
  });
  const gain = linear(-3.5) / peakOf(channels);
  const opening = leadInSeconds - 1.2;
  return channels.map((channel) =>
    faded(
      channel.map((value, i) => {
        const t = i / rateHz - opening;
        // The tape is faded up just before the band begins.
        const open = t < 0 ? 0 : Math.min(1, t / 1) ** 2;
        return gain * value + linear(-66) * open * breath[i]!;
      }),
      0,
      1.2,
    ),
  );
}

/** The record of the film: it needs a browser, and about a minute. */
export const dance: readonly Recipe[] = [
  {
    tag: 'dance',
    script: 'dance/dance.ts',
    seed,
    render: async (dice) => {
      // Bundler and browser are loaded only when they are needed.
      const { recordedDance } = await import('./recording.ts');
      return pressed(await recordedDance(seed), dice);
    },
  },
];
