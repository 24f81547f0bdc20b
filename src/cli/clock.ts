import { type Edit, formatTimecode, type RunOutLength } from '../engine/index.ts';

/** Timecode of the frame that a sample lies in; samples count from the edit's first frame. */
export function sampleTimecode(sample: number, sampleRate: number, edit: Edit): string {
  const { num, den } = edit.frameRate;
  // A position that was rounded to a sample may lie a hair before its frame: the nearest half sample decides.
  const frames = Math.floor(((sample + 0.5) * num) / (den * sampleRate));
  return formatTimecode(edit.startFrame + frames, edit.frameRate);
}

/** Seconds with milliseconds, for reading: `3.000 s`. */
export function secondsText(samples: number, sampleRate: number): string {
  return `${(samples / sampleRate).toFixed(3)} s`;
}

/** Minutes and seconds, for reading: `4:43.000`. */
export function minutesText(samples: number, sampleRate: number): string {
  const milliseconds = Math.round((samples / sampleRate) * 1000);
  const minutes = Math.floor(milliseconds / 60000);
  const seconds = ((milliseconds % 60000) / 1000).toFixed(3).padStart(6, '0');
  return `${minutes}:${seconds}`;
}

/** A count of frames, whole or not: `72 frames`, `71.928 frames`. */
export function framesText(frames: number): string {
  return `${decimals(frames)} frame${frames === 1 ? '' : 's'}`;
}

/** A count with thin groups of three, for reading: `13,584,000`. */
export function countText(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A length in words, to a tenth of a second: `42.0 s`, `4 min 43.0 s`. */
export function spokenTime(samples: number, sampleRate: number): string {
  const tenths = Math.round((samples / sampleRate) * 10);
  const minutes = Math.floor(tenths / 600);
  const seconds = `${((tenths % 600) / 10).toFixed(1)} s`;
  return minutes === 0 ? seconds : `${minutes} min ${seconds}`;
}

/** A run-out's length in every count that it is decided by: `20.056 rev = 866.4 frames = 36.100 s`. */
export function runOutText({ revolutions, frames, seconds }: RunOutLength): string {
  return `${decimals(revolutions)} rev = ${decimals(frames)} frames = ${seconds.toFixed(3)} s`;
}

/** A number with as many decimals as it needs, and no more than three. */
function decimals(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}
