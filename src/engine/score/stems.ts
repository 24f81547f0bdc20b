import { error } from '../issue/issue.ts';
import type { DuckCue, LevelCue } from '../sheet/schema.ts';
import type { Rational } from '../time/rational.ts';
import { ducksOf } from './cues/duck.ts';
import { levelPoints } from './cues/level.ts';
import { checkFilters } from './derived-sounds.ts';
import type { Draft } from './draft.ts';
import { groupBy } from './group-by.ts';
import type { LevelPoint, Region, ScoreStem } from './score.ts';
import type { Placed, Setting } from './setting.ts';

/** The filters of stems must be filters that can be. */
export function checkStems(setting: Setting): void {
  for (const [id, { filters = [] }] of Object.entries(setting.sheet.stems)) {
    checkFilters(setting, filters, `/stems/${id}/filters`);
  }
}

/** The stems of the sheet, with what sounds on them and what moves them. */
export function stemsOf(
  setting: Setting,
  sounding: readonly Placed[],
  anchors: ReadonlyMap<string, Rational | undefined>,
  drafts: readonly Draft[],
): ScoreStem[] {
  const levels = levelsByStem(setting, sounding.filter(isLevel), anchors);
  const ducks = groupBy(
    sounding.filter(isDuck).flatMap((placed) => ducksOf(setting, placed, drafts)),
    ({ stem }) => stem,
  );
  const regions = groupBy(inScoreOrder(setting, drafts), (draft) => draft.stem);
  return Object.entries(setting.sheet.stems).map(([id, { channels, filters = [] }]) => {
    const level = levels.get(id);
    const ducked = ducks.get(id)?.map(({ duck }) => duck);
    return {
      id,
      channels,
      regions: (regions.get(id) ?? []).map((draft) => regionOf(setting, draft)),
      ...(filters.length > 0 && { filters }),
      ...(level && { level }),
      ...(ducked && { ducks: ducked.sort((a, b) => a.start - b.start) }),
    };
  });
}

/** A draft as the score has it, the same object for the same draft. */
function regionOf({ memory: { regions } }: Setting, draft: Draft): Region {
  const known = regions.get(draft);
  if (known) return known;
  const { stem: _, isLine: __, ...region } = draft;
  regions.set(draft, region);
  return region;
}

/** The points of all level cues of each stem; two cues that move it at the same time contradict each other. */
function levelsByStem(
  setting: Setting,
  cues: readonly Placed<LevelCue>[],
  anchors: ReadonlyMap<string, Rational | undefined>,
): ReadonlyMap<string, readonly LevelPoint[]> {
  const moves = cues.flatMap((placed) => {
    const { cue, pointer } = placed;
    const points = levelPoints(setting, `level "${cue.id}"`, cue.points, `${pointer}/points`, anchors);
    return points ? [{ placed, points, start: points[0]!.at, end: points.at(-1)!.at }] : [];
  });
  const levels = new Map<string, LevelPoint[]>();
  for (const [stem, ofStem] of groupBy(moves, ({ placed }) => placed.cue.stem)) {
    const inOrder = [...ofStem].sort((a, b) => a.start - b.start);
    for (const [index, move] of inOrder.entries()) {
      const last = inOrder[index - 1];
      if (!last || move.start > last.end) continue;
      setting.report(
        error(
          'levels-overlap',
          move.placed.pointer,
          `level "${move.placed.cue.id}" moves stem "${stem}" while level "${last.placed.cue.id}" does`,
          'make one cue of the two, or let one end before the other begins',
        ),
      );
    }
    levels.set(
      stem,
      inOrder.flatMap(({ points, start }, index) => {
        const last = inOrder[index - 1]?.points.at(-1);
        // Between two cues the level of the first holds.
        return last ? [{ ...last, at: start, curve: 'linear' as const }, ...points] : points;
      }),
    );
  }
  return levels;
}

/** By start, then by the sheet's order, then as they were made. */
function inScoreOrder(setting: Setting, drafts: readonly Draft[]): Draft[] {
  const index = (draft: Draft) => setting.cuesById.get(draft.cue)?.index ?? 0;
  return [...drafts].sort((a, b) => a.start - b.start || index(a) - index(b));
}

function isLevel(placed: Placed): placed is Placed<LevelCue> {
  return placed.cue.type === 'level';
}

function isDuck(placed: Placed): placed is Placed<DuckCue> {
  return placed.cue.type === 'duck';
}
