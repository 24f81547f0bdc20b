import type { Edit } from '../edit/edit.ts';
import { error, hasErrors, type Issue } from '../issue/issue.ts';
import { stemIssues } from '../render/stem-issues.ts';
import { compile } from '../score/compile.ts';
import type { Score, SoundInfo } from '../score/score.ts';
import { withOwnShot } from '../sheet/own-shot.ts';
import { readSheet } from '../sheet/read-sheet.ts';
import type { CueSheet } from '../sheet/schema.ts';
import { type FilePorts, FileProblem } from './files.ts';
import { type OpenedEdit, openEdit } from './open-edit.ts';
import { openSheet } from './open-sheet.ts';
import { type PlacedIssue, placeIssues } from './placed-issue.ts';
import type { ProjectFile } from './project-file.ts';
import type { ProjectMemory } from './project-memory.ts';
import { findRoot } from './root.ts';
import { probeSounds } from './sounds.ts';

/** A sheet with everything around it: its edit, its sounds, the score they make, and all that is wrong. */
export interface Project {
  /** Every issue of every stage that could run, in the order of the text, the sheet's first. */
  readonly issues: readonly PlacedIssue[];
  /** The texts that issues lie in, by the name that issues give them. */
  readonly texts: ReadonlyMap<string, string>;
  /** The folder that every path of the sheet stays in. */
  readonly root: string;
  /** Undefined where the sheet's file cannot be read. */
  readonly sheetFile?: ProjectFile;
  /** Undefined where the edit's file cannot be read; the sheet's own file where the edit stands in the sheet. */
  readonly editFile?: ProjectFile;
  /** With a title: the sheet's own, else its file's name. Undefined where it has not the shape of a sheet. */
  readonly sheet?: CueSheet;
  readonly edit?: Edit;
  /** Undefined when there is an error. */
  readonly score?: Score;
  /** What the files of sounds and rooms hold, by the score's names of them; only of those that can be used. */
  readonly soundInfos: ReadonlyMap<string, SoundInfo>;
  /** Absolute paths of the same files. */
  readonly soundPaths: ReadonlyMap<string, string>;
}

/** How a project is opened. */
export interface ProjectOptions {
  /** The sheet as the user named it; issues carry this name. Default: its path. */
  readonly name?: string | undefined;
  /** Absolute path of the folder that the sheet's paths must stay in. Default: {@link findRoot}. */
  readonly root?: string | undefined;
  /** Of the times before that this project was opened. Default: none. */
  readonly memory?: ProjectMemory | undefined;
}

/**
 * Reads a sheet, its edit and the headers of its sounds, and compiles them. Whatever is wrong with the
 * input comes back as issues, from all stages at once, never as an exception.
 *
 * A symbolic link to a sheet is followed first: paths and root start where the sheet itself lies, so that it
 * is the same sheet whichever way one comes to it.
 *
 * @param path - Absolute path of the sheet.
 */
export async function openProject(
  path: string,
  files: FilePorts,
  options: ProjectOptions = {},
): Promise<Project> {
  const name = options.name ?? path;
  const sheetPath = await followLinks(path, files);
  const folder = files.folderOf(sheetPath);
  const root =
    options.root === undefined ? await findRoot(folder, files) : await followLinks(options.root, files);
  const nothing = { texts: new Map(), root, soundInfos: new Map(), soundPaths: new Map() };
  const opened = await openSheet(sheetPath, name, files);
  if ('issue' in opened) return { ...nothing, issues: [opened.issue] };
  const { sheetFile, text } = opened;

  const reading = readSheet(text, options.memory?.sheet);
  const issues: Issue[] = [...reading.issues];
  if (!files.isInside(root, sheetPath)) {
    issues.push(
      error('outside-root', '', `the sheet does not lie in the root ${root}`, 'name a wider --root'),
    );
  }
  const texts = new Map([[name, text]]);
  if (!reading.sheet) {
    return { ...nothing, texts, sheetFile, issues: placeIssues(issues, name, reading.locate) };
  }

  const sheet = { ...reading.sheet, title: reading.sheet.title ?? titleOf(sheetFile.file) };
  const faulty = new Set(issues.filter((issue) => issue.severity === 'error').map((issue) => issue.pointer));
  const surroundings = { folder, root, files };
  const [sounds, editing] = await Promise.all([
    probeSounds(sheet, faulty, surroundings),
    // A path that is no path has its issue already.
    faulty.has('/edit') ? NO_EDIT : openEdit(sheet, sheetFile, { name, path }, surroundings, options.memory),
  ]);
  issues.push(...sounds.issues, ...editing.issues);
  const stems = stemIssues(sheet.title, Object.keys(sheet.stems));
  issues.push(...stems.filter(({ pointer }) => !faulty.has(pointer)));
  if (editing.source) texts.set(editing.source.name, editing.source.text);

  const { edit } = editing;
  const compilation =
    edit &&
    compile({
      sheet,
      edit,
      sounds: sounds.infos,
      ...(options.memory && { memory: options.memory.score }),
    });
  issues.push(...(compilation?.issues ?? []));
  return {
    issues: placeIssues(
      edit ? issues.map((issue) => withOwnShot(issue, edit)) : issues,
      name,
      reading.locate,
    ),
    texts,
    root,
    sheetFile,
    sheet,
    soundInfos: sounds.infos,
    soundPaths: sounds.paths,
    ...(editing.file && { editFile: editing.file }),
    ...(edit && { edit }),
    ...(compilation?.score && !hasErrors(issues) && { score: compilation.score }),
  };
}

const NO_EDIT: OpenedEdit = { issues: [] };

/** The path itself where nothing is there, or no file (`/dev/stdin`): whoever reads it will say so. */
async function followLinks(path: string, files: FilePorts): Promise<string> {
  try {
    return await files.realPath(path);
  } catch (problem) {
    if (problem instanceof FileProblem) return path;
    throw problem;
  }
}

/** A title for a sheet without one: `ballroom` for `ballroom.cues.json`. */
function titleOf(sheetFile: string): string {
  return sheetFile.replace(/(\.cues)?\.jsonc?$/i, '');
}
