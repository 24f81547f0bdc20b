import { error, warning } from '../issue/issue.ts';
import type { GrooveLoopCue, NeedleDropCue, NeedleLiftCue } from '../sheet/schema.ts';
import type { Edges } from './edges.ts';
import { filmSeconds, type Placed, type Setting, sampleAt } from './setting.ts';

/** A player cue in its place, samples from the edit's first frame. */
export interface Step<T extends PlayerCue = PlayerCue> {
  readonly placed: Placed<T>;
  readonly edges: Edges;
  readonly start: number;
  readonly end: number;
}

export type PlayerCue = NeedleDropCue | GrooveLoopCue | NeedleLiftCue;

/** One side played: from a drop to its lift, or to the film's end. */
export interface Side {
  readonly player: string;
  readonly drop: Step<NeedleDropCue>;
  /** In order, without overlap. */
  readonly loops: readonly Step<GrooveLoopCue>[];
  readonly lift?: Step<NeedleLiftCue>;
}

type State = 'parked' | 'playing' | 'run-out';

/**
 * Runs a player through its cues in order of time: parked → (drop) → playing → (loop) → run-out → (lift) →
 * parked. A cue that asks for a step that the player cannot make is an issue that names what it did last.
 *
 * @param isComplete - False when a cue of this player has no place (and an issue of its own): then what looks
 *   impossible may be so only for want of it, and is not reported.
 */
export function sidesOf(
  setting: Setting,
  player: string,
  steps: readonly Step[],
  isComplete: boolean,
): Side[] {
  const sides: Side[] = [];
  let state: State = 'parked';
  let last: Step | undefined;
  let side: { drop: Step<NeedleDropCue>; loops: Step<GrooveLoopCue>[] } | undefined;
  const inOrder = [...steps].sort(
    (a, b) => a.start - b.start || rank(a) - rank(b) || a.placed.index - b.placed.index,
  );
  for (const step of inOrder) {
    if (isDrop(step) && state === 'parked') {
      side = { drop: step, loops: [] };
      state = 'playing';
    } else if (isLoop(step) && side && state !== 'parked') {
      if (overlapsLast(setting, step, side.loops.at(-1))) continue;
      side.loops.push(step);
      state = 'run-out';
    } else if (isLift(step) && side && state !== 'parked') {
      sides.push({ player, ...side, lift: step });
      side = undefined;
      state = 'parked';
    } else {
      if (isComplete) reportImpossible(setting, player, step, state, last);
      continue;
    }
    last = step;
  }
  if (side) {
    sides.push({ player, ...side });
    warnOfNeedle(setting, player, side.loops.at(-1));
  }
  return sides;
}

/** Cues at one sample are taken in the order in which a hand could do them. */
function rank({ placed }: Step): number {
  return { 'needle-lift': 0, 'needle-drop': 1, 'groove-loop': 2 }[placed.cue.type];
}

function isDrop(step: Step): step is Step<NeedleDropCue> {
  return step.placed.cue.type === 'needle-drop';
}

function isLoop(step: Step): step is Step<GrooveLoopCue> {
  return step.placed.cue.type === 'groove-loop';
}

function isLift(step: Step): step is Step<NeedleLiftCue> {
  return step.placed.cue.type === 'needle-lift';
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

const CANNOT: Readonly<Record<PlayerCue['type'], string>> = {
  'needle-drop': 'drop the needle: it is down already',
  'groove-loop': 'run out: the needle is not down',
  'needle-lift': 'lift the needle: it is not down',
};

function reportImpossible(
  setting: Setting,
  player: string,
  step: Step,
  state: State,
  last: Step | undefined,
): void {
  const { cue, pointer } = step.placed;
  const history = last
    ? `since "${last.placed.cue.id}" (${last.placed.cue.type}) it is ${state === 'parked' ? 'parked' : 'playing'}`
    : 'nothing has touched it before';
  setting.report(
    error(
      'player-order',
      pointer,
      `"${cue.id}": player "${player}" cannot ${CANNOT[cue.type]}; ${history}`,
      cue.type === 'needle-drop'
        ? 'put a needle-lift between the two drops, or give the second its own player'
        : 'put a needle-drop on this player before it',
    ),
  );
}

/** A run-out that names its end does not lift the needle: without a lift the groove goes on, which is worth a word. */
function warnOfNeedle(setting: Setting, player: string, loop: Step<GrooveLoopCue> | undefined): void {
  if (!loop || loop.end >= sampleAt(setting, filmSeconds(setting))) return;
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
