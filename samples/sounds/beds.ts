import type { Dice } from '../craft/dice.ts';
import { bandPassed, highPassed, lowPassed } from '../craft/filter.ts';
import { modesOf, rung } from '../craft/modes.ts';
import { brown, pink, wander, white } from '../craft/noise.ts';
import {
  add,
  even,
  rateHz,
  type Signal,
  samplesIn,
  scaled,
  silence,
  type Take,
  toRms,
} from '../craft/signal.ts';
import type { Recipe } from '../recipe.ts';

/** The end of a bed is faded into its start over this long, seconds; everything slow in a bed comes round in its length less this. */
export const overlapSeconds = 1;

/** Mixes voices that stand somewhere between left (-1) and right (1). */
function spread(seconds: number, voices: readonly (readonly [Signal, number])[]): Take {
  const left = silence(seconds);
  const right = silence(seconds);
  for (const [voice, side] of voices) {
    const angle = ((side + 1) * Math.PI) / 4;
    add(left, voice, 0, Math.cos(angle));
    add(right, voice, 0, Math.sin(angle));
  }
  return [left, right];
}

/**
 * The chandelier: a dimmed transformer's 100 Hz with its family, the building's 50 Hz ground behind it, and
 * lamps whose filaments sing each time the dimmer cuts into the wave.
 */
function hum(dice: Dice): Take {
  const seconds = 48;
  const loop = seconds - overlapSeconds;
  // By harmonic of 50 Hz: what a laminated core under a phase-cut load gives.
  const partials: readonly (readonly [number, number])[] = [
    [1, 0.16],
    [2, 1],
    [3, 0.12],
    [4, 0.44],
    [5, 0.05],
    [6, 0.3],
    [7, 0.04],
    [8, 0.2],
    [10, 0.12],
    [12, 0.14],
    [14, 0.06],
    [16, 0.07],
    [18, 0.04],
    [20, 0.045],
    [24, 0.03],
    [28, 0.016],
    [32, 0.02],
    [36, 0.01],
  ];
  const mains = wander(seconds, dice.of('mains'), 6, loop);
  const voices: [Signal, number][] = [];
  for (const [number, gain] of partials) {
    const own = dice.of(`partial ${number}`);
    // A quarter of a turn between the bed's end and its start: with an equal-power crossfade the level then
    // stays where it is, while the tone turns without a beat.
    const turns = Math.round(number * 50 * loop) + 0.25;
    const hz = turns / loop;
    const swell = wander(seconds, own.of('swell'), own.between(2.2, 5), loop);
    const phase = own.between(0, 2 * Math.PI);
    const voice = swell.map(
      (slow, i) =>
        gain *
        Math.exp(0.16 * slow) *
        Math.sin(2 * Math.PI * hz * (i / rateHz) + phase + 0.05 * number * mains[i]!),
    );
    voices.push([voice, own.between(-0.35, 0.35)]);
  }
  // Two transformers of one make never hum alike: the second leans against the first, slowly.
  const cycles = Math.round(100 * loop);
  for (let lamp = 0; lamp < 9; lamp++) {
    const own = dice.of(`lamp ${lamp}`);
    const filament = modesOf(
      { from: 330, to: 5600, count: 7, decay: 0.028, damping: 0.35, slope: 0.35 },
      own.of('coil'),
    );
    const mood = wander(seconds, own.of('mood'), own.between(1.5, 4), loop);
    const flutter = wander(seconds, own.of('flutter'), 0.09, loop);
    const force = silence(seconds);
    const lag = own.between(0, 0.002);
    for (let cycle = 0; cycle < 100 * seconds; cycle++) {
      const at = (cycle + 0.25 * (cycle / cycles)) / 100 + lag + 0.00004 * own.normal();
      const index = Math.floor(at * rateHz);
      if (index + 1 >= force.length) break;
      const share = at * rateHz - index;
      const strength =
        (cycle % 2 === 0 ? 1 : -0.93) *
        Math.exp(0.4 * mood[index]! + 0.18 * flutter[index]!) *
        own.about(1, 0.1);
      force[index]! += strength * (1 - share);
      force[index + 1]! += strength * share;
    }
    voices.push([scaled(even(rung(force, filament)), 0.085), own.between(-0.9, 0.9)]);
  }
  const breath = bandPassed(pink(seconds, dice.of('breath')), 1500, 0.4);
  voices.push([scaled(even(breath), 0.02), -0.3]);
  voices.push([scaled(even(bandPassed(pink(seconds, dice.of('breath 2')), 1100, 0.4)), 0.02), 0.4]);
  return toRms(
    spread(seconds, voices).map((channel) => highPassed(channel, 30)),
    -50,
  );
}

