import * as z from 'zod';
import { FASTEST_RPM, parseRpm, SLOWEST_RPM } from './rpm.ts';
import { described, type Fields, seed } from './schema-fields.ts';
import type { Texts } from './schema-texts.ts';

/** The schema of an audio file. */
export function makeSoundSchema({ path }: Texts, { gainDb, note }: Fields) {
  const optional = (description: string, examples?: readonly string[]) =>
    described(z.string().exactOptional(), description, examples);
  const people = (description: string) =>
    described(z.array(z.string().min(1)).readonly().exactOptional(), description);
  const music = z
    .strictObject({
      title: described(z.string().min(1), 'Title of the work.', ['The Blue Danube']),
      composers: people('Who wrote it.'),
      arrangers: people('Who arranged it.'),
      performers: people('Who plays and sings.'),
      publisher: optional('Publisher of the work.'),
      label: optional('Label of the recording.'),
      catalogueNumber: optional('Number that the label gives the release.'),
      isrc: optional('ISRC of the recording.'),
      iswc: optional('ISWC of the work.'),
      year: described(z.int().min(0).max(9999).exactOptional(), 'Year of the recording.'),
      usage: optional('How the film uses it.', ['visual vocal', 'background instrumental']),
      clearance: optional('State of the rights.', ['cleared', 'pending']),
      note,
    })
    .readonly();
  const sound = z
    .strictObject({
      file: described(path, 'Audio file (WAV, FLAC, Ogg Vorbis or MP3), relative to the sheet, with `/`.'),
      gainDb,
      licence: optional('Licence of the recording.', ['CC0-1.0']),
      credit: optional('Who made it, as it should be credited.'),
      music: described(
        music.exactOptional(),
        'For the music cue sheet: what is played and who has the rights.',
      ),
      note,
    })
    .readonly();
  return described(sound, 'An audio file.');
}

/** The schema of a record player. */
export function makePlayerSchema({ note }: Fields) {
  const pressing = z
    .strictObject({
      seed: seed('Which pressing it is: the same seed has the same clicks in the same places. Default 0.'),
      crackle: described(z.number().min(0).max(1).default(0.4), 'Dust, 0 … 1. Default 0.4.'),
      ticks: described(z.int().min(0).max(1000).default(2), 'Ticks in one revolution. Default 2.'),
    })
    .readonly();
  const still = (what: string) =>
    described(z.literal(0).default(0), `${what}, per cent of peak deviation. Only 0 in this version.`);
  const player = z
    .strictObject({
      rpm: makeRpmSchema(),
      pressing: described(pressing.prefault({}), 'The surface of the record.'),
      wow: still('Slow change of speed'),
      flutter: still('Fast change of speed'),
      note,
    })
    .readonly();
  return described(player, 'A record player: one prop with one pressing, the same wherever it is heard.');
}

/** The schema of an output file. */
export function makeStemSchema({ gainDb, note }: Fields) {
  const stem = z.strictObject({ gainDb, note }).readonly();
  return described(stem, 'An output file, and the layer that its cues play on.');
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
