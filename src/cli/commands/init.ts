import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { type Checkpoint, cueSheetJsonSchema, type FrameRate } from '../../engine/index.ts';
import { Failure, UsageError } from '../failure.ts';
import { interruptSignal } from '../interrupt.ts';
import { createCheckpoint } from '../node/checkpoint.ts';
import { openEdit, readRate } from '../open-edit.ts';
import { type FoundSound, findSounds } from '../starter/find-sounds.ts';
import { makeOwnFilm, type OwnFilm } from '../starter/own-film.ts';
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
<dir>) are referred to; others are copied beside the sheet, the edit too: a new cut goes over that copy.

Examples:
  $ runout init my-film
  $ runout init my-film --edit cut.edl --sounds fx --fps 24`,
    )
    .action(init);
}

async function init(folder: string, options: InitOptions): Promise<void> {
  const checkpoint = createCheckpoint(interruptSignal(), () => {});
  if (options.edit === undefined) {
    if (options.sounds !== undefined)
      throw new UsageError('--sounds needs --edit', 'name the edit that the sounds are for');
    if (options.fps !== undefined)
      throw new UsageError('--fps needs --edit', 'name the edit that the rate is for');
    await writeFiles(folder, [...makeStarterFilm(), schemaFile()], checkpoint);
    finish(join(folder, 'film.cues.json'));
    return;
  }
  const { edit, text } = await openEdit(options.edit, { fps: options.fps, needsRate: true });
  const sounds = options.sounds === undefined ? [] : await gatherSounds(options.sounds, checkpoint);
  const film = await makeOwnFilm(resolve(folder), { edit, text, path: resolve(options.edit) }, sounds);
  await writeFiles(folder, [...film.newFiles, schemaFile()], checkpoint);
  note(`a sheet of ${edit.shots.length} shots and ${sounds.length} sounds; its cues are yours to write`);
  tellFiles(folder, film);
  finish(join(folder, film.sheetName));
}

/** The sounds of a folder; what is left out of them is told. @throws Failure where there is none */
async function gatherSounds(folder: string, checkpoint: Checkpoint): Promise<readonly FoundSound[]> {
  const { sounds, unusable, others } = await findSounds(folder, checkpoint);
  for (const reason of unusable) note(`left out: ${reason}`);
  if (others.length > 0) note(`left out, being no audio by their names: ${others.join(', ')}`);
  if (sounds.length > 0) return sounds;
  throw new Failure(
    `there is no sound in ${folder} that can be used`,
    'WAV, FLAC, Ogg Vorbis and MP3 can; without --sounds the sheet begins with none',
  );
}

/** Which files the sheet now depends on, and where a new cut goes. */
function tellFiles(folder: string, { editFile, isEditCopied, copiedSounds }: OwnFilm): void {
  const edit = join(folder, editFile);
  note(
    isEditCopied
      ? `the edit was copied to ${edit}: export a new cut over that copy`
      : `the edit stays where it is, ${edit}: export a new cut over that file`,
  );
  if (copiedSounds.length > 0) {
    const count = copiedSounds.length === 1 ? '1 sound was' : `${copiedSounds.length} sounds were`;
    note(`${count} copied into ${folder}, from outside the project: ${copiedSounds.join(', ')}`);
  }
}

/** For editors: completion and checks while the sheet is written. */
function schemaFile(): NewFile {
  return {
    path: 'cue-sheet.schema.json',
    content: `${JSON.stringify(cueSheetJsonSchema(), undefined, 2)}\n`,
  };
}

function finish(sheet: string): void {
  print(sheet);
  note(`next: runout check ${quoted(sheet)}`);
  note(`      runout preview ${quoted(sheet)}     hear it, see it, change it`);
  note(`      runout render ${quoted(sheet)} --out stems`);
}

/** A path as a shell takes it. */
function quoted(path: string): string {
  return /^[\w./@%+=:,-]+$/.test(path) ? path : `"${path}"`;
}
