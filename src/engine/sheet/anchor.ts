import { nearest } from '../issue/nearest.ts';
import { parseTimecode } from '../time/timecode.ts';
import { type Duration, formatDuration, parseDuration } from './duration.ts';
import { type GrammarError, grammarError } from './grammar-error.ts';
import { Remembered } from './remembered.ts';
import { shorten } from './shorten.ts';

/** Where a cue is tied: a place, and how far from it. */
export interface Anchor {
  readonly place: Place;
  /** In the order written; a position is the place plus all of them. */
  readonly offsets: readonly Offset[];
}

export interface Offset {
  readonly sign: 1 | -1;
  readonly duration: Duration;
}

/** `start` and `end` are the edit's own; `file` is the timecode that the sound's file carries. */
export type Place =
  | { readonly kind: 'start' | 'end' | 'file' }
  /** In the edit's own count; whether the label exists depends on the edit's rate. */
  | { readonly kind: 'timecode'; readonly text: string }
  | Reference;

export interface Reference {
  readonly kind: 'ref';
  readonly to: ReferenceKind;
  readonly id: string;
  /** `start`, `end` or, on a cue, one that its type names; without it the start is meant. */
  readonly edge?: string;
}

export type ReferenceKind = 'shot' | 'scene' | 'marker' | 'cue';

const REFERENCE_KINDS: readonly ReferenceKind[] = ['shot', 'scene', 'marker', 'cue'];
const WORDS = ['start', 'end', 'file'] as const;
/** Clips are named after files, and ids after clips, less these. */
const FILE_ENDINGS = /^(mov|mp4|mxf|avi|mkv|webm|r3d|braw|ari|dpx|exr|wav|aif|aiff|flac|mp3)$/i;
/** A shot that no film need have; where the film is known, `own-shot.ts` names one of its own instead. */
export const EXAMPLE_SHOT = 'shot:1-3';
const EXAMPLE = `${EXAMPLE_SHOT}.start + 12f`;
/** What else the edges are called. */
const EDGE_WORDS: ReadonlyMap<string, 'start' | 'end'> = new Map([
  ...['begin', 'begins', 'beginning', 'in', 'head', 'first', 'from'].map((word) => [word, 'start'] as const),
  ...['finish', 'out', 'tail', 'last', 'stop', 'until', 'to'].map((word) => [word, 'end'] as const),
]);
const PLACES = `start, end, file, a timecode, or shot:, scene:, marker: or cue: with an id, such as ${EXAMPLE_SHOT}.start`;

/** The fastest rate, so that a label that exists at any rate is let through to be checked against the edit. */
const ANY_RATE = { num: 60, den: 1, dropFrame: false };

/** Each anchor of a sheet is read by the schema, for its place and for the lengths that count from it. */
const KNOWN = new Remembered<Anchor>();

/**
 * Reads an anchor: a place, then any number of ` + duration` and ` - duration`. Signs stand between spaces,
 * because ids may hold them. An id with spaces, dots or quotes stands in double quotes, in which `\` takes
 * the next character as it is.
 */
export function parseAnchor(text: string): Anchor | GrammarError {
  const known = KNOWN.get(text);
  if (known) return known;
  const read = readAnchor(text);
  if (!('error' in read)) KNOWN.set(text, read);
  return read;
}

function readAnchor(text: string): Anchor | GrammarError {
  const leading = text.length - text.trimStart().length;
  const end = text.trimEnd().length;
  if (leading >= end) return grammarError(1, `is empty where a place should be: ${PLACES}`, EXAMPLE);
  const place = readPlace(text, leading, end);
  if ('error' in place) return place;
  const offsets: Offset[] = [];
  let at = place.end;
  while (at < end) {
    const offset = readOffset(text, at, end);
    if ('error' in offset) return offset;
    offsets.push(offset.offset);
    at = offset.end;
  }
  return { place: place.place, offsets };
}

/** Prints an anchor so that it reads back as the same. */
export function formatAnchor(anchor: Anchor): string {
  const offsets = anchor.offsets.map(
    ({ sign, duration }) => ` ${sign > 0 ? '+' : '-'} ${formatDuration(duration)}`,
  );
  return formatPlace(anchor.place) + offsets.join('');
}

/** Prints a place: `scene:7.start`. */
export function formatPlace(place: Place): string {
  if (place.kind === 'timecode') return place.text;
  if (place.kind !== 'ref') return place.kind;
  const edge = place.edge === undefined ? '' : `.${place.edge}`;
  return `${place.to}:${formatId(place.id)}${edge}`;
}

