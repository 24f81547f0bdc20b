import { keyName, typeName } from '../cue-schema.ts';
import {
  clockOf,
  type FilmClock,
  frameOfSample,
  nearestFrame,
  sampleOfFrame,
  samplesPerFrame,
  timecodeAt,
} from '../film-clock.ts';
import { isRecord, type RawCue, rawCue, rawCues, textOf } from '../raw-cue.ts';
import { cueTiedTo } from '../revolution.ts';
import { isReadable } from '../unreadable.ts';
import { cuesInWords } from '../version-name.ts';
import type { Film, ValueChange, Workspace } from '../workspace.ts';
import { moveAnchor, tieToShot, unitOfAnchor } from './anchor-text.ts';
import { editableCue, expectLength } from './editable-cue.ts';
import { newGesture } from './gesture.ts';
import { guardTrim, isClean } from './guard-trim.ts';
import { type LooseEnds, looseEnds } from './loose-ends.ts';
import { anchorOf, type Edge, type Editable, fadeCue, moveCue, movedCopy, trimCue } from './move-cue.ts';
import { newCue } from './new-cue.ts';
import { placeForNew } from './place-for-new.ts';
import { type Bound, type Room, roomToMove, roomToTrim, withinRoom, wordOfBound } from './room-to-move.ts';
import { timelineState } from './timeline-state.ts';
import { whyNoTrim } from './why-no-trim.ts';

/** What is said where cues cannot be placed yet. */
export const NEEDS_FILM = 'Nothing plays yet: put the errors of the sheet right first';

/** What a gesture begins with. */
export interface Beginning {
  /** The cues that it changes, as they are then. */
  readonly cues: ReadonlyMap<string, Editable>;
  /** How far they can go from there. */
  readonly room: Room;
  /** The sheet had no errors. */
  readonly isClean: boolean;
}

export interface MoveOptions {
  /** Changes with the same one are one step of undo. */
  readonly gesture?: string;
  /** Samples that the text may be off. */
  readonly tolerance?: number | undefined;
  /** Stem that the cues go to. */
  readonly stem?: string | undefined;
  /** What a gesture began with, from which its steps are counted. Default: everything as it is. */
  readonly from?: Beginning | undefined;
  /** More is to come: what has been done is not said yet. */
  readonly isOnTheWay?: boolean;
  /** Ties each cue to the shot that it now lies in. */
  readonly reties?: boolean;
}

/** A cue as it was when a gesture began, or as it is. */
function cueToChange(
  workspace: Workspace,
  id: string,
  { tolerance, from }: Pick<MoveOptions, 'tolerance' | 'from'>,
): Editable | undefined {
  const before = from?.cues.get(id);
  if (!before) return editableCue(workspace, id, tolerance);
  const index = workspace.document.cueIndex(id);
  return index === undefined ? undefined : { ...before, index, writing: { ...before.writing, tolerance } };
}

/**
 * Moves cues by samples; those that are tied to others of them go along by themselves. Where one of them would begin
 * outside of the film, it goes as far as that, and says so.
 */
export function moveCues(
  workspace: Workspace,
  ids: readonly string[],
  wanted: number,
  options: MoveOptions = {},
): boolean {
  const { gesture, from, tolerance, stem, reties = false } = options;
  const moving = new Set(ids);
  const room = from?.room ?? roomToMove(workspace, ids);
  const { samples, bound } = withinRoom(wanted, room);
  const isNearEnd = isNear(samples, room, tolerance);
  const changes = ids.flatMap((id): readonly ValueChange[] => {
    const cue = cueToChange(workspace, id, { from, tolerance: isNearEnd ? undefined : tolerance });
    if (!cue) return [];
    const tied = cueTiedTo(anchorOf(cue, 'at') ?? '');
    const goesAlong = tied !== undefined && tied !== id && moving.has(tied);
    const moved =
      goesAlong || samples === 0 ? [] : (reties && retie(workspace, cue, samples)) || moveCue(cue, samples);
    const toStem =
      stem !== undefined && 'stem' in cue.raw && cue.raw['stem'] !== stem
        ? [{ path: ['cues', cue.index, 'stem'], value: stem }]
        : [];
    return [...(moved ?? []), ...toStem];
  });
  const isMoved = commit(workspace, `Move ${nameOf(ids)}`, changes, gesture);
  if (isMoved || bound) tell(workspace, changes, ids, options, bound);
  return isMoved;
}

