import type { FilePorts } from './files.ts';

/** Names that make a folder a project's root. */
const ROOT_NAMES = ['package.json', '.git'];

/**
 * The folder that every path of a sheet must stay in: the nearest one at or above the sheet's that has a
 * package.json or a .git, else the sheet's own.
 */
export async function findRoot(sheetFolder: string, files: FilePorts): Promise<string> {
  let folder = sheetFolder;
  for (;;) {
    const names = await files.namesIn(folder);
    if (ROOT_NAMES.some((name) => names.includes(name))) return folder;
    const above = files.folderOf(folder);
    if (above === folder) return sheetFolder;
    folder = above;
  }
}