function formatId(id: string): string {
  return /^[^\s."\\]+$/.test(id) ? id : `"${id.replace(/["\\]/g, '\\$&')}"`;
}

/** What was read, and the index after it. */
type Read<Part> = (Part & { readonly end: number }) | GrammarError;

function readPlace(text: string, from: number, limit: number): Read<{ place: Place }> {
  const word = wordAt(text, from, limit);
  const kind = /^([A-Za-z]+):/.exec(word)?.[1];
  if (kind !== undefined) return readReference(text, from, kind, limit);
  const end = from + word.length;
  const simple = WORDS.find((name) => name === word);
  if (simple !== undefined) return { place: { kind: simple }, end };
  if (/^\d{1,2}[:;.]\d/.test(word)) {
    const timecode = parseTimecode(word, ANY_RATE);
    if ('frame' in timecode) return { place: { kind: 'timecode', text: word }, end };
    if (!isDuration(word)) return grammarError(from + 1, timecode.message, '01:00:12:05');
  }
  const named = /^(shot|scene|marker|cue)\s+([^\s."\\]+)/i.exec(text.slice(from, limit));
  if (named) {
    const [found, kindWord, id] = named;
    const meant = `${kindWord!.toLowerCase()}:${id}`;
    return grammarError(
      from + 1,
      `"${found}" is not a place; a ${kindWord!.toLowerCase()} is written ${meant}`,
      meant,
    );
  }
  return noPlace(word, from);
}

function noPlace(word: string, from: number): GrammarError {
  const column = from + 1;
  if (isDuration(word.replace(/^[+-]/, ''))) {
    const sign = word.startsWith('-') ? '-' : '+';
    const duration = word.replace(/^[+-]/, '');
    return grammarError(
      column,
      `"${word}" is a length, not a place; say from where`,
      `start ${sign} ${duration}`,
    );
  }
  const glued = /^(start|end|file)([+-])(.*)$/.exec(word);
  if (glued) return gluedSign(column + glued[1]!.length, glued[1]!, glued[2]!, glued[3]!);
  const dotted = /^(start|end)\.(start|end)$/.exec(word);
  if (dotted) {
    return grammarError(column, `"${word}": ${dotted[1]} is a place by itself and has no edge`, dotted[1]!);
  }
  const meant = edgeMeant(word);
  if (meant !== undefined)
    return grammarError(column, `"${word}" is not a place; the film's is called ${meant}`, meant);
  const slip = nearest(word, WORDS);
  if (slip !== undefined)
    return grammarError(column, `"${word}" is not a place; the nearest is ${slip}`, slip);
  return grammarError(column, `"${shorten(word)}" is not a place; write ${PLACES}`, EXAMPLE);
}

function readReference(text: string, from: number, kind: string, limit: number): Read<{ place: Place }> {
  const to = REFERENCE_KINDS.find((name) => name === kind);
  if (to === undefined) {
    const slip = nearest(kind, REFERENCE_KINDS) ?? (kind.toLowerCase() === 'clip' ? 'shot' : undefined);
    const message = `"${kind}:" is not a kind of place; there are shot:, scene:, marker: and cue:`;
    return grammarError(from + 1, message, slip === undefined ? EXAMPLE : `${slip}:1.start`);
  }
  const idFrom = from + to.length + 1;
  const id = text[idFrom] === '"' ? readQuotedId(text, idFrom, limit) : readBareId(text, idFrom, limit, to);
  if ('error' in id) return id;
  if (text[id.end] !== '.' || id.end >= limit) return { place: { kind: 'ref', to, id: id.id }, end: id.end };
  const edge = readEdge(text, id.end + 1, limit, to, id.id);
  if ('error' in edge) return edge;
  return { place: { kind: 'ref', to, id: id.id, edge: edge.edge }, end: edge.end };
}

function readBareId(text: string, from: number, limit: number, to: ReferenceKind): Read<{ id: string }> {
  let end = from;
  while (end < limit && !/[\s."\\]/.test(text[end]!)) end += 1;
  if (end === from) {
    const found = from < limit ? `"${text[from]}"` : 'nothing';
    return grammarError(
      from + 1,
      `${to}: wants an id after it, without a space, and found ${found}`,
      to === 'shot' ? `${EXAMPLE_SHOT}.start` : `${to}:1.start`,
    );
  }
  const next = text[end];
  if (end < limit && (next === '"' || next === '\\')) {
    const message = `an id with ${next} in it stands in double quotes, with \\ before that character`;
    return grammarError(end + 1, message, `${to}:"door slams".start`);
  }
  return { id: text.slice(from, end), end };
}

function readQuotedId(text: string, from: number, limit: number): Read<{ id: string }> {
  let id = '';
  for (let at = from + 1; at < limit; at += 1) {
    const character = text[at]!;
    if (character === '"') {
      if (id === '')
        return grammarError(from + 1, 'the double quotes hold no id', 'marker:"door slams".start');
      const next = text[at + 1];
      if (at + 1 < limit && next !== '.' && !/\s/.test(next!)) {
        return grammarError(
          at + 2,
          `"${next}" follows the id; a dot and an edge, a space or the end may`,
          EXAMPLE,
        );
      }
      return { id, end: at + 1 };
    }
    if (character === '\\') at += 1;
    if (at < limit) id += text[at];
  }
  return grammarError(
    from + 1,
    'the double quote before the id is never closed',
    'marker:"door slams".start',
  );
}

function readEdge(
  text: string,
  from: number,
  limit: number,
  to: ReferenceKind,
  id: string,
): Read<{ edge: string }> {
  const edge = wordAt(text, from, limit);
  const end = from + edge.length;
  if (edge === '') {
    return grammarError(
      from + 1,
      'an edge should follow the dot: start or end',
      `${to}:${formatId(id)}.start`,
    );
  }
  const glued = /^([a-z]+)([+-])(.*)$/.exec(edge);
  if (glued)
    return gluedSign(from + glued[1]!.length + 1, text.slice(0, from) + glued[1]!, glued[2]!, glued[3]!);
  if (edge === 'start' || edge === 'end') return { edge, end };
  if (to === 'cue' && /^[a-z][A-Za-z0-9]*$/.test(edge)) return { edge, end };
  const meant = edgeMeant(edge);
  if (meant !== undefined) {
    const message = `"${edge}" is not an edge of a ${to}; it is called ${meant}`;
    return grammarError(from + 1, message, `${to}:${formatId(id)}.${meant}`);
  }
  const slip = nearest(edge, ['start', 'end']);
  if (slip !== undefined) {
    return grammarError(
      from + 1,
      `"${edge}" is not an edge; the nearest is ${slip}`,
      `${to}:${formatId(id)}.${slip}`,
    );
  }
  if (FILE_ENDINGS.test(edge)) {
    const message = `"${id}.${edge}" is the name of a file; the id of its ${to} has no ending`;
    return grammarError(from + 1, message, `${to}:${formatId(id)}`);
  }
  const message = `"${shorten(edge)}" is not an edge of a ${to} (start or end); an id with a dot stands in double quotes`;
  return grammarError(from + 1, message, `${to}:${formatId(`${id}.${edge}`)}`);
}

/** The edge that a word for it means. */
function edgeMeant(word: string): 'start' | 'end' | undefined {
  return EDGE_WORDS.get(word.toLowerCase());
}

function readOffset(text: string, from: number, limit: number): Read<{ offset: Offset }> {
  const signAt = skipSpace(text, from, limit);
  const sign = text[signAt]!;
  const word = wordAt(text, signAt, limit);
  if (sign !== '+' && sign !== '-') {
    const before = text.slice(0, from).trimStart();
    const message = isDuration(word)
      ? `a + or - is missing before "${word}"`
      : `"${shorten(word)}" follows the place; only + or - and a duration may`;
    return grammarError(signAt + 1, message, `${before} + ${isDuration(word) ? word : '12f'}`);
  }
  if (word.length > 1) return gluedSign(signAt + 1, text.slice(0, from).trimStart(), sign, word.slice(1));
  const durationAt = skipSpace(text, signAt + 1, limit);
  const durationText = wordAt(text, durationAt, limit);
  if (durationText === '') return grammarError(signAt + 2, `a duration should follow the ${sign}`, EXAMPLE);
  const duration = parseDuration(durationText);
  if ('error' in duration) {
    // `12 frames`: the unit stands a space further on.
    const unit = wordAt(text, skipSpace(text, durationAt + durationText.length, limit), limit);
    const whole = parseDuration(`${durationText}${unit === '' ? '' : ` ${unit}`}`);
    const slip = unit !== '' && 'error' in whole && whole.message.includes('a space') ? whole : duration;
    return { ...slip, column: durationAt + slip.column };
  }
  return {
    offset: { sign: sign === '+' ? 1 : -1, duration },
    end: durationAt + durationText.length,
  };
}

function gluedSign(column: number, before: string, sign: string, after: string): GrammarError {
  const rest = isDuration(after) ? after : '12f';
  return grammarError(
    column,
    `${sign} stands between spaces, because ids may hold it`,
    `${before.trimStart()} ${sign} ${rest}`,
  );
}

function isDuration(text: string): boolean {
  return !('error' in parseDuration(text));
}

function wordAt(text: string, from: number, limit: number): string {
  return text.slice(from, endOf(WORD, text, from, limit));
}

function skipSpace(text: string, from: number, limit: number): number {
  return endOf(SPACE, text, from, limit);
}

const WORD = /\S*/y;
const SPACE = /\s*/y;

/** Where what a pattern finds at an index ends. */
function endOf(pattern: RegExp, text: string, from: number, limit: number): number {
  pattern.lastIndex = from;
  return pattern.test(text) ? Math.min(pattern.lastIndex, limit) : from;
}
