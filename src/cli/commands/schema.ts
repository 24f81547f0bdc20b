import type { Command } from 'commander';
import { cueSheetJsonSchema } from '../../engine/index.ts';
import { printJson } from '../terminal.ts';

export function registerSchema(program: Command): void {
  program
    .command('schema')
    .description(
      'Prints the JSON Schema (draft-07) of the cue sheet, for editors that complete and check JSON.',
    )
    .addHelpText(
      'after',
      `
Examples:
  $ runout schema > cue-sheet.schema.json
  and in the sheet:  "$schema": "./cue-sheet.schema.json"`,
    )
    .action(() => printJson(cueSheetJsonSchema()));
}
