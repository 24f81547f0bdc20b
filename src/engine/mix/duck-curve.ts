import type { Duck } from '../score/score.ts';
import { GainCurve, type GainLine, type GainPiece } from './gain-curve.ts';

const UNDUCKED: readonly GainPiece[] = [{ start: Number.NEGATIVE_INFINITY, level: 0 }];

/**
 * How far ducks take a stem down: at each sample the deepest of them. Worked out once, in O(n log n), as the
 * lower envelope of their straight lines.
 */
export function duckCurve(ducks: readonly Duck[]): GainCurve {
  return new GainCurve(deepestOf(ducks));
}

function deepestOf(ducks: readonly Duck[]): readonly GainPiece[] {
  if (ducks.length === 0) return UNDUCKED;
  if (ducks.length === 1) return piecesOf(ducks[0]!);
  const middle = ducks.length >>> 1;
  return lower(deepestOf(ducks.slice(0, middle)), deepestOf(ducks.slice(middle)));
}

function piecesOf({ start, end, attack, release, byDb }: Duck): readonly GainPiece[] {
  const pieces: GainPiece[] = [...UNDUCKED];
  if (attack > 0) {
    const fall: GainLine = {
      start: start - attack,
      length: attack,
      fromDb: 0,
      toDb: -byDb,
      curve: 'linear',
    };
    pieces.push({ start: fall.start, level: fall });
  }
  if (end > start) pieces.push({ start, level: -byDb });
  if (release > 0) {
    const rise: GainLine = { start: end, length: release, fromDb: -byDb, toDb: 0, curve: 'linear' };
    pieces.push({ start: end, level: rise });
  }
  pieces.push({ start: end + release, level: 0 });
  return pieces;
}

/** The lower of two levels at every sample; both are in order and begin at −∞ and end with 0 dB. */
function lower(a: readonly GainPiece[], b: readonly GainPiece[]): readonly GainPiece[] {
  const lowest: GainPiece[] = [];
  const put = (start: number, level: GainPiece['level']) => {
    if (lowest.at(-1)?.level !== level) lowest.push({ start, level });
  };
  let start = Number.NEGATIVE_INFINITY;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const [inA, inB] = [a[i]!.level, b[j]!.level];
    const endA = a[i + 1]?.start ?? Number.POSITIVE_INFINITY;
    const endB = b[j + 1]?.start ?? Number.POSITIVE_INFINITY;
    const end = Math.min(endA, endB);
    if (start < end) {
      const isFirstA = levelAt(inA, start) <= levelAt(inB, start);
      const isLastA = levelAt(inA, end - 1) <= levelAt(inB, end - 1);
      const [first, last] = [isFirstA ? inA : inB, isLastA ? inA : inB];
      put(start, first);
      if (first !== last) put(crossing(first, last, start, end - 1), last);
    }
    start = end;
    if (endA === end) i++;
    if (endB === end) j++;
  }
  return lowest;
}

/** The first sample after `above` at which `last` is below `first`; at `below` it is. */
function crossing(first: GainPiece['level'], last: GainPiece['level'], above: number, below: number): number {
  while (below - above > 1) {
    const middle = Math.floor((above + below) / 2);
    if (levelAt(last, middle) < levelAt(first, middle)) below = middle;
    else above = middle;
  }
  return below;
}

/** dB at a sample, by the same arithmetic as the kernel's. */
function levelAt(level: GainPiece['level'], sample: number): number {
  if (typeof level === 'number') return level;
  const { start, length, fromDb, toDb } = level;
  return fromDb + (toDb - fromDb) * ((sample - start) / length);
}
