/** One event line of a CMX3600 list, as written. */
export interface EventLine {
  readonly event: string;
  readonly reel: string | undefined;
  /** `V`, `AA`, `A2/V`, `B`, `NONE` … */
  readonly channel: string;
  /** `C`, `D`, `W001`, `K`, `KB` or `KO`. */
  readonly transition: string;
  readonly sourceIn: Word;
  readonly sourceOut: Word;
  readonly recordIn: Word;
  readonly recordOut: Word;
}

/** A word of a line and where it begins. */
export interface Word {
  readonly text: string;
  /** UTF-16 units, from 1. */
  readonly column: number;
}

/** What a line without an event tells. Everything else in a list is a comment for somebody else. */
export type NoteLine =
  | { readonly kind: 'drop-frame'; readonly dropFrame: boolean }
  | { readonly kind: 'from-name' | 'to-name' | 'file-name'; readonly name: string }
  | { readonly kind: 'locator'; readonly time: Word; readonly name: string }
  /** Resolve's marker list: the event above is the marker's place. */
  | { readonly kind: 'resolve-marker'; readonly name: string };

const TIMECODE = /^\d{1,2}[:;.]\d{1,2}[:;.]\d{1,2}[:;.]\d{1,3}$/;
/** Frames may be plain numbers; 24 hours at 60 are 7 digits. */
const FRAME_NUMBER = /^\d{1,9}$/;
const EVENT_START = /^\s{0,40}\d{1,6}(?=\s)/;
/** Reels are 129 wide at the most. */
const LONGEST_LINE = 1000;
const CHANNEL = /^(?:NONE|[AVB][AVB0-9/,]*)$/i;
const TRANSITION = /^(?:C|D\d*|W\d*|KB|KO|K)$/i;
const DURATION = /^\d{1,4}$/;

/**
 * Reads an event line: `NUM REEL CHANNEL TRANSITION [DURATION] SRC_IN SRC_OUT REC_IN REC_OUT`. From the
 * right, because only reels may hold spaces (or be missing).
 *
 * @returns The event; `malformed` for a line that must have been meant as one; undefined for any other.
 */
export function readEventLine(line: string): EventLine | 'malformed' | undefined {
  if (!EVENT_START.test(line)) return undefined;
  if (line.length > LONGEST_LINE) return 'malformed';
  const words = splitWords(line);
  const event = words[0];
  if (event === undefined) return undefined;

  const [sourceIn, sourceOut, recordIn, recordOut] = words.slice(-4);
  const timesAreWhole =
    words.length >= 7 && words.slice(-4).every(({ text }) => TIMECODE.test(text) || FRAME_NUMBER.test(text));
  if (!timesAreWhole || !sourceIn || !sourceOut || !recordIn || !recordOut) return meantAsEvent(words);

  const rest = words.slice(1, -4).map(({ text }) => text.toUpperCase());
  let next = rest.length - 1;
  if (DURATION.test(rest[next] ?? '') && endsWithTransition(rest, next - 1)) next -= 1;
  if (!endsWithTransition(rest, next)) return meantAsEvent(words);
  let transition = rest[next]!;
  // Some write the key's background as `K B`, two words.
  if (transition === 'B') {
    transition = 'KB';
    next -= 1;
  }
  const channel = rest[next - 1];
  if (channel === undefined || !CHANNEL.test(channel)) return meantAsEvent(words);
  const reel = words
    .slice(1, next)
    .map(({ text }) => text)
    .join(' ');
  return {
    event: event.text,
    reel: reel === '' ? undefined : reel,
    channel,
    transition,
    sourceIn,
    sourceOut,
    recordIn,
    recordOut,
  };
}

/** Whether the transition ends at the word with this index; a channel must stand before it. */
function endsWithTransition(words: readonly string[], index: number): boolean {
  const word = words[index];
  if (word === undefined || index < 1) return false;
  return TRANSITION.test(word) || (word === 'B' && words[index - 1] === 'K' && index >= 2);
}

/** A line that begins like an event and has one of its signs is a broken event, not a comment. */
function meantAsEvent(words: readonly Word[]): 'malformed' | undefined {
  const signs = words.slice(1).some(({ text }, index, rest) => {
    const previous = rest[index - 1]?.text ?? '';
    return TIMECODE.test(text) || (TRANSITION.test(text) && CHANNEL.test(previous));
  });
  return signs ? 'malformed' : undefined;
}

