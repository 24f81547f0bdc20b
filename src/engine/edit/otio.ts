import type { Issue } from '../issue/issue.ts';
import {
  canDropFrame,
  type FrameRate,
  frameRateName,
  frameSeconds,
  nominalFramesPerSecond,
} from '../time/frame-rate.ts';
import {
  add,
  compare,
  multiply,
  type Rational,
  rational,
  roundHalfUp,
  subtract,
  ZERO,
} from '../time/rational.ts';
import { parseTimecode } from '../time/timecode.ts';
import { assembleEdit } from './assemble-edit.ts';
import type { Cut, Place } from './cut.ts';
import type { Edit, EditOptions, Marker } from './edit.ts';
import { type EditReading, errorAt, warningAt } from './edit-reading.ts';
import type { Segment } from './otio-flatten.ts';
import { type JsonObject, type JsonValue, parseOtioJson } from './otio-json.ts';
import { clipRange, isPicture, kindOf, OtioFault, objectMember, objectsIn } from './otio-node.ts';
import { type Clip, type Note, OtioPicture, type TimelinePicture } from './otio-picture.ts';
import { OtioTimes, rateIn } from './otio-time.ts';
import { placeStart } from './start.ts';

/** An edit file: its text, and its name for the issues. */
interface NamedText {
  readonly name: string;
  readonly text: string;
}

/**
 * Reads an OpenTimelineIO timeline (`.otio`): picture tracks flattened, the topmost enabled one winning;
 * nested stacks and tracks looked into; transitions and speed effects without influence on record times.
 *
 * Every time is exact until its end is rounded to a frame, once, so clips of other rates cannot shift what
 * comes after them. The rate is the one asked for, else that of the start timecode, else that of the first
 * clip. Where one is asked for that counts the same (23.976 for 24), the timeline's own is taken to mean it.
 */
export function readOtio(file: NamedText, options: EditOptions): EditReading {
  const issues: Issue[] = [];
  const root = parseOtioJson(file.text);
  try {
    if (!('kind' in root)) {
      throw new OtioFault(
        root.offset,
        'otio-json',
        `the timeline is not JSON: ${root.message}`,
        'export it again',
      );
    }
    const edit = readRoot(root, file, options, issues);
    return edit ? { edit, issues } : { issues };
  } catch (fault) {
    if (!(fault instanceof OtioFault)) throw fault;
    issues.push(errorAt(placeIn(file, fault.offset), fault.rule, fault.message, fault.hint));
    return { issues };
  }
}

function readRoot(root: JsonValue, file: NamedText, options: EditOptions, issues: Issue[]): Edit | undefined {
  const timeline = findTimeline(root);
  const stack = kindOf(timeline) === 'Timeline' ? objectMember(timeline, 'tracks') : timeline;
  if (!stack) {
    throw new OtioFault(timeline.offset, 'otio-timeline', 'the timeline has no tracks', 'export it again');
  }
  const globalStart = objectMember(timeline, 'global_start_time');
  const own = (globalStart && rateIn(globalStart)) ?? firstRate(stack);
  const frameRate = options.frameRate ?? own;
  if (!frameRate) {
    throw new OtioFault(
      timeline.offset,
      'no-frame-rate',
      'no clip of the timeline has a frame rate that Runout knows',
      'set it with --fps or "frameRate" (24, 25, 29.97DF, 24000/1001 …)',
    );
  }
  if (!options.frameRate && canDropFrame(frameRate)) issues.push(countInferred(frameRate, file));
  const countsTheSame = own && nominalFramesPerSecond(own) === nominalFramesPerSecond(frameRate);
  if (own && !countsTheSame) issues.push(rateConverted(own, frameRate, file));
  const times = new OtioTimes(countsTheSame ? own : undefined, frameRate);
  const start = globalStart && times.seconds(globalStart);
  const reader = new OtioPicture(times);
  const picture = reader.readTimeline(stack, start);

  const zero = start ?? picture.recordStart ?? askedStart(options.start, frameRate) ?? ZERO;
  const toFrame = (seconds: Rational) =>
    Number(roundHalfUp(multiply(add(zero, seconds), rational(frameRate.num, frameRate.den))));
  const cuts = cutsOf(picture, toFrame, placesIn(file));
  const first = cuts[0];
  if (!first) {
    throw new OtioFault(
      stack.offset,
      'no-shots',
      'the timeline shows no picture: no clip lies on an enabled video track',
      'export the timeline with its video tracks',
    );
  }
  const timelineStart = toFrame(ZERO);
  if (timelineStart < 0) {
    throw new OtioFault(
      globalStart?.offset ?? stack.offset,
      'bad-timecode',
      'the timeline starts before 00:00:00:00',
      'set its start timecode',
    );
  }
  const startFrame =
    options.start === undefined
      ? timelineStart
      : placeStart(options.start, first.recordIn, frameRate, issues);
  if (startFrame === undefined) return undefined;

  const notes = [...picture.notes, ...placeDayNotes(reader, picture, zero)];
  const hidden = reader.hiddenNotes + reader.dayNotes.length + picture.notes.length - notes.length;
  if (hidden > 0) issues.push(markersHidden(hidden, file));
  return assembleEdit(
    {
      format: 'otio',
      frameRate,
      startFrame,
      endFrame: Math.max(toFrame(picture.duration), cuts.at(-1)!.recordOut),
      cuts,
      markers: notes.map((note): Marker => ({ name: note.name, frame: toFrame(note.seconds) })),
      names: options.shots,
    },
    issues,
  );
}

