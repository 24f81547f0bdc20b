import { error, warning } from '../../issue/issue.ts';
import { parseAnchor, type Reference } from '../../sheet/anchor.ts';
import type { PracticalCue } from '../../sheet/schema.ts';
import { frameSeconds } from '../../time/frame-rate.ts';
import { add, compare, type Rational, subtract } from '../../time/rational.ts';
import type { Hit, HitPlaces } from '../hit.ts';
import { countBefore, rhythmOf } from '../rhythm.ts';
import type { Placed, Setting } from '../setting.ts';

/**
 * The practical that a practical rhymes with, and whose takes, levels and rhythm it has: where that is an echo
 * too, what that one rhymes with. One that is no echo is its own source.
 */
export function sourceOf(setting: Setting, placed: Placed<PracticalCue>): Placed<PracticalCue> {
  if (placed.cue.echoOf === undefined) return placed;
  const line = new Set<Placed>([placed]);
  let source = placed;
  while (source.cue.echoOf !== undefined) {
    const next = setting.cuesById.get(source.cue.echoOf);
    if (!next || !isPractical(next) || line.has(next)) return source;
    line.add(next);
    source = next;
  }
  return source;
}

/** An echo, what it is an echo of, and where both begin. */
export interface Rhyme {
  readonly echo: Placed<PracticalCue>;
  readonly source: Placed<PracticalCue>;
  readonly places: HitPlaces;
}

/**
 * The hits of a source, played where its echo is: those of them that its room holds (see {@link limitOf}). A rhyme
 * that no longer matches, since a shot is shorter or longer than it was, is worth a warning.
 */
export function echoed(setting: Setting, rhyme: Rhyme, hits: readonly Hit[]): Hit[] | undefined {
  const { echo, source, places } = rhyme;
  const shift = subtract(places.start, places.sourceStart);
  const moved = hits.map((hit) => ({ ...hit, start: add(hit.start, shift), end: add(hit.end, shift) }));
  const limit = limitOf(setting, rhyme, hits);
  if (!limit) return moved;
  const kept = moved.filter(({ start }) => compare(start, limit.at) < 0);
  const here = `"${echo.cue.id}" at ${limit.name}`;
  const there = `"${source.cue.id}"`;
  const pointer = `${echo.pointer}/echoOf`;
  const all = plural(hits.length);
  if (kept.length === 0) {
    setting.report(
      error(
        'empty-cue',
        `${echo.pointer}/at`,
        `echo ${here} has room for none of the ${all} of ${there}`,
        'move its `at`',
      ),
    );
    return undefined;
  }
  if (kept.length < hits.length) {
    setting.report(
      warning(
        'echo-cut',
        pointer,
        `the rhyme no longer matches: ${there} has ${all}, echo ${here} has room for ${kept.length} of them`,
        `lengthen the shot, move the echo, or end "${source.cue.id}" sooner`,
      ),
    );
  } else if (limit.isRhythms && source.cue.repeat) {
    const rhythm = rhythmOf(setting, source);
    const room = rhythm ? countBefore(rhythm, subtract(limit.at, places.start)) : hits.length;
    if (room > hits.length) {
      setting.report(
        warning(
          'echo-short',
          pointer,
          `the rhyme no longer matches: ${there} has ${all}, echo ${here} has room for ${room}, and is over before`,
          `shorten the shot, or let "${source.cue.id}" go on for longer`,
        ),
      );
    }
  }
  return kept;
}

/** Where no more hits of an echo begin. */
interface Limit {
  readonly at: Rational;
  /** What the echo is tied to: `shot 8-2`. */
  readonly name: string;
  /** True where it answers the `until` of the source. */
  readonly isRhythms: boolean;
}

/**
 * Where an echo that is tied to a shot or a scene stops: where the source ends by its `until`, if that is tied to
 * the shot or scene that the source is in; else at the end of the shot or scene, if the source stays in its own.
 */
function limitOf(setting: Setting, { echo, source, places }: Rhyme, hits: readonly Hit[]): Limit | undefined {
  const here = roomOf(setting, echo.cue.at);
  const there = roomOf(setting, source.cue.at);
  if (!here || !there) return undefined;
  const until = source.cue.repeat?.until;
  const bound = until === undefined ? undefined : roomOf(setting, until);
  if (places.until && bound && bound.to === there.to && bound.id === there.id) {
    const isEnd = bound.edge === 'end';
    const past = subtract(places.until, isEnd ? bound.end : bound.start);
    return { at: add(isEnd ? here.end : here.start, past), name: nameOf(here), isRhythms: true };
  }
  const stays = hits.every(({ start }) => compare(start, there.end) < 0);
  return stays ? { at: here.end, name: nameOf(here), isRhythms: false } : undefined;
}

/** A shot or a scene that an anchor is tied to, exact seconds from the edit's first frame. */
interface Room extends Reference {
  readonly start: Rational;
  readonly end: Rational;
}

function roomOf({ edit, shots, scenes }: Setting, text: string): Room | undefined {
  const anchor = parseAnchor(text);
  if ('error' in anchor || anchor.place.kind !== 'ref') return undefined;
  const { place } = anchor;
  const found =
    place.to === 'shot' ? shots.get(place.id) : place.to === 'scene' ? scenes.get(place.id) : undefined;
  if (!found) return undefined;
  const seconds = (frame: number) => frameSeconds(frame - edit.startFrame, edit.frameRate);
  return { ...place, start: seconds(found.recordIn), end: seconds(found.recordOut) };
}

function nameOf({ to, id }: Room): string {
  return `${to} ${id}`;
}

function plural(hits: number): string {
  return `${hits} hit${hits === 1 ? '' : 's'}`;
}

export function isPractical(placed: Placed): placed is Placed<PracticalCue> {
  return placed.cue.type === 'practical';
}
