import { cueTypeSchema } from '../cue-schema.ts';
import { clockOf } from '../film-clock.ts';
import { rawCue } from '../raw-cue.ts';
import { revolutionOfCue } from '../revolution.ts';
import type { Workspace } from '../workspace.ts';
import { mediaOf } from './media.ts';
import type { Editable } from './move-cue.ts';
import { timelineState } from './timeline-state.ts';

/** A cue as it can be changed; undefined where the text or the film has none of that id. */
export function editableCue(workspace: Workspace, id: string, tolerance?: number): Editable | undefined {
  const film = workspace.studio.film.peek();
  const found = rawCue(workspace.document, id);
  const { layout, walks } = timelineState(workspace);
  const placed = layout.peek()?.blocks.get(id)?.block.placed;
  if (!film || !found || !placed) return undefined;
  return {
    raw: found.cue,
    index: found.index,
    placed,
    schema: cueTypeSchema(placed.type),
    writing: { clock: clockOf(film), revolution: revolutionOfCue(id, film), tolerance },
    walks,
    media: mediaOf(film, id, found.cue),
  };
}
