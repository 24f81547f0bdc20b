import type { ScoreCue } from '../../engine/index.ts';
import { type CueTypeSchema, keyName } from '../cue-schema.ts';
import { isRecord, type RawCue, recordOf, textOf } from '../raw-cue.ts';
import { cueTiedTo } from '../revolution.ts';
import type { ValueChange } from '../workspace.ts';
import { moveAnchor } from './anchor-text.ts';
import {
  durationOf,
  lengthenDuration,
  samplesOfDuration,
  shiftValue,
  type Writing,
  writeDuration,
} from './duration-text.ts';
import type { Media } from './media.ts';

/** A cue that is to be changed: as the text has it, as the score has it, and how its lengths are written. */
export interface Editable {
  readonly raw: RawCue;
  /** Index in `/cues`. */
  readonly index: number;
  readonly placed: ScoreCue;
  readonly schema: CueTypeSchema | undefined;
  readonly writing: Writing;
  /** The sound that is trimmed with it, where it is a practical that plays one. */
  readonly media?: Media | undefined;
  /** How its texts have come to be what they are, by cue and key. */
  readonly walks?: Map<string, Walk>;
}

/**
 * A text that was moved step by step: where it set out from, how far it has come, and what it is now. Each step
 * is counted from the beginning, so that the rounding of one is not added to that of the next: a cue nudged by a
 * thousand frames is on the frame.
 */
export interface Walk {
  readonly from: string;
  readonly samples: number;
  readonly to: string;
  /** Sample at which its cue began when it set out. */
  readonly start: number;
}

export type Edge = 'start' | 'end';

/** Anchors that a move takes along, besides `at`: the end moves with the start, so that the cue is as long. */
const ENDS = ['until'] as const;

/**
 * Moves a cue by samples and leaves every anchor tied to what it is tied to. Undefined where it has no place of
 * its own (a duck) or one that cannot be moved.
 */
export function moveCue(cue: Editable, samples: number): ValueChange[] | undefined {
  const path = ['cues', cue.index];
  const points = cue.raw['points'];
  if (Array.isArray(points)) return movePoints(points, cue, samples);
  const start = placeKey(cue);
  const startText = anchorOf(cue, start);
  if (startText === undefined) return undefined;
  const moved = step(cue, start, startText, samples, moveAnchor);
  if (moved === undefined) return undefined;
  const changes: ValueChange[] = [{ path: [...path, start], value: moved }];
  for (const key of ENDS) {
    const text = textOf(cue.raw, key);
    if (text === undefined || isTiedToItself(text, cue)) continue;
    const end = step(cue, key, text, samples, moveAnchor);
    if (end !== undefined) changes.push({ path: [...path, key], value: end });
  }
  const repeat = recordOf(cue.raw, 'repeat');
  const last = repeat && textOf(repeat, 'until');
  const movedLast =
    last === undefined || isTiedToItself(last, cue)
      ? undefined
      : step(cue, 'repeat/until', last, samples, moveAnchor);
  if (movedLast !== undefined) changes.push({ path: [...path, 'repeat', 'until'], value: movedLast });
  return changes;
}

/** A copy of a cue, moved by samples with all that moves along; where it cannot be moved, one that lies upon it. */
export function movedCopy({ raw, index, placed, schema, writing }: Editable, samples: number): RawCue {
  const copy = structuredClone(raw);
  for (const { path, value } of moveCue({ raw, index, placed, schema, writing }, samples) ?? []) {
    // Below `/cues/index`.
    const [key, ...above] = path.slice(2).reverse();
    const holder = above.reduceRight<unknown>((whole, part) => Reflect.get(Object(whole), part), copy);
    if (key !== undefined && typeof holder === 'object' && holder !== null) Reflect.set(holder, key, value);
  }
  return copy;
}

/** Moves one edge of a cue and leaves the other where it is; undefined where its type cannot. */
export function trimCue(cue: Editable, edge: Edge, samples: number): ValueChange[] | undefined {
  if (cue.raw['echoOf'] !== undefined) return undefined;
  return edge === 'end' ? trimEnd(cue, samples) : trimStart(cue, samples);
}

