import { writeFileSync } from 'node:fs';
import { cueSheetJsonSchema } from '../src/engine/sheet/json-schema.ts';

const file = new URL('../cues/cue-sheet.schema.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(cueSheetJsonSchema(), undefined, 2)}\n`);
