import { error, type Issue, warning } from '../issue/issue.ts';
import type { Place } from './cut.ts';
import type { Edit } from './edit.ts';

/** What came of reading an edit. */
export interface EditReading {
  /** Absent where what was found cannot be trusted as a timeline. */
  readonly edit?: Edit;
  readonly issues: readonly Issue[];
}

/** An issue that stops a render, at a place. */
export function errorAt(place: Place, rule: string, message: string, hint?: string): Issue {
  return { ...error(rule, place.pointer, message, hint), ...place };
}

/** An issue that the user may accept, at a place. */
export function warningAt(place: Place, rule: string, message: string, hint?: string): Issue {
  return { ...warning(rule, place.pointer, message, hint), ...place };
}
