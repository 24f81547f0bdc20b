import type { EditOptions } from '../edit/edit.ts';
import type { EditReading } from '../edit/edit-reading.ts';
import { readInlineEdit } from '../edit/inline.ts';
import { readEdit } from '../edit/read-edit.ts';
import { isAlike } from '../sheet/likeness.ts';
import type { CueSheet } from '../sheet/schema.ts';
import { parseFrameRate } from '../time/frame-rate.ts';
import { fileIssue, findFile, type Surroundings } from './find-file.ts';
import type { ProjectFile } from './project-file.ts';
import type { ProjectMemory } from './project-memory.ts';
import { decodeText } from './text.ts';

/** A sheet's edit, and where it was read from. */
export interface OpenedEdit extends EditReading {
  readonly file?: ProjectFile;
  /** The edit file's text, and the name that its issues give it; not there for an edit in the sheet. */
  readonly source?: { readonly name: string; readonly text: string };
}

/**
 * Reads the edit that a sheet names or holds.
 *
 * @param named - The sheet as the user named it, and the absolute path of that name.
 */
export async function openEdit(
  sheet: CueSheet,
  sheetFile: ProjectFile,
  named: NamedSheet,
  surroundings: Surroundings,
  memory?: ProjectMemory,
): Promise<OpenedEdit> {
  const options = {
    frameRate: sheet.frameRate === undefined ? undefined : parseFrameRate(sheet.frameRate),
    start: sheet.start,
    shots: sheet.shots,
  };
  if (typeof sheet.edit !== 'string') {
    return { ...readInlineEdit(sheet.edit, { ...options, pointer: '/edit' }), file: sheetFile };
  }
  const { files } = surroundings;
  const found = await findFile(sheet.edit, 'edit', '/edit', surroundings);
  if ('issue' in found) return { issues: [found.issue] };
  try {
    const bytes = await files.readBytes(found.path);
    const source = { name: editName(named, sheetFile, sheet.edit, found.path), text: decodeText(bytes).text };
    const file = { file: sheet.edit, path: found.path, sha256: await files.sha256(bytes) };
    return { ...readEditOnce(source, options, memory), file, source };
  } catch (problem) {
    return { issues: [await fileIssue(problem, sheet.edit, found.path, 'edit', '/edit', files)] };
  }
}

/** A file that says what it said is not read again. */
function readEditOnce(
  source: { readonly name: string; readonly text: string },
  options: EditOptions,
  memory: ProjectMemory | undefined,
): EditReading {
  const { name, text } = source;
  const known = memory?.edit;
  if (known?.text === text && known.name === name && isAlike(known.options, options)) return known.reading;
  const reading = readEdit(source, options);
  if (memory) memory.edit = { name, text, options, reading };
  return reading;
}

interface NamedSheet {
  readonly name: string;
  readonly path: string;
}

/**
 * The edit as the user would name it: `cues/a.cues.json` and `a.edl` give `cues/a.edl`. From a sheet that was
 * named by a link there is no such way, and it is the edit's path.
 */
function editName(
  { name, path }: NamedSheet,
  sheetFile: ProjectFile,
  edit: string,
  editPath: string,
): string {
  if (path !== sheetFile.path) return editPath;
  return name.slice(0, name.length - sheetFile.file.length) + edit;
}
