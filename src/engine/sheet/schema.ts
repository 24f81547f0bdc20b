import * as z from 'zod';
import { makeCueSchema } from './schema-cues.ts';
import { makeInlineEditSchema, makeShotNamesSchema } from './schema-edit.ts';
import { described, makeFields, seed } from './schema-fields.ts';
import { optional } from './schema-optional.ts';
import { makePlayerSchema } from './schema-player.ts';
import { makeSoundSchema, makeSpaceSchema, makeStemSchema } from './schema-props.ts';
import { makeTexts, type Strictness } from './schema-texts.ts';

/** A cue sheet, version 1, as it was read: defaults filled in, `x-` keys left out. */
export type CueSheet = z.infer<ReturnType<typeof makeCueSheetSchema>>;

/** One line of the sheet. */
export type Cue = CueSheet['cues'][number];
export type CueType = Cue['type'];
type CueOf<Type extends CueType> = Extract<Cue, { readonly type: Type }>;
export type RoomToneCue = CueOf<'room-tone'>;
export type PracticalCue = CueOf<'practical'>;
export type ScatterCue = CueOf<'scatter'>;
export type NeedleDropCue = CueOf<'needle-drop'>;
export type GrooveLoopCue = CueOf<'groove-loop'>;
export type NeedleLiftCue = CueOf<'needle-lift'>;
export type MotorStartCue = CueOf<'motor-start'>;
export type MotorStopCue = CueOf<'motor-stop'>;
export type SilenceCue = CueOf<'silence'>;
export type RoomReturnCue = CueOf<'room-return'>;
export type DuckCue = CueOf<'duck'>;
export type LevelCue = CueOf<'level'>;

/** An audio file of the sheet. */
export type SheetSound = CueSheet['sounds'][string];
/** A record player of the sheet; `rpm` is an exact fraction such as `100/3`. */
export type SheetPlayer = CueSheet['players'][string];
/** A room of the sheet. */
export type SheetSpace = CueSheet['spaces'][string];
/** An output file of the sheet. */
export type SheetStem = CueSheet['stems'][string];

// A sheet is read once, so compiling the schema costs more than it saves. And pages may forbid eval: a schema that only
// tries whether it may compile itself breaks their policy.
z.config({ jitless: true });

const made = new Map<Strictness, ReturnType<typeof makeCueSheetSchema>>();

/** The schema of cue sheets. It takes some 10 ms to make, so it is made when it is first asked for. */
export function cueSheetSchema(strictness: Strictness): ReturnType<typeof makeCueSheetSchema> {
  const schema = made.get(strictness) ?? makeCueSheetSchema(strictness);
  made.set(strictness, schema);
  return schema;
}

/** Makes the schema of cue sheets, of which {@link cueSheetSchema} keeps one. */
export function makeCueSheetSchema(strictness: Strictness) {
  const texts = makeTexts(strictness);
  const fields = makeFields(texts);
  const editFile = described(texts.path, 'File of the edit (EDL or OTIO), relative to the sheet.', [
    'film.edl',
  ]);
  const sheet = z
    .strictObject({
      $schema: described(optional(z.string()), 'The JSON Schema of cue sheets, for editors.'),
      version: described(z.literal(1), 'Version of the format: 1.', [1]),
      title: described(
        optional(z.string().min(1).max(200)),
        'Title of the film; its files are named after it.',
      ),
      edit: described(
        z.union([editFile, makeInlineEditSchema(texts)]),
        'The picture edit: a file (EDL or OTIO), or written out here.',
        ['film.edl'],
      ),
      frameRate: described(
        optional(texts.frameRate),
        'Frames per second, where the edit file carries none (EDL): 23.976, 24, 25, 29.97, 29.97DF, 30 …',
      ),
      start: described(
        optional(texts.timecode),
        "Timecode of the edit's first frame, where the edit does not say it or should not.",
      ),
      sampleRate: described(
        z.int().min(8000).max(192_000).default(48_000),
        'Samples per second of the stems, 8000 … 192000. Default 48000.',
      ),
      seed: seed('What all chance is drawn from: the same seed gives the same film. Default 0.'),
      shots: described(
        optional(z.record(z.string(), makeShotNamesSchema(texts)).readonly()),
        'Ids, scenes and cameras of shots, by event number, clip name or shot id.',
        [{ '004': { id: '1-4', scene: '1' } }],
      ),
      sounds: described(
        z.record(texts.id, makeSoundSchema(texts, fields)).readonly().prefault({}),
        'The audio files, by tag.',
      ),
      spaces: described(
        z.record(texts.id, makeSpaceSchema(texts, fields)).readonly().prefault({}),
        'Rooms that sound is heard in, by id.',
      ),
      players: described(
        z.record(texts.id, makePlayerSchema(texts, fields)).readonly().prefault({}),
        'The record players, by name.',
      ),
      stems: described(
        z.record(texts.stemId, makeStemSchema(fields)).readonly().meta({ minProperties: 1 }),
        'The output files, by id, in the order in which they are summed.',
        [{ room: {}, sfx: {}, record: {} }],
      ),
      cues: described(
        z.array(makeCueSchema(texts, fields)).readonly(),
        'What should happen, and where it belongs. In any order.',
        [[]],
      ),
    })
    .readonly();
  return sheet.meta({
    title: 'Runout cue sheet',
    description: 'The sound of a film: what is heard, and where in the picture edit it belongs.',
  });
}
