import { basename, extname, relative, sep } from 'node:path';
import { type Edit, findRoot, formatPlace, formatTimecode, frameRateName } from '../../engine/index.ts';
import { projectFiles } from '../node/project-files.ts';
import type { FoundSound } from './find-sounds.ts';
import type { NewFile } from './write-files.ts';

/** A new sheet for an edit and sounds that are there already. */
export interface OwnFilm {
  /** Name of the sheet in its folder. */
  readonly sheetName: string;
  readonly newFiles: readonly NewFile[];
  /** Files that lie outside the project and were copied into it, as the sheet names them. */
  readonly copied: readonly string[];
}

/**
 * Makes a sheet with a line for every shot and a sound for every audio file. What lies inside the project
 * is referred to; what does not is copied beside the sheet, because a sheet's paths stay in the project.
 *
 * @param folder - Absolute path of the folder that the sheet goes to.
 * @param editPath - Absolute path of the edit file.
 */
export async function makeOwnFilm(
  folder: string,
  editPath: string,
  edit: Edit,
  sounds: readonly FoundSound[],
): Promise<OwnFilm> {
  const root = await findRoot(folder, projectFiles);
  const copies: NewFile[] = [];
  const pathFromSheet = (path: string, copyName: string) => {
    const fromSheet = relative(folder, path).split(sep).join('/');
    if (projectFiles.isInside(root, path) && isPlain(fromSheet)) return fromSheet;
    copies.push({ path: copyName, content: { copyOf: path } });
    return copyName;
  };
  const stem = basename(editPath, extname(editPath));
  const sheet = sheetText({
    title: stem,
    editFile: pathFromSheet(editPath, basename(editPath)),
    edit,
    sounds: sounds.map((sound) => ({
      ...sound,
      file: pathFromSheet(sound.path, `sounds/${isPlain(sound.name) ? sound.name : plainName(sound)}`),
    })),
  });
  const sheetName = `${stem}.cues.json`;
  return {
    sheetName,
    newFiles: [{ path: sheetName, content: sheet }, ...copies],
    copied: copies.map((copy) => copy.path),
  };
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
  const first = firstCue(edit, sounds);
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
  // \`runout check\` finds what is wrong with this sheet, \`runout render\` writes its stems.
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

  "stems": { "room": {}, "sfx": {}, "record": {} },

  "cues": [
    // The shots of the edit, to tie cues to:
${shotLines.map(oneLine).join('\n')}
    //
    // Cues that you may want:
    //   { "id": "tone", "type": "room-tone", "stem": "room", "sounds": [{ "sound": "…", "gainDb": -12 }] }
    //   { "id": "door", "type": "practical", "stem": "sfx", "sound": "…", "at": "shot:….start + 12f" }
    //   { "id": "nothing", "type": "silence", "at": "scene:….start", "for": "3s" }
${first}
  ]
}
`;
}

/** One cue to begin with, so that the first render is to be heard: the first sound that fits into the film. */
function firstCue(edit: Edit, sounds: SheetParts['sounds']): string {
  const filmSeconds = (edit.durationFrames * edit.frameRate.den) / edit.frameRate.num;
  const sound = sounds.find(({ seconds }) => seconds <= filmSeconds);
  if (!sound) return '';
  return `    { "id": "first", "type": "practical", "stem": "sfx", "sound": ${quote(sound.tag)}, "at": "start" }`;
}

function quote(text: string): string {
  return JSON.stringify(text);
}

/** Keeps a comment a comment, whatever a clip is called. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]/gu, ' ');
}
