import { parseAnchor } from '../../engine/index.ts';
import { isRecord, rawCues, textOf } from '../raw-cue.ts';
import { cueTiedTo } from '../revolution.ts';
import type { Workspace } from '../workspace.ts';
import { editableCue } from './editable-cue.ts';
import { type Edge, isBackTimed, startByText } from './move-cue.ts';

/** How far cues can go, samples: no further back than `back` (0 or less), no further on than `on` (0 or more). */
export interface Room {
  readonly back: number;
  readonly on: number;
}

/** What stops a move. */
export type Bound = 'start' | 'end';

/** The room in which cues, and all that are tied to them and go along, begin within the film. */
export function roomToMove(workspace: Workspace, ids: readonly string[]): Room {
  return roomOf(workspace, withTied(workspace, ids));
}

/** The room in which an edge of a cue can go, so that all that goes along with it begins within the film. */
export function roomToTrim(workspace: Workspace, id: string, edge: Edge): Room {
  const cue = editableCue(workspace, id);
  if (edge === 'start' || (cue && isBackTimed(cue))) return roomToMove(workspace, [id]);
  return roomOf(workspace, withTied(workspace, tiedToEnd(workspace, id)));
}

/** How far all of some cues can go; without limit where there are none. */
function roomOf(workspace: Workspace, ids: readonly string[]): Room {
  const film = workspace.studio.film.peek();
  if (!film) return { back: 0, on: 0 };
  const isNewest = film.revision === workspace.document.revision.peek();
  const starts = ids.flatMap((id) => {
    const cue = editableCue(workspace, id);
    const start = cue && startByText(cue);
    return start === undefined || !cue ? [] : [isNewest ? cue.placed.start : start];
  });
  // One that lies outside already may come back.
  return {
    back: Math.min(0, -Math.min(...starts)),
    on: Math.max(0, film.score.samples - 1 - Math.max(...starts)),
  };
}

/** A move as far as there is room for it, and what stopped it. */
export function withinRoom(
  samples: number,
  room: Room,
): { readonly samples: number; readonly bound?: Bound } {
  if (samples < room.back) return { samples: room.back, bound: 'start' };
  if (samples > room.on) return { samples: room.on, bound: 'end' };
  return { samples };
}

/** What stopped a move, in words. */
export function wordOfBound(bound: Bound): string {
  return bound === 'start' ? 'the film begins here' : 'the film ends here';
}

/** Cues whose places are told by where another ends, or by an edge within it. */
function tiedToEnd({ document }: Workspace, id: string): readonly string[] {
  return rawCues(document).flatMap((cue) => {
    const anchor = parseAnchor((isRecord(cue) && textOf(cue, 'at')) || '');
    const place = 'error' in anchor ? undefined : anchor.place;
    const isTied = place?.kind === 'ref' && place.to === 'cue' && place.id === id;
    const own = isRecord(cue) ? textOf(cue, 'id') : undefined;
    return isTied && (place.edge ?? 'start') !== 'start' && own !== undefined ? [own] : [];
  });
}

/** Cues, and those whose places are told by them. */
function withTied({ document }: Workspace, ids: readonly string[]): readonly string[] {
  const followers = new Map<string, string[]>();
  for (const cue of rawCues(document)) {
    const id = isRecord(cue) ? textOf(cue, 'id') : undefined;
    const tied = isRecord(cue) ? cueTiedTo(textOf(cue, 'at') ?? '') : undefined;
    if (id !== undefined && tied !== undefined) followers.set(tied, [...(followers.get(tied) ?? []), id]);
  }
  const found = new Set(ids);
  // A set that grows is gone through to its end.
  for (const id of found) for (const follower of followers.get(id) ?? []) found.add(follower);
  return [...found];
}