/**
 * The sample at which a cue begins by its text, which may be ahead of the film that is compiled from it; undefined
 * where it has no place of its own.
 */
export function startByText(cue: Editable): number | undefined {
  const points = cue.raw['points'];
  const first: unknown = Array.isArray(points) ? points[0] : undefined;
  const key = isRecord(first) ? 'points/0' : placeKey(cue);
  const text = isRecord(first) ? textOf(first, 'at') : anchorOf(cue, key);
  if (text === undefined) return undefined;
  const walk = cue.walks?.get(nameOfWalk(cue, key));
  return walk?.to === text ? walk.start + walk.samples : cue.placed.start;
}

/** Makes a fade longer or shorter; undefined where the cue's type has none. */
export function fadeCue(
  cue: Editable,
  key: 'fadeIn' | 'fadeOut',
  samples: number,
): ValueChange[] | undefined {
  const { raw, schema, writing } = cue;
  const text = textOf(raw, key) ?? defaultOf(schema, key);
  if (text === undefined || !schema?.properties['stem']) return undefined;
  const unit = unitOf(text);
  const value = shiftValue(Number.parseFloat(text), unit, samples, writing);
  if (value === undefined) return undefined;
  const path = ['cues', cue.index, key];
  if (value <= 0)
    return [{ path, value: raw[key] === undefined || defaultOf(schema, key) === '0s' ? undefined : '0s' }];
  return [{ path, value: writeDuration(value, unit) }];
}

/** A fade of some samples as {@link fadeCue} writes it: `fade in 0.52s`. */
export function fadeInWords(
  { raw, schema, writing }: Editable,
  key: 'fadeIn' | 'fadeOut',
  samples: number,
): string {
  const unit = unitOf(textOf(raw, key) ?? defaultOf(schema, key) ?? '0s');
  return `${keyName(key)} ${writeDuration(shiftValue(0, unit, samples, writing) ?? 0, unit)}`;
}

/** The piece of its sound that a cue plays, samples of that; undefined where it is not trimmed by it. */
export function pieceOfSound({ raw, media, writing }: Editable): Piece | undefined {
  if (!media) return undefined;
  const trim = recordOf(raw, 'trim');
  const from = samplesOfDuration((trim && textOf(trim, 'from')) ?? '0f', writing);
  const text = trim && textOf(trim, 'for');
  const length = text === undefined ? undefined : samplesOfDuration(text, writing);
  if (from === undefined || (text !== undefined && length === undefined)) return undefined;
  return { from, length: length ?? media.samples - from, media };
}

interface Piece {
  readonly from: number;
  readonly length: number;
  readonly media: Media;
}

function trimEnd(cue: Editable, samples: number): ValueChange[] | undefined {
  const { raw, schema, writing } = cue;
  const path = ['cues', cue.index];
  const repeat = recordOf(raw, 'repeat');
  if (repeat) return trimRepeat(repeat, cue, samples);
  const until = anchorOf(cue, 'until');
  if (until !== undefined) return one([...path, 'until'], step(cue, 'until', until, samples, moveAnchor));
  const length = textOf(raw, 'for') ?? defaultOf(schema, 'for');
  if (length !== undefined) return one([...path, 'for'], step(cue, 'for', length, samples, lengthenDuration));
  if (typeof raw['revolutions'] === 'number') {
    const turns = shiftValue(raw['revolutions'], 'rev', samples, writing);
    return turns === undefined || turns <= 0 ? undefined : one([...path, 'revolutions'], turns);
  }
  const musicEnd = textOf(raw, 'musicEnd');
  if (musicEnd !== undefined)
    return one([...path, 'musicEnd'], step(cue, 'musicEnd', musicEnd, samples, moveAnchor));
  return schema?.properties['trim'] ? trimSoundEnd(cue, samples) : undefined;
}

