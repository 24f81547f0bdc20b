import * as z from 'zod';
import { isList, isRecord, type JsonValue, valueAt } from './json-value.ts';
import type { Path } from './pointer.ts';

type Schema = z.core.$ZodType;

/**
 * The part of a schema that a path into a value leads to, with all that wraps it; undefined where it leads
 * nowhere. Where the schema leaves a choice, the value decides it.
 */
export function schemaAt(schema: Schema, value: JsonValue, path: Path): Schema | undefined {
  let part: Schema | undefined = schema;
  for (const [depth, step] of path.entries()) {
    const whole: Schema | undefined = part && unwrap(part, valueAt(value, path.slice(0, depth)));
    part = whole && childOf(whole, step);
  }
  return part;
}

/** The keys that a value of a schema may have; none where it is no object. */
export function knownKeys(schema: Schema | undefined, value: JsonValue): readonly string[] {
  const whole = schema && unwrap(schema, value);
  return whole instanceof z.ZodObject ? Object.keys(whole.shape) : [];
}

/** The first example that the schema gives for a part, which editors show too. */
export function exampleOf(schema: Schema | undefined): unknown {
  for (let part = schema; part; part = innerOf(part)) {
    const examples = z.globalRegistry.get(part)?.['examples'];
    if (Array.isArray(examples)) return examples[0];
  }
  return undefined;
}

function childOf(schema: Schema, step: string | number): Schema | undefined {
  if (schema instanceof z.ZodObject)
    return Object.hasOwn(schema.shape, step) ? schema.shape[step] : undefined;
  if (schema instanceof z.ZodRecord) return schema.valueType;
  if (schema instanceof z.ZodArray) return schema.element;
  return undefined;
}

/** Takes off what only says whether a value may be missing or changed, and takes the choice that the value fits. */
function unwrap(schema: Schema, value: JsonValue): Schema | undefined {
  const inner = innerOf(schema);
  if (inner) return unwrap(inner, value);
  if (schema instanceof z.ZodDiscriminatedUnion) return chosenByType(schema, value);
  if (!(schema instanceof z.ZodUnion)) return schema;
  return schema.options.map((option) => unwrap(option, value)).find((option) => fits(option, value));
}

function innerOf(schema: Schema): Schema | undefined {
  if (
    schema instanceof z.ZodReadonly ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodExactOptional
  ) {
    return schema.def.innerType;
  }
  return schema instanceof z.ZodPipe ? schema.in : undefined;
}

function chosenByType(schema: z.ZodDiscriminatedUnion, value: JsonValue): Schema | undefined {
  if (!isRecord(value)) return undefined;
  for (const option of schema.options) {
    const whole = unwrap(option, value);
    const type = whole instanceof z.ZodObject ? whole.shape['type'] : undefined;
    if (type instanceof z.ZodLiteral && type.value === value['type']) return whole;
  }
  return undefined;
}

function fits(schema: Schema | undefined, value: JsonValue): boolean {
  if (isList(value)) return schema instanceof z.ZodArray;
  if (isRecord(value)) return schema instanceof z.ZodObject;
  if (typeof value === 'number') return schema instanceof z.ZodNumber;
  return schema instanceof z.ZodString;
}
