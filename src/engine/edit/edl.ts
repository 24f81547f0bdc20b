import { hasErrors, type Issue } from '../issue/issue.ts';
import type { FrameRate } from '../time/frame-rate.ts';
import { parseEndTimecode, parseTimecode, type TimecodeResult } from '../time/timecode.ts';
import { assembleEdit } from './assemble-edit.ts';
import type { Cut, Place } from './cut.ts';
import type { EditOptions, Marker } from './edit.ts';
import { type EditReading, errorAt, warningAt } from './edit-reading.ts';
import {
  type EventLine,
  hasPicture,
  isBlack,
  isKeyedOver,
  isTransition,
  type NoteLine,
  readEventLine,
  readNoteLine,
  type Word,
} from './edl-line.ts';
import { decideRate } from './edl-rate.ts';
import { placeStart } from './start.ts';

/** A list read at a wrong rate is wrong in most of its lines; so many say it. */
const MOST_ISSUES = 20;

const EVENT_FORM =
  'an event reads: 001  REEL  V  C  SRC_IN SRC_OUT REC_IN REC_OUT, with times HH:MM:SS:FF or frame numbers';

/**
 * Reads a CMX3600 edit decision list, as Avid, Premiere, Resolve and Final Cut write it.
 *
 * Record times are the truth: source lengths, speed effects (M2) and audio events change nothing. A shot
 * is an event with picture; the incoming shot of a dissolve or wipe begins at its record-in, where the
 * transition begins, so shots tile the record. Black and bars are no shots, but are part of the picture's
 * length. `LOC` lines and Resolve's marker lines become markers. Lines it does not know are left alone.
 *
 * @param file - The list's text, and its name for the issues.
 */
export function readEdl(
  file: { readonly name: string; readonly text: string },
  options: EditOptions,
): EditReading {
  const issues: Issue[] = [];
  const list = readLines(file, issues);
  const pictures = list.events.filter((event) => hasPicture(event.line) && event.marker === undefined);
  const top: Place = { pointer: '', file: file.name, line: 1, column: 1 };
  if (!hasErrors(issues) && !pictures.some(({ line }) => !isBlack(line) && !isKeyedOver(line))) {
    issues.push(noShots(list.events, top));
  }
  if (hasErrors(issues)) return { issues: atMost(MOST_ISSUES, issues) };

  const lines = pictures.map((event) => event.line);
  const rate = decideRate(lines, list.dropFrame, options.frameRate);
  if (!rate) {
    issues.push(...impossibleFrames(pictures));
    return { issues: atMost(MOST_ISSUES, issues) };
  }
  if (rate.doubt) issues.push(warningAt(top, rate.doubt.rule, rate.doubt.message, rate.doubt.hint));
  if (rate.contradiction) {
    issues.push(errorAt(top, 'frame-rate', rate.contradiction.message, rate.contradiction.hint));
    return { issues };
  }

  const { frameRate } = rate;
  const spans = readSpans(pictures, frameRate, issues);
  const markers = readMarkers(list, frameRate, issues);
  if (hasErrors(issues)) return { issues: atMost(MOST_ISSUES, issues) };

  const firstFrame = spans.reduce((least, span) => Math.min(least, span.recordIn), Number.POSITIVE_INFINITY);
  const startFrame = placeStart(options.start, firstFrame, frameRate, issues);
  if (startFrame === undefined) return { issues };
  const edit = assembleEdit(
    {
      format: 'edl',
      frameRate,
      startFrame,
      endFrame: spans.reduce((most, span) => Math.max(most, span.recordOut), startFrame),
      cuts: spans.filter((span) => !isBlack(span.event.line)).map(toCut),
      markers,
      names: options.shots,
    },
    issues,
  );
  return edit ? { edit, issues } : { issues };
}

/** An event line with what the lines below it say. */
interface Event {
  readonly line: EventLine;
  readonly place: Place;
  /** The incoming half's outgoing half, which is no shot of its own. */
  outgoing?: Event;
  fromName?: string;
  toName?: string;
  fileName?: string;
  /** Name of the marker that the event stands for (Resolve). */
  marker?: string;
}

interface List {
  readonly events: readonly Event[];
  readonly locators: readonly { readonly time: Word; readonly name: string; readonly place: Place }[];
  /** What the first FCM says; later ones speak of source reels. */
  readonly dropFrame: boolean | undefined;
}