/** Whether a text that may be off by `tolerance` could lie outside of the film. */
function isNear(samples: number, { back, on }: Room, tolerance = 0): boolean {
  return Math.min(samples - back, on - samples) <= tolerance;
}

/**
 * Moves one edge of a cue, no further than there is room for it; where it cannot be moved by itself, or would make an
 * error of the sheet, it stays where it is and says why.
 */
export function trimCueBy(
  workspace: Workspace,
  id: string,
  edge: Edge,
  wanted: number,
  options: MoveOptions = {},
): boolean {
  const { gesture = newGesture('trim'), from, tolerance } = options;
  const present = editableCue(workspace, id);
  const why = present && whyNoTrim(present, edge);
  if (why !== undefined) {
    workspace.notify(why);
    return false;
  }
  const wasClean = from?.isClean ?? isClean(workspace);
  const room = from?.room ?? roomToTrim(workspace, id, edge);
  const { samples, bound } = withinRoom(wanted, room);
  const isNearEnd = isNear(samples, room, tolerance);
  const cue = cueToChange(workspace, id, { from, tolerance: isNearEnd ? undefined : tolerance });
  const changes = (cue && samples !== 0 && trimCue(cue, edge, samples)) || [];
  const label = `Trim ${id}`;
  const isTrimmed = commit(workspace, label, changes, gesture);
  if (isTrimmed || bound) tell(workspace, changes, [id], options, bound);
  else if (samples !== 0 && isRecord(cue?.raw['repeat']))
    workspace.notify(`${id} ends with a whole hit: the next one lies further off`);
  if (isTrimmed && !options.isOnTheWay) guardTrim(workspace, { id, label, gesture, changes }, wasClean);
  return isTrimmed;
}

/** Makes a fade of a cue longer or shorter. */
export function fadeCueBy(
  workspace: Workspace,
  id: string,
  key: 'fadeIn' | 'fadeOut',
  samples: number,
  options: MoveOptions = {},
): boolean {
  const cue = cueToChange(workspace, id, options);
  const changes = (cue && fadeCue(cue, key, samples)) ?? [];
  return commit(workspace, `Fade ${id}`, changes, options.gesture) && tell(workspace, changes, [id], options);
}

/** Samples from a cue's start (or end) to the frame `frames` further on, as exact as frames are. */
export function nudgeSamples(workspace: Workspace, from: number, frames: number): number {
  const film = workspace.studio.film.peek();
  if (!film) return 0;
  const clock = clockOf(film);
  const frame = samplesPerFrame(clock);
  if (Number.isInteger(frame)) return frames * frame;
  const nearest = nearestFrame(from, clock);
  return sampleOfFrame(nearest + frames, clock) - sampleOfFrame(nearest, clock);
}

/** Switches cues off, or on where all of them are off. */
export function switchCues(workspace: Workspace, ids: readonly string[]): boolean {
  const found = ids.flatMap((id) => rawCue(workspace.document, id) ?? []);
  const isOff = found.some(({ cue }) => cue['off'] !== true);
  const changes = found.map(({ index }) => ({ path: ['cues', index, 'off'], value: isOff || undefined }));
  return commit(workspace, `Switch ${nameOf(ids)} ${isOff ? 'off' : 'on'}`, changes);
}