/** True where the picture is among the event's channels. */
export function hasPicture(line: EventLine): boolean {
  return /[VB]/.test(line.channel);
}

/** True for black, bars and slugs: picture without a shot. */
export function isBlack(line: EventLine): boolean {
  return line.reel !== undefined && /^(?:BL|BLK|BLACK|BARS)$/i.test(line.reel);
}

/** True for a key's foreground: a title laid over the picture cuts nothing. */
export function isKeyedOver(line: EventLine): boolean {
  return line.transition === 'K' || line.transition === 'KO';
}

/** True for the incoming half of a dissolve or wipe. */
export function isTransition(line: EventLine): boolean {
  return line.transition.startsWith('D') || line.transition.startsWith('W');
}

/** True where the label's own separators say drop-frame. */
export function marksDropFrame(time: Word): boolean {
  return time.text.includes(';');
}

/** The frame field of a timecode; undefined for a plain frame number. */
export function frameField(time: Word): number | undefined {
  return TIMECODE.test(time.text) ? Number(/\d+$/.exec(time.text)?.[0]) : undefined;
}

const KEYED_NOTE =
  /^(FCM|FROM CLIP NAME|TO CLIP NAME|FROM CLIP|FROM FILE|SOURCE FILE|LOC)\s*:\s*(.*)$|^REEL \S+ IS CLIP (\S.*)$/i;

/** Colours that Avid and others give to locators: a word that is not among them belongs to the text. */
const LOCATOR_COLOURS = new Set(
  (
    'red green blue cyan magenta yellow black white pink orange purple violet gold plum forest denim ' +
    'teal lime grey gray brown lavender rose sand mint fuchsia cocoa cream lemon sky'
  ).split(' '),
);

/** Reads a line that is not an event; undefined for one that tells nothing about shots or markers. */
export function readNoteLine(line: string): NoteLine | undefined {
  const marker = readResolveMarker(line);
  if (marker !== undefined) return { kind: 'resolve-marker', name: marker };

  // The star, the space after it, or both may be missing.
  const bare = line
    .slice(0, LONGEST_LINE)
    .replace(/^[\s*]{0,40}/, '')
    .trimEnd();
  const note = KEYED_NOTE.exec(bare);
  if (!note) return undefined;
  const value = (note[2] ?? note[3] ?? '').trim();
  switch (note[1]?.toUpperCase()) {
    case 'FCM':
      return { kind: 'drop-frame', dropFrame: /^D/i.test(value) };
    case 'FROM CLIP NAME':
      return value === '' ? undefined : { kind: 'from-name', name: value };
    case 'TO CLIP NAME':
      return value === '' ? undefined : { kind: 'to-name', name: value };
    case 'LOC':
      return readLocator(line, value);
    default:
      return value === '' || value.toUpperCase() === '(NULL)'
        ? undefined
        : { kind: 'file-name', name: fileName(value) };
  }
}

/** `01:00:01:14 RED     ANIM FIX NEEDED`; colour and text may be missing. */
function readLocator(line: string, value: string): NoteLine | undefined {
  const time = /^\S+/.exec(value)?.[0];
  if (time === undefined) return undefined;
  const text = value.slice(time.length).trimStart();
  const first = /^\S+/.exec(text)?.[0] ?? '';
  const name = LOCATOR_COLOURS.has(first.toLowerCase()) ? text.slice(first.length).trimStart() : text;
  return { kind: 'locator', time: { text: time, column: line.indexOf(time) + 1 }, name };
}

/** `|C:ResolveColorBlue |M:Marker 1 |D:1`: the name, which may be empty; undefined for any other line. */
function readResolveMarker(line: string): string | undefined {
  const colour = line.indexOf('|C:');
  if (colour < 0) return undefined;
  const name = line.indexOf('|M:', colour);
  if (name < 0) return undefined;
  const duration = line.indexOf('|D:', name);
  return line.slice(name + 3, duration < 0 ? undefined : duration).trim();
}

/** The last part of a path of either kind. */
function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

function splitWords(line: string): Word[] {
  return Array.from(line.matchAll(/\S+/g), (match) => ({ text: match[0], column: match.index + 1 }));
}
