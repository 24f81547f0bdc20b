import * as z from 'zod';
import { described, type Fields } from './schema-fields.ts';
import { makeMotorStart, makeMotorStop } from './schema-motor.ts';
import { optional } from './schema-optional.ts';
import { makeScatter } from './schema-scatter.ts';
import type { Texts } from './schema-texts.ts';

/** The schema of a cue: one of those below, by its type. */
export function makeCueSchema(texts: Texts, fields: Fields) {
  return z.discriminatedUnion('type', [
    makeRoomTone(texts, fields),
    makePractical(texts, fields),
    defined(makeScatter(texts, fields), 'scatter', 'What happens now and then, by chance.'),
    makeMotorStart(texts, fields),
    makeNeedleDrop(texts, fields),
    makeGrooveLoop(texts, fields),
    makeNeedleLift(texts, fields),
    makeMotorStop(texts, fields),
    makeSilence(texts, fields),
    makeRoomReturn(fields),
    makeDuck(fields),
    makeLevel(texts, fields),
  ]);
}

function makeRoomTone({ anchor }: Texts, { cue, sounding, soundTag, gainDb, pan, fade }: Fields) {
  const part = z
    .strictObject({
      sound: soundTag,
      gainDb,
      pan,
      as: described(
        optional(z.enum(['loop', 'texture'])),
        'loop (the default): the file again and again; texture: woven from it without an end, for what is steady.',
        ['texture'],
      ),
      level: described(
        optional(makeLevelPoints(anchor)),
        'Its level over time, on top of `gainDb`; the first holds before, the last after.',
        [
          [
            { at: 'scene:8.start', gainDb: 0 },
            { at: 'end', gainDb: -9 },
          ],
        ],
      ),
    })
    .readonly();
  const roomTone = z
    .strictObject({
      type: z.literal('room-tone'),
      ...cue,
      at: described(anchor.default('start'), 'Where it begins: an anchor. Default start.'),
      until: described(anchor.default('end'), 'Where it ends: an anchor. Default end.'),
      sounds: described(z.array(part).min(1).readonly(), 'The sounds that make up the bed, all at once.', [
        [{ sound: 'hum' }],
      ]),
      overlap: fade('Crossfade from the end of each file to its beginning', '1s'),
      match: described(
        optional(z.boolean()),
        'True: the crossfade lies where end and beginning of a file are most alike, up to half a second earlier.',
      ),
      ...sounding,
    })
    .readonly();
  return defined(roomTone, 'room-tone', 'A bed without a seam.');
}

