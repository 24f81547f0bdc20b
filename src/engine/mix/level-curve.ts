import type { LevelPoint } from '../score/score.ts';
import { GainCurve, type GainPiece } from './gain-curve.ts';

/**
 * The level that points describe: the first one's before it, the last one's after it, and from each to the
 * next a line of the next one's curve. Two points at one sample are a step.
 *
 * @param points - One or more, in order of `at`.
 */
export function levelCurve(points: readonly LevelPoint[]): GainCurve {
  const pieces: GainPiece[] = [];
  let last: LevelPoint | undefined;
  for (const point of points) {
    if (!last) pieces.push({ start: Number.NEGATIVE_INFINITY, level: point.gainDb });
    else if (point.at > last.at) pieces.push({ start: last.at, level: wayTo(point, last) });
    last = point;
  }
  if (last) pieces.push({ start: last.at, level: last.gainDb });
  return new GainCurve(pieces);
}

function wayTo(point: LevelPoint, last: LevelPoint): GainPiece['level'] {
  if (point.gainDb === last.gainDb) return point.gainDb;
  const { at: start, gainDb: fromDb } = last;
  return { start, length: point.at - start, fromDb, toDb: point.gainDb, curve: point.curve };
}
