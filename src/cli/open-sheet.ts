import { resolve } from 'node:path';
import { hasErrors, openProject, type Project } from '../engine/index.ts';
import { Failure } from './failure.ts';
import { projectFiles } from './node/project-files.ts';
import { countIssues, describeIssues } from './print-issues.ts';
import { note } from './terminal.ts';

/** Opens the sheet that the command line names, with all its issues. */
export function openSheet(sheet: string, options: { readonly root?: string | undefined }): Promise<Project> {
  return openProject(resolve(sheet), projectFiles, {
    name: sheet,
    root: options.root === undefined ? undefined : resolve(options.root),
  });
}

/**
 * Opens a sheet for a command that needs its score: warnings go to stderr.
 *
 * @throws Failure where there are errors, after they were printed.
 */
export async function openScore(
  sheet: string,
  options: { readonly root?: string | undefined },
): Promise<ScoredProject> {
  const project = await openSheet(sheet, options);
  if (project.issues.length > 0) note(describeIssues(project.issues, project.texts, process.stderr));
  if (!isScored(project)) throw new Failure(`${sheet}: ${countIssues(project.issues)}`);
  return project;
}

/** A project without errors: nothing of it is missing. */
export type ScoredProject = Project &
  Required<Pick<Project, 'sheetFile' | 'editFile' | 'sheet' | 'edit' | 'score'>>;

function isScored(project: Project): project is ScoredProject {
  return project.score !== undefined && !hasErrors(project.issues);
}