/** First pass: events with their notes; halves of transitions paired. */
function readLines(file: { readonly name: string; readonly text: string }, issues: Issue[]): List {
  const events: Event[] = [];
  const locators: { time: Word; name: string; place: Place }[] = [];
  let dropFrame: boolean | undefined;
  let lineNumber = 0;
  for (const line of file.text.split(/\r\n|\r|\n/)) {
    lineNumber += 1;
    const place = { pointer: '', file: file.name, line: lineNumber, column: line.search(/\S/) + 1 };
    const event = readEventLine(line);
    if (event === 'malformed') {
      issues.push(errorAt(place, 'edl-event', `"${shorten(line.trim())}" is not a whole event`, EVENT_FORM));
    } else if (event) {
      events.push({ line: event, place });
    } else {
      const note = readNoteLine(line);
      if (!note) continue;
      if (note.kind === 'drop-frame') dropFrame ??= note.dropFrame;
      else if (note.kind === 'locator')
        locators.push({
          time: note.time,
          name: note.name,
          place: { ...place, column: note.time.column },
        });
      else annotate(noted(events), note);
    }
  }
  return { events: pairHalves(events, issues), locators, dropFrame };
}

/** The event that notes speak of: that of a key's background, not of what is laid over it. */
function noted(events: readonly Event[]): Event | undefined {
  const last = events.at(-1);
  const previous = events.at(-2);
  const keyed = last && previous && isKeyedOver(last.line) && last.line.event === previous.line.event;
  return keyed ? previous : last;
}

function annotate(event: Event | undefined, note: NoteLine): void {
  if (!event) return;
  if (note.kind === 'from-name') event.fromName ??= note.name;
  else if (note.kind === 'to-name') event.toName ??= note.name;
  else if (note.kind === 'file-name') event.fileName ??= note.name;
  else if (note.kind === 'resolve-marker') event.marker ??= note.name;
}

/**
 * A transition is written as two lines: the outgoing source, of no length, and the incoming one. Joins
 * them, so that the first is not taken for a shot; one that begins with the second is only its tail.
 */
function pairHalves(lines: readonly Event[], issues: Issue[]): Event[] {
  const events: Event[] = [];
  for (const event of lines) {
    const previous = events.at(-1);
    if (previous && isOutgoingHalf(previous.line, event.line)) {
      if (Number(previous.line.event) !== Number(event.line.event)) {
        issues.push(
          warningAt(
            event.place,
            'edl-transition',
            `the two lines of a transition have different event numbers, ${previous.line.event} and ${event.line.event}; read as one`,
          ),
        );
      }
      event.outgoing = previous;
      events.pop();
    }
    events.push(event);
  }
  return events;
}

function isOutgoingHalf(previous: EventLine, line: EventLine): boolean {
  if (!isTransition(line) || isTransition(previous)) return false;
  if (hasPicture(previous) !== hasPicture(line)) return false;
  const isEmpty = previous.recordIn.text === previous.recordOut.text;
  return (
    previous.recordIn.text === line.recordIn.text ||
    (isEmpty && Number(previous.event) === Number(line.event))
  );
}

/** An event's record range in frames since midnight. */
interface Span {
  readonly event: Event;
  readonly recordIn: number;
  readonly recordOut: number;
  readonly sourceIn: number | undefined;
  readonly sourceOut: number | undefined;
  /** Name of the shot before it in the list, for dissolves that name only one of their two. */
  readonly previousName: string | undefined;
}

function readSpans(events: readonly Event[], frameRate: FrameRate, issues: Issue[]): Span[] {
  const spans: Span[] = [];
  const seen = new Map<string, Event>();
  let unreadableSources = 0;
  let firstUnreadable: Event | undefined;
  let previousName: string | undefined;
  for (const event of events) {
    const { line, place } = event;
    if (isKeyedOver(line)) continue;
    const recordIn = recordFrame(line.recordIn, readTime(line.recordIn, frameRate), place, issues);
    const recordOut = recordFrame(line.recordOut, readEnd(line.recordOut, frameRate), place, issues);
    if (recordIn === undefined || recordOut === undefined) continue;
    if (recordOut <= recordIn) {
      issues.push(emptyRange(event, recordOut === recordIn));
      continue;
    }
    const key = [line.reel, line.sourceIn.text, line.sourceOut.text, recordIn, recordOut].join('\n');
    const repeated = seen.get(key);
    if (repeated) {
      issues.push(repeatedEvent(event, repeated));
      continue;
    }
    seen.set(key, event);
    const sourceIn = frameOf(readTime(line.sourceIn, frameRate));
    const sourceOut = frameOf(readEnd(line.sourceOut, frameRate));
    if (!isBlack(line) && (sourceIn === undefined || sourceOut === undefined)) {
      unreadableSources += 1;
      firstUnreadable ??= event;
    }
    spans.push({ event, recordIn, recordOut, sourceIn, sourceOut, previousName });
    previousName = event.toName ?? event.fromName;
  }
  if (firstUnreadable) {
    issues.push(
      warningAt(
        firstUnreadable.place,
        'source-timecode',
        `the source times of ${unreadableSources} of ${events.length} events have labels that the edit's rate does not have; their source ranges are left out`,
        'record times rule, so nothing moves; if many are concerned, check the frame rate',
      ),
    );
  }
  return spans;
}

