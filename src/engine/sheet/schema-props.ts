import * as z from 'zod';
import { described, type Fields } from './schema-fields.ts';
import { optional } from './schema-optional.ts';
import type { Texts } from './schema-texts.ts';

/** The schema of an audio file. */
export function makeSoundSchema({ path }: Texts, { gainDb, note }: Fields) {
  const text = (description: string, examples?: readonly string[]) =>
    described(optional(z.string()), description, examples);
  const people = (description: string) =>
    described(optional(z.array(z.string().min(1)).readonly()), description);
  const music = z
    .strictObject({
      title: described(z.string().min(1), 'Title of the work.', ['The Blue Danube']),
      composers: people('Who wrote it.'),
      arrangers: people('Who arranged it.'),
      performers: people('Who plays and sings.'),
      publisher: text('Publisher of the work.'),
      label: text('Label of the recording.'),
      catalogueNumber: text('Number that the label gives the release.'),
      isrc: text('ISRC of the recording.'),
      iswc: text('ISWC of the work.'),
      year: described(optional(z.int().min(0).max(9999)), 'Year of the recording.'),
      usage: text('How the film uses it.', ['visual vocal', 'background instrumental']),
      clearance: text('State of the rights.', ['cleared', 'pending']),
      note,
    })
    .readonly();
  const sound = z
    .strictObject({
      file: described(path, 'Audio file (WAV, FLAC, Ogg Vorbis or MP3), relative to the sheet, with `/`.'),
      gainDb,
      licence: text('Licence of the recording.', ['CC0-1.0']),
      credit: text('Who made it, as it should be credited.'),
      music: described(optional(music), 'For the music cue sheet: what is played and who has the rights.'),
      note,
    })
    .readonly();
  return described(sound, 'An audio file.');
}

/** The schema of an output file. */
export function makeStemSchema({ gainDb, note, filters, perspective, space }: Fields) {
  const channels = z.literal([1, 2, 6]).default(2);
  const stem = z
    .strictObject({
      gainDb,
      channels: described(channels, 'Mono (1), stereo (2) or 5.1 (6: L R C LFE Ls Rs). Default 2.'),
      filters,
      space,
      perspective,
      note,
    })
    .readonly();
  return described(stem, 'An output file, and the layer that its cues play on.');
}

/** The schema of a room. */
export function makeSpaceSchema({ path }: Texts, { gainDb, note, stem }: Fields) {
  const space = z
    .strictObject({
      impulse: described(
        path,
        'Impulse response of the room: an audio file of 1, 2 or 4 channels (LL LR RL RR), 30 s at most.',
        ['../samples/ballroom-ir.flac'],
      ),
      normalize: described(
        z.boolean().default(true),
        'True (the default): brought to unit energy, so that another room is as loud; false: as it is.',
      ),
      gainDb,
      stem: described(optional(stem), 'Stem that the room comes back on. Default: that of each sender.'),
      note,
    })
    .readonly();
  return described(space, 'A room that sound is heard in.');
}
