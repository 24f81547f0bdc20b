import * as z from 'zod';
import { FASTEST_RPM, parseRpm, SLOWEST_RPM } from './rpm.ts';
import { described, type Fields, seed } from './schema-fields.ts';
import { optional } from './schema-optional.ts';
import type { Texts } from './schema-texts.ts';

/** The schema of a record player. */
export function makePlayerSchema({ duration }: Texts, { note, space }: Fields) {
  const player = z
    .strictObject({
      rpm: makeRpmSchema(),
      pressing: described(makePressingSchema(duration).prefault({}), 'The surface of the record.'),
      wow: deviation('Slow change of speed, once a revolution and at its harmonics'),
      flutter: deviation('Fast change of speed'),
      handling: described(
        optional(makeHandlingSchema()),
        'Sounds of the hand and the switch, by what the hand does.',
        [{ start: 'switch-on', stop: 'switch-off' }],
      ),
      speaker: described(
        optional(z.union([z.boolean(), makeSpeakerSchema()])),
        'Its own small speaker in its wooden body: true, or how it sounds. Default: heard as the pickup gives it.',
        [true],
      ),
      hear: described(
        optional(makeHearSchema()),
        'With `speaker`: how much is heard of the pickup itself, of the speaker, and of the speaker in the room.',
        [{ dryDb: 'off', nearDb: -3, farDb: 0 }],
      ),
      space,
      note,
    })
    .readonly();
  return described(player, 'A record player: one prop with one pressing, the same wherever it is heard.');
}

function makePressingSchema(duration: Texts['duration']) {
  const depth = z.number().min(0).max(1);
  const scratch = z
    .strictObject({
      depth: described(depth.default(0.5), 'How deep it is, 0 … 1. Default 0.5.'),
      at: described(
        optional(duration),
        'Where in the track the stylus first meets it, a duration. Default: some 12 to 24 revolutions in.',
        ['40s', '22rev'],
      ),
      revolutions: described(
        optional(z.int().min(1).max(1000)),
        'How many neighbouring revolutions it crosses. Default: 6 to 20, the deeper the more.',
        [12],
      ),
    })
    .readonly();
  return z
    .strictObject({
      seed: seed('Which pressing it is: the same seed has the same clicks in the same places. Default 0.'),
      crackle: described(z.number().min(0).max(1).default(0.4), 'Dust, 0 … 1. Default 0.4.'),
      ticks: described(z.int().min(0).max(1000).default(2), 'Ticks in one revolution. Default 2.'),
      scratch: described(
        z.union([depth, scratch]).default(0),
        'A scratch across neighbouring revolutions: how deep, 0 … 1, or where and how. Default 0.',
        [0.5],
      ),
      warp: described(
        z.number().min(0).max(1).default(0),
        'How far the record is from flat, 0 … 1: it breathes and bends its pitch once a revolution. Default 0.',
        [0.3],
      ),
      repeat: described(
        z.boolean().default(false),
        'True: in the run-out hiss and dust come round with every revolution, too. Default false.',
      ),
    })
    .readonly();
}

function makeHandlingSchema() {
  const sound = (what: string) =>
    described(optional(z.union([z.string(), z.literal(false)])), `Tag of the sound ${what}; false: none.`);
  return z
    .strictObject({
      start: sound('of the switch as the motor starts. Default: a click of its own'),
      drop: sound('of the arm as the needle drops, besides its touch. Default: none'),
      lift: sound('of the arm as the needle lifts, besides its click. Default: none'),
      stop: sound('of the switch as the motor stops. Default: a click of its own'),
    })
    .readonly();
}

function makeSpeakerSchema() {
  return z
    .strictObject({
      lowHz: described(z.number().min(40).max(1000).default(150), 'Lowest it plays, Hz. Default 150.'),
      highHz: described(
        z.number().min(1500).max(16_000).default(6000),
        'Highest it plays, Hz. Default 6000.',
      ),
      drive: described(
        z.number().min(0).max(1).default(0.3),
        'How hard it is driven, 0 (clean) … 1 (it rattles on the loud notes). Default 0.3.',
      ),
      body: described(
        z.number().min(0).max(1).default(0.6),
        'How much its wooden body sounds along, 0 … 1. Default 0.6.',
      ),
    })
    .readonly();
}

function makeHearSchema() {
  const level = (what: string, standard: string) =>
    described(
      optional(z.union([z.number().min(-144).max(24), z.literal('off')])),
      `${what}, dB, or "off". Default ${standard}.`,
    );
  return z
    .strictObject({
      dryDb: level('The pickup itself, as from a line out', '"off"'),
      nearDb: level('Its speaker, close by', '0, less the `dryDb` of its space'),
      farDb: level('Its speaker in its room', 'the `sendDb` of its space'),
    })
    .readonly();
}

function deviation(what: string) {
  return described(
    z.number().min(0).max(10).default(0),
    `${what}, per cent of peak deviation, 0 … 10. Default 0.`,
  );
}

/** Read as a fraction in lowest terms, such as `100/3` or `45/1`, however it is written. */
function makeRpmSchema() {
  const written = z.union([
    z.number().min(SLOWEST_RPM).max(FASTEST_RPM),
    z.string().meta({ pattern: '^\\s*[0-9./⅓⅔½ ]+\\s*$' }),
  ]);
  const rpm = written.default('100/3').transform((value, context) => {
    const exact = parseRpm(value);
    if (exact) return `${exact.numerator}/${exact.denominator}`;
    const range = `between ${SLOWEST_RPM} and ${FASTEST_RPM} revolutions per minute`;
    const params = { rule: 'rpm', column: 1, example: '100/3' };
    context.issues.push({
      code: 'custom',
      input: value,
      message: `"${value}" is not a speed ${range}`,
      params,
    });
    return z.NEVER;
  });
  const description = 'Revolutions per minute, exactly: "100/3" (the default, 33⅓ rpm), "33 1/3", 45 or 78.';
  return described(rpm, description, ['100/3', 45, 78]);
}
