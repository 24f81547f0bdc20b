import { formatTimecode } from '../time/timecode.ts';
import type { Setting } from './setting.ts';

/** Timecode of the frame that a sample lies in, for issues; samples count from the edit's first frame. */
export function timecodeText({ edit, sheet }: Setting, sample: number): string {
  const { num, den } = edit.frameRate;
  // A position that was rounded to a sample may lie a hair before its frame: the nearest half sample decides.
  const frames = Math.floor(((sample + 0.5) * num) / (den * sheet.sampleRate));
  return formatTimecode(edit.startFrame + frames, edit.frameRate);
}
