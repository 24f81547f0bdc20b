import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { cueSheetJsonSchema, type FrameRate } from '../../engine/index.ts';
import { UsageError } from '../failure.ts';
import { openEdit, readRate } from '../open-edit.ts';
import { findSounds } from '../starter/find-sounds.ts';
import { makeOwnFilm } from '../starter/own-film.ts';
import { makeStarterFilm } from '../starter/starter-film.ts';
import { type NewFile, writeFiles } from '../starter/write-files.ts';
import { note, print } from '../terminal.ts';

interface InitOptions {
  readonly edit?: string;
  readonly sounds?: string;
  readonly fps?: FrameRate;
}

export function registerInit(program: Command): void {
  program
    .command('init')
    .argument('<dir>', 'the folder to write into; made where it is missing')
    .description('Writes a small film that renders at once, or a sheet for your own edit and sounds.')
    .option('--edit <file>', 'your edit (EDL or OTIO): the sheet lists its shots')
    .option('--sounds <folder>', 'your audio files: the sheet names every one of them')
    .option('--fps <rate>', 'frame rate of the edit, where its file carries none (EDL)', readRate)
    .addHelpText(
      'after',
      `
Nothing is overwritten. Files inside the project (the nearest folder above with a package.json or .git, else
<dir>) are referred to; others are copied beside the sheet.

Examples:
  $ runout init my-film
  $ runout init my-film --edit cut.edl --sounds fx --fps 24`,
    )
    .action(init);
}

async function init(folder: string, options: InitOptions): Promise<void> {
  if (options.edit === undefined) {
    if (options.sounds !== undefined)
      throw new UsageError('--sounds needs --edit', 'name the edit that the sounds are for');
    if (options.fps !== undefined)
      throw new UsageError('--fps needs --edit', 'name the edit that the rate is for');
    writeFiles(folder, [...makeStarterFilm(), schemaFile()]);
    finish(join(folder, 'film.cues.json'));
    return;
  }
  const { edit } = await openEdit(options.edit, options.fps);
  const { sounds, unusable } = options.sounds === undefined ? NO_SOUNDS : await findSounds(options.sounds);
  for (const { name, reason } of unusable) note(`left out ${name}: ${reason}`);
  const film = await makeOwnFilm(resolve(folder), resolve(options.edit), edit, sounds);
  writeFiles(folder, [...film.newFiles, schemaFile()]);
  note(`${edit.shots.length} shots, ${sounds.length} sounds`);
  if (film.copied.length > 0)
    note(`copied into ${folder}, from outside the project: ${film.copied.join(', ')}`);
  finish(join(folder, film.sheetName));
}

const NO_SOUNDS = { sounds: [], unusable: [] };

/** For editors: completion and checks while the sheet is written. */
function schemaFile(): NewFile {
  return {
    path: 'cue-sheet.schema.json',
    content: `${JSON.stringify(cueSheetJsonSchema(), undefined, 2)}\n`,
  };
}

function finish(sheet: string): void {
  print(sheet);
  note(`next: runout check ${sheet}`);
  note(`      runout render ${sheet} --out stems`);
}
