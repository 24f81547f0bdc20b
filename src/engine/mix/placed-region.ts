import type { Kernel } from '../kernel/kernel.ts';
import type { Ramp, Region, StemChannels } from '../score/score.ts';
import type { Sound } from '../sound/sound.ts';
import type { GainCurve } from './gain-curve.ts';
import { placeGains, type SideGains } from './layout.ts';
import { levelCurve } from './level-curve.ts';
import { panGains } from './pan.ts';
import { audibleFrom, audibleTo } from './ramp.ts';

/** A region with what does not change from block to block worked out. */
export interface PlacedRegion {
  readonly region: Region;
  readonly sound: Sound;
  /** First sample that can be heard: the region's start, or that of a ramp that rises later. */
  readonly start: number;
  /** End of what can be heard: the region's, or that of a ramp that has fallen before. */
  readonly end: number;
  /** Gains on each pair of its stem: level times place. Undefined where it is not heard. */
  readonly dry: readonly (SideGains | undefined)[];
  /** What it gives to a space; the send is stereo whatever the stem is. */
  readonly send?: SideGains & { readonly space: string };
  /** What its level moves by; undefined where it stays. */
  readonly level?: GainCurve;
}

/** One run through a region's sound: all of it there is, unless it loops. */
export interface Pass {
  readonly start: number;
  readonly end: number;
  /** Timeline sample at which the sound's sample 0 lies in this pass. */
  readonly origin: number;
  /** The pass's own ramps, then the region's. */
  readonly ramps: readonly Ramp[];
}

/**
 * Works out a region's gains and reach.
 *
 * @throws Error if it would play samples that its sound does not have.
 */
export function placeRegion(region: Region, sound: Sound, stem: StemChannels, kernel: Kernel): PlacedRegion {
  const { send } = region;
  const { gainFromDb } = kernel.exports;
  const place = { pan: region.pan, surround: region.surround ?? 0 };
  const dry = placeGains(place, sound.channels, stem, kernel);
  const placed = {
    region,
    sound,
    start: Math.max(region.start, ...region.ramps.map(audibleFrom)),
    end: Math.min(region.end, ...region.ramps.map(audibleTo)),
    dry: dry.map((sides) =>
      sides && region.dry !== false ? times(sides, gainFromDb(region.gainDb)) : undefined,
    ),
    ...(send && {
      send: {
        space: send.space,
        ...times(panGains(region.pan, sound.channels, kernel), gainFromDb(send.gainDb)),
      },
    }),
    ...(region.level && region.level.length > 0 && { level: levelCurve(region.level) }),
  };
  if (placed.start < placed.end) requireSamples(placed);
  return placed;
}

function times({ left, right }: SideGains, gain: number): SideGains {
  return { left: gain * left, right: gain * right };
}

/** The passes of a region that sound in [from, to), the earlier first. */
export function passesOf(placed: PlacedRegion, from: number, to: number): readonly Pass[] {
  const { origin, ramps, loop } = placed.region;
  const start = Math.max(from, placed.start);
  const end = Math.min(to, placed.end);
  if (start >= end) return [];
  if (!loop) return [{ start, end, origin, ramps }];

  const { period, overlap, curve } = loop;
  const passes: Pass[] = [];
  // The first pass whose end, (k + 1)·period + overlap after the origin, lies after `start`.
  for (let k = Math.max(0, Math.floor((start - origin - overlap) / period)); ; k++) {
    const passStart = origin + k * period;
    if (passStart >= end) return passes;
    const next = passStart + period;
    const crossfade: Ramp[] = [{ direction: 'out', start: next, length: overlap, curve }];
    if (k > 0) crossfade.unshift({ direction: 'in', start: passStart, length: overlap, curve });
    passes.push({
      start: Math.max(start, passStart),
      end: Math.min(end, next + overlap),
      origin: passStart,
      ramps: [...crossfade, ...ramps],
    });
  }
}

function requireSamples(placed: PlacedRegion): void {
  const { sound } = placed;
  const { cue, sound: name, origin, loop } = placed.region;
  const what = `the score is wrong: cue "${cue}" plays "${name}"`;
  if (loop) {
    if (loop.period < Math.max(1, loop.overlap)) {
      throw new Error(`${what} with a loop of period ${loop.period} and overlap ${loop.overlap}`);
    }
    if (placed.start < origin || loop.period + loop.overlap > sound.samples) {
      throw new Error(
        `${what} in a loop of ${loop.period + loop.overlap} samples from ${placed.start - origin} on, but the sound has ${sound.samples}`,
      );
    }
    return;
  }
  // What is made up as it is read has samples before its sample 0, too.
  if (sound.samples === Number.POSITIVE_INFINITY) return;
  if (placed.start < origin || placed.end - origin > sound.samples) {
    throw new Error(
      `${what} from its sample ${placed.start - origin} to ${placed.end - origin}, but the sound has ${sound.samples}`,
    );
  }
}
