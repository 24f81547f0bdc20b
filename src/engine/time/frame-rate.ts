import { type Rational, rational, roundHalfUp } from './rational.ts';

/**
 * A picture frame rate as an integer pair, with its way of counting. A rate is never a float: 29.97 as a
 * double is 173 samples an hour off.
 */
export interface FrameRate {
  /** Frames per `den` seconds: 24000 for 23.976. */
  readonly num: number;
  /** 1 or 1001. */
  readonly den: number;
  /** True where timecode skips labels (29.97 DF, 59.94 DF) to stay near the clock. */
  readonly dropFrame: boolean;
}

/** The rates that Runout knows, by the name that is printed. */
const RATES: ReadonlyMap<string, FrameRate> = new Map([
  ['23.976', rate(24000, 1001)],
  ['24', rate(24, 1)],
  ['25', rate(25, 1)],
  ['29.97', rate(30000, 1001)],
  ['29.97DF', rate(30000, 1001, true)],
  ['30', rate(30, 1)],
  ['47.952', rate(48000, 1001)],
  ['48', rate(48, 1)],
  ['50', rate(50, 1)],
  ['59.94', rate(60000, 1001)],
  ['59.94DF', rate(60000, 1001, true)],
  ['60', rate(60, 1)],
]);

/** The printed names of all known rates, slowest first. */
export const FRAME_RATE_NAMES: readonly string[] = [...RATES.keys()];

/**
 * Reads a frame rate: a printed name (`23.976`, `29.97DF`), an integer pair (`24000/1001`, `30000/1001DF`,
 * `30000/1001 NDF`) or a decimal that a program wrote for one (`23.98`, `29.97002997`). Undefined for
 * anything else, and for drop-frame at a rate that has none.
 */
export function parseFrameRate(text: string): FrameRate | undefined {
  const match = /^\s*(\d+(?:\.\d+)?)(?:\/(\d+))?\s*(?:(DF|NDF)|fps)?\s*$/i.exec(text);
  if (!match) return undefined;
  const dropFrame = match[3]?.toUpperCase() === 'DF';
  const found =
    match[2] === undefined ? nearestRate(Number(match[1])) : pairRate(Number(match[1]), Number(match[2]));
  if (!found) return undefined;
  if (!dropFrame) return found;
  return canDropFrame(found) ? { ...found, dropFrame: true } : undefined;
}

/**
 * The known rate (non-drop) that a decimal stands for: decimals in the wild are cut anywhere (23.98,
 * 29.97002997), so one that is within 0.01 of a known rate, and nearest to it, is that rate.
 */
export function nearestRate(framesPerSecond: number): FrameRate | undefined {
  let best: FrameRate | undefined;
  // 0.01 tells 23.98 from 24 and 29.97 from 30; neighbouring rates are 0.024 apart at the least.
  let bestError = 0.01;
  for (const known of RATES.values()) {
    const error = Math.abs(known.num / known.den - framesPerSecond);
    if (!known.dropFrame && error < bestError) {
      best = known;
      bestError = error;
    }
  }
  return best;
}

/** The printed name: `24`, `23.976`, `29.97DF`. */
export function frameRateName(frameRate: FrameRate): string {
  for (const [name, known] of RATES) if (sameRate(known, frameRate)) return name;
  return `${frameRate.num}/${frameRate.den}${frameRate.dropFrame ? 'DF' : ''}`;
}

export function sameRate(a: FrameRate, b: FrameRate): boolean {
  return a.num === b.num && a.den === b.den && a.dropFrame === b.dropFrame;
}

/** True for 29.97 and 59.94, the rates that have a drop-frame count. */
export function canDropFrame(frameRate: FrameRate): boolean {
  return frameRate.den === 1001 && (frameRate.num === 30000 || frameRate.num === 60000);
}

/** The count of timecode: 24 for 23.976, 30 for 29.97. */
export function nominalFramesPerSecond(frameRate: FrameRate): number {
  return Math.round(frameRate.num / frameRate.den);
}

/** The exact time of a frame, seconds. */
export function frameSeconds(frame: number | bigint, frameRate: FrameRate): Rational {
  return rational(BigInt(frame) * BigInt(frameRate.den), frameRate.num);
}

/** A position in seconds as a sample, rounded half up: the one rounding there is. */
export function toSample({ numerator, denominator }: Rational, sampleRate: number): number {
  const twice = 2 * Number(numerator) * sampleRate;
  const above = twice + Number(denominator);
  const below = 2 * Number(denominator);
  // The floor of a quotient of integers that a double holds is exact, and every position of a score comes by here.
  if (Number.isSafeInteger(twice) && Number.isSafeInteger(above) && Number.isSafeInteger(below)) {
    return Math.floor(above / below);
  }
  return Number(roundHalfUp({ numerator: numerator * BigInt(sampleRate), denominator }));
}

/** The sample at which a frame begins. */
export function frameToSample(frame: number, frameRate: FrameRate, sampleRate: number): number {
  return toSample(frameSeconds(frame, frameRate), sampleRate);
}

/** The frame that is on screen at a sample: the last one whose {@link frameToSample} is not after it. */
export function sampleToFrame(sample: number, frameRate: FrameRate, sampleRate: number): number {
  // The quotient is at most a rounding away from the answer, which integers then decide.
  let frame = Math.floor((sample * frameRate.num) / (frameRate.den * sampleRate));
  while (frameToSample(frame + 1, frameRate, sampleRate) <= sample) frame += 1;
  while (frameToSample(frame, frameRate, sampleRate) > sample) frame -= 1;
  return frame;
}

function rate(num: number, den: number, dropFrame = false): FrameRate {
  return { num, den, dropFrame };
}

function pairRate(num: number, den: number): FrameRate | undefined {
  if (num <= 0 || den <= 0) return undefined;
  for (const known of RATES.values()) {
    if (!known.dropFrame && known.num * den === num * known.den) return known;
  }
  // 23976/1000 and 2997/100 stand for the 1001 rates too.
  return nearestRate(num / den);
}
