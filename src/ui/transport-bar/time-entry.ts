import {
  type FrameRate,
  formatTimecode,
  frameToSample,
  nominalFramesPerSecond,
  parseTimecode,
  sampleToFrame,
} from '../../engine/index.ts';

/** What a time is typed against. */
export interface TimeBase {
  readonly frameRate: FrameRate;
  readonly sampleRate: number;
  /** Frame since midnight that the film begins with. */
  readonly startFrame: number;
  /** Where an offset counts from, samples. */
  readonly position: number;
  /** Length of the film, samples. */
  readonly samples: number;
}

/** What came of reading a typed time: a sample within the film, or why there is none. */
export type TimeEntry = { readonly sample: number } | { readonly error: string };

const OFFSET = /^([+\-−])\s*(.+)$/;
const AMOUNT = /^(\d+(?:[.,]\d+)?)\s*(f|s|ms|smp)$/i;
const DIGITS = /^\d{1,8}$/;
const PART_TIMECODE = /^\d{1,2}(?:[:;.]\d{1,2}){1,3}$/;

/**
 * Reads a time as an editor types it: a timecode (`01:00:12:05`), its last parts (`12:05`) or its digits alone
 * (`1205`), which count from the film's own hour; `48f`, `1.5s`, `20ms`, `960smp` from the film's beginning;
 * each with `+` or `-` before it from where the playhead is (`+12` is twelve frames, as on a synchroniser).
 */
export function readTimeEntry(text: string, base: TimeBase): TimeEntry {
  const typed = text.trim();
  if (typed === '') return { error: 'Type a timecode, such as 01:00:12:05, or an offset, such as +12f.' };
  const offset = OFFSET.exec(typed);
  const length = offset ? readLength(offset[2] ?? '', base) : undefined;
  if (offset) {
    if (length === undefined)
      return { error: `"${typed}" is not an offset: write +12 (frames), +1.5s or +00:00:01:00.` };
    return within(offset[1] === '+' ? length(base.position, 1) : length(base.position, -1), base);
  }
  if (AMOUNT.test(typed)) return within(readLength(typed, base)?.(0, 1) ?? 0, base);
  const timecode = completeTimecode(typed, base);
  if (timecode === undefined) return { error: `"${typed}" is not a timecode (HH:MM:SS:FF).` };
  const read = parseTimecode(timecode, base.frameRate);
  if ('error' in read) return { error: `${read.message}.` };
  return within(frameToSample(read.frame - base.startFrame, base.frameRate, base.sampleRate), base);
}

/** A typed length as a step from a position; frames step to the beginning of a frame. */
function readLength(text: string, base: TimeBase): ((from: number, sign: 1 | -1) => number) | undefined {
  const { frameRate, sampleRate } = base;
  const byFrames = (frames: number) => (from: number, sign: 1 | -1) =>
    frameToSample(sampleToFrame(from, frameRate, sampleRate) + sign * frames, frameRate, sampleRate);
  const amount = AMOUNT.exec(text);
  if (amount) {
    const value = Number((amount[1] ?? '').replace(',', '.'));
    const unit = amount[2]?.toLowerCase();
    if (unit === 'f') return byFrames(Math.round(value));
    const samples = { s: value * sampleRate, ms: (value * sampleRate) / 1000, smp: value }[
      unit as 's' | 'ms' | 'smp'
    ];
    return (from, sign) => Math.round(from + sign * samples);
  }
  if (/^\d{1,2}$/.test(text)) return byFrames(Number(text));
  // An offset is a count of frames, which no label is skipped in.
  const parts = partsOf(text);
  if (!parts) return undefined;
  const fps = nominalFramesPerSecond(frameRate);
  const [hours, minutes, seconds, frames] = parts;
  return byFrames(((hours * 60 + minutes) * 60 + seconds) * fps + frames);
}

/** A timecode whose first parts were left out gets the film's own. */
function completeTimecode(text: string, { frameRate, startFrame }: TimeBase): string | undefined {
  const parts = partsOf(text);
  if (!parts) return undefined;
  const [hours, minutes, seconds, frames] = parts;
  const hasHours = DIGITS.test(text) ? text.length > 6 : text.split(/[:;.]/).length === 4;
  const startHour = Number(formatTimecode(startFrame, frameRate).slice(0, 2));
  const label = [hasHours ? hours : startHour, minutes, seconds, frames].map((part) =>
    String(part).padStart(2, '0'),
  );
  const last = label.pop();
  return `${label.join(':')}${frameRate.dropFrame ? ';' : ':'}${last}`;
}

function partsOf(text: string): readonly [number, number, number, number] | undefined {
  if (!DIGITS.test(text) && !PART_TIMECODE.test(text)) return undefined;
  const parts = DIGITS.test(text)
    ? (text.padStart(8, '0').match(/../g) ?? []).map(Number)
    : text.split(/[:;.]/).map(Number);
  const [frames = 0, seconds = 0, minutes = 0, hours = 0] = parts.reverse();
  return [hours, minutes, seconds, frames];
}

function within(sample: number, { samples }: TimeBase): TimeEntry {
  if (sample < 0 || sample > samples) return { error: 'That lies outside of the film.' };
  return { sample };
}