/** Ties cues to the shots that they begin in, and leaves them where they are. */
export function tieCues(workspace: Workspace, ids: readonly string[]): boolean {
  const ties = ids.flatMap((id) => {
    const cue = editableCue(workspace, id);
    const before = cue?.raw['at'];
    if (!cue || before === undefined) return [];
    return retie(workspace, cue, 0)?.map((change) => ({ ...change, before })) ?? [];
  });
  const changes = ties.filter(({ value, before }) => value !== before);
  const isTied = commit(workspace, `Tie ${nameOf(ids)}`, changes);
  const to = ids.length === 1 ? 'the shot that it begins in' : 'the shots that they begin in';
  if (isTied) workspace.notify(`Tied ${nameOf(ids)} to ${to}`);
  else if (ties.length > 0) workspace.notify(`${nameOf(ids)}: already tied to ${to}`);
  else workspace.notify(`${nameOf(ids)}: no place in a shot to be tied to`);
  return isTied;
}

/** Takes cues away, and selects nothing in their place; those that are tied to them keep theirs. One step of undo. */
export function deleteCues(
  workspace: Workspace,
  ids: readonly string[],
  word: 'Delete' | 'Cut' = 'Delete',
): boolean {
  const indexes = ids.flatMap((id) => workspace.document.cueIndex(id) ?? []);
  // From the last on, so that the others stay where they are.
  const changes = [...new Set(indexes)]
    .sort((a, b) => b - a)
    .map((index) => ({ path: ['cues', index], value: undefined }));
  const ends = looseEnds(workspace, ids, (sample) => placeAt(workspace, sample));
  if (!commit(workspace, `${word} ${nameOf(ids)}`, [...ends.changes, ...changes])) return false;
  workspace.view.selection.value = [];
  const done = `${word === 'Cut' ? 'Cut' : 'Deleted'} ${nameOf(ids)}`;
  workspace.notify(done + endsInWords(ends), ends.needing.length > 0 ? 'problem' : 'done');
  return true;
}

/** `: nothing keeps its place. Still needed by echo-1`. */
function endsInWords({ retied, needing }: LooseEnds): string {
  const keep = retied.length === 1 ? 'keeps its place' : 'keep their places';
  return [
    retied.length > 0 ? `: ${cuesInWords(retied)} ${keep}` : '',
    needing.length > 0 ? `. Still needed by ${cuesInWords(needing)}` : '',
  ].join('');
}

/** Puts a copy of each cue behind it, on the frame after its end, and selects the copies. */
export function duplicateCues(workspace: Workspace, ids: readonly string[]): boolean {
  const taken = takenIds(workspace);
  const copies = ids.flatMap((id) => {
    const cue = editableCue(workspace, id);
    if (!cue) return [];
    const copyId = takeId(id, taken);
    const length = Math.max(1, cue.placed.end - cue.placed.start);
    const frames = Math.max(1, Math.ceil(length / samplesPerFrame(cue.writing.clock)));
    const behind = nudgeSamples(workspace, cue.placed.start, frames);
    // Where the film ends before that, the copy lies where its original does.
    const hasRoom = behind <= roomToMove(workspace, [id]).on;
    expectLength(workspace, copyId, id);
    const copy = { ...(hasRoom ? movedCopy(cue, behind) : cue.raw), id: copyId };
    return [{ index: cue.index + 1, copy, copyId }];
  });
  const changes = [...copies]
    .sort((a, b) => b.index - a.index)
    .map(({ index, copy }): ValueChange => ({ path: ['cues', index], value: copy, insert: true }));
  if (!commit(workspace, `Duplicate ${nameOf(ids)}`, changes)) return false;
  workspace.view.selection.value = copies.map(({ copyId }) => copyId);
  return true;
}

