import type { Issue } from '../issue/issue.ts';
import type { FrameRate } from '../time/frame-rate.ts';
import { formatTimecode, framesPerDay } from '../time/timecode.ts';
import type { Cut } from './cut.ts';
import type { Edit, Marker, ShotNames } from './edit.ts';
import { errorAt, warningAt } from './edit-reading.ts';
import { nameShots } from './shot-ids.ts';

/** What a reader has found, in frames since midnight. */
export interface EditParts {
  readonly format: Edit['format'];
  readonly frameRate: FrameRate;
  readonly startFrame: number;
  /** The first frame after the picture: the last shot's end, or that of black after it. */
  readonly endFrame: number;
  /** In any order. */
  readonly cuts: readonly Cut[];
  readonly markers: readonly Marker[];
  readonly names: ShotNames | undefined;
}

/** Makes an Edit of what any reader found: record order, ids, scenes. Undefined (with an issue) if it passes 24 hours. */
export function assembleEdit(parts: EditParts, issues: Issue[]): Edit | undefined {
  const cuts = [...parts.cuts].sort((a, b) => a.recordIn - b.recordIn || a.recordOut - b.recordOut);
  const last = cuts.at(-1);
  const day = framesPerDay(parts.frameRate);
  if (parts.endFrame > day) {
    issues.push(
      errorAt(
        last?.place ?? { pointer: '' },
        'edit-too-long',
        `the edit ends ${parts.endFrame - day} frames after 24:00:00:00, where timecode ends`,
        'check the frame rate, the start timecode and the last record-out',
      ),
    );
    return undefined;
  }
  warnOfOverlaps(cuts, parts.frameRate, issues);
  const { shots, scenes } = nameShots(cuts, parts.names, issues);
  return {
    format: parts.format,
    frameRate: parts.frameRate,
    startFrame: parts.startFrame,
    durationFrames: parts.endFrame - parts.startFrame,
    shots,
    scenes,
    markers: [...parts.markers].sort((a, b) => a.frame - b.frame),
  };
}

/** One warning for the whole list: a list with a second picture track overlaps everywhere. */
function warnOfOverlaps(cuts: readonly Cut[], frameRate: FrameRate, issues: Issue[]): void {
  let end = Number.NEGATIVE_INFINITY;
  let first: Cut | undefined;
  let count = 0;
  for (const cut of cuts) {
    if (cut.recordIn < end) {
      count += 1;
      first ??= cut;
    }
    end = Math.max(end, cut.recordOut);
  }
  if (!first) return;
  const others = count === 1 ? '' : ` (and ${count - 1} more)`;
  issues.push(
    warningAt(
      first.place,
      'shots-overlap',
      `${titleOf(first)} begins at ${formatTimecode(first.recordIn, frameRate)}, before the shot before it ends${others}`,
      'each keeps the range it has; export a single picture track if that is not meant',
    ),
  );
}

function titleOf(cut: Cut): string {
  return cut.event === undefined ? `shot "${cut.id ?? cut.name ?? ''}"` : `event ${cut.event}`;
}
