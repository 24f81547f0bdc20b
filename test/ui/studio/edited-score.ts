import fc from 'fast-check';
import type { Score } from '../../../src/engine/index.ts';
import { RESPONSES } from '../../mix/random-spaces.ts';

/** Numbers that say what an edit does. */
export const anyPicks = fc.array(fc.nat({ max: 100 }), { minLength: 1, maxLength: 20 });

/** Takes away some regions, ducks and gates of a score, and makes other regions softer. */
export function edited(score: Score, picks: readonly number[]): Score {
  let turn = 0;
  const pick = () => picks[turn++ % picks.length]!;
  return {
    ...score,
    stems: score.stems.map((stem) => ({
      ...stem,
      regions: stem.regions.flatMap((region) => {
        const choice = pick() % 5;
        if (choice === 0) return [];
        return choice === 1 ? [{ ...region, gainDb: region.gainDb - 3 }] : [region];
      }),
      ducks: (stem.ducks ?? []).filter(() => pick() % 3 > 0),
    })),
    gates: score.gates.filter(() => pick() % 4 > 0),
  };
}

/** The responses of random scores, as a score names them. */
export const RESPONSE_FILES: Score['sounds'] = Object.fromEntries(
  Object.entries(RESPONSES).map(([name, { channels }]) => [
    name,
    { kind: 'file', file: `${name}.wav`, channels: channels.length as 1, samples: channels[0]!.length },
  ]),
);
