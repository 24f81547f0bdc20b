import {
  type Issue,
  OutputError,
  type PlacedIssue,
  type Project,
  placeIssues,
  pointerOf,
  RenderError,
  readSheet,
  SoundError,
  spaceOfImpulse,
} from '../../engine/index.ts';
import { ScoreSoundError } from '../browser-sounds.ts';
import type { Failure } from './deliver-messages.ts';

/** Issues of a render with their places in the sheet, as the command line prints them. */
export function placeInSheet(
  issues: readonly Issue[],
  name: string,
  { texts }: Project,
): readonly PlacedIssue[] {
  return placeIssues(issues, name, readSheet(texts.get(name) ?? '').locate);
}

/** What went wrong in a render, for the user. @throws whatever was not foreseen */
export function failureOf(problem: unknown, name: string, project: Project): Failure {
  if (problem instanceof OutputError) return { issues: [], message: problem.message, hint: problem.hint };
  const issues = placeInSheet(issuesOf(problem), name, project);
  return { issues, message: `${name}: nothing was written` };
}

function issuesOf(problem: unknown): readonly Issue[] {
  if (problem instanceof RenderError) return problem.issues;
  if (problem instanceof ScoreSoundError) return [soundIssue(problem, soundPointer(problem.sound))];
  if (problem instanceof SoundError) return [soundIssue(problem, '/sounds')];
  throw problem;
}

/** Where the sheet names the file of a sound of the score. */
function soundPointer(name: string): string {
  const space = spaceOfImpulse(name);
  return space === undefined ? pointerOf(['sounds', name, 'file']) : pointerOf(['spaces', space, 'impulse']);
}

function soundIssue({ message, hint }: SoundError | ScoreSoundError, pointer: string): Issue {
  return { severity: 'error', rule: 'sound', pointer, message, ...(hint !== undefined && { hint }) };
}
