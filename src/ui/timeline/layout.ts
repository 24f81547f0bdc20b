import type { Gate, ScoreCue } from '../../engine/index.ts';
import { clockOf } from '../film-clock.ts';
import { revolutionOf } from '../revolution.ts';
import type { Film } from '../workspace.ts';
import { samplesOfDuration, type Writing } from './duration-text.ts';
import type { Drawn } from './scale.ts';

/** A cue as it is drawn. */
export interface Block {
  readonly id: string;
  readonly placed: ScoreCue;
  /** Row in its lane. */
  readonly row: number;
  /** Samples of its fades. */
  readonly fadeIn: number;
  readonly fadeOut: number;
  /** Samples at its end in which its record is not heard any more: the needle is up, or somewhere else. */
  readonly unheard: number;
}

/** Cues too near each other to be told apart at this zoom; or one among too many. */
export interface Cluster {
  readonly blocks: readonly Block[];
  readonly start: number;
  readonly end: number;
  readonly row: number;
}

export type Item = { readonly block: Block } | { readonly cluster: Cluster };

/** Blocks of one row in order of start, and how far the ones up to each reach. */
interface Row {
  readonly blocks: readonly Block[];
  readonly reach: readonly number[];
}

/** A lane: a stem's cues, or those that no stem has alone. */
export interface Lane {
  /** The stem's id; undefined for the lane of the whole film. */
  readonly stem?: string;
  readonly rows: readonly Row[];
  readonly gates: readonly Gate[];
}

export interface Layout {
  readonly lanes: readonly Lane[];
  readonly blocks: ReadonlyMap<string, { readonly block: Block; readonly lane: number }>;
  /** Ids in order of start: the order in which the arrows go. */
  readonly order: readonly string[];
}

/** How far below one another rows lie, and how high cues are, CSS pixels. */
export const ROW_PX = 25;
export const CUE_PX = 24;

/** More would make a lane too high; what overlaps yet more shares the last. */
const MOST_ROWS = 3;

/** Cues narrower than this may be drawn together with their neighbours. */
const NARROW_PX = 8;
/** Cues drawn together begin within this. */
const CLUSTER_PX = 24;

/** Cues that were moved to where the film cannot follow, since the sheet is in error there. */
export interface Strays {
  /** Of the document that has them there: a film that is as new has all cues in their places. */
  readonly revision: number;
  /** Samples from where the film has each of them, by id. */
  readonly moved: ReadonlyMap<string, number>;
}

/** Where cues stray that were moved by a gesture after which there is no film, those that strayed before included. */
export function strayBy(
  strays: Strays | undefined,
  ids: Iterable<string>,
  samples: number,
  revision: number,
): Strays {
  const moved = new Map(strays?.moved);
  for (const id of ids) moved.set(id, (moved.get(id) ?? 0) + samples);
  return { revision, moved };
}

/**
 * Lanes in the sheet's order, each with its cues in as few rows as keep them from overlapping.
 *
 * @param strays - Cues that are drawn where they were moved to.
 * @param before - What of it is laid out as it was is the same object here.
 */
export function layOut(film: Film, strays?: Strays, before?: Layout): Layout {
  const { score, sheet } = film;
  const stems = score.stems.map((stem) => stem.id);
  const stemOf = new Map(sheet.cues.map((cue) => [cue.id, stemOfCue(cue, film)]));
  const fades = fadesOf(film);
  const unheard = unheardOf(film);
  const moved = strays && strays.revision > film.revision ? strays.moved : undefined;
  const cues = score.cues
    .map((cue) => shifted(cue, moved?.get(cue.id)))
    .sort((a, b) => a.start - b.start || b.end - a.end);
  const byLane = new Map<string | undefined, ScoreCue[]>();
  for (const cue of cues) {
    const stem = cue.stem ?? stemOf.get(cue.id);
    const own = stem !== undefined && stems.includes(stem) ? stem : undefined;
    const lane = byLane.get(own) ?? [];
    byLane.set(own, lane);
    lane.push(cue);
  }
  const lanes: Lane[] = [];
  const blocks = new Map<string, { block: Block; lane: number }>();
  for (const stem of [undefined, ...stems]) {
    const own = byLane.get(stem) ?? [];
    if (stem === undefined && own.length === 0) continue;
    const lane = lanes.length;
    const rows = rowsOf(own, fades, unheard, before?.blocks);
    for (const row of rows) for (const block of row.blocks) blocks.set(block.id, { block, lane });
    const gates = stem === undefined ? score.gates : score.gates.filter((gate) => gate.stems.includes(stem));
    const made: Lane = { ...(stem !== undefined && { stem }), rows, gates };
    const known = before?.lanes.find((other) => other.stem === stem);
    lanes.push(known && isSameLane(known, made) ? known : made);
  }
  return { lanes, blocks, order: cues.map((cue) => cue.id) };
}

