import { error, warning } from '../../issue/issue.ts';
import type { DuckCue } from '../../sheet/schema.ts';
import { ZERO } from '../../time/rational.ts';
import type { Draft } from '../draft.ts';
import type { EdgeRules } from '../edges.ts';
import { lengthOf } from '../place.ts';
import type { Duck } from '../score.ts';
import { filmSeconds, type Placed, type Setting, sampleAt } from '../setting.ts';

/** A duck watches the whole film. */
export function duckEdges(setting: Setting): EdgeRules {
  return {
    start: { anchors: [], place: () => ZERO },
    end: { anchors: [], place: () => filmSeconds(setting) },
  };
}

/** Where a duck's stems give way, by stem: while the score (not the signal) has the other sound. */
export function ducksOf(
  setting: Setting,
  placed: Placed<DuckCue>,
  drafts: readonly Draft[],
): readonly { readonly stem: string; readonly duck: Duck }[] {
  const { cue, pointer } = placed;
  const isStem = Object.hasOwn(setting.sheet.stems, cue.under);
  const isCue = setting.cuesById.has(cue.under);
  // What a cue or a stem is called means that, though a player be called the same.
  const isPlayer = !isStem && !isCue && Object.hasOwn(setting.sheet.players, cue.under);
  if (isStem === isCue && !isPlayer) {
    setting.report(
      error(
        'unknown-cue',
        `${pointer}/under`,
        isStem
          ? `"${cue.under}" is a stem and a cue, so there is no telling which is meant`
          : `there is no cue, no stem and no player "${cue.under}" to give way to`,
        isStem ? 'give the cue another id' : 'name the id of a cue or of a stem, or a player',
      ),
    );
    return [];
  }
  const others = drafts.filter((draft) => {
    if (isPlayer) return playerOf(setting, draft) === cue.under;
    return (isStem ? draft.stem : draft.cue) === cue.under;
  });
  // A stem is its own though nothing be on it.
  const own = new Set([...others.map((draft) => draft.stem), ...(isStem ? [cue.under] : [])]);
  const stems = cue.stems ?? Object.keys(setting.sheet.stems).filter((stem) => !own.has(stem));
  const itself = stems.find((stem) => isStem && stem === cue.under);
  if (itself !== undefined) {
    setting.report(
      error('duck-itself', `${pointer}/stems`, `stem "${itself}" cannot give way to itself`, 'leave it out'),
    );
    return [];
  }
  if (others.length === 0) warnOfNothing(setting, placed, isStem ? 'stem' : isPlayer ? 'player' : 'cue');
  const attack = lengthOf(setting, cue.attack, placed, `${pointer}/attack`);
  const release = lengthOf(setting, cue.release, placed, `${pointer}/release`);
  if (!attack || !release) return [];
  const shape = { attack: sampleAt(setting, attack), release: sampleAt(setting, release), byDb: cue.byDb };
  return stems.flatMap((stem) => joined(others).map((span) => ({ stem, duck: { ...span, ...shape } })));
}

/** Nothing to give way to is no fault while a cue is off, or a stem still empty, but it is worth a word. */
function warnOfNothing(
  setting: Setting,
  { cue, pointer }: Placed<DuckCue>,
  kind: 'cue' | 'stem' | 'player',
): void {
  const under = setting.cuesById.get(cue.under)?.cue;
  const silent = under?.off === true ? 'is off' : `(${under?.type}) makes no sound of its own`;
  const why = {
    cue: `"${cue.under}" ${silent}`,
    stem: `nothing is placed on stem "${cue.under}"`,
    player: `player "${cue.under}" is not heard anywhere`,
  }[kind];
  setting.report(
    warning(
      'empty-duck',
      `${pointer}/under`,
      `duck "${cue.id}" never gives way: ${why}`,
      'name a cue, a stem or a player that sounds, or turn the duck off, too',
    ),
  );
}

function playerOf({ cuesById }: Setting, draft: Draft): string | undefined {
  const cue = cuesById.get(draft.cue)?.cue;
  return cue && 'player' in cue ? cue.player : undefined;
}

/** Spans that touch or overlap made one, in order. */
function joined(drafts: readonly Draft[]): { start: number; end: number }[] {
  const spans: { start: number; end: number }[] = [];
  for (const { start, end } of [...drafts].sort((a, b) => a.start - b.start)) {
    const last = spans.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else spans.push({ start, end });
  }
  return spans;
}