function trimStart(cue: Editable, samples: number): ValueChange[] | undefined {
  const { raw, schema, writing } = cue;
  const path = ['cues', cue.index];
  const at = anchorOf(cue, 'at');
  const moved = at === undefined ? undefined : step(cue, 'at', at, samples, moveAnchor);
  if (moved === undefined) return undefined;
  const place: ValueChange = { path: [...path, 'at'], value: moved };
  if (recordOf(raw, 'repeat')) return undefined;
  // Where the end has an anchor of its own, only the start has to move.
  const until =
    textOf(raw, 'until') ?? (schema?.properties['revolutions'] ? undefined : defaultOf(schema, 'until'));
  if (until !== undefined) return isTiedToItself(until, cue) ? undefined : [place];
  if (textOf(raw, 'musicEnd') !== undefined) return [place];
  const length = textOf(raw, 'for') ?? defaultOf(schema, 'for');
  if (length !== undefined) {
    const rest = step(cue, 'for', length, -samples, lengthenDuration);
    return rest === undefined ? undefined : [place, { path: [...path, 'for'], value: rest }];
  }
  if (typeof raw['revolutions'] === 'number') {
    const turns = shiftValue(raw['revolutions'], 'rev', -samples, writing);
    return turns === undefined || turns <= 0
      ? undefined
      : [place, { path: [...path, 'revolutions'], value: turns }];
  }
  if (!schema?.properties['trim']) return undefined;
  const trimmed = trimSoundStart(cue, samples);
  return trimmed && [place, ...trimmed];
}

/** More or fewer hits: up to another place, or another count. */
function trimRepeat(repeat: RawCue, cue: Editable, samples: number): ValueChange[] | undefined {
  const path = ['cues', cue.index, 'repeat'];
  const until = textOf(repeat, 'until');
  if (until !== undefined)
    return one([...path, 'until'], step(cue, 'repeat/until', until, samples, moveAnchor));
  const every = stepOf(repeat, cue.writing);
  const { count } = repeat;
  if (typeof count !== 'number' || every === undefined) return undefined;
  const next = Math.max(1, Math.round(count + samples / every));
  return next === count ? [] : one([...path, 'count'], next);
}

/** From one hit of a repeat to the next, on average. */
function stepOf(repeat: RawCue, writing: Writing): number | undefined {
  const steps = [repeat['every']].flat().map((text) => samplesOfDuration(String(text), writing) ?? 0);
  const sum = steps.reduce((total, step) => total + step, 0);
  return sum > 0 ? sum / steps.length : undefined;
}

/** Lets a sound end earlier or later: `trim.for`. */
function trimSoundEnd(cue: Editable, samples: number): ValueChange[] | undefined {
  const piece = pieceOfSound(cue);
  if (!piece) return undefined;
  const trim = recordOf(cue.raw, 'trim');
  return writeTrim(cue, piece, trim && textOf(trim, 'from'), Math.round(samples * piece.media.speed));
}

/** Takes off a sound's beginning, or gives it back: `trim.from`, and `trim.for` so that the end stays. */
function trimSoundStart(cue: Editable, samples: number): ValueChange[] | undefined {
  const piece = pieceOfSound(cue);
  if (!piece) return undefined;
  const trim = recordOf(cue.raw, 'trim');
  const taken = Math.round(samples * piece.media.speed);
  const from = (trim && textOf(trim, 'from')) ?? '0f';
  if (piece.from + taken < -0.5) return undefined;
  return writeTrim(cue, piece, fromText(from, taken, cue.writing), -taken);
}

/**
 * Writes what is played of a sound: from where, and how much longer than now. What goes to the end of the sound needs
 * no length. Takes that are too short for it are left out: the one that plays is what was trimmed.
 */