function isSameLane(a: Lane, b: Lane): boolean {
  return (
    isSameList(a.gates, b.gates) &&
    isSameList(a.rows, b.rows, (one, other) => isSameList(one.blocks, other.blocks))
  );
}

function isSameList<Item>(
  a: readonly Item[],
  b: readonly Item[],
  isSame: (one: Item, other: Item) => boolean = Object.is,
): boolean {
  return a.length === b.length && a.every((item, index) => isSame(item, b[index]!));
}

/** The widest that cues are drawn together with others, or alone, where there are too many in view for a button each. */
const MOST_NARROW_PX = 64;
/** Buttons of a lane: more would make every frame of a zoom late. */
const MOST_BUTTONS = 60;

/** The cues of a lane that are in what is drawn: buttons, as many as a lane bears, and clusters. */
export function itemsOf(lane: Lane, drawn: Drawn, apart: ReadonlySet<string>): Item[] {
  for (let narrowPx = NARROW_PX; ; narrowPx *= 2) {
    const items = lane.rows.flatMap((row) => itemsIn(row, drawn, apart, narrowPx));
    const buttons = items.reduce((count, item) => count + ('block' in item ? 1 : 0), 0);
    if (buttons <= MOST_BUTTONS || narrowPx >= MOST_NARROW_PX) return items;
  }
}

/** The cues of a row that are in what is drawn, those too narrow or too close upon one another to be told apart as clusters. */
export function itemsIn(row: Row, drawn: Drawn, apart: ReadonlySet<string>, narrowPx = NARROW_PX): Item[] {
  const items: Item[] = [];
  let group: Block[] = [];
  const close = () => {
    const [first] = group;
    if (group.length === 1 && first && narrowPx === NARROW_PX) items.push({ block: first });
    else if (first) {
      const end = group.reduce((latest, { placed }) => Math.max(latest, placed.end), first.placed.end);
      items.push({ cluster: { blocks: group, start: first.placed.start, end, row: first.row } });
    }
    group = [];
  };
  const narrow = narrowPx * drawn.samplesPerPixel;
  const near = CLUSTER_PX * drawn.samplesPerPixel;
  for (let index = firstReaching(row, drawn.from); index < row.blocks.length; index++) {
    const block = row.blocks[index]!;
    if (block.placed.start >= drawn.to) break;
    if (block.placed.end <= drawn.from) continue;
    const first = group[0];
    const isNarrow = block.placed.end - block.placed.start < narrow;
    // In the last row, which takes what no other has room for.
    const isCovered = block.placed.start < (row.reach[index - 1] ?? 0);
    const isGrouped = (isNarrow || isCovered) && !apart.has(block.id);
    if (first && (!isGrouped || block.placed.start - first.placed.start >= near)) close();
    if (isGrouped) group.push(block);
    else items.push({ block });
  }
  close();
  return items;
}

/** The topmost cue at a place. */
export function blockAt(lane: Lane, row: number, sample: number): Block | undefined {
  const own = lane.rows[row];
  if (!own) return undefined;
  let found: Block | undefined;
  for (let index = firstReaching(own, sample); index < own.blocks.length; index++) {
    const block = own.blocks[index]!;
    if (block.placed.start > sample) break;
    if (block.placed.end > sample) found = block;
  }
  return found;
}

