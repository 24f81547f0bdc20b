import type { Kernel } from '../kernel/kernel.ts';
import type { Score, StemChannels } from '../score/score.ts';
import type { Sound } from '../sound/sound.ts';
import { KeptSounds } from './kept-sounds.ts';
import { type Pass, type PlacedRegion, passesOf, placeRegion } from './placed-region.ts';
import { SpanIndex } from './span-index.ts';
import { StemGates } from './stem-gates.ts';
import { StemLevel } from './stem-level.ts';

/** A stem with its regions placed and made findable. */
export interface PlacedStem {
  readonly id: string;
  readonly channels: StemChannels;
  readonly regions: readonly PlacedRegion[];
  readonly byEnd: SpanIndex;
  /** The sounds that the score plays most, of all stems. */
  readonly kept: KeptSounds;
  readonly gates: StemGates;
  readonly level: StemLevel;
}

/**
 * Places everything that a score plays.
 *
 * @param keptBytes - The most memory for copies of sounds that are played often.
 * @throws Error if a region plays a sound that is not given, or samples that it does not have.
 */
export function placeStems(
  { stems, gates }: Score,
  sounds: ReadonlyMap<string, Sound>,
  kernel: Kernel,
  keptBytes: number,
): readonly PlacedStem[] {
  const regions = stems.map((stem) =>
    stem.regions.map((region) => {
      const sound = sounds.get(region.sound);
      if (!sound) throw new Error(`cue "${region.cue}" plays "${region.sound}", which was not opened`);
      return placeRegion(region, sound, stem.channels, kernel);
    }),
  );
  const kept = new KeptSounds(kernel, regions.flat(), keptBytes);
  return stems.map((stem, index): PlacedStem => {
    const placed = regions[index]!;
    return {
      id: stem.id,
      channels: stem.channels,
      regions: placed,
      byEnd: new SpanIndex(placed.map(({ end }) => end)),
      kept,
      gates: new StemGates(gates, stem.id),
      level: new StemLevel(stem, kernel),
    };
  });
}

/** What plays on a stem in [from, to): outside its gates, in the order in which it is added. */
export function* playing(
  stem: PlacedStem,
  from: number,
  to: number,
): Generator<{ readonly placed: PlacedRegion; readonly pass: Pass }> {
  for (const open of stem.gates.openSpans(from, to)) {
    for (
      let index = stem.byEnd.next(0, open.from);
      index < stem.regions.length;
      index = stem.byEnd.next(index + 1, open.from)
    ) {
      const placed = stem.regions[index]!;
      if (placed.region.start >= open.to) break;
      for (const pass of passesOf(placed, open.from, open.to)) yield { placed, pass };
    }
  }
}
