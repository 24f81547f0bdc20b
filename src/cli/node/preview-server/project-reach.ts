import { readdirSync, realpathSync, statSync } from 'node:fs';
import { dirname, extname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { decodeText, FileProblem, readSheet } from '../../../engine/index.ts';
import { REAL_PATH_HEADER } from '../../../protocol/protocol.ts';
import { AUDIO_ENDINGS } from '../../audio-endings.ts';
import { fileProblem, projectFiles } from '../project-files.ts';
import { Refused, refusedFile } from './refusal.ts';
import type { SheetFile } from './sheet-file.ts';

/** Endings of edits, also of kinds that cannot be read, so that they can be named. */
const EDIT_ENDINGS: ReadonlySet<string> = new Set('.edl .otio .otioz .xml .fcpxml .aaf .ale'.split(' '));

/**
 * Which files the app may read. All of them lie inside the root, as they are written and after every symbolic
 * link was followed. Of those it may read what the sheet names, as it is on the disk; and, since a text that is
 * not saved yet may name others, sounds and edits by their endings that are not hidden. Folders are listed with
 * such names only, and the sheet's own, so that its folder is not taken for one that is not there.
 */
export class ProjectReach {
  readonly root: string;
  readonly #sheet: SheetFile;
  #named: { readonly etag: string; readonly paths: ReadonlySet<string> } | undefined;

  /** @param root - Absolute, with links followed. */
  constructor(root: string, sheet: SheetFile) {
    this.root = root;
    this.#sheet = sheet;
  }

  /**
   * The path that a file is to be read from.
   *
   * @param path - As it was sent.
   * @throws Refused where it may not be read, or is not there
   */
  async resolveFile(path: string): Promise<string> {
    this.#requireInside(path);
    if (!this.#isOfKind(path) && !(await this.#isNamed(path))) {
      throw new Refused(
        403,
        'is no sound or edit by its ending, and the saved sheet does not name it: save the sheet to use it',
        { kind: 'denied' },
      );
    }
    const realPath = this.#follow(path);
    const headers = { [REAL_PATH_HEADER]: encodeURIComponent(realPath) };
    if (!projectFiles.isInside(this.root, realPath)) {
      throw refusedFile(new FileProblem('denied', 'leads by a symbolic link out of the project'), headers);
    }
    if (!statSync(realPath).isFile()) {
      throw refusedFile(new FileProblem('not-a-file', 'is a folder or a device, not a file'), headers);
    }
    return realPath;
  }

  /** Names in a folder of what the app might read there, sorted; none where there is no such folder. */
  async namesIn(path: string): Promise<readonly string[]> {
    this.#requireInside(path);
    try {
      if (!projectFiles.isInside(this.root, this.#follow(path))) return [];
      return readdirSync(path)
        .filter((name) => this.#isListed(path, name))
        .sort();
    } catch {
      // A folder that cannot be listed has nothing to suggest.
      return [];
    }
  }

  /** Whether a path lies inside the root, by its letters alone: nothing is told of what lies outside. */
  isInside(path: string): boolean {
    const isPlain = isAbsolute(path) && !path.includes('\0') && resolve(path) === path;
    return isPlain && projectFiles.isInside(this.root, path);
  }

  #isListed(folder: string, name: string): boolean {
    return (!name.startsWith('.') && hasEnding(name)) || join(folder, name) === this.#sheet.path;
  }

  #requireInside(path: string): void {
    if (this.isInside(path)) return;
    throw new Refused(403, 'does not lie in the project', { kind: 'denied' });
  }

  #isOfKind(path: string): boolean {
    const parts = relative(this.root, path).split(sep);
    return hasEnding(path) && !parts.some((part) => part.startsWith('.'));
  }

  async #isNamed(path: string): Promise<boolean> {
    const state = await this.#sheet.read();
    if (state === undefined) return false;
    if (path === this.#sheet.path) return true;
    if (this.#named?.etag !== state.etag) {
      this.#named = { etag: state.etag, paths: namedFiles(state.bytes, dirname(this.#sheet.path)) };
    }
    return this.#named.paths.has(path);
  }

  #follow(path: string): string {
    try {
      return realpathSync.native(path);
    } catch (problem) {
      throw fileProblem(problem);
    }
  }
}

function hasEnding(name: string): boolean {
  const ending = extname(name).toLowerCase();
  return AUDIO_ENDINGS.has(ending) || EDIT_ENDINGS.has(ending);
}

/** Absolute paths of what a sheet names: its edit, its sounds, its rooms. None of a text that is no sheet. */
function namedFiles(bytes: Uint8Array, folder: string): ReadonlySet<string> {
  const { sheet } = readSheet(decodeText(bytes).text);
  if (!sheet) return new Set();
  const files = [
    ...(typeof sheet.edit === 'string' ? [sheet.edit] : []),
    ...Object.values(sheet.sounds).map(({ file }) => file),
    ...Object.values(sheet.spaces).map(({ impulse }) => impulse),
  ];
  return new Set(files.map((file) => resolve(folder, file)));
}
