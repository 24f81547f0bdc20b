import { type NewNames, renamedIn } from '../cue-names.ts';
import { cueTypeSchema } from '../cue-schema.ts';
import { clockOf, frameOfSample, isOnFrame, timecodeAt } from '../film-clock.ts';
import { wordsOf } from '../problem-words.ts';
import { isRecord, namesOf, type RawCue, rawCues, textOf } from '../raw-cue.ts';
import { cueTiedTo, revolutionOfRaw } from '../revolution.ts';
import { isReadable } from '../unreadable.ts';
import type { Film, ValueChange, Workspace } from '../workspace.ts';
import { moveAnchor } from './anchor-text.ts';
import {
  commit,
  deleteCues,
  indexFinder,
  NEEDS_FILM,
  nameOf,
  nudgeSamples,
  placeAt,
  takeId,
  takenIds,
} from './cue-actions.ts';
import { cuesAsText, readCues, whyNotInSheet } from './cues-as-text.ts';
import { expectLength } from './editable-cue.ts';
import { anchorOf } from './move-cue.ts';
import { placeForNew } from './place-for-new.ts';
import { placeOfAnchor } from './place-of-anchor.ts';
import { timelineState } from './timeline-state.ts';

/** Keys that hold an anchor, wherever in a cue. */
const ANCHORS = new Set(['at', 'until', 'musicEnd']);

/** Where the cues began that were copied last, which their text alone need not tell. */
const COPIED = new WeakMap<
  Workspace['view'],
  { readonly text: string; readonly starts: ReadonlyMap<string, number> }
>();

/**
 * Puts cues into the clipboard as JSON.
 *
 * @param clipboard - The one that the browser has opened for its own key; else it is asked for it.
 */
export async function copyCues(
  workspace: Workspace,
  ids: readonly string[],
  clipboard: DataTransfer | undefined,
): Promise<void> {
  if (await putCues(workspace, ids, clipboard)) workspace.notify(`Copied ${nameOf(ids)}`);
}

/** Puts cues into the clipboard, and takes them away where it has them. */
export async function cutCues(
  workspace: Workspace,
  ids: readonly string[],
  clipboard: DataTransfer | undefined,
): Promise<void> {
  if (!isReadable(workspace)) return;
  if (await putCues(workspace, ids, clipboard)) deleteCues(workspace, ids, 'Cut');
}

async function putCues(
  workspace: Workspace,
  ids: readonly string[],
  clipboard: DataTransfer | undefined,
): Promise<boolean> {
  const text = cuesAsText(workspace, ids);
  try {
    if (clipboard) clipboard.setData('text/plain', text);
    else await navigator.clipboard.writeText(text);
  } catch (problem) {
    workspace.notify(`The clipboard did not take ${nameOf(ids)}: ${wordsOf(problem)}`, 'problem');
    return false;
  }
  const blocks = timelineState(workspace).layout.peek()?.blocks;
  const starts = ids.flatMap((id) => {
    const start = blocks?.get(id)?.block.placed.start;
    return start === undefined ? [] : [[id, start] as const];
  });
  COPIED.set(workspace.view, { text, starts: new Map(starts) });
  return true;
}

/** Pastes what the clipboard holds at the playhead. */
export async function pasteFrom(workspace: Workspace, clipboard: DataTransfer | undefined): Promise<void> {
  const sample = Math.round(workspace.transport.position.peek());
  try {
    const text = clipboard ? clipboard.getData('text/plain') : await navigator.clipboard.readText();
    pasteCues(workspace, text, sample);
  } catch (problem) {
    workspace.notify(`Nothing was pasted: ${wordsOf(problem)}`, 'problem');
  }
}

/**
 * Pastes cues so that the first of them begins at a sample, and the others as far from it as they were: under names
 * that are free, tied to the shots that they lie in then, and to one another as before. One step of undo.
 */
export function pasteCues(workspace: Workspace, pastedText: string, sample: number): boolean {
  if (!isReadable(workspace)) return false;
  const film = workspace.studio.film.peek();
  if (!film) {
    workspace.notify(NEEDS_FILM, 'problem');
    return false;
  }
  const refuse = (why: string) => {
    workspace.notify(`Nothing was pasted: ${why}`, 'problem');
    return false;
  };
  // Some systems end the lines of a clipboard in their own way.
  const text = pastedText.replaceAll('\r\n', '\n');
  const read = readCues(text);
  if ('problem' in read) return refuse(read.problem);
  const wanted = placeForNew(workspace, sample);
  const starts = startsOf(workspace, read, text, film);
  if ('problem' in starts) return refuse(starts.problem);
  const own = new Set(read.flatMap((cue) => textOf(cue, 'id') ?? []));
  const shift = shiftFor(workspace, [...starts.values()], wanted, film);
  const { ids, names } = newNames(workspace, read);
  const made = read.map((cue, index) => {
    const start = starts.get(cue);
    const by = shift(start);
    const at = start === undefined || isPlacedOtherwise(cue) ? undefined : placeAt(workspace, start + by);
    const renamed = renamedIn(movedIn(cue, { film, own, cue, by }), names) as RawCue;
    const id = ids[index];
    return { ...renamed, ...(id !== undefined && { id }), ...(at !== undefined && { at }) };
  });
  const why = whyNotInSheet(workspace, made);
  if (why !== undefined) return refuse(why);
  const indexOf = indexFinder(workspace);
  const placed = made.map((cue, index) => {
    const start = starts.get(read[index]!);
    return { cue, index: start === undefined ? undefined : indexOf(start + shift(start)) };
  });
  const changes = placed
    // One that is told by another comes behind it.
    .map(({ cue, index }, order) => ({ cue, index: index ?? indexBefore(placed, order, workspace) }))
    // From the last on, so that the others stay where they are; those of one place are in order then.
    .toReversed()
    .sort((a, b) => b.index - a.index)
    .map(({ cue, index }): ValueChange => ({ path: ['cues', index], value: cue, insert: true }));
  const pasted = made.map((cue) => String(cue['id']));
  if (!commit(workspace, `Paste ${nameOf(pasted)}`, changes)) return false;
  for (const [index, id] of pasted.entries()) expectLength(workspace, id, textOf(read[index]!, 'id') ?? '');
  workspace.view.selection.value = pasted;
  const first = Math.min(...[...starts.values()].map((start) => start + shift(start)));
  const where = Number.isFinite(first) ? ` at ${timecodeAt(first, clockOf(film))}` : '';
  const isEarlier = first < wanted ? ', as near as the end of the film lets it' : '';
  workspace.notify(`Pasted ${nameOf(pasted)}${where}${isEarlier}`);
  return true;
}

