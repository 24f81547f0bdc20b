import { error, warning } from '../../issue/issue.ts';
import type { SilenceCue } from '../../sheet/schema.ts';
import { add, subtract } from '../../time/rational.ts';
import type { Edges } from '../edges.ts';
import { lengthOf } from '../place.ts';
import type { Gate } from '../score.ts';
import { lengthText, type Placed, type Setting, sampleAt } from '../setting.ts';

/** A gate, and how long what outlasts it takes to come back. */
export interface GateDraft extends Gate {
  /** Samples after `end` over which what outlasts the gate rises. */
  readonly fadeIn: number;
  readonly pointer: string;
}

/** The gate of a silence; undefined where it has no place or no length. */
export function gateOf(
  setting: Setting,
  placed: Placed<SilenceCue>,
  edges: Edges,
  filmEnd: number,
): GateDraft | undefined {
  const { cue, pointer } = placed;
  const startSeconds = edges.get('start');
  const endSeconds = edges.get('end');
  const fall = lengthOf(setting, cue.fadeOut, placed, `${pointer}/fadeOut`);
  const rise = lengthOf(setting, cue.fadeIn, placed, `${pointer}/fadeIn`);
  if (!startSeconds || !endSeconds || !fall || !rise) return undefined;
  const start = sampleAt(setting, startSeconds);
  const end = sampleAt(setting, endSeconds);
  if (start >= end) {
    setting.report(
      error('empty-cue', `${pointer}/for`, `silence "${cue.id}" has no length`, 'give it one, such as "3s"'),
    );
    return undefined;
  }
  if (end > filmEnd) {
    setting.report(
      warning(
        'cut-gate',
        `${pointer}/for`,
        `the film ends ${lengthText(setting, end - filmEnd)} before silence "${cue.id}" does, so it is shorter than asked`,
        'start it earlier or ask for less',
      ),
    );
  }
  return {
    cue: cue.id,
    stems: cue.stems ?? Object.keys(setting.sheet.stems),
    start,
    end: Math.min(end, filmEnd),
    fadeOut: start - sampleAt(setting, subtract(startSeconds, fall)),
    fadeIn: sampleAt(setting, add(endSeconds, rise)) - end,
    curve: cue.curve,
    pointer,
  };
}
