import { type CueTypeSchema, isAnchorPart, isDurationPart, keyName, type SchemaPart } from '../cue-schema.ts';
import { isRecord } from '../raw-cue.ts';

/** One field of the form, as the schema describes it and the cue has it. */
export interface Field {
  /** Key in the object, or index in the list, that holds it. */
  readonly key: string | number;
  readonly label: string;
  /** What is written after it: `dB`, `Hz`. */
  readonly unit?: string;
  readonly description: string;
  readonly isRequired: boolean;
  /** As the text has it; undefined where it does not. */
  readonly value: unknown;
  readonly kind: FieldKind;
}

export type FieldKind =
  | { readonly is: 'anchor' | 'duration' | 'text'; readonly standard: string | undefined }
  | {
      readonly is: 'number';
      readonly standard: number | undefined;
      readonly least?: number;
      readonly most?: number;
    }
  | { readonly is: 'choice'; readonly standard: string | undefined; readonly options: readonly string[] }
  | { readonly is: 'switch'; readonly standard: boolean }
  /** The name of something that the sheet has, by the sheet's key: `sounds`. */
  | { readonly is: 'name'; readonly of: NameSource }
  /** Several names, in order. */
  | { readonly is: 'names'; readonly of: NameSource }
  | { readonly is: 'group'; readonly fields: readonly Field[]; readonly fresh: unknown }
  | { readonly is: 'list'; readonly items: readonly Field[]; readonly fresh: unknown }
  /** Nothing that a form could show. */
  | { readonly is: 'other' };

export type NameSource = 'sounds' | 'stems' | 'players' | 'spaces' | 'cues';

/** What names name, by their keys. */
const NAMES: ReadonlyMap<string, NameSource> = new Map([
  ['sound', 'sounds'],
  ['record', 'sounds'],
  ['stem', 'stems'],
  ['stems', 'stems'],
  ['player', 'players'],
  ['to', 'spaces'],
  ['bed', 'cues'],
  ['under', 'cues'],
]);

/** Keys that every form begins and ends with; the schema's order in between. */
const FIRST = ['at', 'until', 'for', 'musicEnd', 'revolutions'];
const LAST = ['note', 'off'];
/** Shown elsewhere than among the fields. */
const HIDDEN = new Set(['type', 'id']);

/** The form of a cue: every key of its type, whether the text has it or not. */
export function fieldsOfCue(schema: CueTypeSchema, cue: Readonly<Record<string, unknown>>): Field[] {
  const rank = (key: string) => {
    if (FIRST.includes(key)) return FIRST.indexOf(key);
    return LAST.includes(key) ? 1000 + LAST.indexOf(key) : 100;
  };
  const keys = Object.keys(schema.properties).filter((key) => !HIDDEN.has(key));
  const inOrder = keys
    .map((key, index) => ({ key, index }))
    .sort((a, b) => rank(a.key) - rank(b.key) || a.index - b.index);
  return inOrder.map(({ key }) =>
    fieldOf(key, schema.properties[key] ?? {}, cue[key], schema.required.includes(key)),
  );
}

function fieldOf(key: string | number, part: SchemaPart, value: unknown, isRequired: boolean): Field {
  const own = partFor(part, value);
  const unit = unitOf(String(key));
  return {
    key,
    label: labelOf(key),
    ...(unit !== undefined && { unit }),
    description: textOf(part['description']) ?? textOf(own['description']) ?? '',
    isRequired,
    value,
    kind: kindOf(String(key), own, { ...part, ...own }, value),
  };
}

