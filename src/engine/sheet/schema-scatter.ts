import * as z from 'zod';
import { described, type Fields } from './schema-fields.ts';
import { optional } from './schema-optional.ts';
import type { Texts } from './schema-texts.ts';

/** The schema of what happens now and then. */
export function makeScatter({ anchor }: Texts, { cue, sounding, soundTag, fade }: Fields) {
  const vary = z
    .strictObject({
      gainDb: described(
        z.number().min(0).max(24).default(0),
        'How much louder or softer each may be, dB. Default 0.',
        [5],
      ),
      pan: described(
        z.number().min(0).max(2).default(0),
        'How far to the left or right of `pan` each may lie. Default 0.',
        [0.7],
      ),
      pitchPercent: described(
        z.number().min(0).max(50).default(0),
        'How much faster or slower each may be played, per cent (6 is a semitone). Default 0.',
        [4],
      ),
    })
    .readonly();
  return z
    .strictObject({
      type: z.literal('scatter'),
      ...cue,
      at: described(anchor.default('start'), 'From where events may begin: an anchor. Default start.'),
      until: described(anchor.default('end'), 'From where none begins any more: an anchor. Default end.'),
      sound: described(
        z.union([soundTag, z.array(soundTag).min(1).readonly()]),
        'Tag of a sound; or of several, of which each event takes one, never the same twice running.',
        [['creak-1', 'creak-2', 'creak-3']],
      ),
      perMinute: described(z.number().gt(0).max(600), 'How many events in a minute, on average.', [2]),
      apart: fade('Least time from the beginning of one event to that of the next', '1s'),
      vary: described(optional(vary), 'No two alike: how far each may lie from the rest.', [
        { gainDb: 5, pan: 0.7 },
      ]),
      ...sounding,
    })
    .readonly();
}
