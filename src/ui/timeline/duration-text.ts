import { type DurationUnit, parseDuration } from '../../engine/index.ts';
import { type FilmClock, samplesPerFrame, wholeFrames } from '../film-clock.ts';

/** How a length is written: its clock, the player that `rev` counts, and how finely. */
export interface Writing {
  readonly clock: FilmClock;
  /** Samples in one revolution of the cue's player, where it has one. */
  readonly revolution?: number | undefined;
  /** Samples that a written length may be off by, so that it stays short. Default: it lands on the sample. */
  readonly tolerance?: number | undefined;
}

/**
 * The most that a text may be off and still land on its sample: less than half of one, and little enough that a
 * length of five decimals is found again when the same move is taken back. No decimal is off by just so much
 * (both are parts of π), so that the way there and the way back never disagree about it.
 */
const EXACT_SAMPLES = Math.PI / 16;
const EXACT_SECONDS = Math.PI * 1.25e-6;
/** More decimals than any sample rate needs. */
const MOST_PLACES = 7;

/** Samples in one of a unit; undefined for revolutions without a player. */
export function samplesPerUnit(unit: DurationUnit, { clock, revolution }: Writing): number | undefined {
  switch (unit) {
    case 'f':
      return samplesPerFrame(clock);
    case 's':
      return clock.sampleRate;
    case 'ms':
      return clock.sampleRate / 1000;
    case 'smp':
      return 1;
    case 'rev':
      return revolution;
  }
}

/**
 * Adds samples to a number of a unit and rounds to the fewest decimals that are fine enough: `12f` stays in
 * frames, `1.4s` in seconds. Undefined for revolutions without a player.
 *
 * @param value - In `unit`s, with its sign.
 */
export function shiftValue(
  value: number,
  unit: DurationUnit,
  samples: number,
  writing: Writing,
): number | undefined {
  const perUnit = samplesPerUnit(unit, writing);
  if (perUnit === undefined) return undefined;
  if (samples === 0) return value;
  const frames = unit === 'f' ? wholeFrames(samples, writing.clock) : undefined;
  if (frames !== undefined) return clean(value + frames);
  const { sampleRate } = writing.clock;
  const tolerance = writing.tolerance ?? Math.min(EXACT_SAMPLES, EXACT_SECONDS * sampleRate);
  return unit === 'smp'
    ? Math.round(value + samples)
    : shortest(value + samples / perUnit, tolerance / perUnit);
}

/** Seconds in frames, where they are whole frames and no decimal that one would write: 2.16667 s is 52 at 24. */
export function framesOfSeconds(seconds: number, { clock }: Writing): number | undefined {
  if (Math.abs(seconds * 1000 - Math.round(seconds * 1000)) < 1e-6) return undefined;
  const perFrame = samplesPerFrame(clock) / clock.sampleRate;
  const frames = Math.round(seconds / perFrame);
  // Seconds that stand for a sample are off by half a tolerance as written and half as they were.
  const tolerance = 2 * Math.min(EXACT_SAMPLES / clock.sampleRate, EXACT_SECONDS);
  return frames !== 0 && Math.abs(seconds - frames * perFrame) <= tolerance ? frames : undefined;
}

/** Lengthens a duration by samples and keeps its unit; undefined where nothing would be left of it. */
export function lengthenDuration(text: string, samples: number, writing: Writing): string | undefined {
  const duration = parseDuration(text);
  if ('error' in duration) return undefined;
  if (samples === 0) return text;
  const value = shiftValue(Number.parseFloat(text), duration.unit, samples, writing);
  return value === undefined || value <= 0 ? undefined : writeDuration(value, duration.unit);
}

/** A count of samples in a unit of its own choice: whole frames where it is some, else seconds. */
export function durationOf(samples: number, writing: Writing): string {
  const frames = wholeFrames(samples, writing.clock);
  if (frames !== undefined) return writeDuration(frames, 'f');
  return writeDuration(shiftValue(0, 's', samples, writing) ?? 0, 's');
}

/** Length of a duration, samples; undefined where it is none. */
export function samplesOfDuration(text: string, writing: Writing): number | undefined {
  const duration = parseDuration(text);
  if ('error' in duration) return undefined;
  const perUnit = samplesPerUnit(duration.unit, writing);
  return perUnit === undefined ? undefined : Number.parseFloat(text) * perUnit;
}

export function writeDuration(value: number, unit: DurationUnit): string {
  return `${decimal(value)}${unit}`;
}

/** A number without an exponent, and without more decimals than it has. */
export function decimal(value: number): string {
  return String(clean(value)).includes('e') ? clean(value).toFixed(MOST_PLACES) : String(clean(value));
}

/** The decimal of fewest places that is within `tolerance` of a value. */
function shortest(value: number, tolerance: number): number {
  for (let places = 0; places < MOST_PLACES; places++) {
    const scale = 10 ** places;
    const rounded = Math.round(value * scale) / scale;
    if (Math.abs(rounded - value) <= tolerance) return rounded;
  }
  return clean(value);
}

/** Takes off what binary fractions leave behind: 0.30000000000000004. */
export function clean(value: number): number {
  const scale = 10 ** MOST_PLACES;
  return Math.round(value * scale) / scale + 0;
}
