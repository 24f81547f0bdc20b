import type { ScoreCue } from '../../engine/index.ts';
import { cueTypeSchema } from '../cue-schema.ts';
import { clockOf } from '../film-clock.ts';
import { type RawCue, rawCue, textOf } from '../raw-cue.ts';
import { revolutionOfCue, revolutionOfRaw } from '../revolution.ts';
import type { Film, Workspace } from '../workspace.ts';
import { mediaOf } from './media.ts';
import type { Editable } from './move-cue.ts';
import { placeOfAnchor } from './place-of-anchor.ts';
import { timelineState } from './timeline-state.ts';

/**
 * A cue as it can be changed, also before the film has it; undefined where the text has none of that id, or it cannot
 * be told where it lies.
 */
export function editableCue(workspace: Workspace, id: string, tolerance?: number): Editable | undefined {
  const film = workspace.studio.film.peek();
  const found = rawCue(workspace.document, id);
  const { layout, walks, lengths } = timelineState(workspace);
  if (!film || !found) return undefined;
  const placed =
    layout.peek()?.blocks.get(id)?.block.placed ?? placeByText(id, found.cue, film, lengths.get(id));
  if (!placed) return undefined;
  return {
    raw: found.cue,
    index: found.index,
    placed,
    schema: cueTypeSchema(placed.type),
    writing: {
      clock: clockOf(film),
      revolution: revolutionOfCue(id, film) ?? revolutionOfRaw(found.cue, film),
      tolerance,
    },
    walks,
    media: mediaOf(film, id, found.cue),
  };
}

/** Remembers of a copy, which the film has not yet, that it is as long as its original. */
export function expectLength(workspace: Workspace, id: string, original: string): void {
  const placed = editableCue(workspace, original)?.placed;
  if (placed) timelineState(workspace).lengths.set(id, placed.end - placed.start);
}

/** Where a cue lies that the film has not, by its text. */
function placeByText(id: string, cue: RawCue, film: Film, length = 0): ScoreCue | undefined {
  const at = textOf(cue, 'at');
  const start = at === undefined ? undefined : placeOfAnchor(at, film, revolutionOfRaw(cue, film));
  return start === undefined
    ? undefined
    : { id, type: textOf(cue, 'type') ?? '', start, end: start + length };
}