/** Makes a cue of a type at a sample and selects it. */
export function addCue(
  workspace: Workspace,
  type: string,
  sample: number,
  stem: string | undefined,
): boolean {
  if (!isReadable(workspace)) return false;
  const film = workspace.studio.film.peek();
  if (!film) {
    workspace.notify(NEEDS_FILM, 'problem');
    return false;
  }
  const taken = takenIds(workspace);
  // A film's first bed lies under all of it.
  const isFirstBed = type === 'room-tone' && !hasBed(workspace);
  const place = isFirstBed ? 0 : placeForNew(workspace, sample);
  const at = isFirstBed ? 'start' : placeAt(workspace, place);
  const idFor = (name: string) => freeId(name, taken);
  const made = newCue(type, { idFor, at, sample: place, stem, film, document: workspace.document });
  if ('problem' in made) {
    workspace.notify(made.problem, 'problem');
    return false;
  }
  const changes: ValueChange[] = [
    { path: ['cues', indexAt(workspace, place)], value: made.cue, insert: true },
  ];
  if (!commit(workspace, `Add ${typeName(type)}`, changes)) return false;
  workspace.view.selection.value = [made.id];
  workspace.view.panel.value = 'inspector';
  const what = whatItDoes(workspace, made.cue, film) ?? whatWasMade(made, place, clockOf(film));
  workspace.notify(`New ${typeName(type)} "${made.id}"${what}`);
  return true;
}

/** `: room and sfx give way to drop`; undefined for a cue that sounds at its place. */
function whatItDoes({ document }: Workspace, cue: RawCue, { score }: Film): string | undefined {
  const under = textOf(cue, 'under');
  if (under !== undefined) {
    const source = rawCue(document, under)?.cue;
    const own = (source && textOf(source, 'stem')) ?? under;
    const stems = score.stems.map(({ id }) => id).filter((id) => id !== own);
    return `: ${cuesInWords(stems)} ${stems.length === 1 ? 'gives' : 'give'} way to ${under}`;
  }
  const isLevel = Array.isArray(cue['points']);
  return isLevel ? `: ${textOf(cue, 'stem')} stays at 0 dB until it has a second point` : undefined;
}

/** ` on sfx at 01:00:12:05, with the sound "step"`. */
function whatWasMade({ cue }: { cue: RawCue }, sample: number, clock: FilmClock): string {
  const stem = textOf(cue, 'stem');
  const [sound] = [cue['sound'] ?? cue['record']].flat();
  const beds = cue['sounds'];
  const [bed] = Array.isArray(beds) ? beds : [];
  const tag = typeof sound === 'string' ? sound : isRecord(bed) ? textOf(bed, 'sound') : undefined;
  const more = Array.isArray(cue['sound']) ? cue['sound'].length - 1 : 0;
  return [
    ...(stem === undefined ? [] : [` on ${stem}`]),
    ` at ${timecodeAt(sample, clock)}`,
    ...(tag === undefined ? [] : [`, with ${more > 0 ? `${more + 1} takes of` : 'the sound'} "${tag}"`]),
  ].join('');
}

function hasBed({ document }: Workspace): boolean {
  return rawCues(document).some((cue) => isRecord(cue) && cue['type'] === 'room-tone');
}

/** A place in words of the sheet: tied to the shot that it lies in. */
export function placeAt(workspace: Workspace, sample: number): string {
  const film = workspace.studio.film.peek();
  if (!film) return 'start';
  const clock = clockOf(film);
  const frame = frameOfSample(sample, clock) + clock.startFrame;
  const shot = film.edit.shots.find(({ recordIn, recordOut }) => frame >= recordIn && frame < recordOut);
  const writing = { clock };
  if (!shot) return moveAnchor('start', Math.round(sample), writing) ?? 'start';
  const start = sampleOfFrame(shot.recordIn - clock.startFrame, clock);
  return tieToShot(shot.id, Math.round(sample) - start, writing);
}

function retie(workspace: Workspace, cue: Editable, samples: number): ValueChange[] | undefined {
  const film = workspace.studio.film.peek();
  const at = anchorOf(cue, 'at');
  if (!film || at === undefined) return undefined;
  const { clock } = cue.writing;
  const sample = cue.placed.start + samples;
  const frame = frameOfSample(sample, clock) + clock.startFrame;
  const shot = film.edit.shots.find(({ recordIn, recordOut }) => frame >= recordIn && frame < recordOut);
  if (!shot) return undefined;
  const start = sampleOfFrame(shot.recordIn - clock.startFrame, clock);
  const unit = unitOfAnchor(at) ?? 'f';
  return [{ path: ['cues', cue.index, 'at'], value: tieToShot(shot.id, sample - start, cue.writing, unit) }];
}