/** A file may hold the timeline, a bare stack or track, or a collection with one timeline in it. */
function findTimeline(root: JsonValue): JsonObject {
  const kind = root.kind === 'object' ? kindOf(root) : root.kind;
  if (root.kind === 'object') {
    if (kind === 'Timeline' || kind === 'Stack' || kind === 'Track') return root;
    if (kind === 'SerializableCollection') {
      const timelines = objectsIn(root, 'children').filter((child) => kindOf(child) === 'Timeline');
      const [only, another] = timelines;
      if (only && !another) return only;
      throw new OtioFault(
        root.offset,
        'otio-timeline',
        `the file is a collection of ${timelines.length} timelines, and one is wanted`,
        'export one timeline on its own',
      );
    }
  }
  throw new OtioFault(
    root.offset,
    'otio-timeline',
    `the file holds a ${kind || 'JSON object without OTIO_SCHEMA'}, and a Timeline is wanted`,
    'export a timeline as OpenTimelineIO (.otio)',
  );
}

/** The rate of the first picture clip that has a known one, in the order of the file. */
function firstRate(item: JsonObject): FrameRate | undefined {
  if (!isPicture(item)) return undefined;
  const range = kindOf(item) === 'Clip' ? clipRange(item) : undefined;
  const duration = range && objectMember(range, 'duration');
  const rate = duration && rateIn(duration);
  if (rate) return rate;
  for (const child of objectsIn(item, 'children')) {
    const found = firstRate(child);
    if (found) return found;
  }
  return undefined;
}

/** A timeline that does not say when it starts may be put anywhere; what is wrong with `start` is told later. */
function askedStart(start: string | undefined, frameRate: FrameRate): Rational | undefined {
  const read = start === undefined ? undefined : parseTimecode(start, frameRate);
  return read && 'frame' in read ? frameSeconds(read.frame, frameRate) : undefined;
}

/** The segments as shots; one that is over within half a frame is none. */
function cutsOf(
  picture: TimelinePicture,
  toFrame: (seconds: Rational) => number,
  placeOf: (offset: number) => Place,
): Cut[] {
  return picture.segments
    .map((segment) => ({
      ...sourceOf(segment),
      recordIn: toFrame(segment.start),
      recordOut: toFrame(segment.end),
      place: placeOf(segment.clip.offset),
    }))
    .filter(({ recordIn, recordOut }) => recordOut > recordIn);
}

function sourceOf({
  clip,
  skipped,
  start,
  end,
}: Segment<Clip>): Pick<Cut, 'name' | 'sourceIn' | 'sourceOut'> {
  const toSourceFrame = (seconds: Rational) => Number(roundHalfUp(multiply(seconds, clip.sourceRate)));
  const from = add(clip.sourceStart, skipped);
  return {
    name: clip.name,
    sourceIn: toSourceFrame(from),
    sourceOut: toSourceFrame(add(from, subtract(end, start))),
  };
}

/** Markers of clips that are written in time of day are placed where that falls within their clip. */
function placeDayNotes(reader: OtioPicture, picture: TimelinePicture, zero: Rational): Note[] {
  const shown = new Map<Clip, Segment<Clip>[]>();
  for (const segment of picture.segments) {
    const pieces = shown.get(segment.clip);
    if (pieces) pieces.push(segment);
    else shown.set(segment.clip, [segment]);
  }
  return reader.dayNotes.flatMap((note) => {
    const seconds = subtract(note.seconds, zero);
    const isIn = shown
      .get(note.clip)
      ?.some((segment) => compare(segment.start, seconds) <= 0 && compare(seconds, segment.end) < 0);
    return isIn ? [{ name: note.name, seconds }] : [];
  });
}

function countInferred(frameRate: FrameRate, file: NamedText): Issue {
  const name = frameRateName(frameRate);
  return warningAt(
    { pointer: '', file: file.name, line: 1, column: 1 },
    'frame-rate-inferred',
    `OpenTimelineIO does not say whether ${name} is counted in drop-frame; read as non-drop`,
    `set --fps or "frameRate": "${name}DF" if the timecode drops frames, "${name}" if it does not`,
  );
}

function rateConverted(own: FrameRate, asked: FrameRate, file: NamedText): Issue {
  return warningAt(
    { pointer: '', file: file.name, line: 1, column: 1 },
    'frame-rate',
    `the timeline runs at ${frameRateName(own)}, but ${frameRateName(asked)} was asked for; its times are converted, so cuts may fall between frames`,
    `ask for ${frameRateName(own)}, or leave the rate out`,
  );
}

function markersHidden(count: number, file: NamedText): Issue {
  return warningAt(
    { pointer: '', file: file.name, line: 1, column: 1 },
    'marker-hidden',
    `${count === 1 ? '1 marker lies' : `${count} markers lie`} in parts of clips that the edit does not show; left out`,
  );
}

function placeIn(file: NamedText, offset: number): Place {
  return placesIn(file)(offset);
}

/** Turns offsets into lines and columns; line ends are found once. */
function placesIn(file: NamedText): (offset: number) => Place {
  const lineStarts = [0];
  for (const end of file.text.matchAll(/\r\n|\r|\n/g)) lineStarts.push(end.index + end[0].length);
  return (offset) => {
    let low = 0;
    let high = lineStarts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (lineStarts[middle]! <= offset) low = middle;
      else high = middle;
    }
    return { pointer: '', file: file.name, line: low + 1, column: offset - lineStarts[low]! + 1 };
  };
}
