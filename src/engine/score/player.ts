import { error, warning } from '../issue/issue.ts';
import type {
  GrooveLoopCue,
  MotorStartCue,
  MotorStopCue,
  NeedleDropCue,
  NeedleLiftCue,
} from '../sheet/schema.ts';
import type { Edges } from './edges.ts';
import { Platter } from './platter.ts';
import { filmSeconds, type Placed, type Setting, sampleAt } from './setting.ts';

/** A player cue in its place, samples from the edit's first frame. */
export interface Step<T extends PlayerCue = PlayerCue> {
  readonly placed: Placed<T>;
  readonly edges: Edges;
  readonly start: number;
  readonly end: number;
}

export type PlayerCue = NeedleDropCue | GrooveLoopCue | NeedleLiftCue | MotorStartCue | MotorStopCue;

/** One side played: from a drop to its lift, or to the film's end. */
export interface Side {
  readonly player: string;
  readonly platter: Platter;
  readonly drop: Step<NeedleDropCue>;
  /** In order, without overlap. */
  readonly loops: readonly Step<GrooveLoopCue>[];
  readonly lift?: Step<NeedleLiftCue>;
}

/** A motor that runs: from its start to its stop, or to the film's end. */
export interface MotorRun {
  readonly player: string;
  readonly platter: Platter;
  /** Not there where it ran from before the film. */
  readonly start?: Step<MotorStartCue>;
  readonly stop?: Step<MotorStopCue>;
}

/** What a player does over the film. */
export interface Playing {
  readonly sides: readonly Side[];
  readonly runs: readonly MotorRun[];
}

/**
 * Runs a player through its cues in order of time. Needle and motor are two things that a hand can do:
 *
 *     needle   parked ─drop─▶ playing ─loop─▶ run-out ─lift─▶ parked
 *     motor    standing ─start─▶ turning ─stop─▶ slowing down … standing        (always turning without motor cues)
 *
 * A needle drops onto a record that turns, if only just; it may be down when the motor stops. A cue that asks for
 * a step that the player cannot make is an issue that names it and the cue that stands in its way.
 *
 * @param isComplete - False when a cue of this player has no place (and an issue of its own): then what looks
 *   impossible may be so only for want of it, and is not reported.
 */
export function playerOf(
  setting: Setting,
  player: string,
  steps: readonly Step[],
  isComplete: boolean,
): Playing {
  const inOrder = [...steps].sort(
    (a, b) => a.start - b.start || rank(a) - rank(b) || a.placed.index - b.placed.index,
  );
  const report = (step: Step, problem: Problem) => {
    if (isComplete) reportImpossible(setting, player, step, problem);
  };
  const runs = motorRuns(inOrder.filter(isMotor), report);
  const platter = platterOf(runs);
  const sides = sidesOf(setting, player, platter, inOrder, runs, report);
  return { sides, runs: runs.map((run) => ({ player, platter, ...run })) };
}

/** How a player's platter turns, of cues that may not all be possible. */
export function platterOfSteps(steps: readonly Step[]): Platter {
  const inOrder = steps.filter(isMotor).sort((a, b) => a.start - b.start || rank(a) - rank(b));
  return platterOf(motorRuns(inOrder, () => {}));
}

interface Run {
  readonly start?: Step<MotorStartCue>;
  readonly stop?: Step<MotorStopCue>;
}

function platterOf(runs: readonly Run[]): Platter {
  return new Platter(
    runs.flatMap(({ start, stop }) => [
      ...(start ? [{ on: true, start: start.start, end: start.end }] : []),
      ...(stop ? [{ on: false, start: stop.start, end: stop.end }] : []),
    ]),
  );
}

function motorRuns(
  steps: readonly (Step<MotorStartCue> | Step<MotorStopCue>)[],
  report: (step: Step, problem: Problem) => void,
): Run[] {
  const runs: Run[] = [];
  let start: Step<MotorStartCue> | undefined;
  let last: Step | undefined;
  for (const step of steps) {
    if (isMotorStart(step)) {
      if (start) {
        report(step, {
          cannot: 'start its motor: it runs already',
          since: start,
          cure: 'put a motor-stop between the two, or take one of them out',
        });
        continue;
      }
      start = step;
    } else if (isMotorStop(step)) {
      if (last && !start) {
        report(step, {
          cannot: 'stop its motor: it does not run',
          since: last,
          cure: 'put a motor-start between the two, or take one of them out',
        });
        continue;
      }
      runs.push({ ...(start && { start }), stop: step });
      start = undefined;
    }
    last = step;
  }
  return start ? [...runs, { start }] : runs;
}

