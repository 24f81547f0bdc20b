import { resolve } from 'node:path';
import { hasErrors, openProject, type Project } from '../engine/index.ts';
import { Failure } from './failure.ts';
import { projectFiles } from './node/project-files.ts';
import { countIssues, describeIssues, printIssuesAsJson } from './print-issues.ts';
import { note } from './terminal.ts';

/** Options of every command that reads a sheet. */
export interface SheetOptions {
  readonly root?: string | undefined;
  readonly json?: true | undefined;
}

/** Opens the sheet that the command line names, with all its issues. */
export function openSheet(sheet: string, options: SheetOptions): Promise<Project> {
  return openProject(resolve(sheet), projectFiles, {
    name: sheet,
    root: options.root === undefined ? undefined : resolve(options.root),
  });
}

/**
 * Opens a sheet for a command that needs its score: warnings go to stderr.
 *
 * @throws Failure where there are errors, after they were printed, with `--json` on stdout too.
 */
export async function openScore(sheet: string, options: SheetOptions): Promise<ScoredProject> {
  const project = await openSheet(sheet, options);
  if (project.issues.length > 0) note(describeIssues(project.issues, project.texts, process.stderr));
  if (isScored(project)) return project;
  if (options.json) printIssuesAsJson(project.issues);
  throw new Failure(`${sheet}: ${countIssues(project.issues)}`);
}

/** A project without errors: nothing of it is missing. */
export type ScoredProject = Project &
  Required<Pick<Project, 'sheetFile' | 'editFile' | 'sheet' | 'edit' | 'score'>>;

function isScored(project: Project): project is ScoredProject {
  return project.score !== undefined && !hasErrors(project.issues);
}
