import type { Issue } from '../issue/issue.ts';
import type { FrameRate } from '../time/frame-rate.ts';
import { formatTimecode, parseTimecode } from '../time/timecode.ts';
import { errorAt } from './edit-reading.ts';

/**
 * The edit's first frame: the one that `start` asks for, which may come before the picture but not after.
 *
 * @param firstFrame - Where the picture begins, frames since midnight.
 * @param pointer - Where the sheet says `start`.
 * @returns Undefined, with an issue, where `start` cannot be.
 */
export function placeStart(
  start: string | undefined,
  firstFrame: number,
  frameRate: FrameRate,
  issues: Issue[],
  pointer = '/start',
): number | undefined {
  if (start === undefined) return firstFrame;
  const read = parseTimecode(start, frameRate);
  if (!('frame' in read)) {
    issues.push(
      errorAt({ pointer }, 'bad-timecode', read.message, "write the timecode of the edit's first frame"),
    );
    return undefined;
  }
  if (read.frame > firstFrame) {
    const first = formatTimecode(firstFrame, frameRate);
    issues.push(
      errorAt(
        { pointer },
        'start-after-picture',
        `start is ${start}, but the edit's picture begins before it, at ${first}`,
        `use ${first} or an earlier timecode, or leave start out`,
      ),
    );
    return undefined;
  }
  return read.frame;
}
