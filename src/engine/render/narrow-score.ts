import { filterRing } from '../score/filter-ring.ts';
import type { Region, Score, ScoreSpace, ScoreStem } from '../score/score.ts';

/**
 * Filters and rooms work in blocks on the grid of the timeline, of up to this many samples, and a room looks
 * back on two blocks more than its response is long: what lies so near a range may decide its last bits.
 */
const BLOCK_SAMPLES_MAX = 2 ** 17;

/** A stretch of a stem that must be as it is in the whole score. */
interface Reach {
  readonly from: number;
  readonly to: number;
}

/**
 * A score that sounds the same in [from, to) of the stems that are rendered, to the bit, and needs no other
 * sounds than can be heard there: in the range itself, and through filters and rooms that still ring in it.
 *
 * All stems stay, since any may send to a room that comes back on another, but those that are not rendered keep
 * such regions only.
 *
 * @param rendered - Places in the score's stems.
 */
export function narrowScore(score: Score, rendered: ReadonlySet<number>, from: number, to: number): Score {
  const reaches = new Map<string, Reach>();
  for (const [index, stem] of score.stems.entries()) {
    if (rendered.has(index)) reaches.set(stem.id, { from: from - filtersReach(score, stem), to });
  }
  const stems = score.stems.map((stem, index): ScoreStem => {
    const regions = stem.regions.flatMap((region) => narrowRegion(score, stem, region, reaches));
    return rendered.has(index) ? { ...stem, regions } : { id: stem.id, channels: stem.channels, regions };
  });
  const regions = stems.flatMap((stem) => stem.regions);
  const sent = new Set(regions.map(({ send }) => send?.space));
  const spaces = Object.fromEntries(Object.entries(score.spaces).filter(([id]) => sent.has(id)));
  const names = [...regions.map(({ sound }) => sound), ...Object.values(spaces).map(({ sound }) => sound)];
  return { ...score, stems, spaces, sounds: soundsFor(score, names) };
}

/** A region as far as it is heard: with its send, without it, or not at all. */
function narrowRegion(
  score: Score,
  stem: ScoreStem,
  region: Region,
  reaches: ReadonlyMap<string, Reach>,
): readonly Region[] {
  const isHeard = region.dry !== false && overlaps(region, reaches.get(stem.id));
  const { send, ...dry } = region;
  const space = send && score.spaces[send.space];
  const returned = space && reaches.get(space.stem ?? stem.id);
  if (returned && overlaps(region, roomReach(score, space, returned))) {
    return [isHeard ? region : { ...region, dry: false }];
  }
  return isHeard ? [dry] : [];
}

function overlaps({ start, end }: Region, reach: Reach | undefined): boolean {
  return reach !== undefined && start < reach.to && end > reach.from;
}

/** Samples before a place that a stem's filters look back on, and for which dither goes on behind its sounds. */
function filtersReach({ sampleRate }: Score, { filters = [] }: ScoreStem): number {
  return filters.length === 0 ? 0 : 2 * filterRing(filters, sampleRate) + BLOCK_SAMPLES_MAX;
}

/** What must be sent to a room for what comes back from it to be right. */
function roomReach({ sounds }: Score, space: ScoreSpace, returned: Reach): Reach {
  const response = sounds[space.sound];
  const length = response?.kind === 'file' ? response.samples : 0;
  return { from: returned.from - length - 3 * BLOCK_SAMPLES_MAX, to: returned.to + BLOCK_SAMPLES_MAX };
}

/** The sounds of these names and those that they are made from. */
function soundsFor({ sounds }: Score, names: readonly string[]): Score['sounds'] {
  const needed = new Set<string>();
  const need = (name: string) => {
    const sound = sounds[name];
    if (!sound || needed.has(name)) return;
    needed.add(name);
    if ('of' in sound) need(sound.of);
  };
  names.forEach(need);
  return Object.fromEntries(Object.entries(sounds).filter(([name]) => needed.has(name)));
}
