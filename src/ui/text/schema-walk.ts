/** A JSON Schema (draft-07), as far as this reads it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly examples?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly definitions?: Readonly<Record<string, Schema>>;
}

/** The schemas that may be meant at a path of a value; alternatives that the value rules out are left out. */
export function schemasAt(
  root: Schema,
  path: readonly (string | number)[],
  value: unknown,
): readonly Schema[] {
  let found = alternatives(root, root, value);
  let part = value;
  for (const step of path) {
    part = typeof part === 'object' && part !== null ? Reflect.get(part, step) : undefined;
    const inner = found.flatMap((schema) => stepInto(schema, step));
    found = inner.flatMap((schema) => alternatives(root, schema, part));
  }
  return found;
}

function stepInto(schema: Schema, step: string | number): readonly Schema[] {
  if (typeof step === 'number') return schema.items ? [schema.items] : [];
  const named = schema.properties?.[step];
  if (named) return [named];
  return typeof schema.additionalProperties === 'object' ? [schema.additionalProperties] : [];
}

/** What a schema may stand for, with what is said of all of it. */
function alternatives(root: Schema, schema: Schema, value: unknown): readonly Schema[] {
  const { $ref, anyOf, oneOf, allOf, ...own } = schema;
  const choices = [...(anyOf ?? []), ...(oneOf ?? []), ...(allOf ?? [])];
  const target = $ref === undefined ? undefined : root.definitions?.[$ref.replace('#/definitions/', '')];
  if (target) choices.push(target);
  if (choices.length === 0) return fits(schema, value) ? [schema] : [];
  return choices
    .flatMap((choice) => alternatives(root, choice, value))
    .map((choice) => merge(own, choice))
    .filter((choice) => fits(choice, value));
}

/** What is said of all alternatives, and of one. */
function merge(own: Schema, choice: Schema): Schema {
  const properties = own.properties && { properties: { ...own.properties, ...choice.properties } };
  const required = own.required && { required: [...own.required, ...(choice.required ?? [])] };
  return { ...own, ...choice, ...properties, ...required };
}

/** False where the value has another type, or another `type`. */
function fits(schema: Schema, value: unknown): boolean {
  if (value === undefined || value === null) return true;
  const tag = schema.properties?.['type']?.const;
  const found = typeof value === 'object' ? Reflect.get(value, 'type') : undefined;
  if (tag !== undefined && typeof found === 'string' && found !== tag) return false;
  if (schema.type === undefined) return true;
  const types = typeof schema.type === 'string' ? [schema.type] : schema.type;
  return types.includes(typeOf(value)) || (types.includes('integer') && typeof value === 'number');
}

function typeOf(value: unknown): string {
  return Array.isArray(value) ? 'array' : typeof value;
}

/** True where a text is an anchor: a place in the edit. */
export function isAnchor(schema: Schema): boolean {
  return schema.pattern?.includes('(shot|scene|marker|cue):') === true;
}
