import { error } from '../issue/issue.ts';
import { type FilePorts, FileProblem } from './files.ts';
import type { PlacedIssue } from './placed-issue.ts';
import type { ProjectFile } from './project-file.ts';
import { decodeUtf8 } from './text.ts';

/** A sheet's file and text; or why it cannot be had, as an issue at its first letter. */
export type OpenedSheet =
  | { readonly sheetFile: ProjectFile; readonly text: string }
  | { readonly issue: PlacedIssue };

/**
 * Reads a sheet's text.
 *
 * @param path - Absolute.
 * @param name - The sheet as the user named it.
 */
export async function openSheet(path: string, name: string, files: FilePorts): Promise<OpenedSheet> {
  const fault = (rule: string, message: string, hint?: string): OpenedSheet => ({
    issue: { ...error(rule, '', message, hint), file: name, line: 1, column: 1 },
  });
  try {
    const bytes = await files.readBytes(path);
    const text = decodeUtf8(bytes);
    if (text === undefined) {
      return fault('encoding', 'the sheet is not UTF-8 text, which JSON has to be', 'save it as UTF-8');
    }
    return { sheetFile: { file: files.nameOf(path), path, sha256: await files.sha256(bytes) }, text };
  } catch (problem) {
    if (!(problem instanceof FileProblem)) throw problem;
    if (problem.kind !== 'missing') return fault('unreadable-sheet', `the sheet ${problem.message}`);
    return fault(
      'missing-sheet',
      'there is no such file',
      'is the path right? `runout init DIR` writes a sheet to start from',
    );
  }
}
