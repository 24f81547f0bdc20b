import * as z from 'zod';
import { cueSheetSchema } from './schema.ts';

/**
 * The JSON Schema (draft-07) of cue sheets, for editors: completion, descriptions, slips underlined. It lets
 * through what only reading finds: names that are not there, and some texts that only look right.
 */
export function cueSheetJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(cueSheetSchema('grammar'), {
    target: 'draft-7',
    io: 'input',
    override: ({ jsonSchema }) => {
      // That our own data is frozen says nothing of the file.
      delete jsonSchema.readOnly;
      // The name of a definition; draft-07 has no such key.
      delete jsonSchema.id;
      if (jsonSchema.type === 'object') jsonSchema.patternProperties = { '^x-': {} };
    },
  });
}
