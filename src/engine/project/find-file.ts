import { error, type Issue } from '../issue/issue.ts';
import { nearest } from '../issue/nearest.ts';
import { type FilePorts, FileProblem } from './files.ts';

/** Where a sheet's paths start, and what they must stay in. */
export interface Surroundings {
  /** Folder of the sheet. */
  readonly folder: string;
  readonly root: string;
  readonly files: FilePorts;
}

/** What a path is to lead to: for rules (`missing-sound`) and for messages. */
export type FileRole = 'sound' | 'edit';

/** A file that a sheet names, found inside the root; or why not, as an issue at `pointer`. */
export type FoundFile = { readonly path: string } | { readonly issue: Issue };

/**
 * Finds a file that a sheet names. It must lie inside the root as it is written and also after every
 * symbolic link was followed.
 */
export async function findFile(
  file: string,
  role: FileRole,
  pointer: string,
  { folder, root, files }: Surroundings,
): Promise<FoundFile> {
  const path = files.resolve(folder, file);
  if (!files.isInside(root, path)) return { issue: outsideRoot(file, '', pointer, root) };
  try {
    const realPath = await files.realPath(path);
    if (!files.isInside(await files.realPath(root), realPath)) {
      return { issue: outsideRoot(file, ' by a symbolic link', pointer, root) };
    }
    return { path };
  } catch (problem) {
    return { issue: await fileIssue(problem, file, path, role, pointer, files) };
  }
}

/** A problem with a file that a sheet names, as an issue. @throws whatever is not a {@link FileProblem} */
export async function fileIssue(
  problem: unknown,
  file: string,
  path: string,
  role: FileRole,
  pointer: string,
  files: FilePorts,
): Promise<Issue> {
  if (!(problem instanceof FileProblem)) throw problem;
  if (problem.kind === 'missing') {
    return error(
      `missing-${role}`,
      pointer,
      `there is no file "${file}"`,
      await whereItMayBe(file, path, files),
    );
  }
  return error(`unreadable-${role}`, pointer, `"${file}" ${problem.message}`);
}

/** A hint for a file that is not there: a file of nearly that name, or the folder that is missing. */
async function whereItMayBe(file: string, path: string, files: FilePorts): Promise<string> {
  const name = files.nameOf(path);
  const folder = files.folderOf(path);
  const names = await files.namesIn(folder);
  const inFolder = file.slice(0, file.length - name.length);
  const otherCase = names.find((other) => other.toLowerCase() === name.toLowerCase());
  if (otherCase !== undefined) {
    return `names are case-sensitive: the file is called "${inFolder}${otherCase}"`;
  }
  const near = nearest(name, names) ?? sameStem(name, names);
  if (near !== undefined) return `did you mean "${inFolder}${near}"?`;
  if (names.length > 0) return `its folder has no such name; paths are relative to the sheet`;
  return `its folder "${inFolder || './'}" is missing or empty; paths are relative to the sheet`;
}

/** A file whose name differs only in its ending: `hum.wav` for `hum.flac`. */
function sameStem(name: string, names: readonly string[]): string | undefined {
  const stem = name.replace(/\.[^.]*$/, '').toLowerCase();
  return names.find((other) => other.replace(/\.[^.]*$/, '').toLowerCase() === stem);
}

function outsideRoot(file: string, how: string, pointer: string, root: string): Issue {
  return error(
    'outside-root',
    pointer,
    `"${file}" leads${how} out of the project`,
    `keep the file inside ${root}, or name a wider folder with --root`,
  );
}