/** Index of the first block that may reach beyond a sample. */
function firstReaching({ reach }: Row, sample: number): number {
  let low = 0;
  let high = reach.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (reach[middle]! <= sample) low = middle + 1;
    else high = middle;
  }
  return low;
}

function shifted(cue: ScoreCue, samples = 0): ScoreCue {
  return samples === 0 ? cue : { ...cue, start: cue.start + samples, end: cue.end + samples };
}

interface Fades {
  readonly fadeIn: number;
  readonly fadeOut: number;
}

const NO_FADES: Fades = { fadeIn: 0, fadeOut: 0 };

function rowsOf(
  cues: readonly ScoreCue[],
  fades: ReadonlyMap<string, Fades>,
  unheardById: ReadonlyMap<string, number>,
  before: Layout['blocks'] | undefined,
): Row[] {
  const rows: Block[][] = [];
  const ends: number[] = [];
  for (const placed of cues) {
    const free = ends.findIndex((end) => end <= placed.start);
    const row = free >= 0 ? free : Math.min(rows.length, MOST_ROWS - 1);
    const { fadeIn, fadeOut } = fades.get(placed.id) ?? NO_FADES;
    const unheard = unheardById.get(placed.id) ?? 0;
    const made: Block = { id: placed.id, placed, row, fadeIn, fadeOut, unheard };
    const known = before?.get(placed.id)?.block;
    const block = known && isSameBlock(known, made) ? known : made;
    const blocks = rows[row] ?? [];
    rows[row] = blocks;
    blocks.push(block);
    ends[row] = Math.max(ends[row] ?? 0, placed.end);
  }
  return rows.map((blocks) => {
    let furthest = 0;
    const reach = blocks.map(({ placed }) => {
      furthest = Math.max(furthest, placed.end);
      return furthest;
    });
    return { blocks, reach };
  });
}

/** The stem that a cue without one of its own belongs to: that of the bed which it brings back. */
function stemOfCue(cue: Film['sheet']['cues'][number], film: Film): string | undefined {
  if ('stem' in cue) return cue.stem;
  if (!('bed' in cue)) return undefined;
  const bed = film.sheet.cues.find((candidate) => candidate.id === cue.bed);
  return bed && 'stem' in bed ? bed.stem : undefined;
}

function isSameBlock(a: Block, b: Block): boolean {
  return (
    a.placed === b.placed &&
    a.row === b.row &&
    a.fadeIn === b.fadeIn &&
    a.fadeOut === b.fadeOut &&
    a.unheard === b.unheard
  );
}

/** Samples at the end of cues in which their record is not heard any more, of those that have one turn. */
function unheardOf({ score }: Film): ReadonlyMap<string, number> {
  const unheard = new Map<string, number>();
  const turning = score.cues.filter(
    ({ off, type }) => !off && (type === 'needle-drop' || type === 'groove-loop'),
  );
  for (const { id, start, end } of turning) unheard.set(id, end - start);
  if (turning.length === 0) return unheard;
  const ends = new Map(turning.map(({ id, end }) => [id, end]));
  for (const { regions } of score.stems) {
    for (const { cue, end } of regions) {
      const left = unheard.get(cue);
      if (left !== undefined) unheard.set(cue, Math.max(0, Math.min(left, ends.get(cue)! - end)));
    }
  }
  return unheard;
}

function fadesOf(film: Film): ReadonlyMap<string, Fades> {
  const fades = new Map<string, Fades>();
  const clock = clockOf(film);
  for (const cue of film.sheet.cues) {
    if (!('fadeIn' in cue) || !('stem' in cue)) continue;
    if (cue.fadeIn === '0s' && cue.fadeOut === '0s') continue;
    const writing: Writing = {
      clock,
      revolution: 'player' in cue ? revolutionOf(cue.player, film) : undefined,
    };
    fades.set(cue.id, {
      fadeIn: samplesOfDuration(cue.fadeIn, writing) ?? 0,
      fadeOut: samplesOfDuration(cue.fadeOut, writing) ?? 0,
    });
  }
  return fades;
}
