import { parseAnchor } from '../../engine/index.ts';
import { cueTypeSchema, isAnchorPart, isDurationPart, type SchemaPart, typeName } from '../cue-schema.ts';
import { isRecord, namesOf, rawCues, textOf } from '../raw-cue.ts';
import type { SheetDocument } from '../workspace.ts';
import { fittingBed, fittingRecord, fittingSound, fittingStem, type Surroundings } from './fitting.ts';

/** Where and for what a cue is made. */
export interface NewCueOptions extends Surroundings {
  /** An anchor. */
  readonly at: string;
  /** The lane that it is made on; undefined where that is left to what fits. */
  readonly stem: string | undefined;
  /** A free id that is like a name. */
  readonly idFor: (name: string) => string;
}

type Made = { readonly id: string; readonly cue: Record<string, unknown> } | { readonly problem: string };

/**
 * A cue of a type with all that the schema asks for: names that the sheet has, else the schema's own examples.
 * Where the sheet has no such name (a player, a sound) the problem says what to make first.
 */
export function newCue(type: string, options: NewCueOptions): Made {
  const schema = cueTypeSchema(type);
  if (!schema) return { problem: `there is no type of cue "${type}"` };
  const stem = options.stem ?? fittingStem(type, options);
  const cue: Record<string, unknown> = { id: '', type };
  const [choice] = schema.choices;
  const isChosen =
    schema.choices.length > 0 && !schema.choices.some((keys) => keys.every((key) => key in cue));
  const keys = [...schema.required, ...(isChosen && choice ? choice : [])];
  // `at` and `stem` first, where a reader looks for them.
  const inOrder = ['stem', 'at', ...keys].filter((key, index, all) => all.indexOf(key) === index);
  for (const key of inOrder) {
    if (key in cue || !(key in schema.properties)) continue;
    if (key === 'at' && !keys.includes('at') && schema.properties['at']?.['default'] === undefined) continue;
    const value = valueFor(key, schema.properties[key], { ...options, type, stem });
    if (value === undefined) {
      return {
        problem: `a ${typeName(type)} needs a ${key}, and the sheet has none yet: add one in the text`,
      };
    }
    cue[key] = value;
  }
  const id = options.idFor(nameFor(type, cue['sound']));
  return { id, cue: { ...cue, id } };
}

/** A cue is called as the sound that it plays, of several takes as they are all called; else as its type. */
function nameFor(type: string, sound: unknown): string {
  if (typeof sound === 'string') return sound;
  const [first]: readonly unknown[] = Array.isArray(sound) ? sound : [];
  return typeof first === 'string' ? first.replace(/-?\d+$/, '') || first : type;
}

function valueFor(
  key: string,
  part: SchemaPart | undefined,
  options: NewCueOptions & { readonly type: string },
): unknown {
  const { document, film, at, type, stem } = options;
  if (isAnchorPart(part)) return key === 'at' ? at : placeAfter(at);
  switch (key) {
    case 'stem':
      return stem;
    case 'sound':
      return fittingSound(type, stem, options);
    case 'sounds': {
      const sound = fittingBed(options);
      return sound === undefined ? undefined : [{ sound }];
    }
    case 'record':
      return fittingRecord(options);
    case 'player':
      return namesOf(document, 'players')[0];
    case 'bed':
      return firstOf(document, 'room-tone');
    case 'order':
      return bedOrder(document);
    case 'under':
      return firstOf(document, 'needle-drop') ?? stem ?? film.score.stems.at(-1)?.id;
    case 'points':
      return [{ at, gainDb: 0 }];
    case 'revolutions':
      return 4;
  }
  return exampleOf(part);
}

/** What the schema would put there. */
function exampleOf(part: SchemaPart | undefined): unknown {
  if (!part) return undefined;
  if (part['default'] !== undefined) return part['default'];
  const examples = part['examples'];
  if (Array.isArray(examples) && examples.length > 0) return examples[0];
  if (isDurationPart(part)) return '1s';
  const options = part['enum'];
  if (Array.isArray(options)) return options[0];
  return part['type'] === 'number' || part['type'] === 'integer' ? (part['minimum'] ?? 1) : undefined;
}

/** An anchor four seconds after another. */
function placeAfter(at: string): string {
  return 'error' in parseAnchor(at) ? 'end' : `${at} + 4s`;
}

function firstOf(document: SheetDocument, type: string): string | undefined {
  const found = rawCues(document).find((cue) => isRecord(cue) && cue['type'] === type);
  return isRecord(found) ? textOf(found, 'id') : undefined;
}

/** Every sound of the first bed, as it comes back. */
function bedOrder(document: SheetDocument): unknown {
  const bed = rawCues(document).find((cue) => isRecord(cue) && cue['type'] === 'room-tone');
  const sounds = isRecord(bed) && Array.isArray(bed['sounds']) ? bed['sounds'] : [];
  const tags = sounds.flatMap((sound: unknown) => (isRecord(sound) ? (textOf(sound, 'sound') ?? []) : []));
  return tags.length > 0 ? tags.map((sound) => ({ sound, fade: '1s' })) : undefined;
}
