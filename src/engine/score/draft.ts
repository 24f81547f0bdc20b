import { warning } from '../issue/issue.ts';
import type { Cue } from '../sheet/schema.ts';
import { add, compare, type Rational, subtract, ZERO } from '../time/rational.ts';
import { lengthOf } from './place.ts';
import type { Draft } from './region-draft.ts';
import type { Ramp, Region } from './score.ts';
import { type Placed, type Setting, sampleAt } from './setting.ts';

export type { Draft } from './region-draft.ts';

/** A stretch of film time, exact seconds. */
export interface Span {
  readonly start: Rational;
  readonly end: Rational;
}

/** A cue that is heard by itself, with its own level, pan and fades. */
export type SoundingCue = Extract<Cue, { readonly stem: string; readonly fadeIn: string }>;

/** Where a cue is heard from; a sound of a bed may lean away from its cue. */
export function placeOf(cue: SoundingCue, lean = 0): Pick<Region, 'pan' | 'surround'> {
  const pan = Math.max(-1, Math.min(1, cue.pan + lean));
  return cue.surround === undefined ? { pan } : { pan, surround: cue.surround };
}

/** How loud a region is, directly and in a room. */
export type Voicing = Pick<Region, 'gainDb' | 'dry' | 'send'>;

/**
 * The level of a cue, its stem and what it plays together, and the room that it is heard in: its own, else its
 * player's, else its stem's.
 */
export function voicingOf(setting: Setting, cue: SoundingCue, soundGainDb = 0): Voicing {
  const { stems, players } = setting.sheet;
  const gainDb = cue.gainDb + (stems[cue.stem]?.gainDb ?? 0) + soundGainDb;
  const player = 'player' in cue ? players[cue.player] : undefined;
  const space = cue.space ?? player?.space ?? stems[cue.stem]?.space;
  if (!space) return { gainDb };
  const send = { space: space.to, gainDb: gainDb + space.sendDb };
  return space.dryDb === 'off' ? { gainDb, dry: false, send } : { gainDb: gainDb + space.dryDb, send };
}

/**
 * The ramps that a cue's own `fadeIn` and `fadeOut` put on a span, moved by `shift` samples (the jitter of a
 * repeat, which is drawn in whole samples).
 */
export function fadesOf(setting: Setting, placed: Placed<SoundingCue>, span: Span, shift = 0): Ramp[] {
  const { curve } = placed.cue;
  const ramps: Ramp[] = [];
  const fadeIn = fadeOf(setting, placed, span, 'fadeIn');
  if (fadeIn) {
    const start = sampleAt(setting, span.start) + shift;
    const length = sampleAt(setting, add(span.start, fadeIn)) + shift - start;
    if (length > 0) ramps.push({ direction: 'in', start, length, curve });
  }
  const fadeOut = fadeOf(setting, placed, span, 'fadeOut');
  if (fadeOut) {
    const end = sampleAt(setting, span.end) + shift;
    const length = end - (sampleAt(setting, subtract(span.end, fadeOut)) + shift);
    if (length > 0) ramps.push({ direction: 'out', start: end - length, length, curve });
  }
  return ramps;
}

/** The length of a cue's fade; undefined where it has none, as most cues do. */
function fadeOf(
  setting: Setting,
  placed: Placed<SoundingCue>,
  span: Span,
  key: 'fadeIn' | 'fadeOut',
): Rational | undefined {
  const text = placed.cue[key];
  const pointer = `${placed.pointer}/${key}`;
  const length = lengthOf(setting, text, placed, pointer);
  if (!length) return undefined;
  if (compare(add(span.start, length), span.end) > 0) {
    setting.report(
      warning(
        'fade-length',
        pointer,
        `the ${key} of ${text} is longer than what it fades, so ${key === 'fadeIn' ? 'full level is never reached' : 'it begins below full level'}`,
        'shorten the fade',
      ),
    );
  }
  return compare(length, ZERO) === 0 ? undefined : length;
}

/** A draft cut down to [start, end), without the ramps that are over or not yet begun there; undefined when nothing is left. */
export function cutDraft(draft: Draft, start: number, end: number): Draft | undefined {
  const from = Math.max(start, draft.start);
  const to = Math.min(end, draft.end);
  if (from >= to) return undefined;
  if (from === draft.start && to === draft.end) return draft;
  const ramps = draft.ramps.filter((ramp) =>
    ramp.direction === 'in' ? ramp.start + ramp.length > from : ramp.start < to,
  );
  return { ...draft, start: from, end: to, ramps };
}
