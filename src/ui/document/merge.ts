import { isRecord } from '../raw-cue.ts';
import type { ValueChange } from '../workspace.ts';
import { pieceValue, readTree } from './json-tree.ts';
import { diffLines, type Hunk, linesOf } from './line-diff.ts';
import { changeValues, isSame } from './value-edit.ts';

/** What came of bringing two changed texts together. */
export interface Merge {
  /** One text after another: agreed, or a place where both sides changed the same. */
  readonly parts: readonly (string | Clash)[];
}

/** A place that both sides changed, each in its own way. */
export interface Clash {
  /** Line of the place in "mine", from 1. */
  readonly line: number;
  readonly base: string;
  readonly mine: string;
  readonly theirs: string;
}

/** The merged text, where both sides changed different things; else undefined. */
export function mergedText(merge: Merge): string | undefined {
  return merge.parts.every((part) => typeof part === 'string') ? merge.parts.join('') : undefined;
}

/** The text with one side taken at each place where they clash. */
export function settledText(merge: Merge, sideOf: (index: number) => 'mine' | 'theirs'): string {
  let clashes = 0;
  return merge.parts.map((part) => (typeof part === 'string' ? part : part[sideOf(clashes++)])).join('');
}

/**
 * Brings together what two sides made of one text: line by line, and where both changed the same line (a cue is
 * often one), value by value. The result of a merge of JSON is JSON; else it counts as a clash of the whole.
 */
export function mergeTexts(base: string, mine: string, theirs: string): Merge {
  if (mine === theirs || theirs === base) return { parts: [mine] };
  if (mine === base) return { parts: [theirs] };
  const byLines = mergeLines(base, mine, theirs);
  const text = mergedText(byLines);
  const isJson = [base, mine, theirs].every(isSound);
  if (text !== undefined && (!isJson || isSheetLike(text, mine, theirs))) return byLines;
  const byValues = isJson ? mergeValues(base, mine, theirs) : undefined;
  if (byValues !== undefined) return { parts: [byValues] };
  return text === undefined ? byLines : { parts: [{ line: 1, base, mine, theirs }] };
}

/** No id stands twice that did not on either side, and the text is JSON. */
function isSheetLike(text: string, mine: string, theirs: string): boolean {
  if (!isSound(text)) return false;
  const twice = doubledIds(text);
  if (twice.size === 0) return true;
  const before = new Set([...doubledIds(mine), ...doubledIds(theirs)]);
  return [...twice].every((id) => before.has(id));
}

function isSound(text: string): boolean {
  return readTree(text).state === 'sound';
}

function doubledIds(text: string): ReadonlySet<string> {
  const { root } = readTree(text);
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const cue of listOf(root && pieceValue(root))) {
    const id = isRecord(cue) ? cue['id'] : undefined;
    if (typeof id !== 'string') continue;
    if (seen.has(id)) twice.add(id);
    seen.add(id);
  }
  return twice;
}

function mergeLines(base: string, mine: string, theirs: string): Merge {
  const lines = linesOf(base);
  const myLines = linesOf(mine);
  const theirLines = linesOf(theirs);
  const groups = clusters(diffLines(lines, myLines), diffLines(lines, theirLines));
  const parts: (string | Clash)[] = [];
  let at = 0;
  let myShift = 0;
  const agree = (text: string) => {
    if (text === '') return;
    const last = parts.at(-1);
    if (typeof last === 'string') parts[parts.length - 1] = last + text;
    else parts.push(text);
  };
  for (const { from, to, mine: myHunks, theirs: theirHunks } of groups) {
    agree(lines.slice(at, from).join(''));
    const sides = {
      base: lines.slice(from, to).join(''),
      mine: rebuilt(lines, myLines, from, to, myHunks),
      theirs: rebuilt(lines, theirLines, from, to, theirHunks),
    };
    if (theirHunks.length === 0 || sides.mine === sides.theirs) agree(sides.mine);
    else if (myHunks.length === 0) agree(sides.theirs);
    else parts.push({ line: from + myShift + 1, ...sides });
    for (const hunk of myHunks) myShift += hunk.otherTo - hunk.otherFrom - (hunk.to - hunk.from);
    at = to;
  }
  agree(lines.slice(at).join(''));
  return { parts };
}

interface Cluster {
  from: number;
  to: number;
  readonly mine: Hunk[];
  readonly theirs: Hunk[];
}

