import { error, type Issue } from '../issue/issue.ts';
import { nameIssues, outputNames } from './file-names.ts';

/** More full-scale stems than this could not be added up in 32 bits. */
const MAX_STEMS = 255;

/**
 * What a render of all stems would refuse of them, so that it is known before: names that make one file
 * name, and more stems than can be added up.
 *
 * @param title - The score's.
 */
export function stemIssues(title: string, stems: readonly string[]): readonly Issue[] {
  return [...nameIssues(stems, outputNames(title, stems)), ...tooManyStems(stems.length)];
}

/** The issue of more stems than can be added up exactly; none where they can. */
export function tooManyStems(count: number): readonly Issue[] {
  if (count <= MAX_STEMS) return [];
  const message = `there are ${count} stems, but no more than ${MAX_STEMS} can be added up exactly`;
  return [error('too-many-stems', '/stems', message, 'put what belongs together on one stem')];
}
