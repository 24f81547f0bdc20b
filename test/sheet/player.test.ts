import { expect, it } from 'vitest';
import { readSheet } from '../../src/engine/sheet/read-sheet.ts';

/** The issues of a sheet with one player, as `severity rule pointer`. */
function issuesOf(player: object, cues: readonly object[] = []): string[] {
  const sheet = {
    version: 1,
    edit: 'film.edl',
    sounds: { click: { file: 'click.wav' } },
    players: { portable: player },
    stems: { record: {} },
    cues,
  };
  return readSheet(JSON.stringify(sheet)).issues.map(
    ({ severity, rule, pointer }) => `${severity} ${rule} ${pointer}`,
  );
}

it('a player may have a speaker, levels, handling and a worn record', () => {
  const player = {
    pressing: { seed: 3, scratch: { depth: 0.4, at: '22rev', revolutions: 9 }, warp: 0.2, repeat: true },
    speaker: { lowHz: 180, highHz: 5000, drive: 0.6, body: 1 },
    hear: { dryDb: 'off', nearDb: -3, farDb: 0 },
    handling: { start: 'click', stop: false },
  };
  expect(issuesOf(player)).toEqual([]);
  expect(issuesOf({ speaker: true, pressing: { scratch: 0.5 } })).toEqual([]);
});

it.each([
  [{ handling: { drop: 'clack' } }, 'error unknown-sound /players/portable/handling/drop'],
  [{ handling: { start: true } }, 'error wrong-value /players/portable/handling/start'],
  [{ hear: { nearDb: -3 } }, 'warning choice /players/portable/hear'],
  [{ speaker: false, hear: { nearDb: -3 } }, 'warning choice /players/portable/hear'],
  [{ speaker: { lowHz: 20 } }, 'error out-of-range /players/portable/speaker/lowHz'],
  [{ speaker: { highHz: 40_000 } }, 'error out-of-range /players/portable/speaker/highHz'],
  [{ speaker: { drive: 2 } }, 'error out-of-range /players/portable/speaker/drive'],
  [{ pressing: { warp: -1 } }, 'error out-of-range /players/portable/pressing/warp'],
  [{ pressing: { scratch: 7 } }, 'error out-of-range /players/portable/pressing/scratch'],
  [{ pressing: { scratch: { at: '3 seconds' } } }, 'error duration /players/portable/pressing/scratch/at'],
  [{ pressing: { scrach: 0.5 } }, 'error unknown-key /players/portable/pressing/scrach'],
])('a player such as %j is not taken as it is', (player, issue) => {
  expect(issuesOf(player)).toEqual([issue]);
});

it('motor cues have a player, and lengths that they can do without', () => {
  const cue = { id: 'on', type: 'motor-start', stem: 'record', player: 'portable', at: 'start' };
  expect(issuesOf({}, [cue, { ...cue, id: 'off', type: 'motor-stop', at: 'cue:on.end' }])).toEqual([]);
  expect(issuesOf({}, [{ ...cue, player: 'other' }])).toEqual(['error unknown-player /cues/0/player']);
  expect(issuesOf({}, [{ ...cue, for: 1.2 }])).toEqual(['error wrong-type /cues/0/for']);
});
