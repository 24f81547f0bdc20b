import * as z from 'zod';

/**
 * A key that may be left out, as `exactOptional()` makes one. That holds a key which is not there against its schema
 * too, and throws away all that is found; here nothing is looked for. A cue leaves out a dozen keys.
 */
export function optional<Schema extends z.ZodType>(innerType: Schema): z.ZodExactOptional<Schema> {
  return new Optional({ type: 'optional', innerType }) as z.ZodExactOptional<Schema>;
}

const Optional = z.core.$constructor<z.ZodExactOptional>('Optional', (schema, definition) => {
  z.ZodExactOptional.init(schema, definition);
  const { parse } = schema._zod;
  schema._zod.parse = (payload, context) => {
    if (payload.value !== undefined) return parse(payload, context);
    payload.issues.push({ code: 'invalid_type', expected: 'nonoptional', input: undefined, inst: schema });
    return payload;
  };
});