/** Index in `/cues` for a new cue: after the last one of the text that begins before it. */
export function indexAt(workspace: Workspace, sample: number): number {
  return indexFinder(workspace)(sample);
}

/** The same for many new cues at once. */
export function indexFinder(workspace: Workspace): (sample: number) => number {
  const blocks = timelineState(workspace).layout.peek()?.blocks;
  const cues = rawCues(workspace.document);
  const placed = cues.flatMap((cue, index) => {
    const id = isRecord(cue) ? textOf(cue, 'id') : undefined;
    const start = id === undefined ? undefined : blocks?.get(id)?.block.placed.start;
    return start === undefined ? [] : [{ index, start }];
  });
  placed.sort((a, b) => a.start - b.start || a.index - b.index);
  return (sample) => {
    let [from, to] = [0, placed.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (placed[middle]!.start <= sample) from = middle + 1;
      else to = middle;
    }
    const last = placed[from - 1];
    return last ? last.index + 1 : cues.length;
  };
}

/** Says where a change has brought a cue: its new anchor, or its new length; and what stopped it there. */
function tell(
  workspace: Workspace,
  changes: readonly ValueChange[],
  ids: readonly string[],
  { isOnTheWay }: MoveOptions,
  bound?: Bound,
): true {
  if (isOnTheWay) return true;
  const [first] = changes;
  const key = first?.path.at(-1);
  const where =
    typeof first?.value === 'string' || typeof first?.value === 'number'
      ? `${key === 'at' ? '' : `${keyName(String(key))} `}${first.value}`
      : undefined;
  const words = [where, bound && wordOfBound(bound)].filter((part) => part !== undefined);
  const text = words.length > 0 ? `${nameOf(ids)}: ${words.join(', ')}` : '';
  timelineState(workspace).said.value = {
    text,
    revision: workspace.document.revision.peek(),
    selection: workspace.view.selection.peek(),
  };
  return true;
}

/** Changes the sheet, where it can be changed and there is something to change. */
export function commit(
  workspace: Workspace,
  label: string,
  changes: readonly ValueChange[],
  gesture?: string,
): boolean {
  if (!isReadable(workspace) || changes.length === 0) return false;
  workspace.document.change(label, changes, gesture);
  return true;
}

/** Ids that are no others' to take: those of the cues that are here, and of those that a version brings back. */
export function takenIds({ document }: Workspace): Set<string> {
  const here = rawCues(document).flatMap((cue) => (isRecord(cue) ? (textOf(cue, 'id') ?? []) : []));
  const kept = document.versions.list.peek().flatMap(({ cues = [] }) => cues);
  return new Set([...here, ...kept]);
}

/** A free id for a cue or a sound, which is taken from then on. See {@link freeId}. */
export function takeId(id: string, taken: Set<string>, counted?: Map<string, number>): string {
  const free = freeId(id, taken, counted);
  taken.add(free);
  return free;
}

/**
 * `mop`, or `mop-2` where that is taken; a number at the end counts on.
 *
 * @param counted - How far has been counted by each name, where many are looked for.
 */
export function freeId(id: string, taken: ReadonlySet<string>, counted?: Map<string, number>): string {
  if (!taken.has(id)) return id;
  const [, stem = id, number] = /^(.*?)(?:-(\d+))?$/.exec(id) ?? [];
  for (let next = Math.max(Number(number ?? 1), counted?.get(stem) ?? 1) + 1; ; next++) {
    const candidate = `${stem}-${next}`;
    if (taken.has(candidate)) continue;
    counted?.set(stem, next);
    return candidate;
  }
}

/** Cues in words: the id of one, the number of several. */
export function nameOf(ids: readonly string[]): string {
  return ids.length === 1 ? (ids[0] ?? '') : `${ids.length} cues`;
}