function makePractical(
  { anchor, duration, positiveDuration }: Texts,
  { cue, at, sounding, soundTag, fade }: Fields,
) {
  const count = optional(z.int().min(1).max(100_000));
  const trim = z
    .strictObject({
      from: fade('How much of the beginning is left out', '0s'),
      for: described(optional(positiveDuration), 'How much is played, a duration. Default: to its end.'),
    })
    .readonly();
  const repeat = z
    .strictObject({
      every: described(
        z.union([positiveDuration, z.array(positiveDuration).min(1).max(1000).readonly()]),
        'From one hit to the next: a duration, or several that go round, as a rhythm.',
        ['1.4s', ['1.4s', '1.1s', '1.9s']],
      ),
      count: described(count, 'How many hits. Either this or `until`.'),
      until: described(optional(anchor), 'No hit begins at or after this anchor. Either this or `count`.'),
      jitter: fade('How early or late each hit but the first may be', '0s'),
    })
    .readonly()
    .meta(exactlyOne('count', 'until'));
  const vary = z
    .strictObject({
      gainDb: described(
        z.number().min(0).max(24).default(0),
        'How much louder or softer each hit may be, dB. Default 0.',
        [2],
      ),
      pitchPercent: described(
        z.number().min(0).max(50).default(0),
        'How much faster or slower each hit may be played, per cent (6 is a semitone). Default 0.',
        [3],
      ),
    })
    .readonly();
  const rate = z.number().min(0).max(8);
  const speedPoint = z
    .strictObject({
      at: described(duration, 'How long after it begins, a duration.', ['0s', '1.5s']),
      rate: described(rate, 'Speed there: 1 is as recorded. Straight lines lead from one to the next.', [1]),
    })
    .readonly();
  const speed = optional(z.union([z.number().gt(0).max(8), z.array(speedPoint).min(1).readonly()]));
  const practical = z
    .strictObject({
      type: z.literal('practical'),
      ...cue,
      at,
      sound: described(
        z.union([soundTag, z.array(soundTag).min(1).readonly()]),
        'Tag of a sound; or of several, of which each hit takes one, never the same twice running.',
        ['mop-1'],
      ),
      echoOf: described(
        optional(z.string()),
        'Id of a practical that this one rhymes with: the same takes, levels and rhythm, at another place.',
        ['mop'],
      ),
      trim: described(optional(trim), 'Which piece of the sound is played.'),
      repeat: described(optional(repeat), 'Plays it again and again.'),
      vary: described(optional(vary), 'No two hits alike: how far each may lie from the rest.', [
        { gainDb: 2, pitchPercent: 3 },
      ]),
      speed: described(speed, 'How fast it is played: a number, or points for what changes speed.', [1.02]),
      ...sounding,
    })
    .readonly()
    // An echo has its sound and, unless it says another, its stem from its source (echoes.ts).
    .meta({
      required: ['type', 'id', 'at'],
      anyOf: [{ required: ['sound', 'stem'] }, { required: ['echoOf'] }],
    });
  return defined(practical, 'practical', 'A sound of something in the room, or one of several in turn.');
}

function makeNeedleDrop({ anchor, duration }: Texts, { cue, sounding, player, fade }: Fields) {
  const needleDrop = z
    .strictObject({
      type: z.literal('needle-drop'),
      ...cue,
      at: described(
        optional(anchor),
        'Where the stylus touches: an anchor. May be left out where `musicEnd` finds it.',
      ),
      player,
      record: described(z.string(), 'Tag of the sound in `sounds` that is on the record.', ['waltz']),
      from: described(
        optional(duration),
        'Place in the track at which the music begins, a duration. Default: its beginning.',
      ),
      leadIn: fade('Length of the groove before the music', '2rev'),
      musicEnd: described(
        optional(anchor),
        'Where the track ends: an anchor. With `at` it finds the place in the track, without `at` it finds `at`.',
      ),
      ...sounding,
    })
    .readonly()
    .meta({ anyOf: [{ required: ['at'] }, { required: ['musicEnd'] }] });
  const description =
    'The stylus touches the groove; then the lead-in, then the record. Edges: start, music, end.';
  return defined(needleDrop, 'needle-drop', description);
}

function makeGrooveLoop({ anchor }: Texts, { cue, at, sounding, player }: Fields) {
  const revolutions = optional(z.number().gt(0).max(100_000));
  const grooveLoop = z
    .strictObject({
      type: z.literal('groove-loop'),
      ...cue,
      at,
      player,
      revolutions: described(revolutions, 'How many times round, whole or decimal. Either this or `until`.'),
      until: described(optional(anchor), 'Where it ends: an anchor. Either this or `revolutions`.'),
      exit: described(
        optional(z.enum(['now', 'revolution'])),
        'With `until`: ends there (now, the default), or at the last whole revolution before.',
      ),
      ...sounding,
    })
    .readonly()
    .meta(exactlyOne('revolutions', 'until'));
  const description = 'The run-out groove: surface noise whose ticks come back once a revolution.';
  return defined(grooveLoop, 'groove-loop', description);
}

