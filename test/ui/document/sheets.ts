import fc from 'fast-check';

/** A sheet as people write it: a comment here and there, a cue a line. */
export const SHEET = `// The sound of a short film.
{
  "version": 1,
  "edit": "film.edl",
  "sounds": {
    "hum": {"file": "hum.flac"}, // the chandelier
    "mop": {"file": "mop.flac"}
  },
  "stems": {"room": {}, "sfx": {}},

  "cues": [
    // The room.
    {"id": "tone", "type": "room-tone", "stem": "room", "sounds": [{"sound": "hum", "gainDb": -6}]},

    // 1. Routine.
    {"id": "mop", "type": "practical", "stem": "sfx", "sound": "mop", "at": "shot:1-3.start + 12f", "note": "wet"}, // again in 8-2
    {"id": "door", "type": "practical", "stem": "sfx", "sound": "mop", "at": "shot:1-4.start"}
  ]
}
`;

/** The same in the look of a formatter: a line for each key. */
export const TALL_SHEET = `{
\t"version": 1,
\t"stems": {
\t\t"room": {}
\t},
\t"cues": [
\t\t{
\t\t\t"id": "tone",
\t\t\t"type": "room-tone"
\t\t},
\t\t{
\t\t\t"id": "mop",
\t\t\t"repeat": {
\t\t\t\t"every": "1s"
\t\t\t}
\t\t}
\t]
}
`;

const word = fc.constantFrom('a', 'id', 'at', 'note', 'sound', 'x y', 'é"\\', 'stem', '');
const leaf = fc.oneof(
  fc.integer({ min: -40, max: 40 }),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom('hum', 'shot:1-3.start + 12f', 'a // b', '/* no comment */', '"', '\\', '}', '],'),
);

/** Any JSON that is not too large. */
export const jsonValue: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(word, tie('value'), { maxKeys: 4 }),
  ),
})).value;

const space = fc.constantFrom('', ' ', '\n', '\n  ', ' /* c */ ', '\n// c\n', '\t');

/** A value written with spaces and comments wherever they may be. */
export function written(value: unknown): fc.Arbitrary<string> {
  if (Array.isArray(value)) {
    if (value.length === 0) return space.map((inner) => `[${inner}]`);
    return fc
      .tuple(
        fc.array(fc.tuple(space, space), { minLength: value.length, maxLength: value.length }),
        fc.tuple(...value.map(written)),
      )
      .map(
        ([spaces, parts]) =>
          `[${parts.map((part, index) => spaces[index]![0] + part + spaces[index]![1]).join(',')}]`,
      );
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    if (entries.length === 0) return space.map((inner) => `{${inner}}`);
    return fc
      .tuple(
        fc.array(fc.tuple(space, space, space, space), {
          minLength: entries.length,
          maxLength: entries.length,
        }),
        fc.tuple(...entries.map(([, part]) => written(part))),
      )
      .map(([spaces, parts]) => {
        const slots = entries.map(([key], index) => {
          const [a, b, c, d] = spaces[index]!;
          return `${a}${JSON.stringify(key)}${b}:${c}${parts[index]}${d}`;
        });
        return `{${slots.join(',')}}`;
      });
  }
  return fc.constant(JSON.stringify(value));
}
