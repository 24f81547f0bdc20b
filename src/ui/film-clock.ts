import { type FrameRate, formatTimecode, frameToSample, sampleToFrame } from '../engine/index.ts';
import type { Film } from './workspace.ts';

/** What turns samples into frames, seconds and revolutions and back. */
export interface FilmClock {
  readonly sampleRate: number;
  readonly frameRate: FrameRate;
  /** The edit's first frame, counted since midnight. */
  readonly startFrame: number;
}

export function clockOf(film: Film): FilmClock {
  const { sampleRate } = film.score;
  return { sampleRate, frameRate: film.edit.frameRate, startFrame: film.edit.startFrame };
}

/** The sample at which a frame begins, the frame counted from the edit's first. */
export function sampleOfFrame(frame: number, { frameRate, sampleRate }: FilmClock): number {
  return frameToSample(frame, frameRate, sampleRate);
}

/** The frame that a sample lies in, counted from the edit's first. */
export function frameOfSample(sample: number, { frameRate, sampleRate }: FilmClock): number {
  return sampleToFrame(Math.floor(sample), frameRate, sampleRate);
}

/** The frame whose beginning is nearest, counted from the edit's first. */
export function nearestFrame(sample: number, clock: FilmClock): number {
  const frame = frameOfSample(sample, clock);
  const before = sample - sampleOfFrame(frame, clock);
  return sampleOfFrame(frame + 1, clock) - sample <= before ? frame + 1 : frame;
}

/** Samples in a frame; no whole number at 29.97 frames per second and 44.1 kHz. */
export function samplesPerFrame({ frameRate, sampleRate }: FilmClock): number {
  return (sampleRate * frameRate.den) / frameRate.num;
}

export function isOnFrame(sample: number, clock: FilmClock): boolean {
  return sampleOfFrame(frameOfSample(sample, clock), clock) === sample;
}

/** Samples from a sample to the end of the frame that it lies in. */
export function restOfFrame(sample: number, clock: FilmClock): number {
  return sampleOfFrame(frameOfSample(sample, clock) + 1, clock) - sample;
}

/** How many whole frames a length is, where it is a whole number of them but for the rounding to samples. */
export function wholeFrames(samples: number, clock: FilmClock): number | undefined {
  const frame = samplesPerFrame(clock);
  const frames = Math.round(samples / frame);
  // Both ends of a length were rounded to samples, each by half a one at most.
  const rounding = Number.isInteger(frame) ? 0 : 1;
  const isWhole = Math.abs(samples - frames * frame) <= rounding;
  return isWhole && (frames !== 0 || samples === 0) ? frames : undefined;
}

/** Timecode of the frame that a sample lies in. */
export function timecodeAt(sample: number, clock: FilmClock): string {
  return timecodeOfFrame(frameOfSample(sample, clock), clock);
}

/** Timecode of a frame, counted from the edit's first. */
export function timecodeOfFrame(frame: number, clock: FilmClock): string {
  return formatTimecode(clock.startFrame + frame, clock.frameRate);
}
