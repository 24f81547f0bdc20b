import { error, warning } from '../issue/issue.ts';
import { compare, type Rational } from '../time/rational.ts';
import type { Draft } from './draft.ts';
import { type EdgeRules, type Edges, type Placement, placeEdges } from './edges.ts';
import { groupBy } from './group-by.ts';
import { motorDrafts } from './motor.ts';
import { type PlayerCue, platterOfSteps, playerOf, type Step } from './player.ts';
import { lengthText, type Placed, type Setting, sampleAt, samplesToSeconds } from './setting.ts';
import { playSide } from './side.ts';

/** After so many times round it is clear that a drop and a motor run after each other. */
const MOST_ROUNDS = 8;

/**
 * Places every cue. A record whose music begins on a platter that is not up to speed yet ends later by what it falls
 * behind, so edges may depend on where motors are, which may be tied to those edges: they are placed again until
 * both agree, which without such a drop they do at once.
 */
export function placeCues(
  setting: Setting,
  rulesOf: (setting: Setting, placed: Placed) => EdgeRules,
): Placement {
  let placed = setting;
  for (let round = 0; ; round++) {
    const placement = placeEdges(placed, (cue) => rulesOf(placed, cue));
    const lags = lagsOf(setting, placement.edges);
    if (isSame(lags, placed.lags)) return placement;
    if (round === MOST_ROUNDS) {
      setting.report(
        error(
          'motor-circle',
          setting.cuesById.get([...lags.keys()][0]!)?.pointer ?? '',
          'the motor starts when it is tied to the end of this record, which ends later the later the motor starts',
          'tie the motor-start to the start of the needle-drop, or to a shot',
        ),
      );
      return placement;
    }
    placed = { ...placed, lags };
  }
}

/** The regions of every player. */
export function playerDrafts(
  setting: Setting,
  sounding: readonly Placed[],
  edges: ReadonlyMap<string, Edges>,
  filmEnd: number,
): Draft[] {
  const cues = sounding.filter(isPlayerCue);
  const byPlayer = groupBy(cues, ({ cue }) => cue.player);
  return [...byPlayer].flatMap(([player, own]) => {
    const steps = own.flatMap((placed) => stepOf(setting, placed, edges) ?? []);
    const { sides, runs } = playerOf(setting, player, steps, steps.length === own.length);
    for (const { drop, platter } of sides)
      warnOfLateMusic(setting, drop, platter.lagAt(musicOf(setting, drop)));
    const played = sides.flatMap((side) => playSide(setting, side, filmEnd));
    warnOfNoRoom(setting, player, played);
    return [...played, ...runs.flatMap((run) => motorDrafts(setting, run, filmEnd))];
  });
}

/** A player that is to be heard in its room needs one. */
function warnOfNoRoom(setting: Setting, player: string, drafts: readonly Draft[]): void {
  const { speaker, hear } = setting.sheet.players[player]!;
  if (!speaker || typeof hear?.farDb !== 'number') return;
  if (drafts.length === 0 || drafts.some(({ send }) => send !== undefined)) return;
  setting.report(
    warning(
      'no-room',
      `/players/${player}/hear/farDb`,
      `player "${player}" is to be heard in its room, but has none`,
      'give the player (or its cues, or their stem) a "space", or take farDb out',
    ),
  );
}

/** Back-timed music that begins on a platter that is not up to speed loses its beginning: its end is where it is. */
function warnOfLateMusic(setting: Setting, drop: Step, lag: number): void {
  const { cue, pointer } = drop.placed;
  if (cue.type !== 'needle-drop' || cue.musicEnd === undefined || cue.at !== undefined) return;
  if (Math.round(lag) === 0) return;
  setting.report(
    warning(
      'late-music',
      `${pointer}/musicEnd`,
      `the music of "${cue.id}" begins before the platter is up to speed, so its first ${lengthText(setting, Math.round(lag))} are not heard`,
      'start the motor earlier, or lengthen `leadIn`',
    ),
  );
}

function lagsOf(setting: Setting, edges: ReadonlyMap<string, Edges>): ReadonlyMap<string, Rational> {
  const cues = [...setting.cuesById.values()].filter(isPlayerCue).filter(({ cue }) => cue.off !== true);
  if (!cues.some(({ cue }) => cue.type === 'motor-start')) return new Map();
  const lags = new Map<string, Rational>();
  for (const own of groupBy(cues, ({ cue }) => cue.player).values()) {
    const steps = own.flatMap((placed) => stepOf(setting, placed, edges) ?? []);
    const platter = platterOfSteps(steps);
    for (const step of steps) {
      if (step.placed.cue.type !== 'needle-drop') continue;
      const lag = Math.round(platter.lagAt(musicOf(setting, step)));
      if (lag > 0) lags.set(step.placed.cue.id, samplesToSeconds(setting, lag));
    }
  }
  return lags;
}

function musicOf(setting: Setting, drop: Step): number {
  const music = drop.edges.get('music');
  return music ? sampleAt(setting, music) : drop.start;
}

function isSame(a: ReadonlyMap<string, Rational>, b: ReadonlyMap<string, Rational>): boolean {
  return a.size === b.size && [...a].every(([id, lag]) => compare(lag, b.get(id) ?? lag) === 0 && b.has(id));
}

function isPlayerCue(placed: Placed): placed is Placed<PlayerCue> {
  return TYPES.has(placed.cue.type);
}

const TYPES: ReadonlySet<string> = new Set<PlayerCue['type']>([
  'motor-start',
  'needle-drop',
  'groove-loop',
  'needle-lift',
  'motor-stop',
]);

function stepOf(
  setting: Setting,
  placed: Placed<PlayerCue>,
  edges: ReadonlyMap<string, Edges>,
): Step | undefined {
  const own = edges.get(placed.cue.id);
  const start = own?.get('start');
  const end = own?.get('end');
  if (!own || !start || !end) return undefined;
  return { placed, edges: own, start: sampleAt(setting, start), end: sampleAt(setting, end) };
}
