import { cueSheetJsonSchema } from '../engine/index.ts';
import { isRecord } from './raw-cue.ts';

/** A part of the JSON Schema of cue sheets. */
export type SchemaPart = Readonly<Record<string, unknown>>;

/** A type of cue, as the schema tells of it. */
export interface CueTypeSchema {
  readonly type: string;
  readonly description: string;
  readonly properties: Readonly<Record<string, SchemaPart>>;
  readonly required: readonly string[];
  /** Keys of which one at least has to be there as well: `revolutions` or `until`. */
  readonly choices: readonly (readonly string[])[];
}

let known: readonly CueTypeSchema[] | undefined;

/** Every type of cue that the format knows, in the schema's order. */
export function cueTypes(): readonly CueTypeSchema[] {
  known ??= readTypes(cueSheetJsonSchema());
  return known;
}

export function cueTypeSchema(type: string): CueTypeSchema | undefined {
  return cueTypes().find((candidate) => candidate.type === type);
}

/** The words for a key: `fade in`. */
export function keyName(key: string): string {
  return key.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}

/** The words for a type: `needle drop`. */
export function typeName(type: string): string {
  return type.replaceAll('-', ' ');
}

/** True for the place of a cue or of one of its edges, by the pattern that such texts have. */
export function isAnchorPart(part: SchemaPart | undefined): boolean {
  return typeof part?.['pattern'] === 'string' && part['pattern'].includes('shot|scene|marker|cue');
}

export function isDurationPart(part: SchemaPart | undefined): boolean {
  const pattern = part?.['pattern'];
  return typeof pattern === 'string' && pattern.includes('(f|s|ms|smp|rev)') && !isAnchorPart(part);
}

function readTypes(schema: SchemaPart): readonly CueTypeSchema[] {
  const definitions = schema['definitions'];
  const cues = isRecord(schema['properties']) ? schema['properties']['cues'] : undefined;
  const items = isRecord(cues) ? cues['items'] : undefined;
  const options = isRecord(items) ? (items['oneOf'] ?? items['anyOf']) : undefined;
  if (!isRecord(definitions) || !Array.isArray(options)) return [];
  return options.flatMap((option: unknown) => {
    const name =
      isRecord(option) && typeof option['$ref'] === 'string' ? option['$ref'].split('/').at(-1) : '';
    const definition = definitions[name ?? ''];
    return isRecord(definition) ? (readType(definition) ?? []) : [];
  });
}

function readType(definition: SchemaPart): CueTypeSchema | undefined {
  const properties = definition['properties'];
  if (!isRecord(properties)) return undefined;
  const parts = Object.fromEntries(
    Object.entries(properties).flatMap(([key, part]) => (isRecord(part) ? [[key, part]] : [])),
  );
  const type = parts['type']?.['const'];
  if (typeof type !== 'string') return undefined;
  const choices = definition['oneOf'] ?? definition['anyOf'];
  return {
    type,
    description: typeof definition['description'] === 'string' ? definition['description'] : '',
    properties: parts,
    required: stringsOf(definition['required']),
    choices: Array.isArray(choices)
      ? choices.map((choice: unknown) => (isRecord(choice) ? stringsOf(choice['required']) : []))
      : [],
  };
}

function stringsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