/** The hall with nobody in it: air that moves a little, low, and never twice alike. */
function air(dice: Dice): Take {
  const seconds = 42;
  const loop = seconds - overlapSeconds;
  const shared = dice.of('shared');
  const low = lowPassed(brown(seconds, shared.of('low'), 25), 120);
  const heave = wander(seconds, shared.of('heave'), 3.4, loop);
  return toRms(
    ['left', 'right']
      .map((ear) => {
        const own = dice.of(ear);
        const drift = wander(seconds, own.of('drift'), 2.6, loop);
        const draught = wander(seconds, own.of('draught'), 1.7, loop);
        const room = lowPassed(lowPassed(pink(seconds, own.of('room')), 900, 0.5), 2600, 0.5);
        // Air through old window frames: a soft band that wanders.
        const frames = bandPassed(
          white(seconds, own.of('frames')),
          drift.map((value) => 430 * Math.exp(0.22 * value)),
          1.6,
        );
        const shimmer = highPassed(lowPassed(white(seconds, own.of('shimmer')), 7000), 1800, 0.5);
        const lowOwn = lowPassed(brown(seconds, own.of('low'), 25), 150);
        const [a, b, c, d, e] = [even(low), even(lowOwn), even(room), even(frames), even(shimmer)];
        return a!.map(
          (value, i) =>
            0.7 * value * Math.exp(0.14 * heave[i]!) +
            0.5 * b![i]! +
            0.62 * c![i]! * Math.exp(0.08 * drift[i]!) +
            0.1 * d![i]! * Math.exp(0.35 * draught[i]!) +
            0.045 * e![i]!,
        );
      })
      .map((channel) => highPassed(channel, 24)),
    -53,
  );
}

/** The city far away at night, through tall windows: a floor of rumble, and traffic that comes and goes unseen. */
function city(dice: Dice): Take {
  const seconds = 74;
  const loop = seconds - overlapSeconds;
  const channels: Take = [silence(seconds), silence(seconds)];
  const breath = wander(seconds, dice.of('breath'), 7, loop);
  for (const [ear, channel] of channels.entries()) {
    const own = dice.of(`ear ${ear}`);
    const floor = even(lowPassed(brown(seconds, own.of('floor'), 28), 110));
    const drone = even(bandPassed(pink(seconds, own.of('drone')), 170, 0.6));
    const tops = even(lowPassed(bandPassed(pink(seconds, own.of('tops')), 520, 0.5), 900));
    for (let i = 0; i < channel.length; i++) {
      const slow = Math.exp(0.22 * breath[i]!);
      channel[i]! += floor[i]! * slow + 0.34 * drone[i]! * slow + 0.1 * tops[i]! * slow;
    }
  }
  // Cars on wet and dry roads a few streets off: each a slow swell of tyre noise, further left or right.
  for (let car = 0; car < 19; car++) {
    const own = dice.of(`car ${car}`);
    const length = own.between(9, 19);
    const at = (car / 19) * loop + own.between(-1.5, 1.5);
    const hz = own.between(190, 420);
    const tyre = even(lowPassed(bandPassed(pink(length, own.of('tyre')), hz, 0.55), 620));
    const engine = even(bandPassed(brown(length, own.of('engine'), 40), own.between(48, 90), 2.5));
    const peak = own.between(0.38, 0.62);
    const gain = 0.3 * own.next() ** 1.6 + 0.06;
    const side = own.between(-0.8, 0.8);
    for (const [ear, channel] of channels.entries()) {
      const pan = Math.sqrt(0.5 + (ear === 0 ? -0.5 : 0.5) * side);
      for (let i = 0; i < tyre.length; i++) {
        const share = i / tyre.length;
        const rise = share < peak ? share / peak : (1 - share) / (1 - peak);
        const level = gain * pan * Math.sin((Math.PI / 2) * rise) ** 2.2;
        // What drives past the end drives on at the start, once round the loop.
        const index = (((samplesIn(at) + i) % samplesIn(loop)) + samplesIn(loop)) % samplesIn(loop);
        const value = level * (tyre[i]! + 0.9 * engine[i]!);
        channel[index]! += value;
        if (index < samplesIn(overlapSeconds)) channel[index + samplesIn(loop)]! += value;
      }
    }
  }
  return toRms(
    channels.map((channel) => highPassed(lowPassed(channel, 1500, 0.6), 26)),
    -51,
  );
}

const origin = { script: 'sounds/beds.ts', seed: 1928 };

export const beds: readonly Recipe[] = [
  { ...origin, tag: 'hum', render: hum },
  { ...origin, tag: 'air', render: air },
  { ...origin, tag: 'city', render: city },
];