function makeNeedleLift({ duration }: Texts, { cue, at, sounding, player }: Fields) {
  const needleLift = z
    .strictObject({
      type: z.literal('needle-lift'),
      ...cue,
      at,
      player,
      for: described(
        duration.default('0.3s'),
        'How long the stylus takes to leave, a duration. Default 0.3s.',
      ),
      ...sounding,
    })
    .readonly();
  return defined(needleLift, 'needle-lift', 'The stylus leaves the record.');
}

function makeSilence({ positiveDuration }: Texts, { cue, at, stem, fade, curve }: Fields) {
  const silence = z
    .strictObject({
      type: z.literal('silence'),
      ...cue,
      at,
      for: described(positiveDuration, 'How long it lasts, a duration.', ['3s', '72f']),
      stems: described(
        optional(z.array(stem).min(1).readonly()),
        'Ids of the stems that are silent. Default: all of them.',
      ),
      fadeOut: fade('Fade of those stems before it', '10ms'),
      fadeIn: fade('Fade of those stems after it', '10ms'),
      curve,
    })
    .readonly();
  return defined(silence, 'silence', 'A gate: its stems are exactly zero.');
}

function makeRoomReturn({ cue, at, fade, curve }: Fields) {
  const step = z
    .strictObject({
      sound: described(z.string(), 'Tag of a sound of the bed.', ['hum']),
      after: fade('How long after `at` it comes back', '0s'),
      fade: fade('Fade in', '10ms'),
    })
    .readonly();
  const roomReturn = z
    .strictObject({
      type: z.literal('room-return'),
      ...cue,
      at,
      bed: described(z.string(), 'Id of the room-tone cue that comes back.', ['tone']),
      order: described(
        z.array(step).min(1).readonly(),
        'The sounds of the bed, each once, as they come back.',
        [[{ sound: 'hum', fade: '1.2s' }]],
      ),
      curve,
    })
    .readonly();
  return defined(roomReturn, 'room-return', 'A bed comes back after a silence, its sounds in order.');
}

function makeDuck({ cue, stem, fade }: Fields) {
  const duck = z
    .strictObject({
      type: z.literal('duck'),
      ...cue,
      stems: described(
        optional(z.array(stem).min(1).readonly()),
        'Ids of the stems that give way. Default: all but those of what they give way to.',
      ),
      under: described(
        z.string(),
        'Id of the cue or of the stem, or name of the player, that they give way to.',
        ['drop'],
      ),
      byDb: described(z.number().min(0).max(144), 'By how much, dB.', [6]),
      attack: fade('How long they take to give way; over where the other begins', '0.3s'),
      release: fade('How long they take to come back, after the other has ended', '0.8s'),
    })
    .readonly();
  return defined(duck, 'duck', 'Stems give way while other cues sound.');
}

function makeLevel({ anchor }: Texts, { cue, stem }: Fields) {
  const level = z
    .strictObject({
      type: z.literal('level'),
      ...cue,
      stem,
      points: described(
        makeLevelPoints(anchor),
        'Levels in order of time; the first holds before, the last after.',
        [[{ at: 'start', gainDb: 0 }]],
      ),
    })
    .readonly();
  return defined(level, 'level', "A stem's level over time.");
}

function makeLevelPoints(anchor: Texts['anchor']) {
  const point = z
    .strictObject({
      at: described(anchor, 'Where: an anchor.'),
      gainDb: described(z.number().min(-144).max(24), 'Level there, dB.', [-6]),
      curve: described(
        z.enum(['linear', 'equal-power']).default('linear'),
        'The way to this point from the one before: a straight line in dB (linear, the default) or in power.',
      ),
    })
    .readonly();
  return z.array(point).min(1).readonly();
}

/** Gives a type of cue a definition of its own in the JSON Schema. */
function defined<Schema extends z.ZodType>(schema: Schema, id: string, description: string): Schema {
  return schema.meta({ ...schema.meta(), id, description });
}

/** For editors; reading a sheet says it in words (choices.ts). */
function exactlyOne(first: string, second: string) {
  return { oneOf: [{ required: [first] }, { required: [second] }] };
}
