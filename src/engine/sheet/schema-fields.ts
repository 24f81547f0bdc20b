import * as z from 'zod';
import { optional } from './schema-optional.ts';
import type { Texts } from './schema-texts.ts';

/** Fields that mean the same wherever they stand. */
export type Fields = ReturnType<typeof makeFields>;

export function makeFields({ anchor, duration, id }: Texts) {
  const fade = (what: string, standard: string) =>
    described(duration.default(standard), `${what}, a duration. Default ${standard}.`);
  const curve = described(
    z.enum(['equal-power', 'linear']).default('equal-power'),
    'Shape of the fades: equal-power (the default) is a quarter of a sine, linear a straight line.',
  );
  const gainDb = described(z.number().min(-144).max(24).default(0), 'Level, dB: −144 … 24. Default 0.');
  const pan = described(z.number().min(-1).max(1).default(0), '−1 (left) … 1 (right). Default 0.');
  const note = described(optional(z.string()), 'For people; changes nothing.');
  const stem = described(z.string(), 'Id of the stem that it plays on.', ['room', 'sfx', 'record']);
  const send = z
    .strictObject({
      to: described(z.string(), 'Id of the room in `spaces`.', ['ballroom']),
      sendDb: described(gainDb, 'Level that is sent, dB, after gain, fades and pan. Default 0.'),
      dryDb: described(
        z.union([z.number().min(-144).max(24), z.literal('off')]).default(0),
        'Level of the direct sound, dB; "off" takes it away. Default 0.',
      ),
    })
    .readonly();
  const filter = z
    .strictObject({
      type: described(
        z.enum(['high-pass', 'low-pass', 'low-shelf', 'high-shelf', 'bell']),
        'What it does: cuts below or above `hz`, or lifts and lowers below, above or around it.',
      ),
      hz: described(z.number().min(5).max(96_000), 'Corner or middle, Hz; below half the sample rate.', [80]),
      q: described(
        z.number().min(0.1).max(40).default(Math.SQRT1_2),
        'Steepness at the corner, or narrowness of a bell. Default 0.7071.',
      ),
      gainDb: described(z.number().min(-40).max(24).default(0), 'Lift of a shelf or a bell, dB. Default 0.'),
    })
    .readonly();
  const filters = described(
    optional(z.array(filter).max(16).readonly()),
    'Filters of second order, one after the other.',
    [[{ type: 'high-pass', hz: 80 }]],
  );
  const perspective = described(
    optional(z.union([z.boolean(), z.number().min(0).max(1)])),
    'True: as near and as far as the camera of each shot; 0 … 1: by so much of that.',
    [true],
  );
  const space = described(optional(send), 'The room that it is heard in, besides directly.', [
    { to: 'ballroom', sendDb: -6 },
  ]);
  return {
    curve,
    fade,
    gainDb,
    filters,
    note,
    pan,
    perspective,
    space,
    stem,
    at: described(anchor, 'Where it begins: an anchor.'),
    /** What every cue has. */
    cue: {
      id: described(id, 'Id of the cue, unique in the sheet.', ['drop']),
      off: described(z.boolean().default(false), 'True: makes no sound, but still answers anchors.'),
      note,
    },
    /** What every cue has that sounds. */
    sounding: {
      stem,
      gainDb,
      pan,
      surround: described(
        optional(z.number().min(0).max(1)),
        'In 5.1: 0 (all in front, the default) … 1 (all behind).',
      ),
      fadeIn: fade('Fade in from its start', '0s'),
      fadeOut: fade('Fade out to its end', '0s'),
      curve,
      filters,
      space,
      perspective,
    },
    player: described(z.string(), 'Name of the record player in `players`.', ['portable']),
    soundTag: described(z.string(), 'Tag of a sound in `sounds`.', ['hum']),
  };
}

/** A seed of chance. Seeds are mixed as 32 bits: a larger one would stand for a smaller one unsaid. */
export function seed(description: string) {
  return described(z.int().min(-2_147_483_648).max(4_294_967_295).default(0), description);
}

/**
 * Says what a field is for: editors show it, with the examples; the first is also shown where it is missing. What is
 * said already of a schema that several fields share is left as it is, and taken on.
 */
export function described<Schema extends z.ZodType>(
  schema: Schema,
  description: string,
  examples?: readonly unknown[],
): Schema {
  const own = z.globalRegistry.has(schema) ? schema.clone(schema.def, { parent: true }) : schema;
  z.globalRegistry.add(own as z.ZodType, {
    description,
    ...(examples && { examples: [...examples] }),
  });
  return own;
}