function sidesOf(
  setting: Setting,
  player: string,
  platter: Platter,
  inOrder: readonly Step[],
  runs: readonly Run[],
  report: (step: Step, problem: Problem) => void,
): Side[] {
  const sides: Side[] = [];
  let last: Step | undefined;
  let side: { drop: Step<NeedleDropCue>; loops: Step<GrooveLoopCue>[] } | undefined;
  for (const step of inOrder) {
    if (isDrop(step)) {
      if (side) {
        report(step, {
          cannot: 'drop the needle: it is down already',
          since: last,
          cure: 'put a needle-lift between the two drops, or give the second its own player',
        });
        continue;
      }
      const idle = standingAt(runs, step.start, false);
      if (idle) {
        report(step, { cannot: 'play: the record does not turn', ...idle });
        continue;
      }
      side = { drop: step, loops: [] };
    } else if (isLoop(step) || isLift(step)) {
      if (!side) {
        const later = inOrder.find((other) => isDrop(other) && other.start > step.start);
        report(step, {
          cannot: isLift(step) ? 'lift the needle: it is not down' : 'run out: the needle is not down',
          since: last,
          later,
          cure: 'put a needle-drop on this player before it',
        });
        continue;
      }
      if (isLift(step)) {
        sides.push({ player, platter, ...side, lift: step });
        side = undefined;
      } else {
        if (overlapsLast(setting, step, side.loops.at(-1))) continue;
        const idle = standingAt(runs, step.start, true);
        if (idle) {
          report(step, { cannot: 'run out: the record stands still', ...idle });
          continue;
        }
        side.loops.push(step);
      }
    } else continue;
    last = step;
  }
  if (side) {
    sides.push({ player, platter, ...side });
    warnOfNeedle(setting, player, platter, side.loops.at(-1));
  }
  return sides;
}

/** Why a record does not turn at a sample; undefined where it does, or, if that is enough, still slows down. */
function standingAt(
  runs: readonly Run[],
  sample: number,
  slowingWillDo: boolean,
): Pick<Problem, 'since' | 'later' | 'cure'> | undefined {
  const before = runs.findLast(({ start, stop }) => (start ?? stop)!.start <= sample);
  const stopped = before?.stop;
  if (stopped && stopped.start <= sample) {
    if (slowingWillDo && sample < stopped.end) return undefined;
    return { since: stopped, cure: 'put a motor-start before it, or move the motor-stop behind it' };
  }
  const first = runs[0]?.start;
  if (before || !first) return undefined;
  return {
    since: undefined,
    later: first,
    cure: `start the motor before it, or move it behind cue:${idOf(first)}`,
  };
}

/** Cues at one sample are taken in the order in which a hand could do them. */
function rank({ placed }: Step): number {
  return RANKS[placed.cue.type];
}

const RANKS: Readonly<Record<PlayerCue['type'], number>> = {
  'needle-lift': 0,
  'motor-stop': 1,
  'motor-start': 2,
  'needle-drop': 3,
  'groove-loop': 4,
};

function isDrop(step: Step): step is Step<NeedleDropCue> {
  return step.placed.cue.type === 'needle-drop';
}

function isLoop(step: Step): step is Step<GrooveLoopCue> {
  return step.placed.cue.type === 'groove-loop';
}

function isLift(step: Step): step is Step<NeedleLiftCue> {
  return step.placed.cue.type === 'needle-lift';
}

function isMotorStart(step: Step): step is Step<MotorStartCue> {
  return step.placed.cue.type === 'motor-start';
}

function isMotorStop(step: Step): step is Step<MotorStopCue> {
  return step.placed.cue.type === 'motor-stop';
}

function isMotor(step: Step): step is Step<MotorStartCue> | Step<MotorStopCue> {
  return isMotorStart(step) || isMotorStop(step);
}

function idOf(step: Step): string {
  return step.placed.cue.id;
}

function overlapsLast(setting: Setting, step: Step, last: Step<GrooveLoopCue> | undefined): boolean {
  if (!last || step.start >= last.end) return false;
  setting.report(
    error(
      'player-order',
      step.placed.pointer,
      `run-out "${step.placed.cue.id}" begins while run-out "${last.placed.cue.id}" is still going`,
      `begin it at or after cue:${last.placed.cue.id}.end, or make one cue of the two`,
    ),
  );
  return true;
}

/** Why a step cannot be made. */
interface Problem {
  readonly cannot: string;
  /** The cue that made it so. */
  readonly since: Step | undefined;
  /** Where there is none before, the one that comes too late. */
  readonly later?: Step | undefined;
  readonly cure: string;
}

function reportImpossible(
  setting: Setting,
  player: string,
  step: Step,
  { cannot, since, later, cure }: Problem,
): void {
  const { cue, pointer } = step.placed;
  const before = since
    ? `since "${idOf(since)}" (${since.placed.cue.type}) it is ${AFTER[since.placed.cue.type]}`
    : 'nothing has touched it before';
  const after = !since && later ? `; "${idOf(later)}" (${later.placed.cue.type}) comes only later` : '';
  setting.report(
    error(
      'player-order',
      pointer,
      `"${cue.id}": player "${player}" cannot ${cannot}; ${before}${after}`,
      cure,
    ),
  );
}

const AFTER: Readonly<Record<PlayerCue['type'], string>> = {
  'needle-drop': 'playing',
  'groove-loop': 'playing',
  'needle-lift': 'parked',
  'motor-start': 'turning',
  'motor-stop': 'switched off',
};

/** A run-out that names its end does not lift the needle: without a lift the groove goes on, which is worth a word. */
function warnOfNeedle(
  setting: Setting,
  player: string,
  platter: Platter,
  loop: Step<GrooveLoopCue> | undefined,
): void {
  const filmEnd = sampleAt(setting, filmSeconds(setting));
  if (!loop || loop.end >= filmEnd || platter.standsBefore(filmEnd) < filmEnd) return;
  const { id } = loop.placed.cue;
  setting.report(
    warning(
      'needle-down',
      loop.placed.pointer,
      `run-out "${id}" ends before the film does, but no needle-lift follows, so player "${player}" goes on in the groove`,
      `add a needle-lift at cue:${id}.end`,
    ),
  );
}
