import type { Issue } from '../issue/issue.ts';
import { frameRateName } from '../time/frame-rate.ts';
import { formatTimecode } from '../time/timecode.ts';
import type { Edit, Marker, Scene, Shot } from './edit.ts';

/** What `runout edit --json` prints. The shape only ever grows. */
export interface EditJson {
  readonly format: Edit['format'];
  /** Printed name without DF: `24`, `29.97`. */
  readonly frameRate: string;
  readonly dropFrame: boolean;
  /** Timecode of the first frame. */
  readonly start: string;
  /** The first frame, counted since midnight, as all frames here are. */
  readonly startFrame: number;
  readonly durationFrames: number;
  readonly shots: readonly Shot[];
  readonly scenes: readonly Scene[];
  readonly markers: readonly Marker[];
  readonly warnings: readonly string[];
}

/**
 * The edit as `runout edit --json` prints it.
 *
 * @param warnings - The issues of the reading; errors among them are left out (an edit with errors is not printed).
 */
export function editToJson(edit: Edit, warnings: readonly Issue[]): EditJson {
  return {
    format: edit.format,
    frameRate: frameRateName({ ...edit.frameRate, dropFrame: false }),
    dropFrame: edit.frameRate.dropFrame,
    start: formatTimecode(edit.startFrame, edit.frameRate),
    startFrame: edit.startFrame,
    durationFrames: edit.durationFrames,
    shots: edit.shots,
    scenes: edit.scenes,
    markers: edit.markers,
    warnings: warnings.filter((issue) => issue.severity === 'warning').map(asSentence),
  };
}

function asSentence(issue: Issue): string {
  const line = issue.line === undefined ? '' : `line ${issue.line}: `;
  const hint = issue.hint === undefined ? '' : ` (${issue.hint})`;
  return `${line}${issue.message}${hint}`;
}
