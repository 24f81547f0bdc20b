import { hallResponse } from '../craft/hall.ts';
import { faded, samplesIn, toPeak } from '../craft/signal.ts';
import type { Recipe } from '../recipe.ts';

/** The hall itself: what a microphone in its middle hears of a click six metres away. */
export const ballroom: readonly Recipe[] = [
  {
    tag: 'ballroom-ir',
    script: 'sounds/ballroom.ts',
    // The hall is one place: craft/hall.ts has its seeds.
    seed: 1936,
    bits: 24,
    render: () => {
      const response = hallResponse({ ahead: 6, left: 0.7, height: 1.5 });
      return toPeak(response, -3.2).map((channel) => faded(channel.slice(0, samplesIn(3.3)), 0, 0.25));
    },
  },
];
