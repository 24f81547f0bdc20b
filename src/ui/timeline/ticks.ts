import { nominalFramesPerSecond, parseTimecode } from '../../engine/index.ts';
import {
  type FilmClock,
  frameOfSample,
  sampleOfFrame,
  samplesPerFrame,
  timecodeAt,
  timecodeOfFrame,
} from '../film-clock.ts';

/** A line on the ruler. */
export interface Tick {
  readonly sample: number;
  /** What stands beside it; absent on the small ones in between. */
  readonly label?: string;
}

/** How far apart labels are, and how many parts the room between two is cut into. */
type Spacing = {
  readonly unit: 'samples' | 'frames' | 'seconds';
  readonly every: number;
  readonly parts: number;
};

/** Pixels that a label and the room after it take. */
const LABEL_PX = 104;

/**
 * Ticks from `from` to `to`: on seconds and minutes of the timecode as it is counted (in drop-frame on the first
 * label that there is), closer in on frames, closest on samples.
 */
export function ticksOf(from: number, to: number, samplesPerPixel: number, clock: FilmClock): Tick[] {
  const spacing = spacingOf(samplesPerPixel, clock);
  if (spacing.unit === 'samples') return sampleTicks(from, to, spacing.every, clock);
  if (spacing.unit === 'frames') return frameTicks(from, to, spacing, clock);
  return secondTicks(from, to, spacing, clock);
}

export function spacingOf(samplesPerPixel: number, clock: FilmClock): Spacing {
  const least = LABEL_PX * samplesPerPixel;
  const frame = samplesPerFrame(clock);
  const fps = nominalFramesPerSecond(clock.frameRate);
  for (const every of [10, 20, 50, 100, 200, 500]) {
    if (every >= least && every * 2 <= frame) return { unit: 'samples', every, parts: 10 };
  }
  for (const every of [1, 2, 5, 10, 12].filter(
    (count) => count * 2 <= fps && (count === 1 || fps % count === 0),
  )) {
    if (every * frame >= least) return { unit: 'frames', every, parts: every };
  }
  const steps: readonly (readonly [number, number])[] = [
    [1, 4],
    [2, 2],
    [5, 5],
    [10, 10],
    [15, 3],
    [30, 6],
    [60, 6],
    [120, 4],
    [300, 5],
    [600, 10],
    [1800, 6],
    [3600, 6],
  ];
  for (const [every, parts] of steps) {
    if (every * fps * frame >= least) return { unit: 'seconds', every, parts };
  }
  return { unit: 'seconds', every: 7200, parts: 2 };
}

function sampleTicks(from: number, to: number, every: number, clock: FilmClock): Tick[] {
  const ticks: Tick[] = [];
  const step = every / 10;
  for (let frame = Math.max(0, frameOfSample(from, clock)); sampleOfFrame(frame, clock) < to; frame++) {
    const start = sampleOfFrame(frame, clock);
    const end = sampleOfFrame(frame + 1, clock);
    ticks.push({ sample: start, label: timecodeOfFrame(frame, clock) });
    const first = Math.max(step, Math.ceil((from - start) / step) * step);
    for (let at = first; start + at < Math.min(end, to); at += step) {
      const isLabelled = at % every === 0 && end - start - at >= every;
      ticks.push({
        sample: start + at,
        ...(isLabelled && { label: `${timecodeOfFrame(frame, clock).slice(-5)} +${at}` }),
      });
    }
  }
  return ticks;
}

function frameTicks(from: number, to: number, { every }: Spacing, clock: FilmClock): Tick[] {
  const ticks: Tick[] = [];
  for (let frame = Math.max(0, frameOfSample(from, clock)); ; frame++) {
    const sample = sampleOfFrame(frame, clock);
    if (sample >= to) return ticks;
    const label = timecodeOfFrame(frame, clock);
    ticks.push({ sample, ...(Number(label.slice(-2)) % every === 0 && { label }) });
  }
}

function secondTicks(from: number, to: number, { every, parts }: Spacing, clock: FilmClock): Tick[] {
  const ticks: Tick[] = [];
  const firstLabel = timecodeOfFrame(Math.max(0, frameOfSample(Math.max(0, from), clock)), clock);
  const [hours = 0, minutes = 0, seconds = 0] = firstLabel.split(/[:;]/).map(Number);
  const step = every / parts;
  const firstSecond = hours * 3600 + minutes * 60 + seconds;
  for (let count = Math.floor(firstSecond / step); ; count++) {
    const second = count * step;
    const sample = sampleOfFrame(frameOfSecond(second, clock), clock);
    if (sample >= to) return ticks;
    if (sample < from || sample < 0) continue;
    const isLabelled = second % every === 0;
    ticks.push({ sample, ...(isLabelled && { label: timecodeAt(sample, clock) }) });
  }
}

/** The frame, counted from the edit's first, of the first label in a second of the day (or in a part of one). */
function frameOfSecond(second: number, { frameRate, startFrame }: FilmClock): number {
  const whole = Math.floor(second);
  const part = Math.round((second - whole) * nominalFramesPerSecond(frameRate));
  const day = 86400;
  const label = (frames: number) => {
    const text = [Math.floor((whole % day) / 3600), Math.floor(whole / 60) % 60, whole % 60, frames];
    return parseTimecode(text.map((number) => String(number).padStart(2, '0')).join(':'), frameRate);
  };
  let read = label(part);
  // Drop-frame skips two or four labels at most minutes.
  for (let skipped = 1; 'error' in read && skipped <= 4; skipped++) read = label(part + skipped);
  if ('error' in read) throw new RangeError(`no label in second ${second}: ${read.message}`);
  const midnight = second >= day ? lastFrameOfDay(frameRate) + 1 : 0;
  return midnight + read.frame - startFrame;
}

function lastFrameOfDay(frameRate: FilmClock['frameRate']): number {
  const last = parseTimecode(`23:59:59:${nominalFramesPerSecond(frameRate) - 1}`, frameRate);
  return 'frame' in last ? last.frame : 0;
}
