import { parseAnchor } from '../../engine/index.ts';
import { samplesPerFrame } from '../film-clock.ts';
import { isRecord, rawCues, textOf } from '../raw-cue.ts';
import { cueTiedTo } from '../revolution.ts';
import type { Film, Workspace } from '../workspace.ts';
import { editableCue } from './editable-cue.ts';
import { hitsOfCue } from './hits.ts';
import { mediaLength } from './media.ts';
import { type Edge, type Editable, isBackTimed, pieceOfSound, startByText } from './move-cue.ts';

/** How far cues can go, samples: no further back than `back` (0 or less), no further on than `on` (0 or more). */
export interface Room {
  readonly back: number;
  readonly on: number;
  /** What stops it there. */
  readonly backBound: Bound;
  readonly onBound: Bound;
}

/** What stops a move or a trim. */
export type Bound = keyof typeof BOUNDS;

const BOUNDS = {
  filmStart: 'the film begins here',
  filmEnd: 'the film ends here',
  soundStart: 'the sound begins here',
  soundEnd: 'the sound ends here',
  recordEnd: 'the record is no longer',
  oneFrame: 'a frame of it is left',
  oneHit: 'one hit of it is left',
} as const;

/** The room in which cues, and all that are tied to them and go along, begin within the film. */
export function roomToMove(workspace: Workspace, ids: readonly string[]): Room {
  return roomOf(workspace, withTied(workspace, ids));
}

/**
 * The room in which an edge of a cue can go, so that all that goes along with it begins within the film, something is
 * left of the cue, and there is sound for it.
 */
export function roomToTrim(workspace: Workspace, id: string, edge: Edge): Room {
  const cue = editableCue(workspace, id);
  const film = workspace.studio.film.peek();
  if (cue && isBackTimed(cue)) return roomToMove(workspace, [id]);
  const tied =
    edge === 'start'
      ? roomToMove(workspace, [id])
      : roomOf(workspace, withTied(workspace, tiedToEnd(workspace, id)));
  return cue && film ? [tied, ...ownRooms(cue, film, edge)].reduce(narrower) : tied;
}

/** What a cue itself leaves an edge of it. */
function ownRooms(cue: Editable, film: Film, edge: Edge): readonly Room[] {
  const { placed, raw, writing } = cue;
  const frame = Math.ceil(samplesPerFrame(writing.clock));
  const piece = pieceOfSound(cue);
  if (piece) {
    const { from, length, media } = piece;
    const before = Math.floor(from / media.speed);
    const after = Math.floor((media.samples - from - length) / media.speed);
    return [shortRoom(edge, Math.round(length / media.speed), frame), mediaRoom(edge, before, after)];
  }
  const music = placed.edges?.['music'];
  if (music !== undefined && raw['musicEnd'] !== undefined) {
    const track = mediaLength(film, String(raw['record']));
    const spare = track === undefined ? Number.POSITIVE_INFINITY : Math.floor(track - (placed.end - music));
    return [shortRoom(edge, placed.end - music, frame), mediaRoom(edge, spare, spare, 'recordEnd')];
  }
  if (isRecord(raw['repeat'])) {
    const hits = hitsOfCue(film, placed.id);
    const span = (hits.at(-1) ?? 0) - (hits[0] ?? 0);
    // A repeat that is off is not in the score: how far its hits reach is not known here.
    if (hits.length === 0 || edge === 'start') return [];
    const on = Math.max(0, film.score.samples - 1 - (hits.at(-1) ?? 0));
    return [{ back: -span, backBound: 'oneHit', on, onBound: 'filmEnd' }];
  }
  const on = edge === 'end' ? Math.max(0, film.score.samples - placed.end) : Number.POSITIVE_INFINITY;
  return [
    shortRoom(edge, placed.end - placed.start, frame),
    { back: Number.NEGATIVE_INFINITY, backBound: 'filmStart', on, onBound: 'filmEnd' },
  ];
}

/** So that a frame is left, where there is so much. */
function shortRoom(edge: Edge, length: number, frame: number): Room {
  const most = Math.max(0, length - frame);
  return edge === 'end'
    ? { back: -most, backBound: 'oneFrame', on: Number.POSITIVE_INFINITY, onBound: 'filmEnd' }
    : { back: Number.NEGATIVE_INFINITY, backBound: 'filmStart', on: most, onBound: 'oneFrame' };
}

/** So that there is a sound to play: samples of it before its beginning, and after its end. */
function mediaRoom(edge: Edge, before: number, after: number, bound?: Bound): Room {
  return edge === 'end'
    ? {
        back: Number.NEGATIVE_INFINITY,
        backBound: 'filmStart',
        on: Math.max(0, after),
        onBound: bound ?? 'soundEnd',
      }
    : {
        back: Math.min(0, -before),
        backBound: bound ?? 'soundStart',
        on: Number.POSITIVE_INFINITY,
        onBound: 'filmEnd',
      };
}

function narrower(one: Room, other: Room): Room {
  const { back, backBound } = other.back > one.back ? other : one;
  const { on, onBound } = other.on < one.on ? other : one;
  return { back, backBound, on, onBound };
}

/** How far all of some cues can go; without limit where there are none. */
function roomOf(workspace: Workspace, ids: readonly string[]): Room {
  const film = workspace.studio.film.peek();
  if (!film) return { back: 0, on: 0, backBound: 'filmStart', onBound: 'filmEnd' };
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
    backBound: 'filmStart',
    onBound: 'filmEnd',
  };
}

/** A move as far as there is room for it, and what stopped it. */
export function withinRoom(
  samples: number,
  room: Room,
): { readonly samples: number; readonly bound?: Bound } {
  if (samples < room.back) return { samples: room.back, bound: room.backBound };
  if (samples > room.on) return { samples: room.on, bound: room.onBound };
  return { samples };
}

/** What stopped a move, in words. */
export function wordOfBound(bound: Bound): string {
  return BOUNDS[bound];
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