/** The changes of both sides, those together that touch the same lines. */
function clusters(mine: readonly Hunk[], theirs: readonly Hunk[]): readonly Cluster[] {
  const all = [
    ...mine.map((hunk) => ({ hunk, side: 'mine' as const })),
    ...theirs.map((hunk) => ({ hunk, side: 'theirs' as const })),
  ].sort((a, b) => a.hunk.from - b.hunk.from || a.hunk.to - b.hunk.to);
  const found: Cluster[] = [];
  for (const { hunk, side } of all) {
    const last = found.at(-1);
    // Two insertions at one place touch each other; an insertion next to changed lines does not.
    const touches =
      last &&
      (hunk.from < last.to || (hunk.from === last.to && hunk.to === hunk.from && last.from === last.to));
    if (last && touches) {
      last.to = Math.max(last.to, hunk.to);
      last[side].push(hunk);
    } else {
      const cluster: Cluster = { from: hunk.from, to: hunk.to, mine: [], theirs: [] };
      cluster[side].push(hunk);
      found.push(cluster);
    }
  }
  return found;
}

/** Lines [from, to) as one side has them. */
function rebuilt(
  lines: readonly string[],
  others: readonly string[],
  from: number,
  to: number,
  hunks: readonly Hunk[],
): string {
  let text = '';
  let at = from;
  for (const hunk of hunks) {
    text += lines.slice(at, hunk.from).join('') + others.slice(hunk.otherFrom, hunk.otherTo).join('');
    at = hunk.to;
  }
  return text + lines.slice(at, to).join('');
}

/** Puts what the other side changed into mine, value by value; undefined where both changed the same value. */
function mergeValues(base: string, mine: string, theirs: string): string | undefined {
  const [baseValue, myValue, theirValue] = [base, mine, theirs].map((text) => {
    const { root } = readTree(text);
    return root && pieceValue(root);
  });
  const myTree = readTree(mine);
  const mineChanged = changesBetween(baseValue, myValue);
  const theirsChanged = changesBetween(baseValue, theirValue);
  if (!mineChanged || !theirsChanged) return undefined;
  for (const change of theirsChanged) {
    for (const own of mineChanged) {
      if (!overlap(change.path, own.path)) continue;
      if (change.path.length !== own.path.length || !isSame(change.value, own.value)) return undefined;
    }
  }
  const places = new Map([...cuesOf(myValue).keys()].map((id, index) => [id, index] as const));
  let count = listOf(myValue).length;
  const changes: ValueChange[] = [];
  const removals: number[] = [];
  for (const { path, value } of theirsChanged) {
    const [section, id, ...rest] = path;
    if (section !== 'cues' || id === undefined) {
      changes.push({ path, value });
      continue;
    }
    const index = places.get(String(id));
    if (index === undefined) {
      if (rest.length > 0) return undefined;
      if (value === undefined) continue;
      changes.push({ path: ['cues', count], value, insert: true });
      count += 1;
    } else if (rest.length === 0 && value === undefined) removals.push(index);
    else changes.push({ path: ['cues', index, ...rest], value });
  }
  for (const index of removals.sort((a, b) => b - a))
    changes.push({ path: ['cues', index], value: undefined });
  const merged = changeValues(mine, myTree, changes);
  return merged.tree.state === 'sound' ? merged.text : undefined;
}

/** What makes one value of another; cues stand under their ids. Undefined where cues cannot be told apart. */
function changesBetween(before: unknown, after: unknown): readonly ValueChange[] | undefined {
  const changes: ValueChange[] = [];
  if (!isRecord(before) || !isRecord(after)) return undefined;
  const [cues, newCues] = [cuesOf(before), cuesOf(after)];
  if (cues.size !== listOf(before).length || newCues.size !== listOf(after).length) return undefined;
  compare(
    { ...before, cues: Object.fromEntries(cues) },
    { ...after, cues: Object.fromEntries(newCues) },
    [],
    changes,
  );
  return changes;
}

function compare(
  before: unknown,
  after: unknown,
  path: readonly (string | number)[],
  changes: ValueChange[],
): void {
  if (isSame(before, after)) return;
  if (isRecord(before) && isRecord(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      compare(before[key], after[key], [...path, key], changes);
    }
  } else changes.push({ path, value: after });
}

function overlap(a: readonly (string | number)[], b: readonly (string | number)[]): boolean {
  const shorter = Math.min(a.length, b.length);
  return a.slice(0, shorter).every((step, index) => step === b[index]);
}

function listOf(sheet: unknown): readonly unknown[] {
  const cues = isRecord(sheet) ? sheet['cues'] : undefined;
  return Array.isArray(cues) ? cues : [];
}

/** The cues that have an id, by it. */
function cuesOf(sheet: unknown): ReadonlyMap<string, unknown> {
  const cues = new Map<string, unknown>();
  for (const cue of listOf(sheet)) {
    const id = isRecord(cue) ? cue['id'] : undefined;
    if (typeof id === 'string') cues.set(id, cue);
  }
  return cues;
}
