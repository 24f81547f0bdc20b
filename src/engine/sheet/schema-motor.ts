import * as z from 'zod';
import { described, type Fields } from './schema-fields.ts';
import type { Texts } from './schema-texts.ts';

/** The schema of the cue that switches a record player's motor on. */
export function makeMotorStart({ duration }: Texts, { cue, at, sounding, player }: Fields) {
  const start = z
    .strictObject({
      type: z.literal('motor-start'),
      ...cue,
      at,
      player,
      for: described(
        duration.default('1.2s'),
        'How long the platter takes to come up to speed, a duration. Default 1.2s.',
        ['1.2s'],
      ),
      ...sounding,
    })
    .readonly();
  const description = 'The motor is switched on: the platter comes up to speed and is heard until it stops.';
  return start.meta({ id: 'motor-start', description });
}

/** The schema of the cue that switches it off. */
export function makeMotorStop({ duration }: Texts, { cue, at, sounding, player }: Fields) {
  const stop = z
    .strictObject({
      type: z.literal('motor-stop'),
      ...cue,
      at,
      player,
      for: described(
        duration.default('2.4s'),
        'How long the platter takes to stand still, a duration. Default 2.4s.',
        ['2.4s'],
      ),
      ...sounding,
    })
    .readonly();
  const description =
    'The motor is switched off: the platter slows down, and drags a record that is still playing with it.';
  return stop.meta({ id: 'motor-stop', description });
}
