import { error, warning } from '../issue/issue.ts';
import { pointerOf } from '../sheet/pointer.ts';
import { compare, type Rational } from '../time/rational.ts';
import type { Draft } from './draft.ts';
import { type EdgeRules, type Edges, type Placement, placeEdges } from './edges.ts';
import { groupBy } from './group-by.ts';
import { blendOf } from './hear.ts';
import { motorDrafts } from './motor.ts';
import { playerLength } from './place.ts';
import { type MotorRun, type PlayerCue, platterOfSteps, playerOf, type Side, type Step } from './player.ts';
import {
  lengthText,
  type Placed,
  type Setting,
  sampleAt,
  samplesToSeconds,
  soundSamples,
} from './setting.ts';
import { playSide } from './side.ts';
import { timecodeText } from './timecode-text.ts';

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
    // A player that the sheet does not have is an issue already.
    if (setting.sheet.players[player] === undefined) return [];
    const steps = own.flatMap((placed) => stepOf(setting, placed, edges) ?? []);
    const { sides, runs } = playerOf(setting, player, steps, steps.length === own.length);
    for (const { drop, platter } of sides)
      warnOfLateMusic(setting, drop, platter.lagAt(musicOf(setting, drop)));
    const played = sides.flatMap((side) => playSide(setting, side, filmEnd));
    warnOfHear(setting, player, sides);
    warnOfLateScratch(setting, player, sides);
    for (const run of runs) warnOfCutStart(setting, run, filmEnd);
    return [...played, ...runs.flatMap((run) => motorDrafts(setting, run, filmEnd))];
  });
}

/** A player with a speaker is to be heard somewhere, and one that is to be heard in its room needs one. */
function warnOfHear(setting: Setting, player: string, sides: readonly Side[]): void {
  const { speaker, hear } = setting.sheet.players[player]!;
  if (!speaker || !hear || sides.length === 0) return;
  const steps = sides.flatMap(({ drop, loops, lift }) => [drop, ...loops, ...(lift ? [lift] : [])]);
  const blends = steps.map(({ placed }) => blendOf(setting, placed.cue));
  const hasRoom = blends.some(({ space }) => space !== undefined);
  const isSilent = blends.every(({ dry, near, far }) => dry === 'off' && near === 'off' && far === 'off');
  const so = isSilent ? ', so nothing of it is heard' : '';
  if (!hasRoom && typeof hear.farDb === 'number') {
    setting.report(
      warning(
        'no-room',
        pointerOf(['players', player, 'hear', 'farDb']),
        `player "${player}" is to be heard in its room, but has none${so}`,
        `give the player (or its cues, or their stem) a "space", or ${isSilent ? 'turn "nearDb" or "dryDb" on' : 'take farDb out'}`,
      ),
    );
  } else if (!hasRoom && hear.farDb === undefined && isSilent) {
    setting.report(
      warning(
        'no-room',
        pointerOf(['players', player, 'hear']),
        `player "${player}" is not to be heard close by ("nearDb"), and has no room${so}`,
        'give the player (or its cues, or their stem) a "space", or turn "nearDb" or "dryDb" on',
      ),
    );
  } else if (isSilent) {
    setting.report(
      warning(
        'silent-player',
        pointerOf(['players', player, 'hear']),
        `the pickup of player "${player}", its speaker and its room are all off, so nothing of its record is heard`,
        'give "dryDb", "nearDb" or "farDb" a level in dB, or turn its cues off',
      ),
    );
  }
}

/** A scratch lies in the track: behind the end of every record that the player plays, no stylus meets it. */
function warnOfLateScratch(setting: Setting, player: string, sides: readonly Side[]): void {
  const { scratch } = setting.sheet.players[player]!.pressing;
  if (typeof scratch === 'number' || scratch.at === undefined || scratch.depth === 0) return;
  const at = playerLength(setting, scratch.at, player);
  const lengths = sides.map(({ drop }) => soundSamples(setting, drop.placed.cue.record) ?? Number.NaN);
  const longest = Math.max(...lengths);
  // Not so where there is no side, or where the length of a record is not known.
  if (!at || !Number.isFinite(longest) || sampleAt(setting, at) < longest) return;
  const records = new Set(sides.map(({ drop }) => drop.placed.cue.record));
  const which =
    records.size === 1 ? `record "${[...records][0]}"` : `the longest of the ${records.size} records`;
  setting.report(
    warning(
      'late-scratch',
      pointerOf(['players', player, 'pressing', 'scratch', 'at']),
      `the scratch of player "${player}" begins at ${scratch.at}, but ${which} that it plays is ${lengthText(setting, longest)} long, so the stylus never meets it`,
      'let it begin earlier in the track, or take "at" out, and it lies near the beginning',
    ),
  );
}

/** A motor is cut short where it is switched off, or the film ends, before the platter is up to speed. */
function warnOfCutStart(setting: Setting, { start, stop }: MotorRun, filmEnd: number): void {
  const limit = Math.min(stop?.start ?? filmEnd, filmEnd);
  if (!start || start.end <= limit) return;
  const { cue, pointer } = start.placed;
  const stopped = stop && stop.start < filmEnd ? stop.placed.cue.id : undefined;
  const what = stopped === undefined ? 'the film ends' : `"${stopped}" stops the motor`;
  setting.report(
    warning(
      'cut-start',
      `${pointer}/for`,
      `${what} at ${timecodeText(setting, limit)}, ${lengthText(setting, start.end - limit)} before motor-start "${cue.id}" has brought the platter up to speed`,
      `start it earlier${stopped === undefined ? '' : ', stop it later'} or give it less time ("for")`,
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
  if (!setting.cues.some(({ cue }) => cue.type === 'motor-start')) return new Map();
  const cues = [...setting.cuesById.values()].filter(isPlayerCue).filter(({ cue }) => cue.off !== true);
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
