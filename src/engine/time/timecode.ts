import { canDropFrame, type FrameRate, frameRateName, nominalFramesPerSecond } from './frame-rate.ts';

/** What came of reading a timecode: the frame it labels, or why there is none. */
export type TimecodeResult =
  | { readonly frame: number }
  | { readonly error: 'format' | 'range' | 'dropped'; readonly message: string };

const LABEL = /^\d{1,2}[:;.]\d{2}[:;.]\d{2}[:;.]\d{2,3}$/;
const END_OF_DAY = /^24[:;.]00[:;.]00[:;.]00$/;

/**
 * Reads `HH:MM:SS:FF` (`;` or `.` are read too, and stand for drop-frame in some programs) as a count of
 * frames since midnight in the given rate's own way of counting. Refuses labels that do not exist: a frame
 * at or above the rate, a minute of 60, and the labels that drop-frame skips. Refuses `;` at 29.97 and 59.94
 * non-drop, where it means another frame, up to 3.6 seconds away for each hour.
 */
export function parseTimecode(text: string, frameRate: FrameRate): TimecodeResult {
  if (!LABEL.test(text)) {
    return { error: 'format', message: `"${text}" is not a timecode (HH:MM:SS:FF)` };
  }
  if (!frameRate.dropFrame && canDropFrame(frameRate) && text.includes(';')) {
    const name = frameRateName(frameRate);
    return {
      error: 'format',
      message: `"${text}" is written as drop-frame (;), but ${name} counts every label: write ":", or count in ${name}DF`,
    };
  }
  const minutesAt = text.search(/[:;.]/) + 1;
  const hours = digits(text, 0, minutesAt - 1);
  const minutes = digits(text, minutesAt, minutesAt + 2);
  const seconds = digits(text, minutesAt + 3, minutesAt + 5);
  const frames = digits(text, minutesAt + 6, text.length);
  const fps = nominalFramesPerSecond(frameRate);
  if (hours > 23 || minutes > 59 || seconds > 59) {
    return { error: 'range', message: `"${text}" is beyond 23:59:59 (hours 0–23, minutes and seconds 0–59)` };
  }
  if (frames >= fps) {
    return { error: 'range', message: `"${text}" has frame ${frames}, but frames run from 0 to ${fps - 1}` };
  }
  const label = ((hours * 60 + minutes) * 60 + seconds) * fps + frames;
  if (!frameRate.dropFrame) return { frame: label };
  const dropped = droppedPerMinute(frameRate);
  if (seconds === 0 && frames < dropped && minutes % 10 !== 0) {
    return {
      error: 'dropped',
      message: `"${text}" is a label that drop-frame skips (${dropped} are skipped at each minute but every tenth)`,
    };
  }
  const minute = hours * 60 + minutes;
  return { frame: label - dropped * (minute - Math.floor(minute / 10)) };
}

/** Reads the end of a range, which is exclusive: as {@link parseTimecode}, and 24:00:00:00 besides. */
export function parseEndTimecode(text: string, frameRate: FrameRate): TimecodeResult {
  return END_OF_DAY.test(text) ? { frame: framesPerDay(frameRate) } : parseTimecode(text, frameRate);
}

/**
 * Prints a count of frames since midnight as `HH:MM:SS:FF`, or `HH:MM:SS;FF` in drop-frame. Wraps at
 * 24 hours, below zero too.
 *
 * @see SMPTE ST 12-1, drop-frame compensation
 */
export function formatTimecode(frame: number, frameRate: FrameRate): string {
  const fps = nominalFramesPerSecond(frameRate);
  const day = framesPerDay(frameRate);
  const wrapped = ((frame % day) + day) % day;
  const label = frameRate.dropFrame ? dropFrameLabel(wrapped, frameRate) : wrapped;
  const frames = label % fps;
  const seconds = Math.floor(label / fps) % 60;
  const minutes = Math.floor(label / (fps * 60)) % 60;
  const hours = Math.floor(label / (fps * 3600));
  return `${two(hours)}:${two(minutes)}:${two(seconds)}${frameRate.dropFrame ? ';' : ':'}${two(frames)}`;
}

/** Frames in 24 hours of timecode: 2 073 600 at 24 and 23.976, 2 589 408 at 29.97 DF. */
export function framesPerDay(frameRate: FrameRate): number {
  const labels = nominalFramesPerSecond(frameRate) * 86400;
  // 1440 minutes a day, of which 144 (every tenth) skip nothing.
  return frameRate.dropFrame ? labels - droppedPerMinute(frameRate) * (1440 - 144) : labels;
}

/** Labels skipped at the start of each minute that skips: 2 at 29.97, 4 at 59.94. */
function droppedPerMinute(frameRate: FrameRate): number {
  return nominalFramesPerSecond(frameRate) / 15;
}

/** The label number (as if non-drop) of a drop-frame count. */
function dropFrameLabel(frame: number, frameRate: FrameRate): number {
  const dropped = droppedPerMinute(frameRate);
  const fps = nominalFramesPerSecond(frameRate);
  const perTenMinutes = fps * 600 - 9 * dropped;
  const perMinute = fps * 60 - dropped;
  const tens = Math.floor(frame / perTenMinutes);
  const rest = frame % perTenMinutes;
  // The first minute of ten is whole, so the rest is counted from its last `dropped` frames on.
  const minutes = rest >= dropped ? Math.floor((rest - dropped) / perMinute) : 0;
  return frame + 9 * dropped * tens + dropped * minutes;
}

/** The number that stands in [from, to). Four times as quick as capturing groups, which a day of labels shows. */
function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let index = from; index < to; index++) value = value * 10 + text.charCodeAt(index) - 48;
  return value;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