function kindOf(key: string, own: SchemaPart, whole: SchemaPart, value: unknown): FieldKind {
  const standard = whole['default'];
  if (isAnchorPart(own)) return { is: 'anchor', standard: textOf(standard) };
  if (isDurationPart(own)) return { is: 'duration', standard: textOf(standard) };
  if (Array.isArray(own['enum'])) {
    return { is: 'choice', standard: textOf(standard), options: own['enum'].map(String) };
  }
  const names = NAMES.get(key);
  switch (own['type']) {
    case 'string':
      return names ? { is: 'name', of: names } : { is: 'text', standard: textOf(standard) };
    case 'number':
    case 'integer':
      return {
        is: 'number',
        standard: typeof standard === 'number' ? standard : undefined,
        ...bound('least', own['minimum'] ?? own['exclusiveMinimum']),
        ...bound('most', own['maximum']),
      };
    case 'boolean':
      return { is: 'switch', standard: standard === true };
    case 'object':
      return { is: 'group', fields: fieldsOfPart(own, isRecord(value) ? value : {}), fresh: freshOf(own) };
    case 'array':
      return listOf(key, own, value);
    default:
      return { is: 'other' };
  }
}

function listOf(key: string, own: SchemaPart, value: unknown): FieldKind {
  const items = isRecord(own['items']) ? own['items'] : {};
  const names = NAMES.get(key);
  if (items['type'] === 'string' && names) return { is: 'names', of: names };
  const values: readonly unknown[] = Array.isArray(value) ? value : [];
  return {
    is: 'list',
    items: values.map((item, index) => fieldOf(index, items, item, true)),
    fresh: freshOf(items),
  };
}

function fieldsOfPart(part: SchemaPart, value: Readonly<Record<string, unknown>>): Field[] {
  const properties = isRecord(part['properties']) ? part['properties'] : {};
  const required: readonly unknown[] = Array.isArray(part['required']) ? part['required'] : [];
  return Object.entries(properties).map(([key, inner]) =>
    fieldOf(key, isRecord(inner) ? inner : {}, value[key], required.includes(key)),
  );
}

/** Of what may be several things, the one that the value is; without a value, the first. */
function partFor(part: SchemaPart, value: unknown): SchemaPart {
  const options: readonly unknown[] | undefined = Array.isArray(part['anyOf']) ? part['anyOf'] : undefined;
  if (!options) return part;
  const parts = options.filter(isRecord);
  return parts.find((option) => hasType(option, value)) ?? parts[0] ?? part;
}

function hasType(part: SchemaPart, value: unknown): boolean {
  switch (part['type']) {
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isRecord(value);
    case 'integer':
      return typeof value === 'number';
    default:
      return typeof value === part['type'];
  }
}

/** What is put there when a group or an item is added: all that has to be in it. */
function freshOf(part: SchemaPart): unknown {
  if (part['type'] !== 'object') return exampleOf(part);
  const properties = isRecord(part['properties']) ? part['properties'] : {};
  const required: readonly unknown[] = Array.isArray(part['required']) ? part['required'] : [];
  const [choice] = Array.isArray(part['oneOf']) ? part['oneOf'] : [];
  const chosen: readonly unknown[] =
    isRecord(choice) && Array.isArray(choice['required']) ? choice['required'] : [];
  const keys = [...required, ...chosen].filter((key) => typeof key === 'string');
  return Object.fromEntries(
    keys.map((key) => {
      const inner = properties[key];
      return [key, isRecord(inner) ? exampleOf(inner) : ''];
    }),
  );
}

function exampleOf(part: SchemaPart): unknown {
  if (isAnchorPart(part)) return 'start';
  const examples = part['examples'];
  if (Array.isArray(examples)) return examples[0];
  if (part['default'] !== undefined) return part['default'];
  if (Array.isArray(part['enum'])) return part['enum'][0];
  return part['type'] === 'integer' ? 4 : part['type'] === 'number' ? 0 : '';
}

/** `fade in` for `fadeIn`; an item is counted from 1. */
function labelOf(key: string | number): string {
  if (typeof key === 'number') return `${key + 1}`;
  if (key === 'gainDb') return 'level';
  return keyName(key.replace(/Db$/, ''));
}

function unitOf(key: string): string | undefined {
  if (key.endsWith('Db')) return 'dB';
  if (key === 'hz') return 'Hz';
  return key === 'revolutions' ? 'rev' : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function bound(name: 'least' | 'most', value: unknown): { readonly least?: number; readonly most?: number } {
  return typeof value === 'number' ? { [name]: value } : {};
}