function toCut(span: Span): Cut {
  const { event } = span;
  return {
    name: clipName(event, span.previousName),
    reel: event.line.reel,
    event: event.line.event,
    recordIn: span.recordIn,
    recordOut: span.recordOut,
    sourceIn: span.sourceIn,
    sourceOut: span.sourceOut,
    place: event.place,
  };
}

/**
 * The name of the event's own shot: that of a transition is the one it goes to. With only a FROM name, that
 * is the outgoing shot's if the shot before it has the same; a fade from black has only its own.
 */
function clipName(event: Event, previousName: string | undefined): string | undefined {
  const { outgoing } = event;
  if (!isTransition(event.line)) return event.fromName ?? event.fileName;
  const toName = event.toName ?? outgoing?.toName;
  if (toName !== undefined) return toName;
  if (outgoing?.fromName !== undefined) return event.fromName ?? event.fileName;
  if (event.fromName !== undefined && event.fromName !== previousName) return event.fromName;
  const sameReel = outgoing?.line.reel === event.line.reel;
  return sameReel ? (event.fromName ?? event.fileName) : event.fileName;
}

function readMarkers(list: List, frameRate: FrameRate, issues: Issue[]): Marker[] {
  const markers: Marker[] = [];
  const add = (time: Word, name: string, place: Place) => {
    const read = readTime(time, frameRate);
    if ('frame' in read) markers.push({ name, frame: read.frame });
    else {
      issues.push(
        warningAt(
          { ...place, column: time.column },
          'marker-timecode',
          `${read.message}; the marker "${name}" is left out`,
        ),
      );
    }
  };
  for (const { time, name, place } of list.locators) add(time, name, place);
  for (const { line, marker, place } of list.events) {
    if (marker !== undefined) add(line.recordIn, marker, place);
  }
  return markers;
}

function recordFrame(time: Word, read: TimecodeResult, place: Place, issues: Issue[]): number | undefined {
  if ('frame' in read) return read.frame;
  issues.push(
    errorAt(
      { ...place, column: time.column },
      read.error === 'dropped' ? 'dropped-timecode' : 'bad-timecode',
      read.message,
      read.error === 'dropped'
        ? 'if the list is non-drop, ask for the rate without DF and correct its FCM line'
        : 'check the frame rate (--fps or "frameRate")',
    ),
  );
  return undefined;
}

function frameOf(read: TimecodeResult): number | undefined {
  return 'frame' in read ? read.frame : undefined;
}

/** A timecode, or a plain count of frames since midnight. */
function readTime({ text }: Word, frameRate: FrameRate): TimecodeResult {
  return /^\d+$/.test(text) ? { frame: Number(text) } : parseTimecode(text, frameRate);
}

/** As {@link readTime}, where 24:00:00:00 ends the day. */
function readEnd(time: Word, frameRate: FrameRate): TimecodeResult {
  const end = parseEndTimecode(time.text, frameRate);
  return 'frame' in end ? end : readTime(time, frameRate);
}

function emptyRange(event: Event, isEmpty: boolean): Issue {
  const { line } = event;
  const place = { ...event.place, column: line.recordOut.column };
  const message = isEmpty
    ? `event ${line.event} has no length: it begins and ends at ${line.recordIn.text}`
    : `event ${line.event} ends (${line.recordOut.text}) before it begins (${line.recordIn.text})`;
  // Some programs write a record-out of zero on black.
  return isBlack(line)
    ? warningAt(place, 'empty-event', `${message}; black, so it is left out`)
    : errorAt(place, 'empty-event', message, 'correct the event or take it out of the list');
}

function repeatedEvent(event: Event, first: Event): Issue {
  return warningAt(
    event.place,
    'repeated-event',
    `event ${event.line.event} repeats event ${first.line.event} of line ${first.place.line}; read once`,
  );
}

function noShots(events: readonly Event[], top: Place): Issue {
  const [first] = events;
  if (!first) return errorAt(top, 'no-events', 'the list has no events', EVENT_FORM);
  const { place } = first;
  if (events.every((event) => event.marker !== undefined)) {
    return errorAt(
      place,
      'no-shots',
      'the list holds markers and no shots',
      'export the timeline itself as an EDL; markers can be added to it',
    );
  }
  return errorAt(
    place,
    'no-shots',
    'the list has no shots: its events are audio, black or keyed over the picture',
    'export the picture track (channel V)',
  );
}

function impossibleFrames(events: readonly Event[]): Issue[] {
  const sixty: FrameRate = { num: 60, den: 1, dropFrame: false };
  const issues: Issue[] = [];
  for (const { line, place } of events) {
    for (const time of [line.recordIn, line.recordOut]) {
      recordFrame(time, readTime(time, sixty), place, issues);
    }
  }
  return issues;
}

function atMost(count: number, issues: readonly Issue[]): Issue[] {
  const last = issues[count - 1];
  if (issues.length <= count || !last) return [...issues];
  const rest = issues.length - count;
  return [
    ...issues.slice(0, count - 1),
    { ...last, message: `${last.message}; ${rest} more issues follow in the list` },
  ];
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