function writeTrim(
  cue: Editable,
  { from: before, length, media }: Piece,
  from: string | undefined,
  longer: number,
): ValueChange[] | undefined {
  const trim = recordOf(cue.raw, 'trim');
  const text = trim && textOf(trim, 'for');
  const begin = from === undefined ? before : (samplesOfDuration(from, cue.writing) ?? before);
  const left = media.samples - begin;
  // Less than a sample of the film cannot be told from nothing.
  const isWhole = (samples: number) => samples > left - Math.max(0.5, media.speed / 2);
  const wanted =
    longer === 0
      ? text
      : text === undefined
        ? isWhole(length + longer)
          ? undefined
          : durationOf(Math.round(length + longer), cue.writing)
        : step(cue, 'trim/for', text, longer, lengthenDuration);
  if (wanted === undefined && text !== undefined) return undefined;
  const samples = wanted === undefined ? undefined : samplesOfDuration(wanted, cue.writing);
  const end = samples === undefined || isWhole(samples) ? undefined : wanted;
  if (left <= 0 || (samples !== undefined && samples <= 0)) return undefined;
  const path = ['cues', cue.index];
  const changes: ValueChange[] = [];
  if (end === undefined && (from === undefined || begin === 0)) {
    if (trim) changes.push({ path: [...path, 'trim'], value: undefined });
  } else {
    if (from !== undefined && from !== (trim && textOf(trim, 'from')))
      changes.push({ path: [...path, 'trim', 'from'], value: from });
    if (end !== text) changes.push({ path: [...path, 'trim', 'for'], value: end });
  }
  const isTooMuch = begin >= media.shortestOther || begin + (samples ?? 0) > media.shortestOther;
  if (changes.length > 0 && isTooMuch && Array.isArray(cue.raw['sound']))
    changes.push({ path: [...path, 'sound'], value: media.tag });
  return changes;
}

function fromText(from: string, taken: number, writing: Writing): string {
  const unit = unitOf(from);
  const value = Math.max(0, shiftValue(Number.parseFloat(from), unit, taken, writing) ?? 0);
  return `${value}${unit}`;
}

function unitOf(duration: string) {
  return (/(f|s|ms|smp|rev)$/.exec(duration)?.[1] ?? 'f') as 'f' | 's' | 'ms' | 'smp' | 'rev';
}

function movePoints(points: readonly unknown[], cue: Editable, samples: number): ValueChange[] | undefined {
  const changes = points.map((point, index) => {
    const at = isRecord(point) ? textOf(point, 'at') : undefined;
    const value = at === undefined ? undefined : step(cue, `points/${index}`, at, samples, moveAnchor);
    return { path: ['cues', cue.index, 'points', index, 'at'], value };
  });
  return changes.every((change) => change.value !== undefined) ? changes : undefined;
}

/** Whether the place of a record is told by its end alone. */
export function isBackTimed(cue: Editable): boolean {
  return anchorOf(cue, 'at') === undefined && cue.raw['musicEnd'] !== undefined;
}

/** The key whose anchor says where a cue begins. */
function placeKey(cue: Editable): 'at' | 'musicEnd' {
  return isBackTimed(cue) ? 'musicEnd' : 'at';
}

function nameOfWalk(cue: Editable, key: string): string {
  return `${cue.placed.id} ${key}`;
}

/** Moves the text of a key, from where its walk began if it is still on it. */
function step(
  cue: Editable,
  key: string,
  text: string,
  samples: number,
  move: (text: string, samples: number, writing: Writing) => string | undefined,
): string | undefined {
  const name = nameOfWalk(cue, key);
  const walk = cue.walks?.get(name);
  const isOnIt = walk?.to === text && cue.writing.tolerance === undefined;
  const from = isOnIt ? walk.from : text;
  const total = samples + (isOnIt ? walk.samples : 0);
  const to = move(from, total, cue.writing);
  if (samples === 0) return to;
  if (to === undefined || cue.writing.tolerance !== undefined) cue.walks?.delete(name);
  else cue.walks?.set(name, { from, samples: total, to, start: isOnIt ? walk.start : cue.placed.start });
  return to;
}

/** An anchor as it stands in the text, or as the schema says it is when it does not. */
export function anchorOf({ raw, schema }: Pick<Editable, 'raw' | 'schema'>, key: string): string | undefined {
  return textOf(raw, key) ?? (key in raw ? undefined : defaultOf(schema, key));
}

function defaultOf(schema: CueTypeSchema | undefined, key: string): string | undefined {
  const standard = schema?.properties[key]?.['default'];
  return typeof standard === 'string' ? standard : undefined;
}

function isTiedToItself(text: string, cue: Editable): boolean {
  return cueTiedTo(text) === cue.placed.id;
}

function one(
  path: readonly (string | number)[],
  value: string | number | undefined,
): ValueChange[] | undefined {
  return value === undefined ? undefined : [{ path, value }];
}
