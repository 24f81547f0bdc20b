import { error } from '../../issue/issue.ts';
import type { LevelCue } from '../../sheet/schema.ts';
import type { Rational } from '../../time/rational.ts';
import type { AnchorUse, EdgeRules } from '../edges.ts';
import type { LevelPoint } from '../score.ts';
import { type Placed, type Setting, sampleAt } from '../setting.ts';

export function levelEdges({ cue, pointer }: Placed<LevelCue>): EdgeRules {
  const anchors = pointAnchors(cue.points, `${pointer}/points`);
  return {
    start: { anchors, place: (positions) => positions[0] },
    end: { anchors, place: (positions) => positions.at(-1) },
  };
}

/** The anchors of the points of a level. */
export function pointAnchors(points: LevelCue['points'], pointer: string): AnchorUse[] {
  return points.map(({ at }, index) => ({ text: at, pointer: pointPointer(pointer, index) }));
}

/**
 * The points of a level in order of time; undefined, with an issue, where they run backwards.
 *
 * @param owner - What has the level, for issues: `level "rise"`.
 * @param pointer - Of the points.
 */
export function levelPoints(
  setting: Setting,
  owner: string,
  asked: LevelCue['points'],
  pointer: string,
  anchors: ReadonlyMap<string, Rational | undefined>,
): LevelPoint[] | undefined {
  const points: LevelPoint[] = [];
  for (const [index, { gainDb, curve }] of asked.entries()) {
    const position = anchors.get(pointPointer(pointer, index));
    if (!position) return undefined;
    const at = sampleAt(setting, position);
    const last = points.at(-1);
    if (last && at < last.at) {
      setting.report(
        error(
          'level-order',
          pointPointer(pointer, index),
          `this point of ${owner} lies ${last.at - at} samples before the one above it`,
          'list the points in order of time',
        ),
      );
      return undefined;
    }
    points.push({ at, gainDb, curve });
  }
  return points;
}

function pointPointer(points: string, index: number): string {
  return `${points}/${index}/at`;
}
