import type { MotorStartCue, MotorStopCue, NeedleLiftCue, SilenceCue } from '../../sheet/schema.ts';
import { add } from '../../time/rational.ts';
import type { EdgeRules } from '../edges.ts';
import { lengthOf } from '../place.ts';
import type { Placed, Setting } from '../setting.ts';

/** The edges of a cue that begins at `at` and lasts `for`. */
export function forEdges(
  setting: Setting,
  placed: Placed<NeedleLiftCue | SilenceCue | MotorStartCue | MotorStopCue>,
): EdgeRules {
  const at = { text: placed.cue.at, pointer: `${placed.pointer}/at` };
  return {
    start: { anchors: [at], place: ([start]) => start },
    end: {
      anchors: [at],
      place: ([start]) => {
        const length = lengthOf(setting, placed.cue.for, placed, `${placed.pointer}/for`);
        return length && add(start!, length);
      },
    },
  };
}
