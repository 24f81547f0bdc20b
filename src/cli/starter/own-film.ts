import { realpathSync } from 'node:fs';
import { basename, dirname, extname, join, relative, sep } from 'node:path';
import { type Edit, findRoot, formatPlace, formatTimecode, frameRateName } from '../../engine/index.ts';
import { errorCode } from '../node/error-code.ts';
import { projectFiles } from '../node/project-files.ts';
import type { FoundSound } from './find-sounds.ts';
import { suggestCues } from './suggest-cues.ts';
import type { NewFile } from './write-files.ts';

/** A new sheet for an edit and sounds that are there already. */
export interface OwnFilm {
  /** Name of the sheet in its folder. */
  readonly sheetName: string;
  readonly newFiles: readonly NewFile[];
  /** The edit as the sheet names it. */
  readonly editFile: string;
  readonly isEditCopied: boolean;
  /** Sounds that lie outside the project and are copied into it, as the sheet names them. */
  readonly copiedSounds: readonly string[];
}

/** An edit and the file that it was read from. */
export interface EditSource {
  readonly edit: Edit;
  readonly text: string;
  /** Absolute. */
  readonly path: string;
}

/**
 * Makes a sheet with a line for every shot and a sound for every audio file. What lies inside the project,
 * when every symbolic link is followed, is referred to; what does not is copied beside the sheet, because a
 * sheet's paths stay in the project.
 *
 * @param folder - Absolute path of the folder that the sheet goes to.
 */
export async function makeOwnFilm(
  folder: string,
  source: EditSource,
  sounds: readonly FoundSound[],
): Promise<OwnFilm> {
  const realFolder = realPathToBe(folder);
  const root = await findRoot(realFolder, projectFiles);
  const placeOf = (path: string, copyName: string): PlacedFile => {
    // A link inside the project keeps its name, if it leads nowhere else.
    const place = join(realpathSync.native(dirname(path)), basename(path));
    const file = relative(realFolder, place).split(sep).join('/');
    const isInside = [place, realpathSync.native(path)].every((real) => projectFiles.isInside(root, real));
    return isInside && isPlain(file) ? { file } : { file: copyName, copyOf: path };
  };
  const name = basename(source.path);
  const stem = basename(name, extname(name));
  const edit = placeOf(source.path, isPlain(name) ? name : `edit${extname(name)}`);
  const placed = sounds.map((sound) => ({
    ...sound,
    ...placeOf(sound.path, `sounds/${isPlain(sound.name) ? sound.name : plainName(sound)}`),
  }));
  const sheetName = `${stem}.cues.json`;
  const sheet = sheetText({
    title: titleOf(source) ?? stem,
    editFile: edit.file,
    edit: source.edit,
    sounds: placed,
  });
  const copies = [edit, ...placed].flatMap(({ file, copyOf }): NewFile[] =>
    copyOf === undefined ? [] : [{ path: file, content: { copyOf } }],
  );
  return {
    sheetName,
    newFiles: [{ path: sheetName, content: sheet }, ...copies],
    editFile: edit.file,
    isEditCopied: edit.copyOf !== undefined,
    copiedSounds: placed.filter((sound) => sound.copyOf !== undefined).map((sound) => sound.file),
  };
}

/** A file as the sheet names it, and what it is to be a copy of if it is not there yet. */
interface PlacedFile {
  readonly file: string;
  readonly copyOf?: string;
}

/** The path with every symbolic link followed, of a folder that may still have to be made. */
function realPathToBe(folder: string): string {
  try {
    return realpathSync.native(folder);
  } catch (problem) {
    const above = dirname(folder);
    if (errorCode(problem) !== 'ENOENT' || above === folder) throw problem;
    return join(realPathToBe(above), basename(folder));
  }
}

/** The longest title that a sheet takes. */
const MOST_LETTERS = 200;

/** What an EDL calls itself. */
function titleOf({ edit, text }: EditSource): string | undefined {
  if (edit.format !== 'edl') return undefined;
  const title = /^[ \t]*TITLE:(.*)$/im.exec(text)?.[1];
  return (
    oneLine(title ?? '')
      .trim()
      .slice(0, MOST_LETTERS)
      .trim() || undefined
  );
}

/** A sheet refuses names that do not travel from one system to another. */
function isPlain(path: string): boolean {
  return !/[\\\p{Cc}]|^[A-Za-z]:|^[A-Za-z][\w+.-]*:/u.test(path);
}

function plainName(sound: FoundSound): string {
  return `${sound.tag}${extname(sound.name)}`;
}

interface SheetParts {
  readonly title: string;
  readonly editFile: string;
  readonly edit: Edit;
  readonly sounds: readonly (FoundSound & { readonly file: string })[];
}

function sheetText({ title, editFile, edit, sounds }: SheetParts): string {
  const timecode = (frame: number) => formatTimecode(frame, edit.frameRate);
  const suggestions = suggestCues(edit, sounds).map((line) => `    // ${line}`);
  const soundLines = sounds.map(
    ({ tag, file, seconds }, index) =>
      `    ${quote(tag)}: { "file": ${quote(file)} }${index < sounds.length - 1 ? ',' : ''} // ${seconds.toFixed(2)} s`,
  );
  const shotLines = edit.shots.map((shot) => {
    const place = formatPlace({ kind: 'ref', to: 'shot', id: shot.id, edge: 'start' });
    const span = `${timecode(shot.recordIn)} to ${timecode(shot.recordOut)}, ${shot.recordOut - shot.recordIn} frames`;
    const scene = shot.scene === undefined ? '' : `, scene ${shot.scene}`;
    return `    //   ${quote(place)}  ${span}${scene}${shot.name === undefined ? '' : `, ${shot.name}`}`;
  });
  return `{
  // \`runout check\` finds what is wrong with this sheet, \`runout preview\` lets you hear and change it,
  // \`runout render\` writes its stems.
  "$schema": "./cue-sheet.schema.json",
  "version": 1,
  "title": ${quote(title)},
  "edit": ${quote(editFile)},
  "frameRate": ${quote(frameRateName(edit.frameRate))},
  "sampleRate": 48000,
  "seed": 1,

  // Shots have their ids from the clip names. Another id or scene for one, by event number or clip name:
  // "shots": { "003": { "id": "2-1", "scene": "2" } },

  "sounds": {
${soundLines.map(oneLine).join('\n')}
  },

  "players": { "portable": {} },

  "stems": { "room": {}, "sfx": {}, "record": {} },

  "cues": [
    // The shots of the edit, to tie cues to:
${shotLines.map(oneLine).join('\n')}
    //
    // Cues to begin with, of shots and sounds that were picked blindly: put yours in, and take the slashes away.
    // A bed, a knock, and four beats: a needle drops, the groove runs out, three seconds of nothing, the room comes back.
    //
${suggestions.map(oneLine).join('\n')}
  ]
}
`;
}

function quote(text: string): string {
  return JSON.stringify(text);
}

/** Keeps a comment a comment, whatever a clip is called. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]/gu, ' ');
}
