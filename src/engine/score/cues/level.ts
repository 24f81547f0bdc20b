import { error } from '../../issue/issue.ts';
import type { LevelCue } from '../../sheet/schema.ts';
import type { Rational } from '../../time/rational.ts';
import type { EdgeRules } from '../edges.ts';
import type { LevelPoint } from '../score.ts';
import { type Placed, type Setting, sampleAt } from '../setting.ts';

export function levelEdges({ cue, pointer }: Placed<LevelCue>): EdgeRules {
  const anchors = cue.points.map(({ at }, index) => ({ text: at, pointer: pointPointer(pointer, index) }));
  return {
    start: { anchors, place: (positions) => positions[0] },
    end: { anchors, place: (positions) => positions.at(-1) },
  };
}

/** The points of a level in order of time; undefined, with an issue, where they run backwards. */
export function levelPoints(
  setting: Setting,
  { cue, pointer }: Placed<LevelCue>,
  anchors: ReadonlyMap<string, Rational | undefined>,
): LevelPoint[] | undefined {
  const points: LevelPoint[] = [];
  for (const [index, { gainDb, curve }] of cue.points.entries()) {
    const position = anchors.get(pointPointer(pointer, index));
    if (!position) return undefined;
    const at = sampleAt(setting, position);
    const last = points.at(-1);
    if (last && at < last.at) {
      setting.report(
        error(
          'level-order',
          pointPointer(pointer, index),
          `this point of level "${cue.id}" lies ${last.at - at} samples before the one above it`,
          'list the points in order of time',
        ),
      );
      return undefined;
    }
    points.push({ at, gainDb, curve });
  }
  return points;
}

function pointPointer(cue: string, index: number): string {
  return `${cue}/points/${index}/at`;
}
