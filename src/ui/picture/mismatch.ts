import { frameRateName, parseFrameRate } from '../../engine/index.ts';
import type { Film } from '../workspace.ts';
import type { VideoFacts } from './probe-video.ts';

/** Packets' times are rounded, to milliseconds in some files: so far a rate that is counted from them may be off. */
const TIME_ROUNDING_SECONDS = 0.001;
/** Less than half of what 23.976 and 24 differ by, relative. */
const SAME_RATE = 0.0004;
/** A file's last frame may count for longer or shorter than it is. Frames of the edit. */
const LOOSE_FRAMES = 1.5;

/** How a picture's frame rate or length differs from the edit's. */
export interface Mismatch {
  readonly rate?: string;
  readonly length?: string;
}

/**
 * What an editor should know before trusting a cut on this picture, in sentences; nothing where it fits the edit.
 *
 * @param hasOwnStart - Its first frame was said to lie elsewhere than at the film's start: it is a reel, or has a
 *   leader, and of another length.
 */
export function mismatchOf(name: string, facts: VideoFacts, film: Film, hasOwnStart: boolean): Mismatch {
  if (facts.codec === undefined || !(facts.framesPerSecond > 0)) return {};
  const { frameRate, durationFrames } = film.edit;
  const editRate = frameRate.num / frameRate.den;
  const rate = exactRate(facts.framesPerSecond);
  const span = Math.max(facts.durationSeconds, 1 / editRate);
  const tolerance = SAME_RATE + (2 * TIME_ROUNDING_SECONDS) / Math.min(span, 10);
  const isOtherRate = Math.abs(rate / editRate - 1) > tolerance;
  const beyond = facts.durationSeconds * editRate - durationFrames;
  const isOtherLength = !hasOwnStart && Math.abs(beyond) > LOOSE_FRAMES;
  const edit = frameRateName(frameRate);
  return {
    ...(isOtherRate && {
      rate:
        `${name} has ${rateText(rate)} frames per second, the edit ${edit}: its cuts may lie a frame beside the edit's, ` +
        `or drift from them. Export it at ${edit}, or is the sheet's "frameRate" another?`,
    }),
    ...(isOtherLength && {
      length:
        `${name} is ${lengthText(Math.abs(beyond), editRate)} ${beyond > 0 ? 'longer' : 'shorter'} than the edit: ` +
        `is it of another cut? If it has a leader or is one reel of several, type the timecode of its first frame below it.`,
    }),
  };
}

/** A rate that was counted from packets, brought to the exact one that it stands for. */
export function exactRate(framesPerSecond: number): number {
  const known = parseFrameRate(framesPerSecond.toFixed(3));
  return known ? known.num / known.den : framesPerSecond;
}

/** Frames per second, for reading: `24`, `23.976`. */
export function rateText(rate: number): string {
  return rate.toFixed(3).replace(/\.?0+$/, '');
}

/** `12 frames`, `2 s 3 frames`. */
function lengthText(frames: number, rate: number): string {
  const whole = Math.round(frames);
  const perSecond = Math.round(rate);
  const seconds = Math.floor(whole / perSecond);
  const rest = whole % perSecond;
  const restText = `${rest} frame${rest === 1 ? '' : 's'}`;
  if (seconds === 0) return restText;
  return rest === 0 ? `${seconds} s` : `${seconds} s ${restText}`;
}