function indexBefore(
  placed: readonly { readonly index: number | undefined }[],
  order: number,
  { document }: Workspace,
): number {
  return (
    placed.slice(0, order).findLast(({ index }) => index !== undefined)?.index ?? rawCues(document).length
  );
}

/** Where cues begin, samples, without those that are told by another of them or have no place of their own. */
function startsOf(
  { view }: Workspace,
  cues: readonly RawCue[],
  text: string,
  film: Film,
): ReadonlyMap<RawCue, number> | { readonly problem: string } {
  const own = new Set(cues.flatMap((cue) => textOf(cue, 'id') ?? []));
  const copied = COPIED.get(view);
  const known = copied?.text === text ? copied.starts : undefined;
  const starts = new Map<RawCue, number>();
  for (const cue of cues) {
    const anchor = ownAnchor(cue);
    if (anchor === undefined || own.has(cueTiedTo(anchor) ?? '')) continue;
    const id = textOf(cue, 'id') ?? '';
    const start = known?.get(id) ?? placeOfAnchor(anchor, film, revolutionOfRaw(cue, film));
    if (start === undefined) return { problem: `${id}: this film has no place "${anchor}"` };
    starts.set(cue, start);
  }
  return starts;
}

/** The anchor that says where a cue begins, or with musicEnd ends. */
function ownAnchor(cue: RawCue): string | undefined {
  const schema = cueTypeSchema(textOf(cue, 'type') ?? '');
  const points = cue['points'];
  const first: unknown = Array.isArray(points) ? points[0] : undefined;
  if (isRecord(first)) return textOf(first, 'at');
  return anchorOf({ raw: cue, schema }, 'at') ?? textOf(cue, 'musicEnd');
}

/** Whether a cue's place is told by its points, or by where its music ends. */
function isPlacedOtherwise(cue: RawCue): boolean {
  const schema = cueTypeSchema(textOf(cue, 'type') ?? '');
  return Array.isArray(cue['points']) || anchorOf({ raw: cue, schema }, 'at') === undefined;
}

/** By how much each cue is moved, by where it begins: by whole frames where that brings the first to its place. */
function shiftFor(
  workspace: Workspace,
  starts: readonly number[],
  wanted: number,
  film: Film,
): (start: number | undefined) => number {
  if (starts.length === 0) return () => 0;
  const clock = clockOf(film);
  const first = Math.min(...starts);
  const room = film.score.samples - 1 - Math.max(...starts);
  const isFramed = isOnFrame(first, clock) && isOnFrame(wanted, clock);
  if (!isFramed) return () => Math.min(wanted - first, room);
  const frames = frameOfSample(wanted, clock) - frameOfSample(first, clock);
  const last = frameOfSample(film.score.samples - 1, clock) - frameOfSample(Math.max(...starts), clock);
  return (start) => nudgeSamples(workspace, start ?? first, Math.min(frames, last));
}

/** A free id for each cue that has one, and how they name one another by it. */
function newNames(
  workspace: Workspace,
  cues: readonly RawCue[],
): { readonly ids: readonly (string | undefined)[]; readonly names: NewNames } {
  const taken = takenIds(workspace);
  const stems = new Set(namesOf(workspace.document, 'stems'));
  const counted = new Map<string, number>();
  const renamed = new Map<string, string>();
  const ids = cues.map((cue) => {
    const id = textOf(cue, 'id');
    if (id === undefined || id === '') return id;
    const free = takeId(id, taken, counted);
    if (!renamed.has(id)) renamed.set(id, free);
    return free;
  });
  return { ids, names: { of: (id) => renamed.get(id), isStem: (name) => stems.has(name) } };
}

interface Moving {
  readonly film: Film;
  /** Ids of the cues that are moved together: what is tied to them goes along by itself. */
  readonly own: ReadonlySet<string>;
  readonly cue: RawCue;
  readonly by: number;
}

/** A value of a cue, with every anchor below it moved. */
function movedIn(value: unknown, moving: Moving, key?: string): unknown {
  if (typeof value === 'string')
    return key !== undefined && ANCHORS.has(key) ? movedText(value, moving) : value;
  if (Array.isArray(value)) return value.map((item) => movedIn(item, moving));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([own, part]) => [
      own,
      own.startsWith('x-') ? part : movedIn(part, moving, own),
    ]),
  );
}

function movedText(text: string, { film, own, cue, by }: Moving): string {
  if (by === 0 || own.has(cueTiedTo(text) ?? '')) return text;
  const moved = moveAnchor(text, by, { clock: clockOf(film), revolution: revolutionOfRaw(cue, film) });
  return moved ?? `${text.trimEnd()} ${by < 0 ? '-' : '+'} ${Math.abs(by)}smp`;
}
