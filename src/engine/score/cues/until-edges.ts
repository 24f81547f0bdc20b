import { error } from '../../issue/issue.ts';
import type { RoomToneCue, ScatterCue } from '../../sheet/schema.ts';
import { compare } from '../../time/rational.ts';
import type { EdgeRules } from '../edges.ts';
import type { Placed, Setting } from '../setting.ts';

/**
 * The edges of a cue that lies from `at` until `until`.
 *
 * @param what - Kind of cue, for issues: `bed`.
 */
export function untilEdges(
  setting: Setting,
  { cue, pointer }: Placed<RoomToneCue | ScatterCue>,
  what: string,
): EdgeRules {
  const at = { text: cue.at, pointer: `${pointer}/at` };
  const until = { text: cue.until, pointer: `${pointer}/until` };
  return {
    start: { anchors: [at], place: ([start]) => start },
    end: {
      anchors: [at, until],
      place: ([start, end]) => {
        if (compare(start!, end!) < 0) return end;
        setting.report(
          error(
            'empty-cue',
            pointer,
            `${what} "${cue.id}" ends (until) before or where it starts (at)`,
            'move one of them',
          ),
        );
        return undefined;
      },
    },
  };
}
